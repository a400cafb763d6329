import type { Activity } from 'botbuilder';
import { type Change, newETag, type Storage } from '../storage/storage';
import { buildTurnTransaction, type TurnTransaction } from '../turn-transaction';
import { appendTo, boundLog, toActivity, toNarrowJson } from './activity-log';
import { DELETED_JSON, namesOf, type Progress, WAITING } from './conversation';
import type { ConversationBus } from './conversation-bus';
import { BOT_ACCOUNT } from './incoming-activity';

/** A conversation's {@link Progress} as it is kept; the eTag is `null` where it is not. */
export type KeptProgress = Progress & { readonly eTag: string | null };

/**
 * The transaction of one turn: what the bot says goes into the log in the same commit that takes the activity out of the inbox. A
 * turn that somebody else has made meanwhile cannot be committed.
 */
export interface ConversationTurn extends TurnTransaction {
  /** Says an activity with the commit, at once from the sight of the bot. Returns its id. Not to be called after the commit. */
  say(activity: Partial<Activity>): string;
  /** Commits the turn with the end of its conversation, and tells the pages, after all that was said, that it is over. */
  forget(text: string | undefined): Promise<void>;
  /** Whether the conversation was forgotten. */
  readonly isOver: boolean;
  /** How far the bot has come with the commit. */
  readonly progress: KeptProgress;
}

export interface ConversationTurnParts {
  readonly storage: Storage;
  readonly bus: ConversationBus;
  readonly conversationId: string;
  /** Where the activity that is answered lies in the inbox, and which of all it is. */
  readonly at: number;
  readonly seq: number;
  readonly activityId: string;
  readonly progress: KeptProgress;
  readonly idleMs: number;
  /** How long it is remembered that a conversation was deleted. */
  readonly deletedMs: number;
}

export function openConversationTurn(parts: ConversationTurnParts): ConversationTurn {
  const { storage, bus, conversationId, at, seq, activityId, idleMs, deletedMs } = parts;
  const names = namesOf(conversationId);
  const transaction = buildTurnTransaction(storage);
  let progress = parts.progress;
  let said: string[] = [];
  let ids = 0;
  let isOver = false;

  const advance = (grown: number, ttlMs: number) => {
    const { eTag: replaces } = progress;
    const next: Progress = { answered: seq, attempts: 0, grown };
    const eTag = newETag();
    const put: Change = { kind: 'put', key: names.progress, json: JSON.stringify(next), eTag, replaces, ttlMs };
    return { put, next: { ...next, eTag } };
  };
  const unmark: Change = { kind: 'unmark', set: WAITING, member: activityId };
  const say = (activity: Partial<Activity>): string => {
    ids += 1;
    // The same whenever the turn is run anew.
    const id = activity.id ?? `${activityId}.${ids}`;
    said.push(toNarrowJson({ ...activity, id, timestamp: undefined }));
    return id;
  };

  return {
    add: transaction.add,
    afterwards: transaction.afterwards,
    say,
    reset() {
      said = [];
      ids = 0;
      transaction.reset();
    },
    async commit(more) {
      // What is done already is not to be done again.
      if (transaction.isCommitted) return storage.commit(more);
      const texts = said;
      const bound = await boundLog(storage, conversationId, progress.grown, texts);
      const { put, next } = advance(bound.grown, idleMs);
      const committed = await transaction.commit([
        ...more,
        put,
        ...(texts.length > 0 ? [appendTo(conversationId, texts, idleMs)] : []),
        ...bound.changes,
        { kind: 'trim', log: names.inbox, through: at },
        unmark,
      ]);
      if (committed.kind === 'conflict') return committed;
      progress = next;
      if (texts.length > 0) bus.tell(conversationId, { kind: 'said' });
      return committed;
    },
    async forget(text) {
      say(buildDeletion(conversationId, text));
      const { put, next } = advance(0, deletedMs);
      const changes: readonly Change[] = [
        { kind: 'put', key: names.document, json: DELETED_JSON, eTag: newETag(), ttlMs: deletedMs },
        put,
        { kind: 'drop', log: names.log },
        { kind: 'drop', log: names.inbox },
        unmark,
      ];
      const committed = await (transaction.isCommitted ? storage.commit(changes) : transaction.commit(changes));
      if (committed.kind === 'conflict') throw new Error('somebody else has made this turn meanwhile');
      progress = next;
      isOver = true;
      // What is kept no longer has no place in the log whose time it could have.
      const from = Math.max(Date.now(), at + 1);
      const activities = said.map((words, index) => toActivity({ at: from + index, text: words }));
      said = [];
      bus.tell(conversationId, { kind: 'over', activities });
    },
    get isCommitted() {
      return transaction.isCommitted;
    },
    get isOver() {
      return isOver;
    },
    get progress() {
      return progress;
    },
  };
}

function buildDeletion(conversationId: string, text: string | undefined): Partial<Activity> {
  return {
    type: 'event',
    name: 'conversation-deleted',
    ...(text === undefined ? {} : { value: { text } }),
    channelId: 'webchat',
    from: BOT_ACCOUNT,
    conversation: { id: conversationId } as Activity['conversation'],
  };
}
