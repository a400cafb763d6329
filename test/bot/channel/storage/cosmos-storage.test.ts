import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCosmosStorage } from '../../../../bot/channel/storage/cosmos-storage';

// What it keeps is tested with botbuilder-storage: Cosmos DB itself cannot be run on a developer's machine.
test('an account that fails rejects, and is asked again', async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"code":"Unauthorized","message":"no"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const storage = await openCosmosStorage({
    kind: 'cosmos',
    endpoint: `http://127.0.0.1:${port}`,
    database: 'bot',
    container: 'conversations',
    key: Buffer.from('key').toString('base64'),
  });
  await expect(storage.read(['d'])).rejects.toThrow();
  const before = calls;
  expect(before).toBeGreaterThan(0);
  await expect(storage.check()).rejects.toThrow();
  expect(calls).toBeGreaterThan(before);
  await storage.close();
  server.closeAllConnections();
  server.close();
}, 30_000);
