import pino from 'pino';
import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import type { ConversationBus } from '../../../../bot/channel/direct-line/conversation-bus';
import { createInbox } from '../../../../bot/channel/direct-line/inbox';
import { StorageFault } from '../../../../bot/channel/direct-line/storage-fault';
import { buildMemoryStorage } from '../../../../bot/channel/storage/memory-storage';
import { until } from '../../../support/until';

test('a conversation that the storage has lost is looked at by one sweep, and forgotten', async () => {
  const storage = buildMemoryStorage({ maxItems: 10 });
  let isAway = true;
  let looks = 0;
  const inbox = createInbox({
    storage: {
      ...storage,
      readLog: (log, after) => {
        looks += 1;
        return isAway ? Promise.reject(new StorageFault('away')) : storage.readLog(log, after);
      },
    },
    backplane: buildLocalBackplane(),
    bus: {} as ConversationBus,
    log: pino({ enabled: false }),
    idleMs: 60_000,
    deletedMs: 60_000,
    runTurn: () => Promise.resolve(),
  });
  inbox.wake('lost', 'a1');
  await until(() => looks === 1);
  isAway = false;
  // A run that still ends is not looked at yet.
  await until(async () => {
    await inbox.sweep();
    return looks === 2;
  });
  await inbox.sweep();
  expect(looks).toBe(2);
});
