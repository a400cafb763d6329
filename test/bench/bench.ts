import { cpus } from 'node:os';
import { loadConfig } from '../../bot/config';
import { loadContent } from '../../bot/load-content';
import type { Timing } from './client';
import { benchDirectLine } from './direct-line';
import { startFakeConnector } from './fake-connector';
import { type Figure, median, quantile, slope, toMarkdown } from './figures';
import { benchFlood } from './flood';
import { benchKill } from './kill';
import { AT_ONCE, type Both, type MemorySample, measureMemory, measureStarts, measureTalk, type Plan } from './measure';
import { buildMessageMix, type MessageKind } from './message-mix';
import { benchReplicas } from './replicas';
import { benchServerLoad } from './server-load';
import { benchSoak } from './soak';
import { benchWidget } from './widget';

const FULL: Plan = {
  starts: 7,
  warmUp: 1_600,
  blocks: 20,
  blockLength: 100,
  floods: 5,
  floodLength: 1_000,
  memoryMessages: 10_000,
  memoryConversations: 500,
};
const QUICK: Plan = {
  starts: 3,
  warmUp: 400,
  blocks: 8,
  blockLength: 50,
  floods: 3,
  floodLength: 400,
  memoryMessages: 2_000,
  memoryConversations: 100,
};

const KINDS: Readonly<Record<MessageKind, string>> = {
  faq: 'FAQ questions',
  guide: 'guide steps',
  smalltalk: 'small talk',
  unknown: 'unknown ones',
};

/**
 * Measures the bot against a plain echo bot on the same stack, side by side on this machine, and prints a Markdown table.
 * `--quick` measures less. Instead of that, `server` measures the server under load only, `direct-line` the web chat, `widget` the chat widget, `flood` a user
 * beside a flood, `kill` what is lost when the process is killed in the middle of turns, `soak` (for `--minutes 30`) what half an hour of mixed talk does, and
 * `replicas` what three processes on one Redis carry. A measurement, not a test: it ends with 0 whatever it finds.
 */
async function main(args: readonly string[]): Promise<void> {
  if (args.includes('widget')) return benchWidget();
  const quick = args.includes('--quick');
  if (args.includes('flood')) return benchFlood(quick);
  if (args.includes('server')) return benchServerLoad(quick);
  if (args.includes('direct-line')) return benchDirectLine(quick);
  if (args.includes('kill')) return benchKill(quick);
  if (args.includes('replicas')) return benchReplicas(quick);
  if (args.includes('soak')) return benchSoak(minutesIn(args) ?? (quick ? 2 : 30));
  const plan = quick ? QUICK : FULL;
  const { knowledge, guides } = await loadContent(loadConfig({}));
  const mix = buildMessageMix({ ...knowledge, guideTitle: guides[0]?.title ?? 'help' });
  const connector = await startFakeConnector();
  try {
    note('start-up');
    const starts = await measureStarts(plan);
    note('messages one by one, then 16 at once');
    const talk = await measureTalk(plan, { connector, mix });
    note('memory');
    const memory = await measureMemory(plan, { connector, mix });

    const { memoryMessages, memoryConversations } = plan;
    print(toMarkdown([...startFigures(starts), ...talkFigures(talk), ...memoryFigures(memory, plan)]));
    print('');
    print(
      `Resident memory in MB over ${count(memoryMessages)} messages in ${count(memoryConversations)} conversations:`,
    );
    print('');
    print(memoryTable(memory, plan));
    print('');
    print(
      `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}; ` +
        `start-up: median of ${plan.starts}; one by one: ${count(plan.blocks * plan.blockLength)} messages to each bot in ` +
        `blocks that alternate, after ${count(plan.warmUp)} to warm up; half FAQ questions, a quarter guide steps, the rest ` +
        `small talk and unknown ones.${quick ? ' Short run: figures are rough.' : ''}`,
    );
  } finally {
    await connector.close();
  }
  note('the server under load');
  print('');
  await benchServerLoad(quick);
}

