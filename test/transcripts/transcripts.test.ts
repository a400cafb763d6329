import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type LoadedBot, loadBot } from '../../bot/load-bot';
import { parseTranscript, playTranscript } from '../support/play-transcript';
import { testConfig } from '../support/test-config';

const scripts = readdirSync(__dirname)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => parseTranscript(readFileSync(path.join(__dirname, name), 'utf8'), name));

let loaded: LoadedBot;

beforeAll(async () => {
  loaded = await loadBot(testConfig({ contact: { mail: 'help@example.com', page: undefined } }));
});

describe('the real bot, talked to as in the transcripts', () => {
  test.each(scripts)('$title', async ({ lines }) => {
    expect(await playTranscript(loaded.bot, lines)).toEqual(lines);
  });
});
