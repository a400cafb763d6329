import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadBot } from '../../bot/load-bot';
import { baselineFileOf } from '../../bot/terminal/evaluate/baseline';
import { loadBaselines } from '../../bot/terminal/evaluate/baseline-store';
import { askAll } from '../../bot/terminal/evaluate/evaluate';
import { buildEvaluation } from '../../bot/terminal/evaluate/evaluation';
import { comparisonText } from '../../bot/terminal/evaluate/evaluation-table';
import { checkLabels, loadLabelledQuestions } from '../../bot/terminal/evaluate/labelled-questions';
import { buildMain } from '../support/built-main';
import { testConfig } from '../support/test-config';

const DIR = path.join(__dirname, '../../knowledge/questions');
const files = readdirSync(DIR)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => path.join(DIR, name));
const withBaseline = files.filter((file) => existsSync(baselineFileOf(file)));

/** Hundreds of questions, on a machine that may be busy. */
const TIMEOUT_MS = 300_000;

testWith(files, '*.jsonl')('the practice questions have no faults, and labels that exist', async () => {
  const { questions, faults } = await loadLabelledQuestions(files);
  const { content } = await loadBot(testConfig());
  expect([...faults, ...checkLabels(questions, content)]).toEqual([]);
});

testWith(withBaseline, '*.baseline.json beside one')(
  'the practice questions are met no worse than the baseline, beyond noise',
  async () => {
    const { questions } = await loadLabelledQuestions(withBaseline);
    const { baseline, faults } = await loadBaselines(withBaseline);
    expect(faults).toEqual([]);
    buildMain(); // the thread of the sentence encoder reads JavaScript
    const bot = await loadBot(testConfig({ semantic: true })); // as `evaluate` asks
    expect(bot.semantics?.state()).toMatchObject({ kind: 'ready' });
    const { comparison } = buildEvaluation(questions, await askAll(bot, questions), baseline);
    await bot.semantics?.close();
    expect(comparison).toBeDefined();
    if (comparison?.verdict === 'worse') {
      throw new Error(
        `${comparisonText(comparison)}\nIf that is meant to be: npm run -s evaluate -- --update-baseline, and say why in the commit.`,
      );
    }
  },
  TIMEOUT_MS,
);

/** `test` where there is something to test; else a skipped one, and a line that says what is missing. */
function testWith(needed: readonly string[], what: string): typeof test | typeof test.skip {
  if (needed.length > 0) return test;
  process.stderr.write(`Skipped: knowledge/questions has no ${what} yet, so nothing is compared.\n`);
  return test.skip;
}
