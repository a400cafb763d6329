import type { TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { Bot } from '../bot';
import type { Memory } from '../memory';
import { NEW_MEMORY } from '../memory';
import { phrases } from '../phrases';
import { replyToMarkdown } from '../reply-text';
import type { DuringStage } from '../stage';
import type { TranscriptLine } from '../transcript-text';
import type { TurnResult } from '../turn-result';
import type { UserMessage } from '../user-message';
import { placeKey } from './conversation-key';
import { type ConversationRecord, type ConversationRecords, type StoredRecord, sentKey } from './conversation-records';
import { type Delivery, unnamed, wasAnswered, withDelivery } from './deliveries';
import type { Titles } from './emulator/qna-trace';
import { textOf } from './message-text';
import type { WatchStages } from './observability/watch-stages';
import { announceDeletion } from './privacy-effects';
import { buildSendReplies } from './send-replies';
import type { SentAnswers } from './sent-answers';
import { newETag, type Storage } from './storage/storage';
import type { RunTurn } from './teams/card-action';
import { isShared } from './teams/place';
import type { Transcripts } from './transcripts';
import { logDuplicate, logTurn, type TurnLogParts } from './turn-log';
import { turnTransactionOf } from './turn-transaction';
import { withTypingIndicator } from './typing-indicator';

export interface AnswerTurnParts extends TurnLogParts {
  readonly bot: Bot;
  readonly storage: Pick<Storage, 'read' | 'commit'>;
  readonly records: ConversationRecords;
  readonly transcripts: Transcripts;
  /** Titles of the entries by id, for the Emulator's inspector. */
  readonly titles: Titles;
  /** Told what was answered, once it is sent. */
  readonly answers: SentAnswers;
  readonly watchStages: WatchStages;
  /** Deletes all that is kept of a conversation; `false` where a copy may still be on the disk. */
  readonly forget: (context: TurnContext, conversation: string) => Promise<boolean>;
}

/** What is answered, and how. */
export interface TurnOf {
  readonly conversation: string;
  readonly messages: Parameters<RunTurn>[1];
  readonly delivery: Delivery;
  /** How the replies get to the person, where not as messages of their own. */
  readonly deliver?: Parameters<RunTurn>[2];
  /** The memory to answer from instead of the one that is kept. */
  readonly from?: { readonly memory: Memory | undefined };
}

/**
 * Answers messages as one turn: reads what is kept, asks the bot, keeps what it remembers now, and sends what it says. Turns of one
 * conversation must not overlap.
 *
 * A reply and its memory go together: an adapter with a transaction gets both in one commit; with any other the memory is kept first,
 * and put back where the reply cannot be sent. Where another process has written meanwhile, nothing was sent yet, and the turn is run
 * once more. A delivery that was answered already comes to no replies, unless it may never have got them: then the turn is run again
 * from the memory before it. A turn with a transaction is one that nobody has committed yet; it is refused where somebody has.
 */
export type AnswerTurn = (context: TurnContext, turn: TurnOf) => Promise<TurnResult>;

type Attempt =
  | { readonly kind: 'done'; readonly said: TurnResult }
  /** The delivery had its answer: nothing is said. */
  | { readonly kind: 'answered'; readonly said: TurnResult }
  /** Somebody else has written: nothing was said or kept. */
  | { readonly kind: 'conflict' };

/** Conversations of which this process knows that the last turn was sent. */
const MAX_SENT_TURNS = 10_000;
/** A channel gives up sending an activity again long before. */
const SENT_NOTE_MS = 60 * 60 * 1000;

export function buildAnswerTurn(parts: AnswerTurnParts): AnswerTurn {
  const { bot, storage, records, transcripts, log } = parts;
  const sendReplies = buildSendReplies(parts);
  /** By conversation, the id of the activity whose replies were sent last. */
  const sent = new LRUCache<string, string>({ max: MAX_SENT_TURNS });

  async function attempt(context: TurnContext, turn: TurnOf, hasLost = false): Promise<Attempt> {
    const { conversation, messages, delivery } = turn;
    const during = parts.watchStages(context);
    const record = await during('read', () => records.read(conversation));
    const transaction = turnTransactionOf(context);
    // What is said twice in our own conversations was meant twice: a delivery that is repeated does not come so far.
    const isAgain =
      transaction === undefined
        ? wasAnswered(record.answered, delivery, record.memory?.guide !== undefined)
        : record.last !== undefined && record.last.id === context.activity.id;
    // A storage that makes the parts of a commit apart may have kept the memory and nothing else.
    const isDone = isAgain && (transaction === undefined ? !(await isUnsent(context, record, turn)) : hasLost);
    if (isDone) {
      return { kind: 'answered', said: nothingMore(record.memory) };
    }
    const before = turn.from !== undefined ? turn.from.memory : isAgain ? record.last?.before : record.memory;
    const result = await withTypingIndicator(context, () => respondToAll(before, messages, during));
    const said = welcomed(context, messages, result);
    if (said.effect === 'delete-data') {
      await announceDeletion(context, await parts.forget(context, conversation));
      // Not before it is said: where that fails, the person had better get some answer than none.
      if (transaction === undefined) await noteForgotten(record, turn);
      return { kind: 'done', said };
    }
    const lines = isAgain ? [] : linesOf(context, messages, said);
    const changes = [
      records.writing(conversation, recordAfter(context, record, before, said, turn), record.eTag),
      ...(isShared(context.activity) ? [records.entering(placeKey(context.activity), conversation)] : []),
      ...(lines.length > 0 ? [transcripts.adding(conversation, lines)] : []),
    ] as const;
    const send = (): Promise<void> =>
      sendReplies(context, {
        conversation,
        message: messages.at(-1)!,
        said,
        lines,
        deliver: turn.deliver,
        // The lines of this turn are kept with its commit: with a transaction that is still to come.
        async earlier() {
          const all = await transcripts.of(conversation);
          return transaction === undefined && lines.length > 0 ? all.slice(0, -lines.length) : all;
        },
      });
    if (transaction !== undefined) {
      await during('send', send);
      const committed = await during('commit', () => transaction.commit(changes));
      if (committed.kind === 'committed') return { kind: 'done', said };
      transaction.reset();
      return { kind: 'conflict' };
    }
    const committed = await during('commit', () => storage.commit(changes));
    if (committed.kind === 'conflict') return { kind: 'conflict' };
    try {
      await during('send', send);
    } catch (error) {
      await putBack(conversation, record, changes[0].eTag, lines.length);
      throw error;
    }
    if (delivery.id !== undefined) await noteSent(conversation, delivery.id);
    return { kind: 'done', said };
  }

  /** What came after the commit of the turn was interrupted: whether the replies arrived, nobody here can tell. */
  async function isUnsent(
    { activity }: TurnContext,
    { last }: StoredRecord,
    { conversation, delivery: { id } }: TurnOf,
  ): Promise<boolean> {
    if (last === undefined || last.id !== activity.id || sent.get(conversation) === id) return false;
    const key = sentKey(conversation);
    const note = (await storage.read([key])).get(key)?.json;
    return note !== sentNote(id);
  }

  /** Within the turn: another process that the same was delivered to looks for it as soon as the turn is over. Never rejects. */
  async function noteSent(conversation: string, id: string): Promise<void> {
    sent.set(conversation, id);
    const put = { key: sentKey(conversation), json: sentNote(id), eTag: newETag(), ttlMs: SENT_NOTE_MS };
    try {
      await storage.commit([{ kind: 'put', ...put }]);
    } catch (error) {
      log.debug({ err: error }, 'not noted that a turn was sent');
    }
  }

  /** Whose "yes, delete it" comes again is not answered as somebody new. Never rejects. */
  async function noteForgotten({ answered }: StoredRecord, { conversation, delivery }: TurnOf): Promise<void> {
    sent.delete(conversation);
    try {
      await storage.commit([records.notingForgotten(conversation, unnamed(answered, delivery, Date.now()))]);
    } catch (error) {
      log.debug({ err: error }, 'not noted what was answered before a deletion');
    }
  }

  /** What the person did not see did not happen. */
  async function putBack(conversation: string, record: StoredRecord, eTag: string, added: number): Promise<void> {
    try {
      const lines = added === 0 ? [] : (await transcripts.of(conversation)).slice(0, -added);
      const { eTag: _, ...before } = record;
      await storage.commit([
        records.writing(conversation, before, eTag),
        ...(added === 0 ? [] : transcripts.leaving(conversation, lines)),
      ]);
    } catch (error) {
      log.error({ err: error }, 'the memory before a turn that could not be sent was not put back');
    }
  }

  async function respondToAll(
    before: Memory | undefined,
    messages: readonly UserMessage[],
    during: DuringStage,
  ): Promise<TurnResult> {
    const [first, ...others] = messages;
    let result = await bot.respond(before, first!, during);
    for (const message of others) result = await bot.respond(result.memory, message, during);
    return result;
  }

  return async (context, turn) => {
    const startedAt = performance.now();
    const first = await attempt(context, turn);
    const came = first.kind === 'conflict' ? await attempt(context, turn, true) : first;
    switch (came.kind) {
      case 'conflict':
        throw new Error('another process has written the memory of this conversation twice');
      case 'answered':
        logDuplicate(parts, context);
        return came.said;
      case 'done':
        logTurn(parts, context, turn.messages.at(-1)!, came.said, performance.now() - startedAt);
        return came.said;
    }
  };
}

/** Where many read along the bot says in two sentences that it is there. */
function welcomed({ activity }: TurnContext, messages: readonly UserMessage[], result: TurnResult): TurnResult {
  const isWelcome = messages[0]?.kind === 'arrival' && result.replies.length > 0 && activity.channelId === 'msteams';
  if (!isWelcome || !isShared(activity)) return result;
  return { ...result, replies: [{ kind: 'text', text: phrases.welcomeTeam, buttons: [] }] };
}

function recordAfter(
  { activity: { id } }: TurnContext,
  { answered }: StoredRecord,
  before: Memory | undefined,
  { memory }: TurnResult,
  { delivery, messages }: TurnOf,
): ConversationRecord {
  return {
    memory,
    last: !id ? undefined : { id, isTyped: messages[0]?.kind === 'text', before },
    answered: withDelivery(answered, delivery, Date.now()),
  };
}

/** What the turn adds to the transcript. */
function linesOf(context: TurnContext, messages: readonly UserMessage[], said: TurnResult): readonly TranscriptLine[] {
  const at = new Date().toISOString();
  const heard = messages.map(textOf).join(' ');
  const bot = (text: string): TranscriptLine => ({ from: 'bot', text, at });
  return [
    ...(heard === '' ? [] : [{ from: 'user' as const, text: heard, at, id: context.activity.id }]),
    // A transcript in a transcript would double it each time.
    ...(said.effect === 'send-transcript' ? [bot(phrases.transcriptSent)] : []),
    // Not the texts of the activities: what stands on cards would be missing.
    ...said.replies.map((reply) => bot(replyToMarkdown(reply))),
  ];
}

function nothingMore(memory: Memory | undefined): TurnResult {
  return {
    memory: memory ?? NEW_MEMORY,
    replies: [],
    effect: 'none',
    outcome: {
      kind: 'command',
      answers: [],
      guide: undefined,
      guidesOffered: [],
      confidence: 1,
      miss: undefined,
      explanation: undefined,
      guideMoves: undefined,
    },
  };
}

function sentNote(id: string | undefined): string {
  return JSON.stringify({ id });
}
