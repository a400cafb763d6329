import { buildMetrics, type Metrics } from '../../../../bot/channel/observability/metrics';

/** The lines of one metric that are not nought. */
async function linesOf(metrics: Metrics, name: string): Promise<string[]> {
  const { text } = await metrics.exposition();
  return text.split('\n').filter((line) => line.startsWith(name) && !line.endsWith(' 0'));
}

describe('the metrics', () => {
  test('count turns by channel and outcome, time them, and know how sure answers were', async () => {
    const metrics = buildMetrics({ version: '1.2.3' });
    for (const outcome of ['answer', 'answer', 'clarify'] as const) {
      metrics.turnAnswered({ channel: 'msteams', outcome, confidence: 0.87, seconds: 0.02 });
    }
    metrics.turnFailed('emulator', 'bot');
    expect(await linesOf(metrics, 'bot_turns_total')).toEqual([
      'bot_turns_total{channel="msteams",outcome="answer"} 2',
      'bot_turns_total{channel="msteams",outcome="clarify"} 1',
    ]);
    expect(await linesOf(metrics, 'bot_turn_failures_total')).toEqual([
      'bot_turn_failures_total{channel="emulator",cause="bot"} 1',
    ]);
    expect(await linesOf(metrics, 'bot_turn_duration_seconds_count')).toEqual([
      'bot_turn_duration_seconds_count{channel="msteams"} 3',
    ]);
    expect(await linesOf(metrics, 'bot_answer_confidence_ratio_count')).toEqual([
      'bot_answer_confidence_ratio_count 2',
    ]);
    expect(await linesOf(metrics, 'bot_build_info')).toEqual(['bot_build_info{version="1.2.3"} 1']);
  });

  test('have no label that somebody outside can make up', async () => {
    const metrics = buildMetrics({ version: '' });
    for (const channel of ['a', 'b', '__proto__', '"} 1\n']) {
      metrics.turnAnswered({ channel, outcome: 'answer', confidence: 1, seconds: 0 });
      metrics.connectorCall(channel, 0, 'down');
      metrics.duplicateDropped(channel);
    }
    expect(await linesOf(metrics, 'bot_turns_total')).toEqual(['bot_turns_total{channel="other",outcome="answer"} 4']);
    expect(await linesOf(metrics, 'bot_connector_errors')).toHaveLength(1);
    expect(await linesOf(metrics, 'bot_duplicates')).toHaveLength(1);
  });

  test('tell the store’s calls, their failures, and whether it is up', async () => {
    const metrics = buildMetrics({ version: '' });
    expect(await linesOf(metrics, 'bot_storage_up')).toEqual(['bot_storage_up 1']);
    metrics.storageCall('read', 0.002, true);
    metrics.storageCall('commit', 1, false);
    metrics.storageUp(false);
    expect(await linesOf(metrics, 'bot_storage_up')).toEqual([]);
    expect(await linesOf(metrics, 'bot_storage_call_duration_seconds_count')).toEqual([
      'bot_storage_call_duration_seconds_count{operation="read"} 1',
      'bot_storage_call_duration_seconds_count{operation="commit"} 1',
    ]);
    expect(await linesOf(metrics, 'bot_storage_errors_total')).toEqual([
      'bot_storage_errors_total{operation="commit"} 1',
    ]);
  });

  test('read what is open in Direct Line when somebody looks', async () => {
    const metrics = buildMetrics({ version: '' });
    let sockets = 1;
    metrics.readDirectLine(() => ({ conversations: 7, sockets }));
    sockets = 3;
    expect(await linesOf(metrics, 'bot_directline_')).toEqual([
      'bot_directline_conversations 7',
      'bot_directline_sockets 3',
    ]);
  });

  test('of two servers in one process do not mix', async () => {
    const [one, other] = [buildMetrics({ version: '' }), buildMetrics({ version: '' })];
    one.contentReloaded(false);
    one.rateLimited('post', 'conversation');
    expect(await linesOf(one, 'bot_content_reloads_total')).toEqual(['bot_content_reloads_total{result="failed"} 1']);
    expect(await linesOf(one, 'bot_rate_limited_total')).toHaveLength(1);
    expect(await linesOf(other, 'bot_content_reloads_total')).toEqual([]);
  });
});
