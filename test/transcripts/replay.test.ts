import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTranscript } from '../../bot/channel/emulator/transcript';
import { renewTranscript } from '../../bot/channel/replay/renew-transcript';
import { replayReport } from '../../bot/channel/replay/replay-report';
import { replayTranscript } from '../../bot/channel/replay/replay-transcript';
import { type LoadedBot, loadBot } from '../../bot/load-bot';
import { testConfig } from '../support/test-config';

/*
 * The *.transcript files are conversations as the Emulator saves and opens them. After a change that is meant, all are renewed by
 *
 *   SEMANTIC=off CONTACT_MAIL= CONTACT_PAGE= npm run -s replay -- --update test/transcripts/*.transcript
 */

const files = readdirSync(__dirname).filter((name) => name.endsWith('.transcript'));
const config = testConfig({ contact: undefined });
let loaded: LoadedBot;

beforeAll(async () => {
  loaded = await loadBot(config);
});

describe('the real bot, played Emulator transcripts', () => {
  test.each(files)('%s comes as it stands there', async (file) => {
    const text = readFileSync(path.join(__dirname, file), 'utf8');
    const parsed = parseTranscript(text);
    if (!parsed.ok) throw new Error(parsed.fault);
    const titles = { get: (id: string) => loaded.content.entries.get(id)?.title };
    const replayed = await replayTranscript(parsed.activities, { bot: loaded.bot, titles, config });
    if (!replayed.ok) throw new Error(replayed.fault);
    expect(replayReport(file, replayed.turns)).toBe(`${file}: the same in ${replayed.turns.length} turns\n`);
    // Buttons still carry the same actions, and the file has all that the Emulator needs to open it.
    expect(parsed.rewrite(renewTranscript(replayed.turns))).toBe(text);
  });
});
