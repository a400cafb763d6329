import { buildMetrics } from '../../bot/channel/observability/metrics';

/** A metric as Prometheus knows it: the names under which it can be asked for, and the labels that it has. */
export interface SampleMetric {
  readonly name: string;
  /** Of a histogram also its `_bucket`, `_sum` and `_count`. */
  readonly series: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

/** Every metric that the bot exports, with all its labels: each thing that is counted has happened once. */
export async function sampleMetrics(): Promise<readonly SampleMetric[]> {
  const metrics = buildMetrics({ version: '1.0.0', watchProcess: true });
  const [guide, question] = ['g', 'q'];
  metrics.turnAnswered({ channel: 'msteams', outcome: 'answer', confidence: 0.9, seconds: 0.01 });
  metrics.turnFailed('msteams', 'bot');
  metrics.stageTook('read', 0.001);
  metrics.guideMoved({ kind: 'started', guide });
  metrics.guideMoved({ kind: 'entered', guide, question });
  metrics.guideMoved({ kind: 'left', guide, question, way: 'answered' });
  metrics.guideMoved({ kind: 'finished', guide, outcome: 'o' });
  metrics.storageCall('read', 0.001, false);
  metrics.connectorCall('msteams', 0.001, 'down');
  metrics.duplicateDropped('msteams');
  metrics.rateLimited('post', 'address');
  metrics.directLineMessage('user');
  metrics.contentReloaded(true);
  const { text } = await metrics.exposition();
  return parseExposition(text);
}

function parseExposition(text: string): SampleMetric[] {
  return [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, kind]) => {
    const samples = text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm'));
    const labels = [...samples].flatMap(([, written]) => [...written!.matchAll(/(\w+)="/g)]);
    return {
      name: name!,
      series: new Set(kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name!]),
      labels: new Set(labels.map(([, label]) => label!)),
    };
  });
}
