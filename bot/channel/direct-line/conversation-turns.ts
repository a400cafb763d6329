import { setImmediate } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import type { Logger } from '../../log';
import { buildTurnQueue } from '../backplane/turn-queue';
import type { Conversation } from './conversation';

/** Messages of one conversation that may be in hand at once: one that is answered, the others waiting. */
export const MAX_TURNS_IN_HAND = 20;

export interface ConversationTurns {
  /** Whether one more activity of the conversation may wait for its turn. */
  hasRoom(conversation: Conversation): boolean;
  /** Runs the bot on an activity, later than now and after all that came before it in the conversation. */
  run(conversation: Conversation, activity: Partial<Activity>): void;
  /** Resolves when all turns have run or `timeoutMs` is over, whichever comes first. */
  drain(timeoutMs: number): Promise<void>;
}

/** Runs the turns of each conversation one after the other. A turn that rejects is logged and holds nothing up. */
export function createConversationTurns(
  runTurn: (activity: Partial<Activity>) => Promise<void>,
  log: Logger,
): ConversationTurns {
  const queue = buildTurnQueue();
  const runLogged = async (conversation: Conversation, activity: Partial<Activity>): Promise<void> => {
    conversation.turnsInHand += 1;
    try {
      await queue.run(conversation.id, async () => {
        // Whoever sent the activity is told first that it has arrived.
        await setImmediate();
        await runTurn(activity);
      });
    } catch (error) {
      log.error({ err: error, conversation: conversation.id }, 'a web chat turn failed');
    } finally {
      conversation.turnsInHand -= 1;
    }
  };
  return {
    hasRoom: (conversation) => conversation.turnsInHand < MAX_TURNS_IN_HAND,
    run: (conversation, activity) => void runLogged(conversation, activity),
    async drain(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([queue.idle(), timeout]);
      clearTimeout(timer);
    },
  };
}
