import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTraces } from '../../../../bot/channel/observability/open-traces';
import { openOtlpTraces } from '../../../../bot/channel/observability/otlp-traces';
import { NO_TRACES, type Traces } from '../../../../bot/channel/observability/traces';
import { type RunningServer, startServer } from '../../../../bot/channel/server';
import { buildLogger } from '../../../../bot/log';
import { unwatched } from '../../../../bot/stage';
import { EmulatorConversation } from '../../../support/emulator';
import { FakeConnector } from '../../../support/fake-connector';
import { scriptedBot } from '../../../support/scripted-bot';
import { testConfig } from '../../../support/test-config';
import { TraceCollector } from '../../../support/trace-collector';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let collector: TraceCollector;
let connector: FakeConnector;
let server: RunningServer | undefined;
let logLines: string[];

beforeEach(async () => {
  [collector, connector] = await Promise.all([TraceCollector.start(), FakeConnector.start()]);
  server = undefined;
  logLines = [];
});
afterEach(async () => {
  await server?.stop();
  await Promise.all([collector.stop(), connector.stop()]);
});

function open(endpoint = collector.url, everyMs = 5_000): Traces {
  const log = buildLogger({ logLevel: 'info', logMessages: false }, { write: (line) => void logLines.push(line) });
  return openOtlpTraces({ endpoint, serviceName: 'a-bot', version: '1.2.3', log, exportMs: 500, everyMs });
}

async function serve(traces: Traces): Promise<EmulatorConversation> {
  const config = testConfig({ logLevel: 'info' });
  const { respond, ...bot } = scriptedBot();
  server = await startServer({
    config,
    bot: {
      ...bot,
      async respond(memory, message, during = unwatched) {
        await during('understand', () => undefined);
        return during('respond', () => respond(memory, message));
      },
    },
    log: buildLogger(config, { write: (line) => void logLines.push(line) }),
    traces,
  });
  return new EmulatorConversation(server.url, connector.url);
}

describe('the trace of a message', () => {
  test('has the request, its stages as children, and the caller’s trace as its own; and it is there after a stop', async () => {
    const traces = open();
    const conversation = await serve(traces);
    const activity = conversation.activity({ type: 'message', text: 'secret words' });
    await fetch(`${server!.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CALLER}-01` },
      body: JSON.stringify(activity),
    });
    await server!.stop();
    await traces.close();

    const request = collector.spans.find(({ name }) => name === 'POST /api/messages')!;
    expect(request).toMatchObject({
      kind: 2,
      traceId: TRACE,
      parentSpanId: CALLER,
      failed: false,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/messages',
        'bot.channel': 'emulator',
        'bot.outcome': 'smalltalk',
      },
      resource: { 'service.name': 'a-bot', 'service.version': '1.2.3' },
    });
    const children = collector.spans.filter(({ parentSpanId }) => parentSpanId === request.spanId);
    expect(new Set(children.map(({ name }) => name))).toEqual(
      new Set(['read', 'understand', 'respond', 'commit', 'send']),
    );
    expect(logLines.find((line) => line.includes('"turn"'))).toContain(`"trace":"${TRACE}"`);
    for (const personal of ['secret', conversation.id, conversation.user.id]) {
      expect(collector.received).not.toContain(personal);
    }
  });

  test('shows the stage that failed, by the kind of its error alone', async () => {
    const traces = open();
    connector.behaviour = { kind: 'fail', status: 502 };
    await (await serve(traces)).say('hi');
    await server!.stop();
    await traces.close();
    const failed = collector.spans.filter((span) => span.failed);
    expect(failed.map(({ name }) => name)).toEqual(['send', 'POST /api/messages']);
    expect(failed[0]!.attributes).toEqual({ 'error.type': 'ConnectorError' });
  });

  test.each([
    ['empty', ''],
    ['not hexadecimal', '00-zz-b7ad6b7169203331-01'],
    ['endless', 'x'.repeat(5_000)],
  ])('begins anew where the caller’s is %s', (_, header) => {
    const traces = open();
    const span = traces.begin('a', 'server', { traceparent: header })!;
    expect(span.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    return traces.close();
  });
});

describe('a collector that is not there', () => {
  test('costs nobody an answer, and holds up the stop for its time limit at most', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const noise = jest.spyOn(console, 'error');
    const traces = open(`http://127.0.0.1:${port}`);
    const conversation = await serve(traces);
    expect((await conversation.say('hi')).status).toBe(200);
    expect(connector.textsOf(conversation.id)).toEqual(['1: hi']);
    const startedAt = performance.now();
    await traces.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(noise).not.toHaveBeenCalled();
    noise.mockRestore();
  });

  test('is logged once when it goes and once when it is back, however often it was missed', async () => {
    const traces = open(collector.url, 20);
    const sendOne = async (): Promise<void> => {
      const before = collector.exports;
      traces.begin('a', 'internal')!.end();
      await collector.until(() => collector.exports > before);
    };
    collector.status = 400;
    for (let i = 0; i < 3; i += 1) await sendOne();
    collector.status = 200;
    await sendOne();
    await traces.close();
    expect(logLines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'traces do not reach their collector: they are dropped until they do',
      'traces reach their collector again',
    ]);
  });
});

test('without a collector nothing is traced', async () => {
  const log = buildLogger({ logLevel: 'silent', logMessages: false });
  expect(await openTraces(testConfig(), '', log)).toBe(NO_TRACES);
});
