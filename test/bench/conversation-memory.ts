import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openConversationFile } from '../../bot/channel/conversation-file';
import { type Conversations, createConversations } from '../../bot/channel/direct-line/conversations';
import { newClaims } from '../../bot/channel/direct-line/tokens';
import { buildLogger } from '../../bot/log';

/** What many conversations cost. */
export interface ConversationCost {
  /** Resident memory in MB: before, with 10,000 conversations, and when another 10,000 have taken their place. */
  readonly residentMb: readonly [number, number, number];
  /** How many of them are held at each. */
  readonly held: readonly [number, number, number];
  /** Of one conversation on the heap, once it is idle. */
  readonly bytesEach: number;
  readonly saveMs: number;
  /** The longest that a save holds up everybody else. */
  readonly longestHoldMs: number;
  readonly fileMb: number;
  readonly restoreMs: number;
}

const CONVERSATIONS = 10_000;
const MB = 1_048_576;

/** A process of its own (with `--expose-gc`): fills conversations with the activities of the file that is its argument. */
async function main(file: string): Promise<void> {
  const activities = JSON.parse(await readFile(file, 'utf8')) as readonly object[];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const target = path.join(folder, 'web-chat.jsonl');
  const log = buildLogger({ logLevel: 'silent', logMessages: false });
  const create = (): Conversations => createConversations({ maxConversations: CONVERSATIONS, idleMs: 86_400_000 });
  const conversations = create();
  const empty = look(conversations);
  fill(conversations, activities);
  const full = look(conversations);
  fill(conversations, activities);
  const replaced = look(conversations);

  const saved = await openConversationFile({ file: target, store: create(), log });
  await saved.close();
  const dump = conversations.dump();
  const store: Conversations = { ...conversations, restore: () => undefined, dump: () => dump, count: 0 };
  const kept = await openConversationFile({ file: target, store, log });
  conversations.forget('nobody');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const saving = performance.now();
  await kept.close();
  const saveMs = performance.now() - saving;
  delay.disable();
  const restoring = performance.now();
  await (await openConversationFile({ file: target, store: create(), log })).close();
  const cost: ConversationCost = {
    residentMb: [empty.residentMb, full.residentMb, replaced.residentMb],
    held: [empty.held, full.held, replaced.held],
    bytesEach: (full.heapBytes - empty.heapBytes) / full.held,
    saveMs,
    longestHoldMs: delay.max / 1e6,
    fileMb: statSync(target).size / MB,
    restoreMs: performance.now() - restoring,
  };
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(JSON.stringify(cost));
}

function fill(conversations: Conversations, activities: readonly object[]): void {
  for (let index = 0; index < CONVERSATIONS; index++) {
    const { conversationId, userId } = newClaims();
    const { conversation } = conversations.open(conversationId, userId)!;
    for (const activity of activities) {
      const id = conversation.nextActivityId();
      conversation.append({
        ...activity,
        id,
        conversation: { id: conversationId, isGroup: false, conversationType: '', name: '' },
      });
      conversations.touch(conversation);
    }
  }
}

function look(conversations: Conversations) {
  for (let round = 0; round < 3; round++) globalThis.gc!();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { held: conversations.count, residentMb: rss / MB, heapBytes: heapUsed + external };
}

void main(process.argv[2]!);
