import { type Activity, ActivityTypes } from 'botbuilder';
import * as v from 'valibot';

const MAX_WORDS = 20_000;
const words = v.pipe(v.string(), v.maxLength(MAX_WORDS));
const label = v.pipe(v.string(), v.maxLength(500));
// Nobody sends a card: Web Chat would show one, and fails at the content that is not taken.
const contentType = v.pipe(
  v.optional(label, 'application/octet-stream'),
  v.transform((type) => (/^application\/vnd\.microsoft\./i.test(type) ? 'application/octet-stream' : type)),
);
const attachments = v.pipe(v.array(v.object({ contentType, name: v.optional(label) })), v.maxLength(20));

// Only what is named here is taken from a client. Who speaks, where and when is decided by the server.
const IncomingSchema = v.object({
  type: v.picklist(['message', 'event', 'typing', 'conversationUpdate']),
  text: v.nullish(words),
  textFormat: v.nullish(label),
  locale: v.nullish(v.pipe(v.string(), v.maxLength(35))),
  name: v.nullish(label),
  value: v.optional(v.unknown()),
  channelData: v.nullish(v.record(v.string(), v.unknown())),
  attachments: v.nullish(attachments),
});

/** The part of an activity that a client decides on. */
export type IncomingActivity = v.InferOutput<typeof IncomingSchema>;

export type IncomingResult =
  | { readonly ok: true; readonly activity: IncomingActivity }
  | { readonly ok: false; readonly message: string };

/** Checks the body of a posted activity. Never throws. */
export function parseIncomingActivity(body: unknown): IncomingResult {
  const parsed = v.safeParse(IncomingSchema, body);
  if (parsed.success) return { ok: true, activity: parsed.output };
  const issue = parsed.issues[0];
  const place = v.getDotPath(issue);
  return { ok: false, message: place ? `${place}: ${issue.message}` : issue.message };
}

/** What the bot's account is called in every conversation. */
export const BOT_ACCOUNT = { id: 'bot', name: 'bot', role: 'bot' } as const;

/** Whose conversation it is. */
interface Place {
  readonly id: string;
  readonly userId: string;
}

/** The activity of that id as the bot gets it and as the person's own page sees it again, but for its time. */
export function buildActivity(conversation: Place, id: string, incoming: IncomingActivity): Partial<Activity> {
  const { type, text, textFormat, locale, name, value, channelData } = incoming;
  return dropUndefined({
    ...envelope(conversation, id),
    type,
    text: text ?? (type === 'message' && !incoming.attachments?.length ? '' : undefined),
    textFormat: textFormat ?? undefined,
    locale: locale ?? undefined,
    name: name ?? undefined,
    value: value ?? undefined,
    channelData: channelData ?? undefined,
    attachments: incoming.attachments?.length ? [...incoming.attachments] : undefined,
    membersAdded: type === 'conversationUpdate' ? membersOf(conversation) : undefined,
  });
}

/** The activity that tells the bot that a person has opened the conversation. */
export function buildArrival(conversation: Place, id: string): Partial<Activity> {
  return {
    ...envelope(conversation, id),
    type: ActivityTypes.ConversationUpdate,
    membersAdded: membersOf(conversation),
  };
}

function envelope(conversation: Place, id: string): Partial<Activity> {
  return {
    id,
    channelId: 'webchat',
    // Nothing is ever sent there: replies stay in this process.
    serviceUrl: 'http://localhost/v3/directline',
    from: { id: conversation.userId, name: '', role: 'user' },
    recipient: BOT_ACCOUNT,
    conversation: { id: conversation.id, isGroup: false, conversationType: 'personal', name: '' },
  };
}

function membersOf(conversation: Place) {
  return [{ id: conversation.userId, name: '' }];
}

function dropUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
