import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { MODEL_FILE, SHIPPED_VECTORS } from '../../../bot/load-bot';
import { ask } from '../../../bot/terminal/ask';
import { checkContent } from '../../../bot/terminal/check-content';
import { evaluate } from '../../../bot/terminal/evaluate/evaluate';
import { feedback } from '../../../bot/terminal/feedback';
import { buildMain, type Run, runMain } from '../../support/built-main';
import { runCommand } from '../../support/run-command';
import { entryFile, SMALL_VOCABULARY, type TempContent, tempContent } from '../../support/temp-content';
import { TINY_GUIDE_YAML } from '../../support/tiny-guide';

const TYRE = entryFile(
  'How long does a tyre last?',
  ['tyre life', 'when does a tyre wear out', 'kilometres of one tyre'],
  'About **5000** km.',
);
const BATTERY = entryFile('How far does a battery go?', ['battery range', 'range with motor', 'km a charge'], '80 km.');
let bikes: TempContent;
let docs: TempContent;
let env: Record<string, string>;

beforeAll(() => {
  buildMain();
  bikes = tempContent({
    ...SMALL_VOCABULARY,
    'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE,
    'knowledge/faq/bikes/how-far-does-a-battery-go.md': BATTERY,
    'guides/which-bicycle.yaml': TINY_GUIDE_YAML,
  });
  docs = tempContent({
    ...SMALL_VOCABULARY,
    'knowledge/faq.md': [
      '## <a name="chains"></a>Chains',
      '',
      '### <a name="oil"></a>How do I oil a chain?',
      '',
      'One drop of oil on each link.<br>Not more.',
      '',
      '[!INCLUDE [more](../../includes/more.md)]',
      '[!INCLUDE [gone](../../includes/gone.md)]',
    ].join('\n'),
    'knowledge/elsewhere/more.md': '### How do I clean a chain\n\nWith a rag.\n',
  });
  env = { KNOWLEDGE_DIR: bikes.knowledgeDir, GUIDES_DIR: bikes.guidesDir };
}, 120_000);

afterAll(() => {
  bikes?.remove();
  docs?.remove();
});

