import { readFile } from 'node:fs/promises';
import { loadConfig } from '../config';
import { type Feedback, parseFeedback, type RatedAnswer } from '../feedback';
import { loadContent } from '../load-content';
import { feedbackText } from './feedback-text';

/**
 * Prints what people think of the answers, out of the file that `FEEDBACK_FILE` names. Lines that cannot be read are counted, not
 * shown. Exit code 0, also where there is no feedback yet; 1 where none is kept or the file cannot be read.
 */
export async function feedback(): Promise<number> {
  const config = loadConfig(process.env);
  if (config.feedbackFile === undefined) {
    process.stderr.write('FEEDBACK_FILE is empty: feedback is in the log only.\n');
    return 1;
  }
  const lines = await linesOf(config.feedbackFile);
  if (lines === undefined) return 1;
  const parsed = lines.map(parseFeedback);
  const ratings = parsed.filter((one): one is Feedback => one !== undefined);
  process.stdout.write(feedbackText(ratings, await loadTitles(config)));
  const damaged = parsed.length - ratings.length;
  if (damaged > 0) process.stderr.write(`warning: ${damaged} of ${parsed.length} lines cannot be read\n`);
  return 0;
}

/** The lines of the file; none where there is no file, `undefined` where it cannot be read. */
async function linesOf(file: string): Promise<readonly string[] | undefined> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    process.stderr.write(`${file} cannot be read: ${(error as Error).message}\n`);
    return undefined;
  }
}

async function loadTitles(
  config: Parameters<typeof loadContent>[0],
): Promise<(answer: RatedAnswer) => string | undefined> {
  const { knowledge, guides } = await loadContent(config);
  const titles = {
    entry: new Map(knowledge.entries.map(({ id, title }) => [id, title])),
    guide: new Map(guides.map(({ id, title }) => [id, title])),
  };
  return ({ kind, id }) => titles[kind].get(id);
}
