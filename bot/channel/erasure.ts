import type { Logger } from '../log';
import type { Backplane } from './backplane/backplane';
import type { ConversationRecords } from './conversation-records';
import type { SentAnswers } from './sent-answers';
import type { Change, Storage } from './storage/storage';
import type { Transcripts } from './transcripts';

/** Whose conversations are deleted. */
export interface Erased {
  readonly conversations: readonly string[];
  /** All conversations of this place too; default: none. */
  readonly place?: string;
}

/** Deletes what is kept of conversations: memory, transcript, and what was answered in which message. */
export interface Erasure {
  /**
   * Hands the changes that delete all of it to `commit`, by default to be made at once. `false` where the storage was away: it may hold
   * more than could be looked up, and the rest is deleted as soon as it is back, but for what was said since.
   */
  erase(erased: Erased, commit?: (changes: readonly Change[]) => Promise<unknown>): Promise<boolean>;
}

export interface ErasureParts {
  readonly storage: Pick<Storage, 'commit'>;
  readonly records: ConversationRecords;
  readonly transcripts: Pick<Transcripts, 'forgetting'>;
  readonly answers: Pick<SentAnswers, 'forgetting'>;
  readonly backplane: Pick<Backplane, 'exclusively'>;
  readonly isStorageUp: () => boolean;
  /** Runs something once, as soon as the storage works. */
  readonly whenStorageUp: (run: () => void) => void;
  readonly log: Logger;
}

/** Of more deletions during one outage, what could not be looked up stays until it is idle for too long. */
const MAX_UNFINISHED = 10_000;

export function buildErasure(parts: ErasureParts): Erasure {
  const { storage, records, transcripts, answers, backplane, isStorageUp, whenStorageUp, log } = parts;
  let unfinished = 0;

  const conversationsOf = async ({ conversations, place }: Erased): Promise<ReadonlySet<string>> =>
    new Set([...conversations, ...(place === undefined ? [] : await records.within(place))]);

  async function forgetting(conversation: string, upTo?: number): Promise<readonly Change[]> {
    return [
      ...records.forgetting(conversation),
      transcripts.forgetting(conversation),
      ...(await answers.forgetting(conversation, upTo)),
    ];
  }

  /** Looks up again, in the storage itself, what there was up to `at`. */
  async function finish(erased: Erased, at: number): Promise<void> {
    for (const one of await conversationsOf(erased)) {
      await backplane.exclusively(one, async () => {
        const { answered, eTag } = await records.read(one);
        const isBegunAnew = eTag !== null && (answered.lately.at(-1)?.doneAt ?? 0) > at;
        await storage.commit(await (isBegunAnew ? answers.forgetting(one, at) : forgetting(one, at)));
      });
    }
    if (isStorageUp()) log.info('user data deleted in the storage too, which was away before');
    else finishLater(erased, at);
  }

  function finishLater(erased: Erased, at: number): void {
    if (unfinished >= MAX_UNFINISHED) {
      log.error('too many deletions wait for the storage: one is given up');
      return;
    }
    unfinished += 1;
    whenStorageUp(() => {
      unfinished -= 1;
      finish(erased, at).catch((error: unknown) => {
        log.error({ err: error }, 'what a storage that was away holds of deleted user data could not be deleted');
      });
    });
  }

  return {
    async erase(erased, commit = storage.commit) {
      const at = Date.now();
      const wasUp = isStorageUp();
      const changes: Change[] = [];
      for (const one of await conversationsOf(erased)) changes.push(...(await forgetting(one)));
      await commit(changes);
      if (wasUp && isStorageUp()) return true;
      finishLater(erased, at);
      return false;
    },
  };
}