describe('ask', () => {
  test('prints the answer without Markdown signs or colours', async () => {
    const { code, out, err } = await runMain(['ask', 'when', 'does a tyre wear out?'], '', env);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('How long does a tyre last?\n\nAbout 5000 km.\n\nAs of May 2019.\n');
  });

  test('--jsonl writes one result a line for every question, reports bad lines with their number, and exits 1', async () => {
    const input = [
      '{"id": "a", "question": "tyre life"}',
      'no json',
      '',
      '{"id": 7, "question": "which bike should I buy"}',
      '{"id": "b"}',
      '{"question": "thanks"}',
      '["x"]',
      '{"id": "c", "question": "cancel"}',
      '{"id": "d", "question": "zzyzx?"}',
      '{"id": "e", "question": ""}',
    ].join('\r\n');
    const { code, out, err } = await runMain(['ask', '--jsonl'], input, env);
    const results = out
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { id: unknown; kind: string; guide: unknown; answers: unknown; elapsedMs: number },
      );
    expect(results.map(({ id, kind, guide }) => [id, kind, guide])).toEqual([
      ['a', 'answer', null],
      [7, 'guide', 'which-bicycle'],
      [null, 'smalltalk', null],
      ['c', 'command', null],
      ['d', 'fallback', null],
      ['e', 'fallback', null],
    ]);
    for (const result of results) {
      expect(Object.keys(result)).toEqual(['id', 'kind', 'answers', 'guide', 'guides', 'elapsedMs']);
      expect(result.elapsedMs).toBeGreaterThan(0);
    }
    expect(results[0]!.answers).toMatchObject([{ id: 'how-long-does-a-tyre-last' }]);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^line 2: .*found no json$/),
      expect.stringMatching(/^line 5: /),
      expect.stringMatching(/^line 7: /),
    ]);
    expect(code).toBe(1);
  });

  test('--explain says why under the answer: how it was read, what was found, which rule decided', async () => {
    const plain = await runCommand(ask, ['kilometres of one tyer'], env);
    const { code, out, err } = await runCommand(ask, ['--explain', 'kilometres of one tyer'], env);
    expect([code, err]).toEqual([0, '']);
    expect(out.startsWith(`${plain.out}\nwhy       `)).toBe(true);
    const why = out.slice(plain.out.length);
    expect(why).toMatch(/^read as {3}kilometres of one tyre$/m);
    expect(why).toMatch(/^spelling {2}"tyer" as "tyre"$/m);
    expect(why).toMatch(/^by {8}words alone$/m);
    expect(why).toMatch(/^ *sure +score +words .* found$/m);
    expect(why).toMatch(/ how-long-does-a-tyre-last$/m);
  });

  test('--explain explains what is not known and small talk too, and nothing is explained unasked', async () => {
    const unknown = await runCommand(ask, ['--explain', 'zebra crossings'], env);
    const thanks = await runCommand(ask, ['--explain', 'thanks'], env);
    const unasked = await runCommand(ask, ['zebra crossings'], env);
    expect(unknown.out).toMatch(/^why {7}nothing is likely enough/m);
    expect(thanks.out).toMatch(/^why {7}.*intent "thanks", word for word$/m);
    expect(unasked.out).not.toMatch(/^why /m);
    expect([unknown.code, thanks.code]).toEqual([0, 0]);
  });

  test('--jsonl without a line exits 0', async () => {
    expect(await runMain(['ask', '--jsonl'], '', env)).toEqual({ code: 0, out: '', err: '' });
  });

  test('--knowledge answers from published documents as they are, and warns of an include that is missing', async () => {
    const args = ['--knowledge', docs.knowledgeDir];
    const oil = await runCommand(ask, [...args, 'how do I oil a chain?'], { GUIDES_DIR: bikes.guidesDir });
    expect(oil.out).toMatch(/^How do I oil a chain\?\n\nOne drop of oil on each link\./);
    expect(oil.out).not.toContain('<');
    expect(oil.err).toMatch(/warning: .*faq\.md:8: .*gone\.md/);
    expect(oil.code).toBe(0);
    const clean = await runMain(['ask', ...args, '--jsonl'], '{"id": 1, "question": "how do I clean a chain?"}', env);
    expect(clean.code).toBe(0);
    const result = JSON.parse(clean.out) as { kind: string; answers: { id: string }[] };
    expect([result.kind, result.answers[0]?.id]).toEqual(['answer', 'how-do-i-clean-a-chain']);
  });

  test('called in a way that makes no sense prints how it is called and exits 2', async () => {
    const calls = [[], ['  '], ['--jsonl', 'why?'], ['--loud', 'why?'], ['--knowledge']];
    for (const args of calls) {
      const { code, out, err } = await runCommand(ask, args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^Usage:\n {2}npm run -s ask/);
    }
  });

  test('with a folder that is not there says so in one line and exits 1', async () => {
    const { code, err } = await runMain(['ask', '--knowledge', '/nowhere/at/all', 'why?']);
    expect(code).toBe(1);
    expect(err).toContain('/nowhere/at/all does not exist');
    expect(err).not.toContain('    at ');
  });
});

