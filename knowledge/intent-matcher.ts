import { isPlain, normaliseText } from '../bot/foundation/normalise-text';
import { buildNumberGrams, characterGramsOf } from './character-grams';
import type { Intent } from './intent';
import type { SemanticHit } from './semantics/sentence-encoder';
import type { IntentWeights } from './trained-model';
import type { Evidence, IntentMatch } from './understanding';
import {
  buildUtteranceIndex,
  type CompiledUtteranceIndex,
  compileUtteranceIndex,
  type NumberedTokens,
} from './utterance-index';
import { buildStemsOf, stemsOf, wordsOf } from './words';

/** What makes a whole message an intent, or not: every number is 0 to 1, cosines of sense -1 to 1. */
export type IntentFeatures = Readonly<Record<Exclude<keyof IntentWeights, 'bias'>, number>>;

/** The intent that a message looks most like, with what speaks for it. */
export interface IntentLikeness {
  readonly intent: Intent;
  readonly features: IntentFeatures;
}

/** Says which intent a whole message is, if any. */
export interface MatchIntent {
  /** The intent of which the message is an utterance, word for word. */
  exact(text: string): IntentMatch | undefined;
  /** The intent that the message looks most like; `undefined` where it has nothing in common with any. */
  likest(message: IntentMessage): IntentLikeness | undefined;
  /** The match of that intent, as {@link intentMatchOf} makes it: much faster for messages that are no intent, which most are. */
  match(message: IntentMessage, weights: IntentWeights): IntentMatch | undefined;
}

/** A message as intents are looked for in it. */
export interface IntentMessage {
  readonly text: string;
  /** How many of its words say something about a topic. */
  readonly topicWords: number;
  /** By intent, how close its utterances are by sense; `undefined` without the sentence encoder. */
  readonly semantics: readonly SemanticHit[] | undefined;
  /** What speaks for the best document; `undefined` for none. */
  readonly rival: Pick<Evidence, 'gramsClosest' | 'senseClosest'> | undefined;
}

/** What can be worked out of the intents before a start. */
export interface CompiledIntents {
  readonly words: CompiledUtteranceIndex;
  readonly grams: CompiledUtteranceIndex;
}

/** From this probability on, a message is taken for an intent. Less than one half: who meant it and is not understood is annoyed more. */
const INTENT_AT = 0.3;
/** The sum of weighed features that makes a message just that likely, less what rounding may add. */
const NO_INTENT_BELOW = Math.log(INTENT_AT / (1 - INTENT_AT)) - 0.001;
/** Words of a message about a topic beyond which more of them say no more. */
const MANY_WORDS = 5;

/** The text of a message as the indexes know it, and by intent the share of it that its utterances have. */
interface ReadText {
  readonly words: readonly NumberedTokens[];
  readonly grams: readonly NumberedTokens[];
  readonly known: Float64Array;
}

const NO_INTENTS: readonly number[] = [];

/** Does the slow part of {@link buildMatchIntent}. Every word counts, also those that say nothing about a topic ("who are you"). */
export function compileIntents(intents: readonly Intent[]): CompiledIntents {
  return {
    words: compileUtteranceIndex(intents.map(({ utterances }) => utterances.map(stemsOf))),
    grams: compileUtteranceIndex(intents.map(({ utterances }) => utterances.map(characterGramsOf))),
  };
}

