import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier';
import { normaliseText } from '../bot/foundation/normalise-text';
import type { Intent } from './intent';
import type { IntentMatch } from './understanding';
import { buildStemsOf } from './words';

/** Says which intent a whole message is, if any. */
export type MatchIntent = (text: string) => IntentMatch | undefined;

/** Longest message, in words, that may be an intent without being one of its utterances to the letter. */
const MAX_WORDS = 9;
/** Least share of the message's words that the intent's own utterances must know. */
const MIN_KNOWN = 0.99;
/** Least posterior of the classifier. */
const MIN_POSTERIOR = 0.5;

/**
 * Builds the intent matcher. A message that is an utterance word for word is that intent for certain. Any other is judged by
 * natural's naive Bayes classifier, which cannot say "none of these": so every word must be one that the chosen intent's
 * utterances use, and the posterior must be clear. An unknown sentence is never an intent. `toStems` may be shared
 * with others.
 */
export function buildMatchIntent(intents: readonly Intent[], toStems = buildStemsOf()): MatchIntent {
  const exact = new Map<string, Intent>();
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const known = new Map<string, Set<string>>();
  for (const intent of intents) {
    for (const utterance of intent.utterances) exact.set(messageKey(utterance), intent);
    known.set(intent.id, new Set(intent.utterances.flatMap(toStems)));
  }
  // Trained for the first message that needs it, so that a start does not wait for it.
  let trained: BayesClassifier | undefined;
  const classifier = (): BayesClassifier => (trained ??= trainClassifier(intents, toStems));

  return (text) => {
    const key = messageKey(text);
    if (key === '') return undefined;
    const same = exact.get(key);
    if (same !== undefined) return { id: same.id, kind: same.kind, confidence: 1, exact: true };
    const stems = toStems(text);
    if (stems.length === 0 || stems.length > MAX_WORDS) return undefined;
    const mayBe = [...known].some(([, vocabulary]) => share(stems, vocabulary) >= MIN_KNOWN);
    if (!mayBe) return undefined;
    const classes = classifier().getClassifications(stems);
    const total = classes.reduce((sum, { value }) => sum + value, 0);
    const best = classes.find(({ label }) => share(stems, known.get(label)!) >= MIN_KNOWN);
    const intent = best && byId.get(best.label);
    if (intent === undefined || !(best!.value / total >= MIN_POSTERIOR)) return undefined;
    return { id: intent.id, kind: intent.kind, confidence: best!.value / total, exact: false };
  };
}

function trainClassifier(intents: readonly Intent[], toStems: (text: string) => string[]): BayesClassifier {
  const classifier = new BayesClassifier();
  for (const intent of intents) {
    for (const utterance of intent.utterances) {
      const stems = toStems(utterance);
      if (stems.length > 0) classifier.addDocument(stems, intent.id);
    }
  }
  classifier.train();
  return classifier;
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

function stemlessWords(text: string): string {
  return (
    normaliseText(text)
      .replaceAll("'", '')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

function share(stems: readonly string[], vocabulary: ReadonlySet<string>): number {
  return stems.filter((stem) => vocabulary.has(stem)).length / stems.length;
}
