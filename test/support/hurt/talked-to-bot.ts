import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AnswerLedger } from './answer-ledger';
import { BotUnderLoad, type LogLine } from './bot-under-load';
import { talkContent } from './talk-script';

/** A bot on the embedded storage that knows what talks are about, and the channel that it answers. */
export interface TalkedToBot {
  readonly bot: BotUnderLoad;
  readonly connector: AnswerLedger;
  /** Stops both and removes what they kept. */
  stop(): Promise<void>;
}

/** Starts the built bot in new folders, with all that is bad in the last lines of its log. */
export async function startTalkedToBot(): Promise<TalkedToBot> {
  const content = talkContent();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'talked-to-'));
  const connector = await AnswerLedger.start();
  let bot: BotUnderLoad | undefined;
  const stop = async (): Promise<void> => {
    await bot?.stop();
    await connector.goAway();
    content.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    bot = await BotUnderLoad.start({
      KNOWLEDGE_DIR: content.knowledgeDir,
      GUIDES_DIR: content.guidesDir,
      LOG_LEVEL: 'warn',
      STORAGE: `lmdb:${path.join(folder, 'data')}`,
    });
    return { bot, connector, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether a line of the log reports an error. */
export function isError({ level }: LogLine): boolean {
  return level === 'error' || level === 'fatal';
}
