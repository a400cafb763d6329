import http from 'node:http';

/*
 * Somebody who sends messages in one conversation as fast as the bot answers, 16 at once, until told to stop (SIGTERM). Arguments: the
 * bot's port, the connector's address. Prints a line once the bot refuses, and at the end how often it did.
 */

const AT_ONCE = 16;
const [port, serviceUrl] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const name = `flood-${process.pid}`;
let sent = 0;
let refused = 0;

function send(): void {
  sent += 1;
  const body = JSON.stringify({
    type: 'message',
    id: `${name}-${sent}`,
    channelId: 'emulator',
    serviceUrl,
    from: { id: name },
    recipient: { id: 'bot-1' },
    conversation: { id: `${name}|livechat` },
    text: 'hi',
  });
  const request = http.request(
    {
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/api/messages',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    },
    (response) => {
      if (response.statusCode === 429) refused += 1;
      if (refused === 1) process.stdout.write('refused\n');
      response.resume();
      response.on('end', send);
    },
  );
  request.on('error', () => setTimeout(send, 100));
  request.end(body);
}

process.on('SIGTERM', () => {
  process.stdout.write(`${refused}\n`, () => process.exit(0));
});
for (let n = 0; n < AT_ONCE; n++) send();
