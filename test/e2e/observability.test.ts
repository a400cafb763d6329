import { BICYCLE_FILES } from '../support/bicycle-files';
import { buildMain } from '../support/built-main';
import { EmulatorConversation } from '../support/emulator';
import { FakeConnector } from '../support/fake-connector';
import { ReloadingServer } from '../support/reloading-server';
import { SMALL_VOCABULARY, tempContent } from '../support/temp-content';
import { TraceCollector } from '../support/trace-collector';

beforeAll(buildMain, 120_000);

test('a process shows itself, sends its last traces when it stops, and is quiet about it', async () => {
  const [collector, connector] = await Promise.all([TraceCollector.start(), FakeConnector.start()]);
  const content = tempContent({ ...SMALL_VOCABULARY, ...BICYCLE_FILES });
  const server = await ReloadingServer.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    FEEDBACK_FILE: '',
    KNOWLEDGE_DIR: content.knowledgeDir,
    GUIDES_DIR: content.guidesDir,
  });
  try {
    await new EmulatorConversation(server.url, connector.url).say('how far does a battery go?');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of [
      'bot_build_info{version="',
      'process_resident_memory_bytes ',
      'nodejs_eventloop_lag_p99_seconds ',
      'nodejs_gc_duration_seconds_count',
      'bot_turn_stage_duration_seconds_count{stage="understand"} 1',
    ]) {
      expect(text).toContain(`\n${name}`);
    }
    expect(await (await fetch(`${server.url}/ready`)).json()).toEqual({ status: 'ready' });
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(new Set(collector.spans.map(({ name }) => name))).toEqual(
      new Set(['POST /api/messages', 'read', 'understand', 'respond', 'commit', 'send']),
    );
    expect(collector.spans[0]!.resource).toMatchObject({ 'service.name': 'vpn-gateway-support-bot' });
    expect(server.log.filter(({ level, msg }) => level !== 'info' && /trace/.test(msg))).toEqual([]);
  } finally {
    await server.stop('SIGKILL');
    await Promise.all([collector.stop(), connector.stop()]);
    content.remove();
  }
}, 60_000);
