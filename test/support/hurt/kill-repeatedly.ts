import { setTimeout as delay } from 'node:timers/promises';
import type { LogLine } from './bot-under-load';
import { type Crowd, startCrowd } from './crowd';
import { holdsWithin } from './people';
import { isError, startTalkedToBot } from './talked-to-bot';
import type { Tally } from './tally';

export interface KillPlan {
  readonly times: number;
  readonly pages: number;
  readonly channel: number;
  /** So many messages are acknowledged between a start and the next kill. */
  readonly messagesBetween: number;
  /** Told after each kill. */
  readonly onKill?: (killed: number) => void;
}

export interface KillReport {
  readonly tally: Tally;
  /** From each start of the process until it was ready, in milliseconds. */
  readonly startsMs: readonly number[];
  /** Lines of the log that speak of something that could not be read, and errors. */
  readonly complaints: readonly LogLine[];
  readonly isReadyAtTheEnd: boolean;
}

/**
 * People talk while the bot is killed and started again so many times, at any moment of a turn, on what it keeps in a new folder. It is then
 * killed and started once more when nobody talks, to see whether others can go on with what it kept.
 */
export async function killRepeatedly(plan: KillPlan): Promise<KillReport> {
  const { bot, connector, stop } = await startTalkedToBot();
  let crowd: Crowd | undefined;
  try {
    const { kills } = bot;
    const { pages, channel } = plan;
    const talking = startCrowd({
      botUrl: bot.url,
      connector,
      pages,
      channel,
      kills: () => kills,
    });
    crowd = talking;
    const startsMs: number[] = [];
    for (let killed = 1; killed <= plan.times; killed++) {
      const before = talking.tally.acknowledged;
      await holdsWithin(40_000, () => talking.tally.acknowledged >= before + plan.messagesBetween);
      // Any moment of a turn: one takes a few milliseconds.
      await delay(Math.random() * 15);
      await bot.kill();
      const startedAt = performance.now();
      await bot.restart();
      startsMs.push(performance.now() - startedAt);
      plan.onKill?.(killed);
    }
    const tally = await talking.stop();
    const { status } = await fetch(`${bot.url}/ready`);
    const complaints = bot.log.filter((line) => isError(line) || /damaged|corrupt|unreadable/i.test(line.msg));
    return { tally, startsMs, complaints, isReadyAtTheEnd: status === 200 };
  } finally {
    crowd?.abandon();
    await stop();
  }
}
