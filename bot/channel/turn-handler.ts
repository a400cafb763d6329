import { ActivityTypes, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Bot } from '../bot';
import type { Config } from '../config';
import type { Logger } from '../log';
import { phrases } from '../phrases';
import { readActivity } from './activity-in';
import { buildAnswerTurn } from './answer-turn';
import type { Backplane } from './backplane/backplane';
import { conversationKey, placeKey } from './conversation-key';
import { buildConversationRecords } from './conversation-records';
import { readDelivery } from './deliveries';
import type { Titles } from './emulator/qna-trace';
import { buildErasure } from './erasure';
import type { FeedbackStore } from './feedback-file';
import { raterMark } from './feedback-file';
import type { Metrics } from './observability/metrics';
import type { WatchStages } from './observability/watch-stages';
import { buildSentAnswers } from './sent-answers';
import type { Change, Storage } from './storage/storage';
import { mayPress, type RunTurn } from './teams/card-action';
import { buildInvokes } from './teams/invokes';
import { type LifeCycleEvent, readLifeCycle } from './teams/life-cycle';
import { readPress } from './teams/read-press';
import { buildTranscripts } from './transcripts';
import { turnTransactionOf } from './turn-transaction';

export interface TurnHandlerParts {
  readonly bot: Bot;
  readonly storage: Storage;
  /** Keeps the turns of a conversation apart. */
  readonly backplane: Pick<Backplane, 'exclusively'>;
  /** Whether what is committed is where it outlives the process. */
  readonly isStorageUp: () => boolean;
  /** Runs something once, as soon as that is so. */
  readonly whenStorageUp: (run: () => void) => void;
  readonly config: Pick<Config, 'logMessages' | 'conversationIdleMs'>;
  readonly log: Logger;
  /** Titles of the entries by id, for the Emulator's inspector. */
  readonly titles: Titles;
  readonly feedback: FeedbackStore;
  /** How often each entry was given as an answer by this process, counted on here; default: counted by this handler alone. */
  readonly answerCounts?: Map<string, number>;
  readonly metrics: Metrics;
  readonly watchStages: WatchStages;
}

/**
 * The one function that answers an activity, whatever the adapter: read it, wait for its turn in the conversation, and answer it
 * (see answer-turn.ts). Rejects where the bot or a send fails; memory is then what it was before the turn.
 */
export function buildTurnHandler(parts: TurnHandlerParts): (context: TurnContext) => Promise<void> {
  const { bot, storage, backplane, feedback, log } = parts;
  const idleMs = parts.config.conversationIdleMs;
  const onDamage = (conversation: string): void =>
    log.error({ conversation }, 'what was kept of a conversation cannot be read: it begins anew');
  const records = buildConversationRecords({ storage, idleMs, onDamage });
  const transcripts = buildTranscripts(storage, idleMs);
  const answers = buildSentAnswers(storage, idleMs, parts.answerCounts);
  const erasure = buildErasure({ ...parts, records, transcripts, answers });
  const answerTurn = buildAnswerTurn({ ...parts, records, transcripts, answers, forget });
  const invokes = buildInvokes({ runTurn, bot, answers, feedback, log });

  async function runTurn(
    context: TurnContext,
    messages: Parameters<RunTurn>[1],
    deliver?: Parameters<RunTurn>[2],
  ): ReturnType<RunTurn> {
    const conversation = conversationKey(context.activity);
    const turn = { conversation, messages, delivery: readDelivery(context.activity, Date.now()) };
    return backplane.exclusively(conversation, () =>
      answerTurn(context, deliver === undefined ? turn : { ...turn, deliver }),
    );
  }

  /** Memory, transcript, what was answered and rated; `false` where a copy may still be on the disk. */
  async function forget(context: TurnContext, conversation: string): Promise<boolean> {
    // With a transaction the conversation itself goes in the same commit, as soon as its page is told.
    const transaction = turnTransactionOf(context);
    const commit =
      transaction && (async (changes: readonly Change[]) => changes.forEach((change) => void transaction.add(change)));
    const isErased = await erasure.erase({ conversations: [conversation] }, commit);
    const isFeedbackGone = await feedback.forget(raterMark(conversation));
    const isOffDisk = isErased && isFeedbackGone;
    log.info({ conversation: context.activity.conversation.id, isOffDisk }, 'user data deleted');
    return isOffDisk;
  }

  /** The message that was answered last is answered as if it had been written so from the start; older ones are left alone. */
  async function answerEdited(context: TurnContext, conversation: string, id: string): Promise<void> {
    const { last } = await records.read(conversation);
    if (last?.id !== id || !last.isTyped) return;
    const message = readActivity({ ...context.activity, type: ActivityTypes.Message });
    if (message?.kind !== 'text') return;
    await dropMessage(conversation, id);
    const { content, ...delivery } = readDelivery(context.activity, Date.now());
    // It has the id of the message; each edit is answered once.
    const edit = { ...delivery, content, id: [id, content, delivery.saidAt].join(' ') };
    await answerTurn(context, { conversation, messages: [message], delivery: edit, from: { memory: last.before } });
  }

  async function dropMessage(conversation: string, id: string): Promise<void> {
    const lines = await transcripts.of(conversation);
    const others = lines.filter((line) => line.id !== id);
    const changes = [
      ...(others.length < lines.length ? transcripts.leaving(conversation, others) : []),
      ...(await answers.droppingQuestion(conversation, id)),
    ];
    if (changes.length > 0) await storage.commit(changes);
  }

  async function follow(context: TurnContext, conversation: string, event: LifeCycleEvent): Promise<void> {
    switch (event.kind) {
      case 'removed':
        await erasure.erase({ conversations: [conversation], place: placeKey(context.activity) });
        return;
      case 'deleted':
        return dropMessage(conversation, event.id);
      case 'edited':
        return answerEdited(context, conversation, event.id);
    }
  }

  async function answerInvoke(context: TurnContext): Promise<void> {
    const handler = invokes.get(context.activity.name ?? '');
    if (handler === undefined) return;
    let value: InvokeResponse;
    try {
      value = await handler(context);
    } catch (error) {
      log.error({ name: context.activity.name, err: error }, 'invoke failed');
      value = { status: 500 };
    }
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
  }

  return async (context) => {
    const { activity } = context;
    if (activity.type === ActivityTypes.Invoke) return answerInvoke(context);
    const conversation = conversationKey(activity);
    if (activity.type === ActivityTypes.DeleteUserData)
      return void (await backplane.exclusively(conversation, () => forget(context, conversation)));
    if (activity.channelId === 'msteams') {
      const event = readLifeCycle(activity);
      if (event !== undefined) return backplane.exclusively(conversation, () => follow(context, conversation, event));
    }
    const message = readActivity(activity);
    // A card of ours on a client that sends its buttons as messages.
    const isMessage = activity.type === ActivityTypes.Message;
    const press = activity.channelId === 'msteams' && isMessage ? readPress(activity.value) : undefined;
    if (press !== undefined && !mayPress(context, press)) {
      await context.sendActivity(phrases.somebodyElses);
      return;
    }
    const messages = press?.messages ?? (message === undefined ? [] : [message]);
    if (messages.length > 0) await runTurn(context, messages);
  };
}