describe('train', () => {
  test('lists the faults of the content and of the questions, and leaves what was learnt alone', async () => {
    const before = [MODEL_FILE, SHIPPED_VECTORS].map((file) => statSync(file).mtimeMs);
    const files = { ...SMALL_VOCABULARY, 'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE };
    const broken = tempContent({ ...files, 'knowledge/faq/bikes/empty.md': '' });
    const unlabelled = tempContent({ ...files, 'knowledge/questions/q.jsonl': '{"id": "a", "kind": "answerable"}\n' });
    const runs = await Promise.all(
      [broken, unlabelled].map(({ knowledgeDir, guidesDir }) =>
        runMain(['train'], '', { KNOWLEDGE_DIR: knowledgeDir, GUIDES_DIR: guidesDir }),
      ),
    );
    for (const content of [broken, unlabelled]) content.remove();
    expect(runs.map(({ code, out }) => [code, out])).toEqual([
      [1, ''],
      [1, ''],
    ]);
    expect(runs[0]!.err).toMatch(/empty\.md:1: /);
    expect(runs[1]!.err).toMatch(/q\.jsonl:1: /);
    expect([MODEL_FILE, SHIPPED_VECTORS].map((file) => statSync(file).mtimeMs)).toEqual(before);
  });
});

describe('evaluate', () => {
  const TYRE_ID = 'how-long-does-a-tyre-last';
  const line = (id: string, question: string, kind: string, label: object = {}): string =>
    JSON.stringify({ id, question, kind, ...label });
  const TWO = [
    line('q1', 'tyre life', 'answerable', { expected: [TYRE_ID] }),
    line('q2', 'which bike should I buy', 'guided', { guide: 'which-bicycle' }),
  ];

  test('without a file asks all of the knowledge, prints the table, stores a baseline and compares with it', async () => {
    const content = tempContent({
      ...SMALL_VOCABULARY,
      'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE,
      'knowledge/faq/bikes/how-far-does-a-battery-go.md': BATTERY,
      'guides/which-bicycle.yaml': TINY_GUIDE_YAML,
      'knowledge/questions/practice.jsonl': `${TWO.join('\n')}\n`,
    });
    const places = { KNOWLEDGE_DIR: content.knowledgeDir, GUIDES_DIR: content.guidesDir };
    const stored = await runCommand(evaluate, ['--update-baseline'], places);
    const compared = await runCommand(evaluate, [], places);
    content.remove();
    expect(stored.err).toMatch(/^The baseline of 2 questions is in .*questions\/practice\.baseline\.json\n$/);
    expect(stored.out).toMatch(/^\| answerable \| - +\| +1 \| 100 % /m);
    expect(stored.out).toContain('No baseline to compare with.');
    expect(compared.out).toContain('Neither better nor worse than the baseline');
    expect(compared.out).toContain('2 questions compared');
    expect([stored.code, compared.code, compared.err]).toEqual([0, 0, '']);
  });

  test('exits 1 where it is worse than a given baseline by more than noise, and writes JSON and a page', async () => {
    const questions = [
      'tyre life',
      'when does a tyre wear out',
      'kilometres of one tyre',
      'tyre wear',
      'tyre',
      'life of a tyre',
    ];
    const lines = questions.map((question, index) =>
      line(`q${index}`, question, 'answerable', { expected: ['how-far-does-a-battery-go'] }),
    );
    const content = tempContent({ 'knowledge/q.jsonl': lines.join('\n') });
    const [file, baseline, page] = ['q.jsonl', 'b.json', 'r.html'].map((name) => `${content.knowledgeDir}/${name}`) as [
      string,
      string,
      string,
    ];
    await runCommand(evaluate, [file, '--baseline', baseline, '--update-baseline'], env);
    // As if it had been right before.
    const text = readFileSync(baseline, 'utf8').replaceAll(
      /"answers":\[[^\]]*\]/g,
      '"answers":["how-far-does-a-battery-go"]',
    );
    writeFileSync(baseline, text);
    const { code, out, err } = await runCommand(
      evaluate,
      [file, '--json', '--html', page, '--baseline', baseline],
      env,
    );
    const html = readFileSync(page, 'utf8');
    content.remove();
    expect(JSON.parse(out)).toMatchObject({
      files: [file],
      count: 6,
      totals: [{ kind: 'answerable', top1: { hits: 0, count: 6 } }],
      confusions: [{ entries: ['how-far-does-a-battery-go', TYRE_ID] }],
      comparison: { verdict: 'worse', compared: 6, changed: { length: 6 } },
      wrong: { length: 6 },
      calibration: { count: 6 },
    });
    expect(html).toMatch(/^<!doctype html>.*Worse than the baseline.*<\/html>\n$/s);
    expect([code, err]).toEqual([1, `The report is in ${page}\n`]);
  });

  test('reports bad lines and labels with file and line, and asks the rest', async () => {
    const content = tempContent({
      'knowledge/q.jsonl': [...TWO, 'no json', line('q3', 'x', 'answerable', { expected: ['gone'] })].join('\n'),
    });
    const file = `${content.knowledgeDir}/q.jsonl`;
    const { code, out, err } = await runCommand(evaluate, [file], env);
    content.remove();
    expect(err.trim().split('\n')).toEqual([
      expect.stringContaining(`${file}:3: one JSON object`),
      `${file}:4: \`expected\`: there is no entry "gone" (warning)`,
    ]);
    expect(out).toContain('3 questions; one takes');
    expect(code).toBe(0);
  });

  test('exits 2 where there is nothing to ask, no such baseline, or the call makes no sense', async () => {
    const content = tempContent({
      'knowledge/bad.jsonl': 'no json',
      'knowledge/good.jsonl': TWO[1]!,
      'knowledge/q.jsonl': TWO[0]!,
      'knowledge/q.baseline.json': '{}',
    });
    const at = (name: string): string => `${content.knowledgeDir}/${name}`;
    const calls: readonly (readonly [string[], RegExp])[] = [
      [[], /^There is no question to ask in .*questions \(no \*\.jsonl there\)\.\n$/],
      [[at('bad.jsonl')], /bad\.jsonl:1: one JSON object.*\nThere is no question to ask in/],
      [[at('gone.jsonl')], /gone\.jsonl:1: the file cannot be read \(ENOENT\)\n/],
      [[at('q.jsonl')], /q\.baseline\.json:1: this is no baseline; --update-baseline writes a new one\n$/],
      [[at('q.jsonl'), '--baseline', at('gone.json')], /gone\.json:1: the baseline cannot be read/],
      [['--loud'], /^Usage: npm run -s evaluate/],
    ];
    const runs: Run[] = [];
    for (const [args] of calls) runs.push(await runCommand(evaluate, args, env));
    const nowhere = await runCommand(evaluate, [at('good.jsonl'), '--html', at('no/such/r.html')], env);
    content.remove();
    expect([nowhere.code, nowhere.err]).toEqual([2, `${at('no/such/r.html')} cannot be written (ENOENT)\n`]);
    expect(runs.map(({ code, out }) => [code, out])).toEqual(calls.map(() => [2, '']));
    for (const [index, [, message]] of calls.entries()) expect(runs[index]!.err).toMatch(message);
  });
});

