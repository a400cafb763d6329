import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Backplane } from '../backplane/backplane';
import { parseJson } from '../parse-json';
import type { Change } from './storage';
import type { SurvivingStorage } from './surviving-storage';

const NoticeSchema = v.object({
  from: v.string(),
  changes: v.array(
    v.variant('kind', [
      v.object({ kind: v.literal('delete'), key: v.string() }),
      v.object({ kind: v.literal('drop'), log: v.string() }),
      v.object({ kind: v.literal('unmark'), set: v.string(), member: v.string() }),
    ]),
  ),
});

const TOPIC = 'deletions';

/** Tells other processes of what was deleted, and hears it from them. */
export interface DeletionBus {
  /** Tells the others what of a commit deletes something. Never throws. */
  tell(changes: readonly Change[]): void;
  /** Lets a storage let go of what others delete, from when the promise resolves on. */
  hear(storage: Pick<SurvivingStorage, 'letGo' | 'recheck'>): Promise<void>;
}

/** Deletions over a backplane. What may not have been heard is looked for in the storage. */
export function buildDeletionBus(backplane: Pick<Backplane, 'publish' | 'subscribe' | 'watchGaps'>): DeletionBus {
  const from = randomUUID();
  return {
    tell(changes) {
      const deletions = changes.filter(({ kind }) => kind === 'delete' || kind === 'drop' || kind === 'unmark');
      backplane.publish(TOPIC, JSON.stringify({ from, changes: deletions }));
    },
    async hear(storage) {
      await backplane.subscribe(TOPIC, (text) => {
        const parsed = v.safeParse(NoticeSchema, parseJson(text));
        if (parsed.success && parsed.output.from !== from) storage.letGo(parsed.output.changes);
      });
      backplane.watchGaps(storage.recheck);
    },
  };
}
