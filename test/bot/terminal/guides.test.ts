import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { guides } from '../../../bot/terminal/guides';
import { buildMain, runMain } from '../../support/built-main';
import { DECIDING_GUIDE_YAML } from '../../support/deciding-guide';
import { runCommand } from '../../support/run-command';
import { entryFile, SMALL_VOCABULARY, type TempContent, tempContent } from '../../support/temp-content';
import { TINY_GUIDE_YAML } from '../../support/tiny-guide';

let content: TempContent;
let env: Record<string, string>;

beforeAll(() => {
  buildMain();
  content = tempContent({
    ...SMALL_VOCABULARY,
    'knowledge/faq/bikes/how-long-does-a-tyre-last.md': entryFile('How long?', ['a b c', 'd e f', 'g h i'], '5000 km.'),
    'knowledge/faq/bikes/how-far-does-a-battery-go.md': entryFile('How far?', ['j k l', 'm n o', 'p q r'], '80 km.'),
    'guides/which-bicycle.yaml': TINY_GUIDE_YAML,
    'guides/which-lock.yaml': DECIDING_GUIDE_YAML,
  });
  env = { KNOWLEDGE_DIR: content.knowledgeDir, GUIDES_DIR: content.guidesDir };
}, 120_000);

afterAll(() => content?.remove());

const run = (...args: string[]) => runCommand(guides, args, env);

test('without arguments lists the guides and the commands', async () => {
  const { code, out, err } = await runMain(['guides'], '', env);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('guide          questions  outcomes  longest way  title\n');
  expect(out).toContain('which-bicycle          4         5            3  Which bicycle fits me?\n');
  expect(out).toContain('which-lock             4         3            4  Which "lock" & chain?\n');
  for (const command of ['draw', 'table', 'try', 'schema']) expect(out).toContain(`npm run -s guides -- ${command}`);
});

test.each([
  [['sing'], 'There is no command "sing". Commands: draw, table, try, schema.'],
  [['table', 'which-car'], 'There is no guide "which-car". Guides: which-bicycle, which-lock.'],
  [['try'], 'try needs the id of a guide. Guides: which-bicycle, which-lock.'],
  [['table', 'which-lock', 'which-bicycle'], 'One too many: "which-bicycle". One guide at a time.'],
  [['draw', '--tsv'], 'draw takes no --tsv.'],
  [['--loud'], "Unknown option '--loud'. Options: --all and --tsv (table), --check (draw, schema)."],
])('%j is refused with one line and exit code 2', async (args, line) => {
  expect(await run(...args)).toEqual({ code: 2, out: '', err: `${line}\n` });
});

test('table prints the ways of a guide', async () => {
  const { code, out } = await run('table', 'which-bicycle');
  expect(code).toBe(0);
  expect(out).toContain('| start | ground: both | gravel-bike | Take a gravel bike |\n');
  expect((await run('table', 'which-bicycle', '--all', '--tsv')).out.split('\n')).toHaveLength(22);
});

test('draw draws one guide or all, and --check tells what is out of date', async () => {
  const dir = path.join(content.guidesDir, 'diagrams');
  const before = await run('draw', '--check');
  expect(before.code).toBe(1);
  expect(before.out).toContain('which-lock.svg\nOut of date: run `npm run -s guides -- draw`.\n');
  expect((await run('draw', 'which-lock')).code).toBe(0);
  expect(readdirSync(dir).sort()).toEqual(['README.md', 'which-lock.mmd', 'which-lock.svg']);
  expect((await run('draw', 'which-lock', '--check')).code).toBe(0);
  expect((await run('draw', '--check')).code).toBe(1);
  expect((await run('draw')).out).toMatch(/which-bicycle\.svg\n2 of 5 files changed\.\n$/);
  expect(await run('draw', '--check')).toEqual({ code: 0, out: 'The drawings are up to date.\n', err: '' });
});

test('a guide with faults is told with its lines, and its drawing is kept', async () => {
  const broken = tempContent({ 'guides/which-lock.yaml': DECIDING_GUIDE_YAML });
  const places = { ...env, GUIDES_DIR: broken.guidesDir };
  await runCommand(guides, ['draw'], places);
  writeFileSync(
    path.join(broken.guidesDir, 'which-lock.yaml'),
    DECIDING_GUIDE_YAML.replace('start: place', 'start: x'),
  );
  const all = await runCommand(guides, ['draw'], places);
  const one = await runCommand(guides, ['table', 'which-lock'], places);
  const names = readdirSync(path.join(broken.guidesDir, 'diagrams'));
  broken.remove();
  expect([all.code, one.code]).toEqual([1, 1]);
  expect(one.err).toMatch(/^\S*which-lock\.yaml:6: /);
  expect(all.err).toBe(one.err);
  expect(names).toContain('which-lock.svg');
});

test('schema --check agrees with the file in the repository', async () => {
  expect(await run('schema', '--check')).toEqual({
    code: 0,
    out: 'dialogs/guide.schema.json is up to date.\n',
    err: '',
  });
});

test('try begins the guide at once and walks it', async () => {
  const { code, out, err } = await runMain(['guides', 'try', 'which-bicycle'], '3\nexit\n', env);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^\nThree questions to the right bicycle\./);
  expect(out).toContain('Take a gravel bike');
});

test('every drawing is on the page', async () => {
  await run('draw');
  const page = readFileSync(path.join(content.guidesDir, 'diagrams/README.md'), 'utf8');
  expect(page).toContain('(which-bicycle.svg)');
  expect(page).toContain('(which-lock.svg)');
});
