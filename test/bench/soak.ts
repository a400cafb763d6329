import { setTimeout as delay } from 'node:timers/promises';
import { type Crowd, startCrowd } from '../support/hurt/crowd';
import { isError, startTalkedToBot } from '../support/hurt/talked-to-bot';
import { faultsOf, tallyText } from '../support/hurt/tally';
import { quantile, slope } from './figures';
import { ownMb, residentMb } from './process-figures';

interface Sample {
  readonly minutes: number;
  readonly residentMb: number;
  /** Without the pages of mapped files. */
  readonly ownMb: number;
  /** `undefined` where the bot does not tell. */
  readonly heapMb: number | undefined;
}

const SAMPLE_EVERY_MS = 5_000;
/** Of the whole time, before memory is looked at: what is remembered for bad times fills up first. */
const WARM_UP_SHARE = 0.5;

/**
 * Lets 20 people talk to the bot for so many minutes, with questions, guides and web sockets that break, at a moderate rate, on the embedded
 * storage; prints what was lost, doubled or refused, how memory grew, and how long answers took.
 */
export async function benchSoak(minutes: number): Promise<void> {
  const { bot, connector, stop } = await startTalkedToBot();
  let crowd: Crowd | undefined;
  try {
    crowd = startCrowd({ botUrl: bot.url, connector, pages: 12, channel: 8, thinkMs: 300, breaksAfter: 5 });
    const startedAt = performance.now();
    const samples: Sample[] = [];
    const passed = (): number => (performance.now() - startedAt) / 60_000;
    while (passed() < minutes) {
      await delay(SAMPLE_EVERY_MS);
      samples.push({
        minutes: passed(),
        residentMb: residentMb(bot.pid),
        ownMb: ownMb(bot.pid),
        heapMb: await heapMb(bot.url),
      });
      if (samples.length % 12 === 0) note(samples.at(-1)!, crowd);
    }
    const talked = passed();
    const tally = await crowd.stop();
    const complaints = bot.log.filter(isError);

    print(
      `${talked.toFixed(1)} minutes, ${(tally.acknowledged / talked / 60).toFixed(1)} messages a second: ${tallyText(tally)}.`,
    );
    const time = (share: number): string => `${quantile(tally.latencies, share).toFixed(1)} ms`;
    print(`Message to answer: p50 ${time(0.5)}, p95 ${time(0.95)}, p99 ${time(0.99)}.`);
    const late = samples.filter((sample) => sample.minutes >= talked * WARM_UP_SHARE);
    print(
      `Heap in use: ${growth(late, (sample) => sample.heapMb)}. Resident without mapped files: ` +
        `${growth(late, (sample) => sample.ownMb)}; with the pages of the store: ${growth(late, (sample) => sample.residentMb)}.`,
    );
    print(`Errors in the log: ${complaints.length}.`);
    for (const { msg } of complaints.slice(0, 10)) print(`  ${msg}`);
    for (const [kind, faults] of Object.entries(faultsOf(tally))) {
      print(`${kind}:`);
      for (const fault of faults) print(`  ${fault}`);
    }
  } finally {
    crowd?.abandon();
    await stop();
  }
}

/** By how much something grew after the warm-up, by least squares, and from where to where. */
function growth(samples: readonly Sample[], pick: (sample: Sample) => number | undefined): string {
  const points = samples.flatMap((sample) => {
    const y = pick(sample);
    return y === undefined ? [] : [{ x: sample.minutes / 10, y }];
  });
  if (points.length < 3) return 'too few samples';
  const ends = `${points[0]!.y.toFixed(1)} to ${points.at(-1)!.y.toFixed(1)} MB`;
  return `${slope(points).toFixed(2)} MB in 10 minutes (${ends}, ${points.length} samples)`;
}

/** What the bot says of its heap. */
async function heapMb(url: string): Promise<number | undefined> {
  try {
    const text = await (await fetch(`${url}/metrics`)).text();
    const bytes = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1];
    return bytes === undefined ? undefined : Number(bytes) / 1_048_576;
  } catch {
    return undefined;
  }
}

function note({ minutes, residentMb, heapMb }: Sample, { tally }: Crowd): void {
  const heap = heapMb === undefined ? '' : `, heap ${heapMb.toFixed(0)} MB`;
  process.stderr.write(`${minutes.toFixed(0)} min: ${residentMb.toFixed(0)} MB${heap}; ${tallyText(tally)}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
