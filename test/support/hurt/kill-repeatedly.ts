import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AnswerLedger } from './answer-ledger';
import { BotUnderLoad, type LogLine } from './bot-under-load';
import { type Crowd, startCrowd } from './crowd';
import { holdsWithin } from './people';
import { talkContent } from './talk-script';
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

/** From an answer's being due to its being missed; a start is part of it. */
const PATIENCE_MS = 10_000;
const BAD = new Set(['error', 'fatal']);

/**
 * People talk while the bot is killed and started again so many times, at any moment of a turn, on what it keeps in a new folder. It is then
 * killed and started once more when nobody talks, to see whether others can go on with what it kept.
 */
export async function killRepeatedly(plan: KillPlan): Promise<KillReport> {
  const content = talkContent();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'killed-'));
  const connector = await AnswerLedger.start();
  let bot: BotUnderLoad | undefined;
  let crowd: Crowd | undefined;
  try {
    bot = await BotUnderLoad.start({
      KNOWLEDGE_DIR: content.knowledgeDir,
      GUIDES_DIR: content.guidesDir,
      // All that is bad stays in the last lines of the log.
      LOG_LEVEL: 'warn',
      STORAGE: `lmdb:${path.join(folder, 'data')}`,
      MESSAGES_PER_MINUTE: '1000000',
    });
    const { kills } = bot;
    const { pages, channel } = plan;
    const talking = startCrowd({
      botUrl: bot.url,
      connector,
      pages,
      channel,
      kills: () => kills,
      patienceMs: PATIENCE_MS,
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
    const complaints = bot.log.filter(({ level, msg }) => BAD.has(level) || /damaged|corrupt|unreadable/i.test(msg));
    return { tally, startsMs, complaints, isReadyAtTheEnd: status === 200 };
  } finally {
    crowd?.abandon();
    await bot?.stop();
    await connector.goAway();
    content.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
