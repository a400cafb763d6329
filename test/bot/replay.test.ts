import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordTranscript } from '../../bot/channel/emulator/transcript-file';
import { replay } from '../../bot/replay';
import { chat } from '../../bot/terminal/chat';
import { buildMain, runMain } from '../support/built-main';
import { runCommand } from '../support/run-command';
import { entryFile, SMALL_VOCABULARY, type TempContent, tempContent } from '../support/temp-content';

let bikes: TempContent;
let env: Record<string, string>;
let folder: string;

beforeAll(() => {
  buildMain();
  bikes = tempContent({
    ...SMALL_VOCABULARY,
    'knowledge/faq/bikes/tyre.md': entryFile(
      'How long does a tyre last?',
      ['tyre life', 'tyre wear', 'km'],
      '5000 km.',
    ),
  });
  env = { KNOWLEDGE_DIR: bikes.knowledgeDir, GUIDES_DIR: bikes.guidesDir };
  folder = mkdtempSync(path.join(tmpdir(), 'replay-'));
}, 120_000);

afterAll(() => {
  bikes?.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('a conversation of the terminal is saved, played again, found different, updated, and the same again', async () => {
  const file = path.join(folder, 'talk.transcript');
  const chat = await runMain(['chat', '--save', file], 'tyre life\nquit\n', env);
  expect([chat.code, chat.err]).toEqual([0, '']);
  expect(await runMain(['replay', file], '', env)).toEqual({ code: 0, out: `${file}: the same in 2 turns\n`, err: '' });

  const saved = readFileSync(file, 'utf8');
  writeFileSync(file, saved.replace('5000 km.', '4000 km.'));
  const different = await runCommand(replay, [file], env);
  expect(different.code).toBe(1);
  expect(different.out).toContain('turn 2 (activity 3): tyre life');
  expect(different.out).toContain('  - 4000 km.\n  + 5000 km.\n');

  const updated = await runCommand(replay, ['--update', file], env);
  expect([updated.code, updated.out]).toEqual([0, `${file}: updated, the bot’s words in 1 of 2 turns\n`]);
  expect(readFileSync(file, 'utf8')).toBe(saved);
  expect((await runCommand(replay, ['--update', file], env)).out).toBe(`${file}: nothing to update\n`);
}, 60_000);

test('what cannot be played is named with its place, and the other files are played', async () => {
  const at = (name: string) => path.join(folder, name);
  writeFileSync(at('good.transcript'), '[{"type":"event","from":{"role":"user"}}]');
  writeFileSync(at('bad.transcript'), '[{"type": "message",}]');
  writeFileSync(at('huge.transcript'), '');
  truncateSync(at('huge.transcript'), 30_000_000);
  const names = ['bad', 'gone', 'huge', 'good'].map((name) => at(`${name}.transcript`));
  const { code, out, err } = await runCommand(replay, names, env);
  expect(code).toBe(2);
  expect(out).toBe(`${at('good.transcript')}: the same in 1 turn\n`);
  expect(err.trim().split('\n')).toEqual([
    expect.stringMatching(/bad\.transcript: line 1, column 21: not JSON; a transcript is a JSON array/),
    expect.stringMatching(/gone\.transcript: cannot be read \(ENOENT\)$/),
    expect.stringMatching(/huge\.transcript: 30 MB are too much: a transcript has at most 20$/),
  ]);
});

test('arguments that make no sense get how it is called, and exit 2', async () => {
  const runs = [
    await runCommand(replay, []),
    await runCommand(replay, ['--loud', 'x']),
    await runCommand(chat, ['--save']),
    await runCommand(chat, ['x']),
  ];
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  for (const { err } of runs) expect(err).toMatch(/^Usage:\n {2}npm run -s (replay|chat)/);
});

describe('chat --save', () => {
  test('leaves a file alone that is no transcript, and needs its folder', async () => {
    const notes = path.join(folder, 'notes.json');
    writeFileSync(notes, '{"mine": true}');
    const save = (args: readonly string[]) => chat(args, { kind: 'arrival' }, async () => recordTranscript);
    const taken = await runCommand(save, ['--save', notes], env);
    const nowhere = await runCommand(save, ['--save', path.join(folder, 'no', 'x.transcript')], env);
    expect([taken.code, taken.out, nowhere.code]).toEqual([2, '', 2]);
    expect(taken.err).toBe(
      `${notes} is there and is no transcript, so it is left alone. Take another name, or delete it.\n`,
    );
    expect(nowhere.err).toMatch(/cannot be written: the folder .*no does not exist\.\n$/);
    expect(readFileSync(notes, 'utf8')).toBe('{"mine": true}');
  });

  test('replaces an older transcript, and has what was said however the chat ends', async () => {
    const file = path.join(folder, 'cut.transcript');
    writeFileSync(file, '[{"type":"message","text":"older"}]');
    // Ended by a signal in the middle, as by Ctrl+C through a pipe.
    await runMain(['chat', '--save', file], 'tyre life\n', env, /5000 km/);
    const texts = JSON.parse(readFileSync(file, 'utf8')).map(({ text }: { text?: string }) => text);
    expect(texts).toContain('tyre life');
    expect(texts.join()).toContain('5000 km.');
    expect(texts).not.toContain('older');
  });
});
