import { phrases } from '../../../bot/phrases';
import type { Line } from './talk-script';
import type { Tally } from './tally';

/** An activity as the history and web sockets give it. */
export interface HistoryActivity {
  readonly id: string;
  readonly type: string;
  readonly text?: string;
  readonly replyToId?: string;
  readonly channelData?: { readonly clientActivityID?: string };
}

/** A line that was acknowledged. */
export interface SaidLine {
  readonly line: Line;
  /** The sender's own mark on it. */
  readonly mark: string;
  /** The id that it got. */
  readonly id: string;
  /** Whether it was taken at the first try. */
  readonly first: boolean;
  readonly startedAt: number;
}

export interface FinishedTalk {
  readonly name: string;
  /** In the order in which it was said. */
  readonly said: readonly SaidLine[];
  /** The whole history, as it is kept. */
  readonly activities: readonly HistoryActivity[];
  /** How often each activity was heard. */
  readonly heard: ReadonlyMap<string, number>;
}

const APOLOGY = /sorry|went wrong/i;

/** Whether a message says, in front of an answer, that the guide was edited meanwhile. */
export function isNotice(json: string): boolean {
  return json.includes(phrases.guideChanged);
}

/** Looks a finished talk over: each message is there once, answered once, after its question and in order, and was heard once. */
export function auditHistory({ name, said, activities, heard }: FinishedTalk, tally: Tally): void {
  const messages = activities.filter(({ type }) => type === 'message');
  let lastQuestion = -1;
  let lastAnswer = -1;
  for (const { line, mark, id } of said) {
    const where = `${name}, ${id}: ${line.text}`;
    const questions = indicesOf(messages, ({ channelData }) => channelData?.clientActivityID === mark);
    const answers = indicesOf(messages, ({ replyToId, text = '' }) => replyToId === id && !isNotice(text));
    if (questions.length === 0) tally.lost.push(`${where} (not in the history)`);
    if (questions.length > 1) tally.doubled.push(`${where} (${questions.length} times in the history)`);
    if (questions.length === 1 && messages[questions[0]!]!.id !== id) tally.wrong.push(`${where} (under another id)`);
    const number = judgeNumber(
      answers.map((at) => messages[at]!.text ?? ''),
      line,
      false,
    );
    if (number !== 'right') tally[number].push(`${where} (${answers.length} answers)`);
    const [question = -1] = questions;
    const [answer = -1] = answers;
    if (question < lastQuestion || (answer >= 0 && (answer < question || answer < lastAnswer))) {
      tally.disordered.push(where);
    }
    lastQuestion = Math.max(question, lastQuestion);
    lastAnswer = Math.max(answer, lastAnswer);
    if (answer >= 0) judgeAnswer(where, line, JSON.stringify(answers.map((at) => messages[at])), false, tally);
  }
  const own = new Set(said.map(({ id }) => id));
  const others = messages.filter(
    ({ replyToId, channelData }) => !channelData?.clientActivityID && !own.has(replyToId!),
  );
  const greetings = others.map(({ text }) => text);
  if (greetings.length !== 1 || greetings[0] !== phrases.welcome) {
    tally.greetings.push(`${name}: ${JSON.stringify(greetings)} after ${said.length} lines`);
  }
  for (const { id, text } of messages) {
    const times = heard.get(id) ?? 0;
    if (times !== 1) tally.misheard.push(`${name}, ${id} heard ${times} times: ${text?.slice(0, 60)}`);
  }
}

/**
 * Whether there are as many answers as there should be. Where something was away meanwhile, a question may have one message more or less
 * than the guide that it may or may not have been asked in would give it; it may not have none, nor the same one twice.
 */
export function judgeNumber(
  texts: readonly string[],
  { messages: due = 1 }: Line,
  isExcused: boolean,
): 'lost' | 'doubled' | 'right' {
  const [least, most] = isExcused ? [1, new Set(texts).size] : [due, due];
  if (texts.length < least) return 'lost';
  return texts.length > most ? 'doubled' : 'right';
}

/** Says in the tally where an answer is not the one that was to be expected. */
export function judgeAnswer(where: string, { answer }: Line, json: string, isExcused: boolean, tally: Tally): void {
  if (json.includes(answer)) return;
  if (isExcused) {
    tally.excused.push(where);
    return;
  }
  if (APOLOGY.test(json)) tally.apologies.push(where);
  else tally.wrong.push(`${where}: not "${answer}" in ${json.slice(0, 300)}`);
}

function indicesOf<T>(items: readonly T[], matches: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (matches(item) ? [index] : []));
}