describe('chat', () => {
  test('through a pipe greets, takes a guide by number to its outcome, answers in between, and ends', async () => {
    const lines = ['1', '1', 'how far does a battery go?', '2', '', 'exit', 'never read'];
    const { code, out, err } = await runMain(['chat'], lines.join('\n'), env);
    expect([code, err]).toEqual([0, '']);
    const said = ['Hello, I am', '[1] Which bicycle fits me?', 'Where do you ride?', '1. On roads', '4. I don’t know'];
    said.push('[5] Why do you ask?', 'Is it more than 20 km a day?', '80 km.', 'Back to question 2 of about 3:');
    said.push('Take a city bike', '- A mountain bike: Its tyres are slow on roads.', '[1] How long does a tyre last?');
    let at = 0;
    for (const words of said) {
      expect(out.slice(at)).toContain(words);
      at = out.indexOf(words, at) + words.length;
    }
    expect(out).not.toContain('never read');
    expect(out).not.toContain('\u001b');
  });

  test('ends with its input', async () => {
    expect((await runMain(['chat'], 'tyre life', env)).code).toBe(0);
  });
});

describe('check-content', () => {
  test('counts good content and exits 0', async () => {
    const { code, out } = await runCommand(checkContent, [], env);
    expect(out).toMatch(/^2 entries with 6 phrasings, \d+ glossary terms, \d+ intents, 1 guide: no faults\n$/);
    expect(code).toBe(0);
  });

  test('prints every fault as file, line and reason, in order, and exits 1', async () => {
    const bad = tempContent({
      ...SMALL_VOCABULARY,
      'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE.replace('5000', '[5000](#nowhere)').replace(
        'followUps: []',
        'followUps:\n  - not-there',
      ),
      'knowledge/faq/bikes/how-far-does-a-battery-go.md': BATTERY.replace('battery range', 'tyre life'),
      'guides/which-bicycle.yaml': TINY_GUIDE_YAML.replace('which bike should I buy', 'when does a tyre wear out'),
      'guides/broken.yaml': 'title: x\nstart: [',
    });
    const { code, out } = await runCommand(checkContent, [], {
      KNOWLEDGE_DIR: bad.knowledgeDir,
      GUIDES_DIR: bad.guidesDir,
    });
    bad.remove();
    expect(code).toBe(1);
    const lines = out.trim().split('\n');
    expect(lines.at(-1)).toMatch(/: \d+ faults$/);
    const faults = lines.slice(0, -1);
    expect(faults.every((line) => /^\S+:\d+: \S/.test(line))).toBe(true);
    for (const fault of [
      /broken\.yaml:2: not valid YAML/,
      /which-bicycle\.yaml:5: "when does a tyre wear out" finds entry "how-long-does-a-tyre-last" first/,
      /how-long-does-a-tyre-last\.md:13: `followUps`: there is no entry "not-there"/,
      /how-long-does-a-tyre-last\.md:16: the link to "#nowhere" leads to no entry/,
      /the phrasing "tyre life" also stands in/,
    ]) {
      expect(faults).toContainEqual(expect.stringMatching(fault));
    }
    expect(faults.map((line) => line.split(':')[0])).toEqual(faults.map((line) => line.split(':')[0]).toSorted());
  });
});

