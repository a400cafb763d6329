import { readFile, stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseTranscript } from './channel/emulator/transcript';
import { renewTranscript } from './channel/replay/renew-transcript';
import { replayReport } from './channel/replay/replay-report';
import { type ReplayParts, replayTranscript, strangeActivities } from './channel/replay/replay-transcript';
import { loadConfig } from './config';
import { loadBot } from './load-bot';

const USAGE = `Usage:
  npm run -s replay -- FILE.transcript [more files]             plays what the person did, and shows where the bot differs
  npm run -s replay -- --update FILE.transcript [more files]    writes what the bot says now into the files
`;

/** Emulator transcripts carry what was attached; beyond this size they are something else. */
const MAX_MEGABYTES = 20;

/**
 * Plays the person's side of Emulator transcripts to the bot in this process and prints how its side differs from the files'.
 * Resolves with exit code 0 where all is the same or was updated, 1 where something differs, 2 for files or arguments that cannot
 * be used; the other files are played all the same.
 */
export async function replay(args: readonly string[]): Promise<number> {
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig(process.env);
  const { bot, content } = await loadBot(config);
  const parts: ReplayParts = { bot, config, titles: { get: (id) => content.entries.get(id)?.title } };
  let code = 0;
  for (const file of call.files) code = Math.max(code, await replayFile(file, call.update, parts));
  return code;
}

async function replayFile(file: string, update: boolean, parts: ReplayParts): Promise<number> {
  const refuse = (fault: string): number => {
    process.stderr.write(`${file}: ${fault}\n`);
    return 2;
  };
  const read = await readText(file);
  if (!read.ok) return refuse(read.fault);
  const parsed = parseTranscript(read.text);
  if (!parsed.ok) return refuse(parsed.fault);
  const replayed = await replayTranscript(parsed.activities, parts);
  if (!replayed.ok) return refuse(replayed.fault);
  const { turns } = replayed;
  for (const note of strangeActivities(parsed.activities)) process.stderr.write(`${file}: ${note}\n`);
  if (!update) {
    process.stdout.write(replayReport(file, turns));
    return turns.every(({ isSame }) => isSame) ? 0 : 1;
  }
  const renewed = parsed.rewrite(renewTranscript(turns));
  const different = turns.filter(({ isSame }) => !isSame).length;
  if (renewed === read.text) {
    process.stdout.write(`${file}: nothing to update\n`);
    return 0;
  }
  try {
    await writeFile(file, renewed);
  } catch (error) {
    return refuse(`cannot be written (${codeOf(error)})`);
  }
  process.stdout.write(`${file}: updated, the bot’s words in ${different} of ${turns.length} turns\n`);
  return 0;
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: string };

async function readText(file: string): Promise<Text> {
  try {
    const { size } = await stat(file);
    if (size > MAX_MEGABYTES * 1_000_000)
      return {
        ok: false,
        fault: `${Math.round(size / 1_000_000)} MB are too much: a transcript has at most ${MAX_MEGABYTES}`,
      };
    return { ok: true, text: await readFile(file, 'utf8') };
  } catch (error) {
    return { ok: false, fault: `cannot be read (${codeOf(error)})` };
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function readCall(
  args: readonly string[],
): { readonly files: readonly string[]; readonly update: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { update: { type: 'boolean', default: false } },
    });
    return positionals.length === 0 ? undefined : { files: positionals, update: values.update };
  } catch {
    return undefined;
  }
}
