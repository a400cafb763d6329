import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildBot } from '../../bot/build-bot';
import { type LoadedBot, loadBot, MODEL_FILE } from '../../bot/load-bot';
import { askOne } from '../../bot/terminal/ask';
import { baselineFileOf } from '../../bot/terminal/evaluate/baseline';
import { loadBaselines } from '../../bot/terminal/evaluate/baseline-store';
import { askAll } from '../../bot/terminal/evaluate/evaluate';
import { buildEvaluation } from '../../bot/terminal/evaluate/evaluation';
import { comparisonText } from '../../bot/terminal/evaluate/evaluation-table';
import { checkLabels, loadLabelledQuestions } from '../../bot/terminal/evaluate/labelled-questions';
import { buildUnderstand } from '../../knowledge/build-understand';
import { loadTrainedModel } from '../../knowledge/trained-model';
import { buildMain } from '../support/built-main';
import { rememberedSemantics } from '../support/remembered-semantics';
import { testConfig } from '../support/test-config';

const DIR = path.join(__dirname, '../../knowledge/questions');
const files = readdirSync(DIR)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => path.join(DIR, name));
const withBaseline = files.filter((file) => existsSync(baselineFileOf(file)));

/** Hundreds of questions, on a machine that may be busy. */
const TIMEOUT_MS = 300_000;

let loaded: Promise<LoadedBot> | undefined;
afterAll(async () => (await loaded)?.semantics?.close());

/** The bot as `evaluate` asks it, loaded once. */
function load(): Promise<LoadedBot> {
  buildMain(); // the thread of the sentence encoder reads JavaScript
  loaded ??= loadBot(testConfig({ semantic: true }));
  return loaded;
}

testWith(files, '*.jsonl')(
  'the practice questions have no faults, and labels that exist',
  async () => {
    const { questions, faults } = await loadLabelledQuestions(files);
    const { content } = await load();
    expect([...faults, ...checkLabels(questions, content)]).toEqual([]);
  },
  TIMEOUT_MS,
);

testWith(withBaseline, '*.baseline.json beside one')(
  'the practice questions are met no worse than the baseline, beyond noise',
  async () => {
    const { questions } = await loadLabelledQuestions(withBaseline);
    const { baseline, faults } = await loadBaselines(withBaseline);
    expect(faults).toEqual([]);
    const asEvaluated = await load();
    expect(asEvaluated.semantics?.state()).toMatchObject({ kind: 'ready' });
    const { knowledge, guides, content } = asEvaluated;
    const semantics = rememberedSemantics({ ...knowledge, guides });
    expect(await semantics.settled).toMatchObject({ kind: 'ready' });
    const understand = buildUnderstand({ ...knowledge, guides }, await loadTrainedModel(MODEL_FILE), semantics);
    const remembering = { bot: buildBot(understand, content) };
    const results = await askAll(remembering, questions);
    const some = questions.filter((_, index) => index % 60 === 0);
    for (const { id, question } of some) {
      const { kind, answers } = await askOne(asEvaluated, id, question);
      expect(results.find((result) => result.id === id)).toMatchObject({
        kind,
        answers: answers.map(({ id }) => ({ id })),
      });
    }
    await semantics.close();
    const { comparison } = buildEvaluation(questions, results, baseline);
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
