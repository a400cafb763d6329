import { setImmediate } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import type { Logger } from '../../log';
import type { Backplane } from '../backplane/backplane';
import { newETag, type Storage } from '../storage/storage';
import { conversationIdOf, isOpen, namesOf, readProgress, WAITING } from './conversation';
import type { ConversationBus } from './conversation-bus';
import { type ConversationTurn, type KeptProgress, openConversationTurn } from './conversation-turn';
import { StorageFault } from './storage-fault';
import { readWaiting, type WaitingActivity } from './waiting-activity';

/** Runs what waits for its turn, in each conversation one after the other, until nothing waits. */
export interface Inbox {
  /** Something waits in this conversation, or may wait: the activity of that id, if one is named, since just now. */
  wake(conversationId: string, activityId?: string): void;
  /** Takes care of what waits and of what nobody seems to be at: a process that ended may have left it. Never rejects. */
  sweep(): Promise<void>;
  /** Resolves when nothing waits here or `timeoutMs` is over, whichever comes first. What waits then stays where it is. */
  drain(timeoutMs: number): Promise<void>;
}

export interface InboxParts {
  readonly storage: Storage;
  readonly backplane: Pick<Backplane, 'exclusively'>;
  readonly bus: ConversationBus;
  readonly log: Logger;
  readonly idleMs: number;
  readonly deletedMs: number;
  /**
   * Runs the bot on an activity; `failed` stands for a turn that is not to be run. Should reject with nothing but a {@link StorageFault}:
   * the activity then waits on.
   */
  readonly runTurn: (turn: ConversationTurn, activity: Partial<Activity>, failed: Error | undefined) => Promise<void>;
}

/** What this process does for a conversation. */
interface Work {
  /** Activities that came to this process: it has begun on none of them before. */
  readonly fresh: Set<string>;
  /** Activities that were marked as waiting, and may not be in the inbox any more. */
  readonly marked: Set<string>;
  running: Promise<void> | undefined;
  again: boolean;
}

/** How often a turn is begun anew that somebody else has begun already: one that ends the process is then given up. */
const MAX_ATTEMPTS = 3;
/** Conversations that are taken up at once. Of those that wait no attempt is counted. */
const SWEEPERS = 8;

