import { isPlain } from '../bot/foundation/normalise-text';
import { tellingWords } from './filler';
import { readFollowUp } from './follow-up';
import { asks, hasVerb, opensQuestion, refersBack, sentencesOf } from './sentences';

/** One question of a message. */
export interface MessagePart {
  /** The question as it was written, without what surrounds it. */
  readonly text: string;
  /** What to look for: the question, with the sentence before it where it means nothing alone. */
  readonly query: string;
}

/** The questions of a message. */
export interface SplitMessage {
  /** At most three, in order. One where the message is one question or none at all; empty where it is blank. */
  readonly parts: readonly MessagePart[];
  /** How many more questions there were. */
  readonly leftOut: number;
}

const MAX_PARTS = 3;
/** Longest context, in words: its end, which is nearest to the question. */
const MAX_CONTEXT_WORDS = 25;
const CONJUNCTION = /,?\s(?:and|also|plus)\s(?:also\s|then\s)?|[,;]\s/giu;
/** The same for plain text, several times as fast. */
const PLAIN_CONJUNCTION = /,?\s(?:and|also|plus)\s(?:also\s|then\s)?|[,;]\s/gi;

/**
 * The questions in a message. Courtesy and story between them are left out. An "and" splits only where a whole question stands on
 * both sides: "can I use SSTP and IKEv2?" is one. `isCourtesy` says which sentences are small talk.
 *
 * splitMessage('We have VpnGw1. Can I resize it? And what does BGP cost?').parts.map(({ query }) => query)
 * // ['We have VpnGw1. Can I resize it?', 'And what does BGP cost?']
 */
export function splitMessage(text: string, isCourtesy: (sentence: string) => boolean = () => false): SplitMessage {
  const sentences = sentencesOf(text).flatMap((sentence) => clausesOf(sentence));
  if (sentences.length < 2) return asWhole(text);
  const telling = sentences.filter(
    (sentence) => !isCourtesy(sentence) && (saysSomething(sentence) || leansOn(sentence)),
  );
  const parts: MessagePart[] = [];
  const seen = new Set<string>();
  let leftOut = 0;
  telling.forEach((sentence, index) => {
    if (!asks(sentence)) return;
    const key = tellingWords(sentence).join(' ');
    if (seen.has(key)) return;
    const before = telling[index - 1];
    if (before === undefined && key === '') return;
    seen.add(key);
    if (parts.length === MAX_PARTS) leftOut += 1;
    else parts.push({ text: sentence, query: before === undefined ? sentence : inContext(sentence, before) });
  });
  return parts.length > 1 ? { parts, leftOut } : asWhole(text);
}

function asWhole(text: string): SplitMessage {
  const whole = text.trim();
  return { parts: whole === '' ? [] : [{ text: whole, query: whole }], leftOut: 0 };
}

/** A sentence taken apart at each "and" or comma with a whole question on both sides. */
function clausesOf(sentence: string): string[] {
  const clauses: string[] = [];
  let from = 0;
  for (const match of sentence.matchAll(isPlain(sentence) ? PLAIN_CONJUNCTION : CONJUNCTION)) {
    const left = sentence.slice(from, match.index);
    const right = sentence.slice(match.index + match[0].length);
    if (left.split(' ').length < 3 || !asks(left) || !hasVerb(left) || !saysSomething(left)) continue;
    if (!opensQuestion(right) || right.split(' ', 3).length < 3) continue;
    clauses.push(left);
    from = match.index + match[0].length;
  }
  clauses.push(sentence.slice(from));
  return clauses.filter((clause) => clause !== '');
}

function inContext(sentence: string, before: string): string {
  const followUp = readFollowUp(sentence, before);
  if (asks(before) && followUp?.alone === 'nothing') return followUp.query;
  if (!refersBack(sentence) && saysSomething(sentence) && followUp?.alone !== 'nothing') return sentence;
  return `${before.split(' ').slice(-MAX_CONTEXT_WORDS).join(' ')} ${sentence}`;
}

function saysSomething(sentence: string): boolean {
  return tellingWords(sentence).length > 0;
}

/** A question without a topic of its own that may go with the one before it ("how?", "is it possible?"). */
function leansOn(sentence: string): boolean {
  return readFollowUp(sentence, 'x')?.alone === 'nothing';
}
