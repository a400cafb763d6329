import * as v from 'valibot';
import type { Backplane } from '../backplane/backplane';

const NoticeSchema = v.variant('kind', [
  /** The log has grown. */
  v.object({ kind: v.literal('said') }),
  /** An activity, as JSON, that is not kept. */
  v.object({ kind: v.literal('live'), activity: v.string() }),
  /** The conversation is over, with these last words, each as JSON. */
  v.object({ kind: v.literal('over'), activities: v.array(v.string()) }),
]);

/** What all processes with a page of a conversation are told. */
export type Notice = v.InferOutput<typeof NoticeSchema>;

/** Tells the pages of conversations, in whatever process their sockets end. */
export interface ConversationBus {
  /** Never throws. */
  tell(conversationId: string, notice: Notice): void;
  /** Hears what is told from when the promise resolves on. */
  listen(conversationId: string, hear: (notice: Notice) => void): Promise<{ end(): void }>;
  /** Calls `onGap` whenever something may have been told that was not heard. */
  watchGaps(onGap: () => void): { end(): void };
}

export function buildConversationBus(
  backplane: Pick<Backplane, 'publish' | 'subscribe' | 'watchGaps'>,
): ConversationBus {
  const topicOf = (conversationId: string): string => `chat/${conversationId}`;
  return {
    tell: (conversationId, notice) => backplane.publish(topicOf(conversationId), JSON.stringify(notice)),
    listen: (conversationId, hear) =>
      backplane.subscribe(topicOf(conversationId), (text) => {
        const notice = readNotice(text);
        if (notice !== undefined) hear(notice);
      }),
    watchGaps: (onGap) => backplane.watchGaps(onGap),
  };
}

/** What is told most. */
const SAID = '{"kind":"said"}';

/** `undefined` for what another version of the bot may say. */
function readNotice(text: string): Notice | undefined {
  if (text === SAID) return { kind: 'said' };
  try {
    const parsed = v.safeParse(NoticeSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
