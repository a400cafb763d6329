import { type Evidence, SAME_WORDS } from './confidence';
import type { Entry } from './entry';
import { buildTextIndex, type CompiledTextIndex, compileTextIndex, type TextDocument } from './text-index';
import type { Tokenise } from './tokenise';
import { buildUtteranceIndex } from './utterance-index';

/** A guided dialog as far as finding it goes. */
export interface GuideTopic {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly utterances: readonly string[];
}

/** One document found, with what speaks for it. */
export interface Ranked {
  readonly kind: 'entry' | 'guide';
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly evidence: Evidence;
}

/** Ranks entries and guides for a question, best first, at most `limit`. Ties keep the order of the documents. */
export type Rank = (question: string, limit: number) => Ranked[];

/** Share of lunr's score of the whole text beside the score of the utterances. */
const TEXT_SHARE = 1;
/** Put before all others: a question with the very words of one of its utterances. What an author wrote down counts. */
const SAME_WORDS_BONUS = 1;
/** Share of the best score that a candidate needs to be looked at. */
const MIN_SHARE_OF_BEST = 0.2;

/** A document as the ranking sees it: tokens, and who it is. */
interface RankedDocument {
  readonly kind: 'entry' | 'guide';
  readonly id: string;
  readonly title: string;
  readonly utterances: readonly (readonly string[])[];
  readonly body: readonly string[];
}

/** What can be worked out before a start: plain JSON, valid for the content and the code it was made with. */
export interface CompiledRanking {
  readonly documents: readonly RankedDocument[];
  readonly text: CompiledTextIndex;
}

/** Does the slow part of {@link buildRank}: tokens of everything, and the text index. */
export function compileRanking(
  entries: readonly Entry[],
  guides: readonly GuideTopic[],
  tokenise: Tokenise,
): CompiledRanking {
  const documents = tokeniseDocuments(entries, guides, tokenise);
  return { documents, text: compileTextIndex(documents.map(textDocument)) };
}

/** Builds the ranking over all entries and guides; `compiled` is what {@link compileRanking} made of the same ones. */
export function buildRank(
  entries: readonly Entry[],
  guides: readonly GuideTopic[],
  tokenise: Tokenise,
  compiled?: CompiledRanking,
): Rank {
  const documents = compiled?.documents ?? tokeniseDocuments(entries, guides, tokenise);
  const utteranceIndex = buildUtteranceIndex(documents.map((document) => document.utterances));
  const textIndex = buildTextIndex(documents.map(textDocument), compiled?.text);
  const vocabularies = documents.map((document) => new Set([...document.utterances.flat(), ...document.body]));

  return (question, limit) => {
    const tokens = tokenise(question);
    const scores = new Map<number, { closest: number; pooled: number; text: number }>();
    for (const { document, closest, pooled } of utteranceIndex.query(tokens))
      scores.set(document, { closest, pooled, text: 0 });
    for (const { document, score } of textIndex.query(tokens)) {
      const found = scores.get(document);
      if (found === undefined) scores.set(document, { closest: 0, pooled: 0, text: score });
      else found.text = score;
    }
    let bestPooled = 1e-9;
    let bestText = 1e-9;
    for (const { pooled, text } of scores.values()) {
      bestPooled = Math.max(bestPooled, pooled);
      bestText = Math.max(bestText, text);
    }
    const ranked = Array.from(scores, ([document, { closest, pooled, text }]) => ({
      document,
      closest,
      score: pooled / bestPooled + TEXT_SHARE * (text / bestText) + (closest >= SAME_WORDS ? SAME_WORDS_BONUS : 0),
    }))
      .filter(({ score }) => score >= MIN_SHARE_OF_BEST)
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, Math.max(2, limit));
    const weights = new Map([...new Set(tokens)].map((token) => [token, utteranceIndex.idf(token)]));
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const first = ranked[0]?.score ?? 0;
    const second = ranked[1]?.score ?? 0;
    return ranked.slice(0, limit).map(({ document, closest, score }, place): Ranked => {
      const { kind, id, title } = documents[document]!;
      const vocabulary = vocabularies[document]!;
      let covered = 0;
      for (const [token, weight] of weights) if (vocabulary.has(token)) covered += weight;
      return {
        kind,
        id,
        title,
        score,
        evidence: {
          closest,
          coverage: total === 0 ? 0 : covered / total,
          margin: score - (place === 0 ? second : first),
          tokens: weights.size,
        },
      };
    });
  };
}

function tokeniseDocuments(
  entries: readonly Entry[],
  guides: readonly GuideTopic[],
  tokenise: Tokenise,
): readonly RankedDocument[] {
  return [
    ...entries.map((entry) => ({
      kind: 'entry' as const,
      id: entry.id,
      title: entry.title,
      utterances: [entry.title, entry.source.heading, ...entry.phrasings].map(tokenise),
      body: tokenise(`${entry.title} ${plainText(entry.body)}`),
    })),
    ...guides.map((guide) => ({
      kind: 'guide' as const,
      id: guide.id,
      title: guide.title,
      utterances: [guide.title, ...guide.utterances].map(tokenise),
      body: tokenise(guide.description),
    })),
  ];
}

function textDocument({ utterances, body }: RankedDocument): TextDocument {
  return { questions: utterances.flat(), body };
}

/** Markdown without addresses and signs: what a reader reads. */
function plainText(markdown: string): string {
  return markdown.replace(/\]\([^)]*\)/g, ']').replace(/[*_`#|>[\]]/g, ' ');
}
