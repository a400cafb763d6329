import { ActivityTypes } from 'botbuilder';
import type { TranscriptActivity } from '../emulator/transcript';
import { inEnvelope } from '../emulator/transcript-envelope';
import { isCompared } from './activity-lines';
import type { ReplayedTurn } from './replay-transcript';

/** The time of what has none, where nothing before it has one. */
const BEGIN = '2020-01-01T00:00:00.000Z';

/** What of an activity says where, when and between whom it was sent: in a renewed transcript it stays as it was. */
const ENVELOPE = ['id', 'timestamp', 'localTimestamp', 'channelId', 'serviceUrl', 'conversation', 'from', 'recipient'];

/**
 * The transcript with the bot's side as it came now. The person's side, ids and times stay; what is new or has none gets some that
 * are the same each time. Traces are renewed only in turns that had some: they change with whatever is learnt.
 */
export function renewTranscript(turns: readonly ReplayedTurn[]): TranscriptActivity[] {
  const renewed: TranscriptActivity[] = [];
  const add = (side: 'user' | 'bot', activity: TranscriptActivity): void => {
    const at = String(renewed.at(-1)?.timestamp ?? BEGIN);
    renewed.push(inEnvelope(activity, side, { number: renewed.length + 1, at }));
  };
  for (const { user, bot, came } of turns) {
    if (user !== undefined) add('user', user);
    const replyToId = user === undefined ? undefined : renewed.at(-1)!.id;
    const places = bot.filter(isCompared);
    came.filter(isCompared).forEach((activity, index) => {
      const before = places[index];
      // An event carries the conversation with its times: it is the same as long as its name is.
      const isKept =
        before?.type === ActivityTypes.Event && before.type === activity.type && before.name === activity.name;
      add('bot', isKept ? before : { ...contentOf(activity), ...envelopeOf(before), replyToId });
    });
    if (!bot.some(isTrace)) continue;
    for (const trace of came.filter(isTrace)) add('bot', { ...contentOf(trace), replyToId });
  }
  return renewed;
}

function isTrace({ type }: TranscriptActivity): boolean {
  return type === ActivityTypes.Trace;
}

function contentOf(activity: TranscriptActivity): TranscriptActivity {
  const { locale, replyToId, ...rest } = activity;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !ENVELOPE.includes(name))) as TranscriptActivity;
}

function envelopeOf(activity: TranscriptActivity | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(activity ?? {}).filter(([name]) => ENVELOPE.includes(name)));
}
