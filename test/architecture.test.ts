import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

/*
 * The import rules of the house. main -> channel -> turn -> {knowledge, dialogs}; bot/foundation stands under all of them.
 * Types count as imports too: who names a type of a room depends on that room.
 */

const ROOT = path.resolve(__dirname, '..');
const ROOMS = ['bot', 'knowledge', 'dialogs'];
/** The only folders with content, which hold no code. */
const CONTENT = ['knowledge/faq', 'knowledge/intents', 'knowledge/questions', 'dialogs/guides'];
const SDK = /^(botbuilder|botbuilder-[\w-]+|botframework-[\w-]+|restify)(\/|$)/;
const MAX_LINES = 400;

interface Import {
  /** Our own files as their path from the root without ending; packages and Node’s modules as written. */
  readonly to: string;
  readonly own: boolean;
}

interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const IMPORT =
  /^(?:import|export)\s+(?:type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(name: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, statement, call]) => {
    const target = (statement ?? call)!;
    const own = target.startsWith('.');
    const joined = path.join(path.dirname(name), target).replace(/\.(js|ts)$/, '');
    return { to: own ? joined : target, own };
  });
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(ROOT, path.join(item.parentPath, item.name)))
    .sort();
}

const files: readonly SourceFile[] = ROOMS.flatMap(filesUnder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => {
    const text = readFileSync(path.join(ROOT, name), 'utf8');
    return { name, text, imports: importsOf(name, text) };
  });

const room = (folder: string) => files.filter(({ name }) => name.startsWith(`${folder}/`));

/** Every import of some files that is not allowed, as "file -> what". */
function breaches(of: readonly SourceFile[], allowed: (one: Import) => boolean): string[] {
  return of.flatMap(({ name, imports }) => imports.filter((one) => !allowed(one)).map(({ to }) => `${name} -> ${to}`));
}

const inside =
  (...folders: readonly string[]) =>
  ({ to, own }: Import): boolean =>
    own && folders.some((folder) => to.startsWith(`${folder}/`));
const isSdk = ({ to, own }: Import): boolean => !own && SDK.test(to);
const isNode = ({ to, own }: Import): boolean => !own && (to.startsWith('node:') || builtinModules.includes(to));

test('this test sees the files and their imports', () => {
  expect(files.length).toBeGreaterThan(40);
  const turn = files.find(({ name }) => name === 'bot/turn.ts')!;
  expect(turn.imports.map(({ to }) => to)).toEqual(expect.arrayContaining(['bot/memory', 'dialogs/match-reply']));
  const text = "import 'a/b';\nexport type { C } from '../c';\nconst d = await import('./d.js');\n";
  expect(importsOf('bot/x/main.ts', text)).toEqual([
    { to: 'a/b', own: false },
    { to: 'bot/c', own: true },
    { to: 'bot/x/d', own: true },
  ]);
});

