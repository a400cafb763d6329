import { type Activity, ActivityTypes, InputHints, type TurnContext } from 'botbuilder';
import { phrases } from '../phrases';
import { type TranscriptLine, transcriptText } from '../transcript-text';
import { isShared } from './teams/place';

/** What a web page is told with a transcript: what saving it should give. */
export interface TranscriptData {
  readonly kind: 'transcript';
  readonly title: string;
  /** The whole as plain text. */
  readonly text: string;
  /** What a page of our own, which can save it, shows instead of the message's text, where that is long. */
  readonly notice?: string;
}

/** An adapter that keeps the history of its conversations itself, as our own Direct Line does. */
interface ForgettingAdapter {
  /** Forgets all activities of a conversation; its page is told first, with the words to show there. */
  forget(conversationId: string, text: string): void | Promise<void>;
}

/** Channels on which Azure carries the chats of web pages, and holds their history. */
const AZURE_CHATS: ReadonlySet<string> = new Set(['directline', 'webchat']);
/** Longest transcript that a page of our own shows in full, in UTF-16 code units. */
const MAX_SHOWN = 4_000;
/** Longest transcript that a page saves, in bytes. */
const MAX_SAVED_BYTES = 250_000;

/**
 * What was said before, as one message in plain text, with {@link TranscriptData} for clients that read it: nobody knows which those are,
 * so the text is there for all others. A page of our own shows a short one and saves any. Refused where others would read it.
 */
export function transcriptActivity(lines: readonly TranscriptLine[], context: TurnContext): Partial<Activity> {
  const { activity, adapter } = context;
  if (isShared(activity)) return plainMessage(phrases.transcriptNotHere);
  const shown = transcriptText(lines);
  const whole = transcriptText(lines, MAX_SAVED_BYTES);
  if (shown === undefined || whole === undefined) return plainMessage(phrases.noTranscript);
  if (activity.channelId === 'msteams') return plainMessage(shown.text);
  const isLong = whole.text.length > MAX_SHOWN;
  const notice = isLong ? { notice: phrases.transcriptAsFile(whole.count, whole.since) } : {};
  const channelData: TranscriptData = { kind: 'transcript', title: phrases.transcript, text: whole.text, ...notice };
  const readsData = keepsHistory(adapter) || ['emulator', 'webchat', 'directline'].includes(activity.channelId);
  return readsData ? { ...plainMessage(shown.text), channelData } : plainMessage(shown.text);
}

/**
 * Says that the conversation is deleted, on disk too or only in memory, and what the client or the service between keeps. An
 * adapter with a history of its own then forgets that, after its page was told; a page behind Azure's Direct Line is told by the
 * same event, and leaves the conversation.
 */
export async function announceDeletion(context: TurnContext, isOffDisk: boolean): Promise<void> {
  const { activity, adapter } = context;
  const own = keepsHistory(adapter) ? adapter : undefined;
  const deleted = isShared(activity) ? phrases.dataDeletedShared : phrases.dataDeleted;
  const text = [isOffDisk ? deleted : phrases.dataDeletedNotOnDisk, own ? '' : clientNote(activity.channelId)]
    .join(' ')
    .trim();
  await context.sendActivity(plainMessage(text));
  if (own !== undefined) await own.forget(activity.conversation.id, text);
  else if (AZURE_CHATS.has(activity.channelId) && !isShared(activity)) {
    await context.sendActivity({ type: ActivityTypes.Event, name: 'conversation-deleted', value: { text } });
  }
}

function clientNote(channelId: string): string {
  const { msteams, emulator, directLine, other } = phrases.clientKeepsCopy;
  if (AZURE_CHATS.has(channelId)) return directLine;
  return channelId === 'msteams' ? msteams : channelId === 'emulator' ? emulator : other;
}

/** Plain, so that nothing that a person wrote is taken for Markdown: a link or a picture, for example. */
function plainMessage(text: string): Partial<Activity> {
  return { type: ActivityTypes.Message, text, textFormat: 'plain', inputHint: InputHints.AcceptingInput };
}

function keepsHistory(adapter: unknown): adapter is ForgettingAdapter {
  return typeof (adapter as Partial<ForgettingAdapter>).forget === 'function';
}