/** `undefined` where no number of minutes is given. */
function minutesIn(args: readonly string[]): number | undefined {
  const at = args.indexOf('--minutes');
  const minutes = Number(args[at + 1]);
  return at >= 0 && minutes > 0 ? minutes : undefined;
}

function startFigures({ echo, ours }: Both<number[]>): Figure[] {
  const yardstick = median(echo);
  return [
    {
      name: 'start to first answer',
      unit: 'ms',
      echo: yardstick,
      ours: median(ours),
      by: 'ratio',
      limit: { words: '≤ 1.3 × + 300 ms', value: 1.3 * yardstick + 300 },
    },
  ];
}

function talkFigures({ echo, ours }: Awaited<ReturnType<typeof measureTalk>>): Figure[] {
  const time = (
    name: string,
    share: number,
    pick: (timing: Timing) => number,
    use: { readonly kind?: MessageKind; readonly factor?: number } = {},
  ): Figure => {
    const of = (timings: readonly Timing[]): number =>
      quantile(timings.filter(({ kind }) => use.kind === undefined || kind === use.kind).map(pick), share);
    const yardstick = of(echo.timings);
    const limit =
      use.factor === undefined ? {} : { limit: { words: `≤ ${use.factor} ×`, value: use.factor * yardstick } };
    return { name, unit: 'ms', echo: yardstick, ours: of(ours.timings), by: 'ratio', ...limit };
  };
  return [
    time('reply delivered, p50', 0.5, (timing) => timing.deliveredMs, { factor: 1.3 }),
    time('reply delivered, p95', 0.95, (timing) => timing.deliveredMs),
    time('request answered, p50', 0.5, (timing) => timing.finishedMs),
    time('request answered, p95', 0.95, (timing) => timing.finishedMs),
    ...(Object.keys(KINDS) as MessageKind[]).map((kind) =>
      time(`reply delivered, p50, ${KINDS[kind]}`, 0.5, (timing) => timing.deliveredMs, { kind }),
    ),
    { name: 'processor time a message', unit: 'ms', echo: echo.cpuMs, ours: ours.cpuMs, by: 'ratio' },
    {
      name: `messages a second, ${AT_ONCE} at once`,
      unit: '',
      echo: echo.perSecond,
      ours: ours.perSecond,
      by: 'ratio',
    },
  ];
}

function memoryFigures({ echo, ours }: Both<MemorySample[]>, { memoryMessages }: Plan): Figure[] {
  const last = (samples: readonly MemorySample[]): number => samples.at(-1)!.mb;
  const growth = (samples: readonly MemorySample[]): number =>
    1_000 *
    slope(
      samples
        .filter(({ messages }) => messages >= memoryMessages / 2)
        .map(({ messages, mb }) => ({ x: messages, y: mb })),
    );
  return [
    {
      name: `resident memory after ${count(memoryMessages)} messages`,
      unit: 'MB',
      echo: last(echo),
      ours: last(ours),
      by: 'difference',
      limit: { words: '≤ 60 MB more', value: last(echo) + 60 },
    },
    {
      name: 'growth over the last half, for 1,000 messages',
      unit: 'MB',
      echo: growth(echo),
      ours: growth(ours),
      by: 'difference',
      limit: { words: 'flat: ≤ 1 MB', value: 1 },
    },
  ];
}

function memoryTable(memory: Both<MemorySample[]>, { memoryMessages }: Plan): string {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const row = (name: string, samples: readonly MemorySample[]): string =>
    `| ${name} | ${shares.map((share) => samples[Math.round(share * (samples.length - 1))]!.mb.toFixed(0)).join(' | ')} |`;
  return [
    `| messages | ${shares.map((share) => count(share * memoryMessages)).join(' | ')} |`,
    `| --- | ${shares.map(() => '--:').join(' | ')} |`,
    row('echo bot', memory.echo),
    row('this bot', memory.ours),
  ].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function note(what: string): void {
  process.stderr.write(`measuring: ${what}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `the measurement could not be finished: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
});