export function createInbox(parts: InboxParts): Inbox {
  const { storage, backplane, bus, log, idleMs, deletedMs } = parts;
  const works = new Map<string, Work>();
  let seenBefore: ReadonlySet<string> | undefined;
  let isStopped = false;

  function workOf(conversationId: string): Work {
    const known = works.get(conversationId);
    if (known !== undefined) return known;
    const work: Work = { fresh: new Set(), marked: new Set(), running: undefined, again: false };
    works.set(conversationId, work);
    return work;
  }

  function start(conversationId: string, work: Work): Promise<void> {
    work.again = true;
    work.running ??= run(conversationId, work);
    return work.running;
  }

  async function run(conversationId: string, work: Work): Promise<void> {
    try {
      while (work.again && !isStopped) {
        work.again = false;
        // Not the key of the turn itself, which is asked for within.
        await backplane.exclusively(`inbox/${conversationId}`, () => answerAll(conversationId, work));
      }
      works.delete(conversationId);
    } catch (error) {
      // Its activities are in the inbox still, and found by the next sweep.
      const level = error instanceof StorageFault ? 'debug' : 'error';
      log[level]({ err: error, conversation: conversationId }, 'a web chat turn waits: the storage does not work');
    } finally {
      work.running = undefined;
    }
    // Who came meanwhile may have found the storage working.
    if (work.again && !isStopped) await start(conversationId, work);
  }

  async function answerAll(conversationId: string, work: Work): Promise<void> {
    // Whoever sent the activity is told first that it has arrived.
    await setImmediate();
    const names = namesOf(conversationId);
    const marked = [...work.marked];
    const [entries, documents] = await Promise.all([
      storage.readLog(names.inbox, 0),
      storage.read([names.document, names.progress]),
    ]);
    const isThere = isOpen(documents.get(names.document)?.json);
    const waiting = isThere ? entries.map((entry) => ({ at: entry.at, activity: readWaiting(entry) })) : [];
    const done = marked.filter((id) => !waiting.some(({ activity }) => activity?.id === id));
    if (done.length > 0 || (!isThere && entries.length > 0)) {
      await storage.commit([
        ...(isThere ? [] : [{ kind: 'drop', log: names.inbox } as const]),
        ...done.map((member) => ({ kind: 'unmark', set: WAITING, member }) as const),
      ]);
      for (const id of done) work.marked.delete(id);
    }
    if (!isThere) return;
    const kept = documents.get(names.progress);
    let progress: KeptProgress | undefined = { ...readProgress(kept?.json), eTag: kept?.eTag ?? null };
    for (const { at, activity } of waiting) {
      if (isStopped || progress === undefined) return;
      progress = await answer(conversationId, at, activity, progress, work);
    }
  }

  /** Resolves to how far the bot has come; `undefined` where the conversation is over or somebody else is at it. */
  async function answer(
    conversationId: string,
    at: number,
    waiting: WaitingActivity | undefined,
    progress: KeptProgress,
    work: Work,
  ): Promise<KeptProgress | undefined> {
    if (waiting === undefined || waiting.seq <= progress.answered) {
      if (waiting === undefined) log.error({ conversation: conversationId }, 'an activity in an inbox cannot be read');
      await settle(conversationId, at, waiting);
      return progress;
    }
    const { seq, id, activity } = waiting;
    const begun = work.fresh.has(id) ? progress : await countAttempt(conversationId, progress);
    if (begun === undefined) return undefined;
    const turn = openConversationTurn({
      storage,
      bus,
      conversationId,
      at,
      seq,
      activityId: id,
      progress: begun,
      idleMs,
      deletedMs,
    });
    const failed = begun.attempts > MAX_ATTEMPTS ? new Error(`begun ${MAX_ATTEMPTS} times and never ended`) : undefined;
    try {
      await parts.runTurn(turn, activity, failed);
    } catch (error) {
      if (error instanceof StorageFault) throw error;
      log.error({ err: error, conversation: conversationId }, 'a web chat turn failed');
      if (!turn.isCommitted) turn.reset();
    } finally {
      work.fresh.delete(id);
    }
    if (!turn.isCommitted && (await turn.commit([])).kind === 'conflict') {
      log.warn({ conversation: conversationId, activity: id }, 'another process has made this turn');
      work.again = true;
      return undefined;
    }
    return turn.isOver ? undefined : turn.progress;
  }

  async function countAttempt(conversationId: string, progress: KeptProgress): Promise<KeptProgress | undefined> {
    const { eTag: replaces, ...known } = progress;
    const next = { ...known, attempts: known.attempts + 1 };
    const eTag = newETag();
    const key = namesOf(conversationId).progress;
    const put = { kind: 'put', key, json: JSON.stringify(next), eTag, replaces, ttlMs: idleMs } as const;
    return (await storage.commit([put])).kind === 'committed' ? { ...next, eTag } : undefined;
  }

  async function settle(
    conversationId: string,
    at: number,
    waiting: Pick<WaitingActivity, 'id'> | undefined,
  ): Promise<void> {
    await storage.commit([
      { kind: 'trim', log: namesOf(conversationId).inbox, through: at },
      ...(waiting === undefined ? [] : [{ kind: 'unmark', set: WAITING, member: waiting.id } as const]),
    ]);
  }

  /** Those that somebody has to look after, of what is marked as waiting and of what failed here before. */
  async function findLeft(): Promise<[string, Work][]> {
    const marked = await storage.members(WAITING);
    const left = new Map<string, Work>();
    for (const member of marked) {
      const id = conversationIdOf(member);
      const known = works.get(id);
      // What has come just now is at hand in the process that took it.
      const isLeft = known !== undefined || seenBefore === undefined || seenBefore.has(member);
      if (!isLeft || known?.running !== undefined) continue;
      const work = workOf(id);
      work.marked.add(member);
      left.set(id, work);
    }
    // What the storage has lost has no mark any more: looked at once, it is forgotten here too.
    for (const [id, work] of works) if (work.running === undefined) left.set(id, work);
    seenBefore = new Set(marked);
    return [...left];
  }

  return {
    wake(conversationId, activityId) {
      const work = workOf(conversationId);
      if (activityId !== undefined) work.fresh.add(activityId);
      void start(conversationId, work);
    },
    async sweep() {
      try {
        const left = await findLeft();
        const next = async (): Promise<void> => {
          for (let one = left.shift(); one !== undefined && !isStopped; one = left.shift()) await start(...one);
        };
        await Promise.all(Array.from({ length: SWEEPERS }, next));
      } catch (error) {
        log.debug({ err: error }, 'not known which activities wait: the storage does not work');
      }
    },
    async drain(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      const runs = [...works.values()].map(({ running }) => running);
      await Promise.race([Promise.all(runs), timeout]);
      clearTimeout(timer);
      isStopped = true;
    },
  };
}
