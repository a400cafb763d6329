import { createInterface, type Interface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { loadBot } from '../load-bot';
import type { Memory } from '../memory';
import { phrases } from '../phrases';
import type { Recording, StartRecording } from '../recording';
import type { Reply } from '../reply';
import { canBeNumbered, numberedIn } from '../reply-places';
import { replyToMarkdown } from '../reply-text';
import { type TranscriptLine, transcriptText } from '../transcript-text';
import type { TurnEffect } from '../turn-result';
import type { UserMessage } from '../user-message';
import { printable } from './printable';
import { replyToTerminal } from './reply-to-terminal';

const PROMPT = 'you> ';
/** So many messages are kept for a transcript. */
const MAX_LINES = 1_000;

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
  let lines: readonly TranscriptLine[] = [];

  const say = async (message: UserMessage): Promise<TurnEffect> => {
    const result = await bot.respond(memory, message);
    const done = effectText(result.effect, lines);
    try {
      await recording?.add(message, { ...result, done });
    } catch (error) {
      process.stderr.write(`The conversation is no longer written down: ${(error as Error).message}\n`);
      recording = undefined;
    }
    const said = [...(message.kind === 'text' ? [line('user', message.text)] : []), ...result.replies.map(botLine)];
    // The last of very many messages: nobody scrolls back further.
    lines = result.effect === 'delete-data' ? [] : [...lines, ...said].slice(-MAX_LINES);
    memory = result.effect === 'delete-data' ? undefined : result.memory;
    const texts = [...(done === undefined ? [] : [done]), ...replyTexts(result.replies, colours)];
    process.stdout.write(`\n${texts.join('\n\n')}\n\n`);
    return result.effect;
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
    if (!terminal) process.stdout.write(`${printable(text)}\n`);
    if (text !== '' && (await say({ kind: 'text', text })) === 'delete-data') clearHistory(input);
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

/**
 * What an effect comes to in a terminal; `undefined` where it comes to nothing. `lines` is what was said before, of which nobody
 * else keeps a copy.
 */
export function effectText(effect: TurnEffect, lines: readonly TranscriptLine[]): string | undefined {
  switch (effect) {
    case 'send-transcript':
      return printable(transcriptText(lines, Number.POSITIVE_INFINITY)?.text ?? phrases.noTranscript);
    case 'delete-data':
      return `${phrases.dataDeleted} ${phrases.clientKeepsCopy.emulator}`;
    default:
      return undefined;
  }
}

function line(from: TranscriptLine['from'], text: string): TranscriptLine {
  return { from, text, at: new Date().toISOString() };
}

function botLine(reply: Reply): TranscriptLine {
  return line('bot', replyToMarkdown(reply));
}

/** The lines that the arrow keys bring back. */
function clearHistory(input: Interface): void {
  (input as unknown as { readonly history?: string[] }).history?.splice(0);
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
