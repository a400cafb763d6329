import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { PROJECT_ROOT } from '../../../../bot/config';
import { buildLogger } from '../../../../bot/log';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';

/*
 * Ways out of the folder of the page's files, as they go over the wire, and ways into the log.
 */

let server: RunningServer;
let connector: FakeConnector;
const logged: string[] = [];
beforeAll(async () => {
  connector = await FakeConnector.start();
  const config = testConfig({ logLevel: 'trace', logMessages: true });
  const log = buildLogger(config, { write: (line) => void logged.push(line) });
  server = await startServer({ config, bot: scriptedBot(), log });
});
afterAll(async () => {
  await server.stop();
  await connector.stop();
});

/** The whole answer to a target that no client would leave as it is. */
async function get(target: string): Promise<string> {
  const socket = net.connect(server.port, '127.0.0.1').on('error', () => undefined);
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1');
  await once(socket, 'close');
  return answer;
}

const UP = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..%252f',
  '%252e%252e%252f',
  '..\\',
  '..%5c',
  '%c0%ae%c0%ae/',
  '..%c0%af',
  '....//',
  '..;/',
  '.%00./',
];

describe('no file but the page’s own is served', () => {
  test.each(UP)('by going up with %s', async (up) => {
    for (const folder of ['/web-chat/', '/', '/v3/directline/conversations/']) {
      for (const file of ['package.json', 'etc/passwd', 'data/web-chat-secret']) {
        for (const steps of [1, 5]) {
          const answer = await get(folder + up.repeat(steps) + file);
          expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
          expect(answer).not.toMatch(/vpn-gateway-support-bot|root:|use strict/);
        }
      }
    }
  });

  test.each([
    '/web-chat/.',
    '/web-chat/%2e',
    '/web-chat/page.js/',
    '/web-chat//etc/passwd',
    '/web-chat/C:%5cboot.ini',
    '/web-chat/page.js%00.txt',
    '/web-chat/index.html%20',
    '/web-chat/INDEX.HTML',
    '/web-chat/index.html.gz',
    '/web-chat/__proto__',
    '/web-chat/constructor',
    'http://evil.example/web-chat/x',
    '/web-chat/%',
    '/web-chat/%ff%fe',
  ])('as %s', async (target) => {
    expect(await get(target)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('and those that are there hold no secret names', () => {
    const assets = path.join(PROJECT_ROOT, 'dist/bot/web-chat/page');
    const names = existsSync(assets) ? readdirSync(assets) : [];
    expect(names.filter((name) => !/^[\w-]+(\.[\w-]+)*\.(html|js|mjs|css|svg|txt)(\.gz|\.br)?$/.test(name))).toEqual(
      [],
    );
  });
});

test('whatever names and texts hold, each entry of the log is one line of JSON', async () => {
  const evil = '"}\n{"level":"error","msg":"forged"}\r\n\u001b[2J\u009b31m\u2028\u202e\u0000\\';
  for (const channel of ['emulator', 'msteams', evil.slice(0, 90)]) {
    const conversation = new EmulatorConversation(server.url, connector.url, channel);
    await conversation.post({
      type: 'message',
      text: evil,
      conversation: { id: evil },
      from: { id: evil, name: evil },
    });
    await conversation.post({ type: 'invoke', name: evil, value: { action: evil }, conversation: { id: evil } });
    await conversation.post({ type: evil, id: evil, serviceUrl: evil });
  }
  await get(`/${encodeURIComponent(evil)}`);
  expect(logged.length).toBeGreaterThan(3);
  for (const line of logged) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(line).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]*\n$/);
    expect(JSON.parse(line).msg).not.toBe('forged');
  }
});
