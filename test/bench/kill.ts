import { killRepeatedly } from '../support/hurt/kill-repeatedly';
import { faultsOf, tallyText } from '../support/hurt/tally';
import { median } from './figures';

/** Kills the bot in the middle of turns, 50 times (`quick`: 10), while 18 people talk to it, and prints what became of what they said. */
export async function benchKill(quick: boolean): Promise<void> {
  const times = quick ? 10 : 50;
  const { tally, startsMs, complaints, isReadyAtTheEnd } = await killRepeatedly({
    times,
    pages: 12,
    channel: 6,
    messagesBetween: 120,
    onKill: (killed) => process.stderr.write(`killed ${killed} of ${times}\n`),
  });
  print(`Killed ${times} times: ${tallyText(tally)}.`);
  print(`Start to ready: median ${median(startsMs).toFixed(0)} ms, longest ${Math.max(...startsMs).toFixed(0)} ms.`);
  print(`At the end: ${isReadyAtTheEnd ? 'ready' : 'NOT READY'}; complaints in the log: ${complaints.length}.`);
  for (const { level, msg } of complaints.slice(0, 10)) print(`  ${level}: ${msg}`);
  for (const [kind, faults] of Object.entries(faultsOf(tally))) {
    print(`${kind}:`);
    for (const fault of faults) print(`  ${fault}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
