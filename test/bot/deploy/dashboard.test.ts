import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { PROJECT_ROOT } from '../../../bot/config';
import { type SampleMetric, sampleMetrics } from '../../support/sample-metrics';

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string; readonly annotations: object }[];
  }[];
}

/** Labels that Prometheus adds, and those of histograms. */
const EVERYWHERE = ['job', 'instance', 'le'];
/** What Prometheus itself says of what it scrapes. */
const PROMETHEUS_OWN = new Set(['up']);

const textOf = (name: string): string => readFileSync(path.join(PROJECT_ROOT, 'bot/deploy', name), 'utf8');
const dashboard = JSON.parse(textOf('grafana-dashboard.json')) as Dashboard;
const rules = (load(textOf('prometheus-rules.yaml')) as Rules).groups.flatMap((group) => group.rules);
const drawn = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const annotated = dashboard.annotations.list.map(({ expr }) => expr);
const queries = [...drawn, ...annotated, ...rules.map(({ expr }) => expr)];

let exported: readonly SampleMetric[];
let parser: typeof import('@prometheus-io/lezer-promql', { with: { 'resolution-mode': 'import' }}).parser;
beforeAll(async () => {
  exported = await sampleMetrics();
  ({ parser } = await import('@prometheus-io/lezer-promql'));
});

interface Query {
  readonly faults: readonly string[];
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

/** What a query names, with Grafana's variables filled in. */
function read(written: string): Query {
  const query = written.replace(/\$__(rate_interval|range)\b/g, '5m').replace(/\$job\b/g, '.+');
  const [faults, metrics, labels]: [string[], string[], string[]] = [[], [], []];
  parser.parse(query).iterate({
    enter: ({ type, name, from, to }) => {
      const text = query.slice(from, to);
      if (type.isError) faults.push(`${query} at ${from}: ${text}`);
      if (name === 'Identifier') metrics.push(text);
      if (name === 'LabelName') labels.push(text);
    },
  });
  return { faults, metrics, labels };
}

test.each(queries)('the query %s is PromQL over metrics and labels that there are', (written) => {
  const { faults, metrics, labels } = read(written);
  expect(faults).toEqual([]);
  const known = metrics.map((name) => exported.find(({ series }) => series.has(name)));
  expect(metrics.filter((name, index) => known[index] === undefined && !PROMETHEUS_OWN.has(name))).toEqual([]);
  const has = new Set([...EVERYWHERE, ...known.flatMap((metric) => [...(metric?.labels ?? [])])]);
  expect(labels.filter((label) => !has.has(label))).toEqual([]);
});

test('the dashboard shows every metric of the bot’s own', () => {
  const shown = new Set([...drawn, ...annotated].flatMap((expr) => read(expr).metrics));
  const own = exported.filter(({ name }) => name.startsWith('bot_'));
  expect(own.length).toBeGreaterThan(15);
  expect(own.filter(({ series }) => ![...series].some((name) => shown.has(name))).map(({ name }) => name)).toEqual([]);
});

test('the dashboard can be imported anywhere: it asks for its data source, and no panel lies on another', () => {
  expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
    ['datasource', 'datasource'],
    ['job', 'query'],
  ]);
  const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);
  expect(targets.every(({ datasource }) => datasource.uid === '$' + '{datasource}')).toBe(true);
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

test('every alert says what is the matter and what to do, and has a name of its own', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { annotations } of rules) expect(Object.keys(annotations)).toEqual(['summary', 'description']);
});

test('the example for Prometheus reads the rules beside it and the page that the bot serves', () => {
  expect(load(textOf('prometheus.yaml'))).toMatchObject({
    rule_files: ['prometheus-rules.yaml'],
    scrape_configs: [{ job_name: 'support-bot', metrics_path: '/metrics', authorization: { type: 'Bearer' } }],
  });
});
