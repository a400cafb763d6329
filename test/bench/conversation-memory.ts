import { readFile } from 'node:fs/promises';
import { buildLocalBackplane } from '../../bot/channel/backplane/local-backplane';
import { appendTo, toNarrowJson } from '../../bot/channel/direct-line/activity-log';
import { buildConversationBus } from '../../bot/channel/direct-line/conversation-bus';
import { buildConversations, type Conversations } from '../../bot/channel/direct-line/conversations';
import { newClaims } from '../../bot/channel/direct-line/tokens';
import { buildMemoryStorage } from '../../bot/channel/storage/memory-storage';
import type { Storage } from '../../bot/channel/storage/storage';

/** What many conversations cost. */
export interface ConversationCost {
  /** Resident memory in MB: before, with 10,000 conversations, and when another 10,000 have taken their place. */
  readonly residentMb: readonly [number, number, number];
  /** Of one conversation on the heap, once it is idle. */
  readonly bytesEach: number;
}

const CONVERSATIONS = 10_000;
/** The document, the log and how far the bot has come, with what waits for a moment. */
const ITEMS_EACH = 5;
const IDLE_MS = 86_400_000;
const MB = 1_048_576;

/** A process of its own (with `--expose-gc`): fills a storage in memory with the activities of the file that is its argument. */
async function main(file: string): Promise<void> {
  const activities = JSON.parse(await readFile(file, 'utf8')) as readonly object[];
  const storage = buildMemoryStorage({ maxItems: CONVERSATIONS * ITEMS_EACH });
  const bus = buildConversationBus(buildLocalBackplane());
  const conversations = buildConversations({ storage, bus, idleMs: IDLE_MS });
  const empty = look();
  await fill(storage, conversations, activities);
  const full = look();
  await fill(storage, conversations, activities);
  const cost: ConversationCost = {
    residentMb: [empty.residentMb, full.residentMb, look().residentMb],
    bytesEach: (full.heapBytes - empty.heapBytes) / CONVERSATIONS,
  };
  process.stdout.write(JSON.stringify(cost));
}

async function fill(storage: Storage, conversations: Conversations, activities: readonly object[]): Promise<void> {
  for (let index = 0; index < CONVERSATIONS; index++) {
    const { conversationId, userId } = newClaims();
    await conversations.open(conversationId, userId);
    for (const [number, activity] of activities.entries()) {
      const id = `${conversationId}|${number}`;
      const conversation = { id: conversationId, isGroup: false, conversationType: '', name: '' };
      await storage.commit([
        appendTo(conversationId, [toNarrowJson({ ...activity, id, conversation, timestamp: undefined })], IDLE_MS),
        { kind: 'drop', log: `inbox/${conversationId}` },
        {
          kind: 'put',
          key: `chat-progress/${conversationId}`,
          json: '{"answered":20,"attempts":0,"grown":70000}',
          eTag: id,
          ttlMs: IDLE_MS,
        },
      ]);
    }
    for (const member of await storage.members('inboxes'))
      await storage.commit([{ kind: 'unmark', set: 'inboxes', member }]);
  }
}

function look() {
  for (let round = 0; round < 3; round++) globalThis.gc!();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { residentMb: rss / MB, heapBytes: heapUsed + external };
}

void main(process.argv[2]!);
