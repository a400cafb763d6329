import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figuresOf, namesOfLabels } from '../../../bot/terminal/intents';
import { buildMain, runMain } from '../../support/built-main';
import { TOY_INTENTS } from '../../support/toy-intents';

let dir: string;

beforeAll(() => {
  buildMain();
  dir = mkdtempSync(path.join(os.tmpdir(), 'intents-'));
}, 120_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, lines: readonly unknown[]): string {
  const at = path.join(dir, name);
  writeFileSync(at, `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  return at;
}

const QUESTIONS = [
  { text: 'my card is not here', label: 'card_arrival' },
  { text: 'reset pin', label: 'change_pin' },
  { text: 'top up my account', label: 'top_up' },
  { text: 'xylophone', label: 'oos' },
];

describe('intents', () => {
  test('prints one JSON object with the figures, and nothing else on standard output', async () => {
    const train = file('train.jsonl', TOY_INTENTS);
    const test = file('test.jsonl', QUESTIONS);
    const validation = file(
      'validation.jsonl',
      QUESTIONS.map(({ text, label }) => ({ text: `please ${text}`, label })),
    );
    const { code, out } = await runMain([
      'intents',
      '--lexical',
      '--train',
      train,
      '--test',
      test,
      '--validation',
      validation,
    ]);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    const figures = JSON.parse(out);
    expect(Object.keys(figures)).toEqual([
      'accuracy',
      'inScopeAccuracy',
      'outOfScopeRecall',
      'auroc',
      'trainMs',
      'meanMs',
      'p95Ms',
      'rssMb',
    ]);
    expect(figures).toMatchObject({ inScopeAccuracy: 1, auroc: 1 });
    expect(figures.trainMs).toBeGreaterThan(0);
  });

  test('gives null for what does not apply, and warns of labels that were not trained', async () => {
    const train = file(
      'in-scope.jsonl',
      TOY_INTENTS.filter(({ label }) => label !== 'oos'),
    );
    const test = file('unknown.jsonl', [QUESTIONS[0], { text: 'lend me money', label: 'loan' }]);
    const { code, out, err } = await runMain(['intents', '--lexical', '--train', train, '--test', test]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ accuracy: 0.5, inScopeAccuracy: 0.5, outOfScopeRecall: null, auroc: null });
    expect(err).toContain('loan');
  });

  test('names every fault of every file with its line, and exits 1', async () => {
    const train = file('bad.jsonl', [
      { text: 'fine', label: 'a' },
      'no json',
      { text: 'no label' },
      { text: 1, label: '' },
    ]);
    const { code, out, err } = await runMain([
      'intents',
      '--lexical',
      '--train',
      train,
      '--test',
      path.join(dir, 'missing.jsonl'),
    ]);
    expect([code, out]).toEqual([1, '']);
    const lines = err.trim().split('\n').slice(1);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/missing\.jsonl:1: cannot be read \(ENOENT\)/);
    expect(lines[1]).toMatch(/bad\.jsonl:2: is not JSON: no json/);
    expect(lines[2]).toMatch(/bad\.jsonl:3: .*label/);
    expect(lines[3]).toMatch(/bad\.jsonl:4: .*text.*label/);
  });

  test('needs two labels to train on', async () => {
    const train = file('one.jsonl', TOY_INTENTS.slice(0, 3));
    const { code, err } = await runMain(['intents', '--lexical', '--train', train, '--test', train]);
    expect(code).toBe(1);
    expect(err).toContain('one.jsonl:1: needs examples of two labels');
  });

  test('explains itself where a file is missing from the call, and exits 2', async () => {
    for (const args of [[], ['--train', 'a'], ['--test', 'a'], ['--trian', 'a', '--test', 'b']]) {
      const { code, out, err } = await runMain(['intents', ...args]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('Usage: npm run -s intents');
    }
  });
});

test('a label in words is an example of itself, but for "oos"', () => {
  const labels = ['card_arrival', 'topUp', 'oos', 'pin-change', 'topUp', 'FAQ'].map((label) => ({ text: 'x', label }));
  expect(namesOfLabels(labels).map(({ text }) => text)).toEqual(['card arrival', 'top Up', 'pin change', 'FAQ']);
});

describe('figures', () => {
  const answer = (label: string, inScopeScore: number) => ({
    ranked: [{ label, confidence: 1 }],
    inScopeScore,
    inScope: inScopeScore > 0,
  });

  test('a right label that is refused is wrong, one out of scope is right when refused', () => {
    const tests = ['a', 'a', 'b', 'oos', 'oos'].map((label) => ({ text: '', label }));
    const answers = [answer('a', 1), answer('a', -1), answer('a', 2), answer('a', -2), answer('b', 3)];
    expect(figuresOf(tests, answers, [1, 2, 3, 4, 100], 7.4)).toMatchObject({
      accuracy: 0.4,
      inScopeAccuracy: 0.3333,
      outOfScopeRecall: 0.5,
      auroc: 0.5,
      trainMs: 7,
      meanMs: 22,
      p95Ms: 100,
    });
  });
});
