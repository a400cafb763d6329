import { type Activity, ActivityTypes } from 'botbuilder';
import type { UserMessage } from '../user-message';
import { parseJson } from './parse-json';
import { isShared } from './teams/place';

/**
 * What a person did, read from one activity of any channel; `undefined` where there is nothing to answer (typing, reactions,
 * the bot's own arrival, kinds we do not know). Never throws: channels deliver whatever their clients send.
 */
export function readActivity(activity: Partial<Activity>): UserMessage | undefined {
  switch (activity.type) {
    case ActivityTypes.Message:
      return readMessage(activity);
    case ActivityTypes.ConversationUpdate:
      return somebodyArrived(activity) ? { kind: 'arrival' } : undefined;
    case ActivityTypes.InstallationUpdate:
      return isText(activity.action) && /^add(-upgrade)?$/.test(activity.action) ? { kind: 'arrival' } : undefined;
    default:
      return undefined;
  }
}

function readMessage(activity: Partial<Activity>): UserMessage | undefined {
  const typed = isText(activity.text) ? activity.text : '';
  if (isOverheard(activity)) return undefined;
  const text = stripMention(typed, activity);
  const action = actionOf(activity.value);
  if (action !== undefined) return { kind: 'button', action, label: text || displayText(activity) || action };
  if (text !== '') return { kind: 'text', text };
  // Nothing but a mention of the bot: somebody calls it without saying what for.
  if (typed.trim() !== '') return { kind: 'text', text: '' };
  // A card that is not ours sends its fields and no words: whoever filled it in must not be left without an answer.
  return hasAttachments(activity) || isRecord(activity.value) ? { kind: 'unreadable' } : undefined;
}

/** Whether words came with a picture, a file or the like that nobody reads. Teams attaches an HTML copy of the words themselves. */
export function hasUnreadBeside(activity: Partial<Activity>, message: UserMessage): boolean {
  return message.kind === 'text' && hasAttachments(activity);
}

function hasAttachments({ attachments }: Partial<Activity>): boolean {
  return (
    Array.isArray(attachments) &&
    (attachments as unknown[]).some((one) => !isRecord(one) || one.contentType !== 'text/html')
  );
}

/** A button's action: sent back as `{ action }`, which some clients turn into a string on the way. */
function actionOf(value: unknown): string | undefined {
  if (isText(value) && value.startsWith('{') && value.length < 2_000) return actionOf(parseJson(value));
  const action = isRecord(value) ? value.action : undefined;
  return isText(action) && action !== '' ? action : undefined;
}

/** What the person saw on the button, where the channel tells it apart from the text (messageBack). */
function displayText(activity: Partial<Activity>): string {
  const data: unknown = activity.channelData;
  const messageBack = isRecord(data) ? data.messageBack : undefined;
  const text = isRecord(messageBack) ? messageBack.displayText : undefined;
  return isText(text) ? text.trim() : '';
}

/** Takes mentions of the bot out of a text. Teams writes them as `<at>Name</at>` and lists them in `entities`. */
function stripMention(text: string, activity: Partial<Activity>): string {
  const bot = activity.recipient?.id;
  let rest = text;
  if (Array.isArray(activity.entities) && isText(bot)) {
    for (const entity of activity.entities as unknown[]) {
      if (!isRecord(entity) || !isText(entity.type) || entity.type.toLowerCase() !== 'mention') continue;
      const mentioned = entity.mentioned;
      const written = entity.text;
      if (isRecord(mentioned) && mentioned.id === bot && isText(written) && written !== '') {
        rest = rest.split(written).join(' ');
      }
    }
  }
  // A mention in the middle leaves two spaces.
  return (rest === text ? text : rest.replace(/[ \u00A0]{2,}/g, ' ')).trim();
}

/** What people in Teams say to each other: a bot that may read everything in a channel answers only where it is meant. */
function isOverheard(activity: Partial<Activity>): boolean {
  const { channelId, conversation, value, entities, recipient } = activity;
  if (channelId !== 'msteams' || !isRecord(conversation) || !isShared({ conversation })) return false;
  if (value !== undefined && value !== null) return false;
  return !(
    Array.isArray(entities) &&
    (entities as unknown[]).some(
      (entity) => isRecord(entity) && isRecord(entity.mentioned) && entity.mentioned.id === recipient?.id,
    )
  );
}

/** The Emulator lists person and bot in one update, Web Chat sends one for each: only a person is an arrival. */
function somebodyArrived(activity: Partial<Activity>): boolean {
  const bot = activity.recipient?.id;
  const { channelId, conversation } = activity;
  // In Teams the bot itself is what comes: to a person, a group or a team. Nobody who joins those is greeted.
  if (channelId === 'msteams')
    return (
      isBotAmong(activity.membersAdded, bot) ||
      (isRecord(conversation) &&
        !isShared({ conversation }) &&
        Array.isArray(activity.membersAdded) &&
        activity.membersAdded.length > 0)
    );
  return (
    Array.isArray(activity.membersAdded) &&
    (activity.membersAdded as unknown[]).some(
      (member) => isRecord(member) && isText(member.id) && member.id !== bot && member.role !== 'bot',
    )
  );
}

/** Whether the bot is one of these members. */
function isBotAmong(members: unknown, bot: string | undefined): boolean {
  return Array.isArray(members) && bot !== undefined && members.some((member) => isRecord(member) && member.id === bot);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
