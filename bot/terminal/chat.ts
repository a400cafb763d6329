import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { loadBot } from '../load-bot';
import type { Memory } from '../memory';
import type { Recording, StartRecording } from '../recording';
import type { Reply } from '../reply';
import { canBeNumbered, numberedIn } from '../reply-places';
import type { UserMessage } from '../user-message';
import { replyToTerminal } from './reply-to-terminal';

const PROMPT = 'you> ';

const USAGE = `Usage:
  npm run -s chat                              a conversation in the terminal
  npm run -s chat -- --save FILE.transcript    writes it down as well, for the Emulator's "Open transcript"
`;

/**
 * A conversation in the terminal: the same brain as on every other surface, with line editing and history. Buttons and choices
 * are taken by number or by their words. `first` is what the person does before anything is typed. Ends on Ctrl+C, Ctrl+D, `exit`
 * or `quit`; reads from a pipe too. With `--save` every turn is recorded as soon as it is over, by what `loadRecorder` brings.
 * Resolves with 0 after a conversation, 2 for arguments or a file that cannot be used.
 */
export async function chat(
  args: readonly string[],
  first: UserMessage = { kind: 'arrival' },
  loadRecorder?: () => Promise<StartRecording>,
): Promise<number> {
  const call = readCall(args);
  if (call === undefined || (call.file !== undefined && loadRecorder === undefined)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const started = call.file === undefined ? undefined : await (await loadRecorder!())(call.file);
  if (started?.ok === false) {
    process.stderr.write(`${started.fault}\n`);
    return 2;
  }
  let recording: Recording | undefined = started?.recording;
  const { bot } = await loadBot(loadConfig(process.env));
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  let memory: Memory | undefined;

  const say = async (message: UserMessage): Promise<void> => {
    const result = await bot.respond(memory, message);
    memory = result.memory;
    try {
      await recording?.add(message, result);
    } catch (error) {
      process.stderr.write(`The conversation is no longer written down: ${(error as Error).message}\n`);
      recording = undefined;
    }
    process.stdout.write(`\n${replyTexts(result.replies, colours).join('\n\n')}\n\n`);
  };

  await say(first);
  // Made only now: lines that come before somebody iterates are lost.
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal,
    historySize: 200,
    prompt: PROMPT,
  });
  // A pipe may end while its last line is being answered; asking for more would then throw.
  let ended = false;
  input.on('close', () => {
    ended = true;
  });
  input.on('SIGINT', () => input.close());
  input.prompt();
  for await (const line of input) {
    const text = line.trim();
    if (/^(exit|quit|:q)$/i.test(text)) break;
    if (!terminal) process.stdout.write(`${text}\n`);
    if (text !== '') await say({ kind: 'text', text });
    if (!ended) input.prompt();
  }
  input.close();
  process.stdout.write('\n');
  return 0;
}

function readCall(args: readonly string[]): { readonly file: string | undefined } | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { save: { type: 'string' } } });
    return values.save === '' ? undefined : { file: values.save };
  } catch {
    return undefined;
  }
}

/** Numbers the buttons of a turn as the brain counts them: first what has a number in the text, then the rest in order. */
export function replyTexts(replies: readonly Reply[], colours: boolean): string[] {
  let next = 1 + replies.reduce((sum, reply) => sum + numberedIn(reply).length, 0);
  const numbered = canBeNumbered(replies);
  return replies.map((reply) => {
    const text = replyToTerminal(reply, { colours, firstButton: next, numbered });
    next += reply.buttons.length;
    return text;
  });
}
