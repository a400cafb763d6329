import type { Storage as BotStorage } from 'botbuilder';
import { buildTurnQueue } from '../backplane/turn-queue';
import type { Change, Storage, StoredDocument } from './storage';
import {
  changeItem,
  documentOf,
  entriesOf,
  isCurrent,
  itemKey,
  itemKeyOf,
  membersOf,
  type StorageItem,
} from './storage-items';

/** An item of the store with the store's own eTag. */
interface Found {
  readonly item: StorageItem;
  readonly eTag: string;
}

/** So often a log or a set is tried again that another process changes at the same time. */
const ATTEMPTS = 5;
const CHECK_KEY = 'check';

/**
 * The Bot Framework's storage as one of ours, for one process: what this process does to an item is done in order. A commit is many
 * writes: the documents with `replaces` go first, each together with its check, then the rest; a process that dies in between leaves the
 * rest undone. The store's own eTags guard against other processes, except that two of them may both make a document that was absent.
 * What is over is not read any more, but stays until the store's own rules remove it. `maxLogChars` bounds a log, default 10,000,000;
 * `now` is the time in milliseconds since 1970.
 */
export function buildBotbuilderStorage(
  store: BotStorage,
  { maxLogChars = 10_000_000, now = Date.now }: { readonly maxLogChars?: number; readonly now?: () => number } = {},
): Storage {
  const queue = buildTurnQueue();

  async function find(keys: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    if (keys.length === 0) return new Map();
    const found = await store.read([...keys]);
    return new Map(
      Object.entries(found)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([key, { eTag, ...item }]) => [key, { item: item as StorageItem, eTag: String(eTag) }]),
    );
  }
  async function findOne(kind: StorageItem['kind'], name: string): Promise<StorageItem | undefined> {
    const key = itemKey(kind, name);
    return (await find([key])).get(key)?.item;
  }
  /** Makes the changes of one item; what it is then. */
  async function save(
    key: string,
    changes: readonly Change[],
    before: Found | undefined,
  ): Promise<{ readonly kind: 'saved'; readonly item: StorageItem | undefined } | { readonly kind: 'conflict' }> {
    const time = now();
    const item = changes.reduce<StorageItem | undefined>(
      (one, change) => changeItem(one, change, time, maxLogChars),
      before?.item,
    );
    try {
      if (item === undefined && before !== undefined) await store.delete([key]);
      else if (item !== undefined && item !== before?.item)
        await store.write({ [key]: { ...item, eTag: before?.eTag ?? '*' } });
      return { kind: 'saved', item };
    } catch (error) {
      if (isConflict(error)) return { kind: 'conflict' };
      throw error;
    }
  }
  /** As `save`, again and again where another process is faster. */
  async function saveAnyway(
    key: string,
    changes: readonly Change[],
    before: Found | undefined,
  ): Promise<StorageItem | undefined> {
    let found = before;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const saved = await save(key, changes, found);
      if (saved.kind === 'saved') return saved.item;
      found = (await find([key])).get(key);
    }
    throw new Error('Another process changes the same all the time.');
  }
  /** Runs `work` while nothing else of this process touches the items. */
  function exclusively<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    return [...keys].sort().reduceRight<() => Promise<T>>((inner, key) => () => queue.run(key, inner), work)();
  }

  return {
    async read(keys) {
      const found = await find([...new Set(keys)].map((key) => itemKey('document', key)));
      const time = now();
      const documents = keys.map((key) => [key, documentOf(found.get(itemKey('document', key))?.item, time)] as const);
      return new Map(documents.filter((one): one is [string, StoredDocument] => one[1] !== undefined));
    },
    async readLog(log, after) {
      return entriesOf(await findOne('log', log), now()).filter(({ at }) => at > after);
    },
    members: async (set) => membersOf(await findOne('set', set), now()),
    commit(changes) {
      const keys = [...new Set(changes.map(itemKeyOf))];
      const changesOf = (key: string) => changes.filter((change) => itemKeyOf(change) === key);
      return exclusively(keys, async () => {
        const found = await find(keys);
        const time = now();
        if (!changes.every((change) => isCurrent(found.get(itemKeyOf(change))?.item, change, time))) {
          return { kind: 'conflict' };
        }
        const checked = keys.filter((key) => changesOf(key).some(hasCheck));
        for (const key of checked) {
          if ((await save(key, changesOf(key), found.get(key))).kind === 'conflict') return { kind: 'conflict' };
        }
        const others = keys.filter((key) => !checked.includes(key));
        const items = new Map(
          await Promise.all(
            others.map(async (key) => [key, await saveAnyway(key, changesOf(key), found.get(key))] as const),
          ),
        );
        const appends = changes.filter((change) => change.kind === 'append' && change.texts.length > 0);
        return { kind: 'committed', lastAt: new Map(appends.flatMap((change) => lastAtOf(change, items))) };
      });
    },
    async check() {
      await store.read([CHECK_KEY]);
    },
    close: () => queue.idle(),
  };
}

function lastAtOf(change: Change, items: ReadonlyMap<string, StorageItem | undefined>): [string, number][] {
  const item = items.get(itemKeyOf(change));
  return change.kind === 'append' && item?.kind === 'log' ? [[change.log, item.last]] : [];
}

function hasCheck(change: Change): boolean {
  return change.kind === 'put' && change.replaces !== undefined;
}

/** The stores of the Bot Framework say it by their text, but for Cosmos DB. */
function isConflict(error: unknown): boolean {
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  return code === 412 || statusCode === 412 || (typeof message === 'string' && message.includes('eTag conflict'));
}