describe('who may import whom', () => {
  test.each([
    'knowledge',
    'dialogs',
  ])('%s imports only itself, bot/foundation and packages other than the SDK', (name) => {
    expect(breaches(room(name), (one) => (one.own ? inside(name, 'bot/foundation')(one) : !isSdk(one)))).toEqual([]);
  });

  test('only bot/channel imports botbuilder or restify', () => {
    const others = files.filter(({ name }) => !name.startsWith('bot/channel/'));
    expect(breaches(others, (one) => !isSdk(one))).toEqual([]);
  });

  test('bot/channel imports neither knowledge nor dialogs, not even their types', () => {
    expect(breaches(room('bot/channel'), (one) => !inside('knowledge', 'dialogs')(one))).toEqual([]);
  });

  test('bot/channel does not reach into the turn: it knows the bot by its interface', () => {
    const within = [
      'bot/turn',
      'bot/question-turn',
      'bot/several-turn',
      'bot/guide-turn',
      'bot/rejection',
      'bot/topic',
      'bot/hear',
      'bot/heard',
      'bot/said',
      'bot/decide',
      'bot/replies',
      'bot/build-bot',
      'bot/load-bot',
    ];
    expect(breaches(room('bot/channel'), ({ to }) => !within.includes(to))).toEqual([]);
  });

  test('bot/foundation imports nothing of ours but itself', () => {
    expect(breaches(room('bot/foundation'), (one) => !one.own || inside('bot/foundation')(one))).toEqual([]);
  });

  test('only main and the commands that are a channel themselves import the channel: not the turn, not the terminal', () => {
    // main hands the terminal what writes transcripts down: that is rendered as the Emulator is shown it.
    const roots = ['main', 'serve', 'replay', 'preview', 'teams-package'].map((name) => `bot/${name}.ts`);
    const others = files.filter(({ name }) => !name.startsWith('bot/channel/') && !roots.includes(name));
    expect(breaches(others, (one) => !inside('bot/channel')(one))).toEqual([]);
  });

  test('nothing imports bot/main', () => {
    expect(breaches(files, ({ to }) => to !== 'bot/main')).toEqual([]);
  });

  test('the thread of the sentence encoder is a program of its own: only its types are imported', () => {
    const importers = files.filter(({ imports }) =>
      imports.some(({ to }) => to === 'knowledge/semantics/encoder-worker'),
    );
    expect(importers.map(({ name }) => name)).toEqual(['knowledge/semantics/sentence-encoder.ts']);
    for (const { text } of importers) expect(text).toMatch(/^import type [^;]* from '\.\/encoder-worker';$/m);
    const others = files.filter(({ name }) => name !== 'knowledge/semantics/encoder-worker.ts');
    expect(breaches(others, ({ to }) => !to.startsWith('@energetic-ai/'))).toEqual([]);
  });

  test('what is imported of ours exists', () => {
    expect(breaches(files, ({ own, to }) => !own || existsSync(path.join(ROOT, `${to}.ts`)))).toEqual([]);
  });

  test('natural is imported by sub-path only, because the whole takes 650 ms and drags in databases', () => {
    expect(breaches(files, ({ to }) => to !== 'natural')).toEqual([]);
  });

  test.each([
    ['lmdb', ['bot/channel/storage/embedded-tables.ts']],
    ['@redis/client', ['bot/channel/storage/redis-connection.ts']],
    ['botbuilder-azure-blobs', ['bot/channel/storage/azure-blobs-storage.ts']],
    ['@azure/identity', ['bot/channel/storage/azure-blobs-storage.ts']],
    ['botbuilder-azure', ['bot/channel/storage/cosmos-storage.ts']],
    ['@azure/cosmos', ['bot/channel/storage/cosmos-storage.ts']],
  ])('%s is imported where it is hidden, and nowhere else', (name, where) => {
    const importers = files.filter(({ imports }) => imports.some(({ to }) => to === name || to.startsWith(`${name}/`)));
    expect(importers.map((one) => one.name)).toEqual(where);
  });

  test('no files import each other in a circle', () => {
    const imports = new Map(
      files.map(({ name, imports: all }) => [
        name.replace(/\.ts$/, ''),
        all.filter(({ own }) => own).map(({ to }) => to),
      ]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (name: string, way: readonly string[]): void => {
      if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(' -> '));
      if (done.has(name)) return;
      done.add(name);
      for (const next of imports.get(name) ?? []) visit(next, [...way, name]);
    };
    for (const name of imports.keys()) visit(name, []);
    expect(circles).toEqual([]);
  });
});

describe('the core is pure', () => {
  const turn = [
    'turn',
    'question-turn',
    'several-turn',
    'guide-turn',
    'rejection',
    'topic',
    'said',
    'decide',
    'replies',
    'reply-text',
    'action',
  ].map((name) => `bot/${name}.ts`);
  /** What reads files or, for the sentence encoder, acts beside the thread that answers. */
  const edges = [
    'knowledge/semantics/place-cache.ts',
    'dialogs/load-facts.ts',
    'dialogs/load-guides.ts',
    'knowledge/load-knowledge.ts',
    'knowledge/trained-model.ts',
    ...['encoder-worker', 'semantics', 'sentence-encoder', 'sentence-network', 'vector-cache'].map(
      (name) => `knowledge/semantics/${name}.ts`,
    ),
  ];
  const core = files.filter(
    ({ name }) =>
      turn.includes(name) || ((name.startsWith('dialogs/') || name.startsWith('knowledge/')) && !edges.includes(name)),
  );
  /** Modules of Node that only compute. */
  const harmless = ['node:path', 'node:crypto'];

  test('it is all there', () => {
    expect(core.map(({ name }) => name)).toEqual(expect.arrayContaining(turn));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(edges));
  });

  test('it imports no file system, no network and no SDK', () => {
    expect(breaches(core, (one) => !isSdk(one) && (!isNode(one) || harmless.includes(one.to)))).toEqual([]);
  });

  test('it reads neither clock, chance, environment nor console', () => {
    const impure = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|process\.(env|std)|console\.|setTimeout)/;
    expect(core.filter(({ text }) => impure.test(text)).map(({ name }) => name)).toEqual([]);
  });
});

describe('every room is in order', () => {
  test('settings are read from the environment by the commands only, and handed on as Config', () => {
    const readers = files.filter(({ text }) => text.includes('process.env')).map(({ name }) => name);
    const commands =
      /^bot\/(serve|preview|replay|teams-package|terminal\/([\w-]+|evaluate\/evaluate)|web-chat\/build-assets)\.ts$/;
    expect(readers.filter((name) => !commands.test(name))).toEqual([]);
  });

  test('no file has state of its own that changes', () => {
    expect(files.filter(({ text }) => /^(export )?(let|var) /m.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test('folders of content hold no code', () => {
    const code = CONTENT.filter((folder) => existsSync(path.join(ROOT, folder)))
      .flatMap(filesUnder)
      .filter((name) => !/(\.(md|ya?ml|jsonl|baseline\.json)|\/diagrams\/[\w-]+\.(mmd|svg))$/.test(name));
    expect(code).toEqual([]);
  });

  test('folders of code hold no content but what lies in its own folders', () => {
    const known = [
      ...CONTENT.map((folder) => `${folder}/`),
      'bot/web-chat/',
      'bot/channel/teams/app/icons/',
      'bot/deploy/',
    ];
    const others = ROOMS.flatMap(filesUnder).filter(
      (name) => !name.endsWith('.ts') && !known.some((folder) => name.startsWith(folder)),
    );
    const allowed =
      /^(dialogs\/(facts\.yaml|guide\.schema\.json)|knowledge\/(glossary\.yaml|sources\.yaml|uncovered-topics\.yaml|most-asked\.yaml|trained-model\.json|sentence-vectors\.bin)|(.+\/)?README\.md)$/;
    expect(others.filter((name) => !allowed.test(name))).toEqual([]);
  });

  test('file names are in kebab case, and none is a drawer for anything', () => {
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).toEqual([]);
    expect(names.filter((name) => /[/-](utils?|helpers?|managers?)\.ts$|\/index\.ts$/.test(name))).toEqual([]);
  });

  test(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = files.filter(({ text }) => text.split('\n').length > MAX_LINES).map(({ name }) => name);
    expect(long).toEqual([]);
  });
});