test('a fault of one file hides none of another, and none of its own', async () => {
  const bad = tempContent({
    'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE.replace(/asOf: .*/, 'asOf: May').replace(
      'followUps: []',
      'followUps:\n  - how-far-does-a-battery-go\n  - not-there',
    ),
    'knowledge/faq/bikes/how-far-does-a-battery-go.md': BATTERY.replace(
      '80 km.',
      '[80 km](#how-long-does-a-tyre-last).',
    ),
    'knowledge/intents/hum.yaml': 'kind: music\nutterances: [hm, hmm, hmmm]\n',
    'guides/which-bicycle.yaml': TINY_GUIDE_YAML.replace('how-far-does-a-battery-go', 'no-such-entry'),
  });
  const { out } = await runCommand(checkContent, [], { KNOWLEDGE_DIR: bad.knowledgeDir, GUIDES_DIR: bad.guidesDir });
  bad.remove();
  for (const fault of [
    /tyre-last\.md:\d+: `asOf`: "May" is not a date/,
    /tyre-last\.md:\d+: `followUps`: there is no entry "not-there"/,
    /hum\.yaml:1: `kind`: found "music"/,
    /which-bicycle\.yaml:\d+: the outcome "[\w-]+" cites "no-such-entry"/,
  ]) {
    expect(out).toMatch(fault);
  }
  expect(out).not.toContain('no entry "how-far-does-a-battery-go"');
  expect(out).not.toContain('"#how-long-does-a-tyre-last" leads to no entry');
});

