import * as nodeModule from 'node:module';
import dotenv from 'dotenv';
import { ConfigError } from './config';
import { ContentError } from './foundation/content-error';

// Node 22 and newer keep compiled code between starts; most of a start is the compiling of the SDK.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

/** What can be run, each loaded only when it is asked for: the terminal needs no server, the server no terminal. */
const COMMANDS: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<number>>>> = {
  serve: async () => (await import('./serve.js')).serve,
  chat: async () => {
    const { chat } = await import('./terminal/chat.js');
    const loadRecorder = async () => (await import('./channel/emulator/transcript-file.js')).recordTranscript;
    return (args) => chat(args, { kind: 'arrival' }, loadRecorder);
  },
  replay: async () => (await import('./replay.js')).replay,
  ask: async () => (await import('./terminal/ask.js')).ask,
  preview: async () => (await import('./preview.js')).preview,
  'check-content': async () => (await import('./terminal/check-content.js')).checkContent,
  guides: async () => (await import('./terminal/guides.js')).guides,
  feedback: async () => (await import('./terminal/feedback.js')).feedback,
  train: async () => (await import('./terminal/train.js')).train,
  evaluate: async () => (await import('./terminal/evaluate/evaluate.js')).evaluate,
  licences: async () => (await import('./terminal/licences.js')).licences,
  intents: async () => (await import('./terminal/intents.js')).intents,
  'teams-package': async () => (await import('./teams-package.js')).teamsPackage,
};

async function main([name = 'serve', ...args]: readonly string[]): Promise<number> {
  dotenv.config({ quiet: true });
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.\n`);
    return 2;
  }
  const run = await command();
  return run(args);
}

// Somebody who reads only the first lines (`| head`) closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = error instanceof ConfigError || error instanceof ContentError;
    const text = expected ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  },
);