/** Builds the matcher of the same intents, in the same order, as were compiled. `toStems` may be shared with others. */
export function buildMatchIntent(
  intents: readonly Intent[],
  compiled: CompiledIntents,
  toStems = buildStemsOf(),
): MatchIntent {
  const words = buildUtteranceIndex(compiled.words);
  const grams = buildUtteranceIndex(compiled.grams);
  const numberGrams = buildNumberGrams(grams);
  /** By stem, the intents that have it in an utterance; worked out for the first message that needs them. */
  let intentsWith: ReadonlyMap<string, readonly number[]> | undefined;

  /** By intent, the share of the stems that its utterances have, the rare ones counted more. */
  function sharesKnown(stems: readonly string[]): Float64Array {
    intentsWith ??= intentsByStem(intents, toStems);
    const shares = new Float64Array(intents.length);
    let all = 0;
    for (const stem of stems) {
      const weight = words.idf(stem);
      all += weight;
      for (const intent of intentsWith.get(stem) ?? NO_INTENTS) shares[intent]! += weight;
    }
    if (all > 0) for (let intent = 0; intent < shares.length; intent++) shares[intent]! /= all;
    return shares;
  }

  function read(text: string): ReadText {
    const stems = toStems(text);
    return { words: [words.number(stems)], grams: numberGrams(wordsOf(text)), known: sharesKnown(stems) };
  }

  /** More than the weighed features of a message can add up to, whichever intent it looks most like. */
  function atMost(message: IntentMessage, own: ReadText, weights: IntentWeights): number {
    let sum = weights.bias + weights.topicWords * topicShare(message);
    sum += weights.rivalGrams * (message.rival?.gramsClosest ?? 0);
    sum += weights.rivalSense * (message.rival?.senseClosest ?? 0);
    sum += Math.max(0, weights.words) * words.reach(own.words) + Math.max(0, weights.grams) * grams.reach(own.grams);
    sum += Math.max(0, weights.known) * own.known.reduce((most, share) => Math.max(most, share), 0);
    return sum + (message.semantics ?? []).reduce((most, { closest }) => Math.max(most, weights.sense * closest), 0);
  }

  function likestOf(message: IntentMessage, own: ReadText): IntentLikeness | undefined {
    const { semantics, rival } = message;
    const byWords = words.score(own.words);
    const byGrams = grams.score(own.grams);
    let best: number | undefined;
    let bestScore = 0;
    let bestFoundBy = 0;
    for (let intent = 0; intent < intents.length; intent++) {
      const sense = semantics?.[intent]?.pooled;
      const foundBy = byWords.closest[intent]! > 0 ? 0 : byGrams.closest[intent]! > 0 ? 1 : 2;
      if (foundBy === 2 && sense === undefined) continue;
      const score = byWords.pooled[intent]! + byGrams.pooled[intent]! + (sense ?? 0);
      // Of equals the one with a word of the message is meant, or a piece of one, or the first.
      const isAhead = score > bestScore || (score === bestScore && foundBy < bestFoundBy);
      if (best !== undefined && !isAhead) continue;
      best = intent;
      bestScore = score;
      bestFoundBy = foundBy;
    }
    if (best === undefined) return undefined;
    return {
      intent: intents[best]!,
      features: {
        words: byWords.closest[best]!,
        grams: byGrams.closest[best]!,
        sense: semantics?.[best]?.closest ?? 0,
        known: own.known[best]!,
        topicWords: topicShare(message),
        rivalGrams: rival?.gramsClosest ?? 0,
        rivalSense: rival?.senseClosest ?? 0,
      },
    };
  }

  const exact = new Map<string, Intent>();
  for (const intent of intents) for (const utterance of intent.utterances) exact.set(messageKey(utterance), intent);

  return {
    exact(text) {
      const intent = exact.get(messageKey(text));
      return intent && { id: intent.id, kind: intent.kind, confidence: 1, exact: true };
    },
    likest: (message) => likestOf(message, read(message.text)),
    match(message, weights) {
      const own = read(message.text);
      if (atMost(message, own, weights) < NO_INTENT_BELOW) return undefined;
      return intentMatchOf(likestOf(message, own), weights);
    },
  };
}

function intentsByStem(
  intents: readonly Intent[],
  toStems: (text: string) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  intents.forEach(({ utterances }, intent) => {
    for (const stem of new Set(utterances.flatMap(toStems))) {
      const having = found.get(stem);
      if (having === undefined) found.set(stem, [intent]);
      else having.push(intent);
    }
  });
  return found;
}

function topicShare({ topicWords }: IntentMessage): number {
  return Math.min(1, topicWords / MANY_WORDS);
}

/** The match of a likeness, where it is likely enough: a logistic model of its features says how likely. */
export function intentMatchOf(likeness: IntentLikeness | undefined, weights: IntentWeights): IntentMatch | undefined {
  if (likeness === undefined) return undefined;
  const { intent, features } = likeness;
  let sum = weights.bias;
  for (const [name, value] of Object.entries(features)) sum += weights[name as keyof IntentFeatures] * value;
  const confidence = 1 / (1 + Math.exp(-sum));
  return confidence < INTENT_AT ? undefined : { id: intent.id, kind: intent.kind, confidence, exact: false };
}

/**
 * A message reduced to what makes it the same message: words where it has any, else its signs without skin colours and, where
 * something else is left, without punctuation ("👍🏽!" is "👍").
 */
export function messageKey(text: string): string {
  const words = stemlessWords(text);
  if (words !== '') return words;
  const signs = normaliseText(text).replace(/\s|\uFE0F|\p{Emoji_Modifier}/gu, '');
  return signs.replace(/\p{P}/gu, '') || signs;
}

const WORD = /[\p{L}\p{N}]+/gu;
/** The same for plain text, several times as fast. */
const PLAIN_WORD = /[a-z0-9]+/g;

function stemlessWords(text: string): string {
  const normalised = normaliseText(text).replaceAll("'", '');
  return normalised.match(isPlain(normalised) ? PLAIN_WORD : WORD)?.join(' ') ?? '';
}