describe('feedback', () => {
  test('sums up the file with the titles of the content, and counts the lines that cannot be read', async () => {
    const about = [{ kind: 'entry', id: 'how-long-does-a-tyre-last' }];
    const rating = { at: '2026-01-02T03:04:05Z', channel: 'msteams', reaction: 'dislike', reason: 'wrong', about };
    const file = `${bikes.knowledgeDir}/feedback.jsonl`;
    writeFileSync(file, `${JSON.stringify(rating)}\nbroken\n`);
    const { code, out, err } = await runCommand(feedback, [], { ...env, FEEDBACK_FILE: file });
    expect(out).toMatch(/^1 rating from 2026-01-02.*\n\n.*\n {2}1 👎 {2}0 👍 {2}How long does a tyre last\?/);
    expect([code, err]).toEqual([0, 'warning: 1 of 2 lines cannot be read\n']);
  });

  test('says where there is none, where none is kept, and what cannot be read', async () => {
    const run = (file: string) => runMain(['feedback'], '', { ...env, FEEDBACK_FILE: file });
    const none = await run('data/no-such.jsonl');
    const off = await runCommand(feedback, [], { ...env, FEEDBACK_FILE: '' });
    const folder = await runCommand(feedback, [], { ...env, FEEDBACK_FILE: bikes.knowledgeDir });
    expect(none).toEqual({ code: 0, out: 'There is no feedback yet.\n', err: '' });
    expect(off).toMatchObject({ code: 1, out: '', err: expect.stringContaining('in the log only') });
    expect(folder).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be read') });
  });
});

describe('serve', () => {
  test('says where it listens, and exits 0 on SIGTERM', async () => {
    const { code, out } = await runMain(['serve'], '', { ...env, PORT: '0' }, /"msg":"ready: open http/);
    expect(out).toMatch(/"msg":"ready: open http:\/\/127\.0\.0\.1:\d+\/ or connect the Emulator/);
    expect(out).toContain('"msg":"no credentials are set: only this machine can reach the bot');
    expect(out).toContain('"msg":"stopped"');
    expect(code).toBe(0);
  });

  test('prints the faults of the content and exits 1, without a stack', async () => {
    const bad = tempContent({
      ...SMALL_VOCABULARY,
      'knowledge/faq/bikes/how-long-does-a-tyre-last.md': TYRE.replace('phrasings:', 'phrasing:'),
    });
    const { code, err } = await runMain(['serve'], '', { KNOWLEDGE_DIR: bad.knowledgeDir, GUIDES_DIR: bad.guidesDir });
    bad.remove();
    expect(code).toBe(1);
    expect(err).toMatch(/tyre-last\.md:\d+: `phrasing`: not a field/);
    expect(err).not.toContain('    at ');
  });
});

describe('main', () => {
  test('does not know other commands, lists those it knows and exits 2', async () => {
    const names = ['sing', 'toString'];
    const runs = await Promise.all(names.map((name) => runMain([name])));
    expect(runs.map(({ code }) => code)).toEqual([2, 2]);
    expect(runs.map(({ err }) => err)).toEqual(
      names.map(
        (name) =>
          `There is no command "${name}". Commands: serve, chat, replay, ask, preview, check-content, guides, feedback, train, evaluate, licences, intents, teams-package.\n`,
      ),
    );
  });

  test('tells faults of the settings and of the content without a stack, and exits 1', async () => {
    const settings = await runMain(['ask', 'x'], '', { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(settings.err).toMatch(/^The settings cannot be used:\n {2}- PORT .*\n {2}- LOG_LEVEL/);
    expect(settings.code).toBe(1);
    const broken = tempContent({ ...SMALL_VOCABULARY, 'knowledge/faq/a/b.md': 'no front matter' });
    const content = await runMain(['ask', 'x'], '', {
      KNOWLEDGE_DIR: broken.knowledgeDir,
      GUIDES_DIR: broken.guidesDir,
    });
    broken.remove();
    expect(content.err).toMatch(/^\d+ faults? in the content\n.*b\.md:1: /);
    expect(content.err).not.toContain('    at ');
    expect(content.code).toBe(1);
  });
});
