import type { Activity, TurnContext } from 'botbuilder';
import { buildCloudAdapter } from '../../../bot/channel/adapter';
import { buildMetrics } from '../../../bot/channel/observability/metrics';
import { buildTurnErrorHandler } from '../../../bot/channel/turn-error';
import { buildLogger } from '../../../bot/log';
import { phrases } from '../../../bot/phrases';
import { EmulatorConversation } from '../../support/emulator';
import { FakeConnector } from '../../support/fake-connector';
import { testConfig } from '../../support/test-config';

let connector: FakeConnector;
beforeEach(async () => {
  connector = await FakeConnector.start();
});
afterEach(() => connector.stop());

const silent = buildLogger({ logLevel: 'silent', logMessages: false });

function receive(onTurn: (context: TurnContext) => Promise<void>, connectorTimeoutMs = 10_000) {
  const adapter = buildCloudAdapter(
    { ...testConfig(), connectorTimeoutMs },
    buildTurnErrorHandler(silent, buildMetrics({ version: '' })),
  );
  const conversation = new EmulatorConversation('http://unused.example', connector.url);
  const activity = () => conversation.activity({ type: 'message', text: 'hi' }) as unknown as Activity;
  return { adapter, once: () => adapter.receive('', activity(), onTurn) };
}

describe('the cloud adapter', () => {
  test('sends all of an entity, not three fields of it', async () => {
    const citation = { type: 'https://schema.org/Message', citation: [{ position: 1, appearance: { name: 'FAQ' } }] };
    await receive(async (context) => {
      await context.sendActivity({ type: 'message', text: 'hi', entities: [citation] });
    }).once();
    expect(connector.requests[0]?.activity).toMatchObject({ entities: [citation] });
  });

  test('makes one connector client for all turns of a channel', async () => {
    const clients = new Set<unknown>();
    const { adapter, once } = receive(async (context) => {
      clients.add(context.turnState.get(context.adapter.ConnectorClientKey));
    });
    await once();
    await once();
    expect(adapter).toBeDefined();
    expect(clients.size).toBe(1);
  });

  test('says sorry once when a turn fails, and is done', async () => {
    const { once } = receive(async () => {
      throw new Error('boom');
    });
    expect(await once()).toEqual({ kind: 'done', response: undefined });
    expect(connector.messages.map(({ text }) => text)).toEqual([phrases.apology]);
  });

  test.each([
    'hang',
    'hang-in-body',
  ] as const)('gives up a connector that does %s, without an apology', async (kind) => {
    connector.behaviour = { kind };
    let failure: unknown;
    const { once } = receive(async (context) => {
      try {
        await context.sendActivity('hi');
      } catch (error) {
        failure = error;
        throw error;
      }
    }, 150);
    expect(await once()).toEqual({ kind: 'undelivered' });
    expect(failure).toBeInstanceOf(Error);
    expect(connector.requests).toHaveLength(1);
  });

  test.each([
    [500, []],
    [503, []],
    [429, []],
    [403, [phrases.apology]],
  ])('never repeats a reply that got %i', async (status, after) => {
    connector.behaviour = { kind: 'fail', status };
    await receive(async (context) => {
      await context.sendActivity('hi');
    }).once();
    expect(connector.messages.map(({ text }) => text)).toEqual(['hi', ...after]);
  });

  test.each([300, 301, 302, 303, 307, 308])('takes no reply to where a %i sends it', async (status) => {
    const elsewhere = await FakeConnector.start();
    connector.behaviour = { kind: 'redirect', status, to: `${elsewhere.url}/v3/conversations/c/activities` };
    await receive(async (context) => {
      await context.sendActivity('hi');
    }).once();
    expect(elsewhere.connections).toBe(0);
    await elsewhere.stop();
    // Nor is it sent again to where it was.
    connector.requests.length = 0;
    connector.behaviour = { kind: 'redirect', status, to: '/v3/conversations/c/activities' };
    await receive(async (context) => {
      await context.sendActivity('hi');
    }).once();
    expect(connector.messages.filter(({ text }) => text === 'hi')).toHaveLength(1);
  });
});
