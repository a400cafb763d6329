import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTranscript as parseEmulatorTranscript } from '../../bot/channel/emulator/transcript';
import { renewTranscript } from '../../bot/channel/replay/renew-transcript';
import { replayReport } from '../../bot/channel/replay/replay-report';
import { replayTranscript } from '../../bot/channel/replay/replay-transcript';
import type { LoadedBot } from '../../bot/load-bot';
import { parseTranscript, playTranscript } from '../support/play-transcript';
import { loadRealBot } from '../support/real-bot';
import { testConfig } from '../support/test-config';

/*
 * *.txt says how a conversation goes, in a few words (see test/support/play-transcript.ts). *.transcript says it word for word, as the
 * Emulator saves and opens it. After a change that is meant, all of the latter are renewed by
 *
 *   npm run -s build && SEMANTIC=off CONTACT_MAIL=help@example.com CONTACT_PAGE= npm run -s replay -- --update test/transcripts/*.transcript
 */

const config = testConfig({ contact: { mail: 'help@example.com', page: undefined } });
const names = readdirSync(__dirname).sort();
const scripts = names
  .filter((name) => name.endsWith('.txt'))
  .map((name) => parseTranscript(readFileSync(path.join(__dirname, name), 'utf8'), name));

let loaded: LoadedBot;

beforeAll(async () => {
  loaded = await loadRealBot(config);
});

describe('the real bot, talked to as in the transcripts', () => {
  test.each(scripts)('$title', async ({ lines }) => {
    expect(await playTranscript(loaded.bot, lines)).toEqual(lines);
  });
});

describe('the real bot, played Emulator transcripts', () => {
  test.each(names.filter((name) => name.endsWith('.transcript')))('%s comes as it stands there', async (file) => {
    const text = readFileSync(path.join(__dirname, file), 'utf8');
    const parsed = parseEmulatorTranscript(text);
    if (!parsed.ok) throw new Error(parsed.fault);
    const titles = { get: (id: string) => loaded.content.entries.get(id)?.title };
    const replayed = await replayTranscript(parsed.activities, { bot: loaded.bot, titles, config });
    if (!replayed.ok) throw new Error(replayed.fault);
    expect(replayReport(file, replayed.turns)).toBe(`${file}: the same in ${replayed.turns.length} turns\n`);
    // Buttons still carry the same actions, and the file has all that the Emulator needs to open it.
    expect(parsed.rewrite(renewTranscript(replayed.turns))).toBe(text);
  });
});
