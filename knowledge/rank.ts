import { type MakeOnce, makeAnew } from '../bot/foundation/make-once';
import { buildNumberGrams, characterGramsOf } from './character-grams';
import type { Entry } from './entry';
import type { SemanticHit } from './semantics/sentence-encoder';
import { buildTextIndex, type CompiledTextIndex, compileTextIndex, type TextHit } from './text-index';
import type { Tokenise } from './tokenise';
import type { RankingWeights } from './trained-model';
import type { UncoveredTopic } from './uncovered-topic';
import type { Evidence } from './understanding';
import {
  buildUtteranceIndex,
  type CompiledUtteranceIndex,
  compileUtteranceIndex,
  type UtteranceScores,
} from './utterance-index';
import { wordsOf } from './words';

/** A guided dialog as far as finding it goes. */
export interface GuideTopic {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly utterances: readonly string[];
}

/** Something that a question may be about. Topics that the FAQ does not cover compete, so that they can be told from ours. */
export interface RankedDocument {
  readonly kind: 'entry' | 'guide' | 'uncovered';
  readonly id: string;
  readonly title: string;
  /** Ids of entries whose answer does as well. */
  readonly sameAnswerAs?: readonly string[];
}

/** One document found, with what speaks for it. */
export interface Ranked extends RankedDocument {
  /** 0 to 1, for guides to 1.5, comparable within one question only; one more where the words are the same. */
  readonly score: number;
  readonly evidence: Evidence;
}

/** A question as the ranking reads it. */
export interface AskedQuestion {
  readonly tokens: readonly string[];
  readonly text: string;
  /** By document, how close its utterances are by sense; `undefined` without the sentence encoder. */
  readonly semantics: readonly SemanticHit[] | undefined;
}

/** Weighs what was found for one question, best first, at most `limit`. */
export type Weigh = (weights: RankingWeights, limit: number) => Ranked[];

/** Ranks documents for a question, best first, at most `limit`. Ties keep the order of the documents. */
export interface Rank {
  (question: AskedQuestion, weights: RankingWeights, limit: number): Ranked[];
  /** The same in two steps, for whoever weighs one question in many ways. */
  gather(question: AskedQuestion): Weigh;
  /** How many documents there are. */
  readonly documents: number;
  /** True where a document has an utterance of just these tokens. */
  isWordForWord(tokens: readonly string[]): boolean;
}

/** What can be worked out before a start: plain JSON, valid for the content and the code it was made with. */
export interface CompiledRanking {
  readonly documents: readonly RankedDocument[];
  readonly tokens: CompiledUtteranceIndex;
  readonly grams: CompiledUtteranceIndex;
  readonly text: CompiledTextIndex;
}

/** A document with all its texts. */
export interface WrittenDocument extends RankedDocument {
  readonly utterances: readonly string[];
  readonly body: string;
}

/** From this cosine on, the question has the very words of one of the candidate's utterances. */
const SAME_WORDS = 0.999;
/** Put before all others: a question with the very words of one of its utterances. What an author wrote down counts. */
const SAME_WORDS_BONUS = 1;
/** So far a guide may be ahead of the best entry. */
const MAX_SHARE = 1.5;
/** Share of the best score that a document needs to be looked at. */
const MIN_SHARE_OF_BEST = 0.4;

/** Everything that can be found, in the order that ties keep: entries, guides, topics that are not covered. */
export function writtenDocuments(
  entries: readonly Entry[],
  guides: readonly GuideTopic[],
  uncovered: readonly UncoveredTopic[],
): readonly WrittenDocument[] {
  const twins = twinsOf(entries);
  return [
    ...entries.map((entry) => ({
      kind: 'entry' as const,
      id: entry.id,
      title: entry.title,
      sameAnswerAs: twins.get(entry.id) ?? [],
      utterances: [entry.title, entry.source.heading, ...entry.phrasings],
      body: `${entry.title} ${plainText(entry.body)}`,
    })),
    ...guides.map((guide) => ({
      kind: 'guide' as const,
      id: guide.id,
      title: guide.title,
      utterances: [guide.title, ...guide.utterances],
      body: guide.description,
    })),
    ...uncovered.map(({ topic, utterances }) => ({
      kind: 'uncovered' as const,
      id: topic,
      title: topic,
      utterances: [topic, ...utterances],
      body: '',
    })),
  ];
}

const NO_TOKENS: readonly string[] = [];
const NO_TWINS: readonly string[] = [];

/** Share of the documents from which a piece of a word tells nothing. */
const COMMON_GRAM_SHARE = 0.25;

/** Does the slow part of {@link buildRank}: reads and indexes all texts. What needs their utterances alone is made by `once`. */
export function compileRanking(
  documents: readonly WrittenDocument[],
  tokenise: Tokenise,
  once: MakeOnce = makeAnew,
): CompiledRanking {
  const tokens = documents.map(({ utterances }) => utterances.map(tokenise));
  return {
    documents: documents.map(({ kind, id, title, sameAnswerAs = [] }) => ({ kind, id, title, sameAnswerAs })),
    tokens: compileUtteranceIndex(tokens),
    grams: once(
      compileGrams,
      documents.map(({ utterances }) => utterances),
    ),
    text: compileTextIndex(
      documents.map(({ body }, index) => ({ questions: tokens[index]!.flat(), body: tokenise(body) })),
    ),
  };
}

function compileGrams(utterancesOf: readonly (readonly string[])[]): CompiledUtteranceIndex {
  return compileUtteranceIndex(
    utterancesOf.map((utterances) => utterances.map(characterGramsOf)),
    COMMON_GRAM_SHARE,
  );
}

/** What is found for one question, before it is weighed: the documents, and by document what speaks for it. */
interface Found {
  readonly documents: readonly number[];
  readonly tokens: UtteranceScores;
  readonly grams: UtteranceScores;
  readonly texts: readonly (TextHit | undefined)[];
}

/** One document's evidence, ready to be weighed. */
interface Gathered {
  readonly document: number;
  readonly closest: number;
  readonly gramsClosest: number;
  readonly senseClosest: number;
  readonly matched: readonly string[];
  readonly parts: Readonly<Record<keyof RankingWeights, number>>;
}

/** Builds the ranking of what {@link compileRanking} made. */
export function buildRank(compiled: CompiledRanking): Rank {
  const tokenIndex = buildUtteranceIndex(compiled.tokens);
  const gramIndex = buildUtteranceIndex(compiled.grams);
  const numberGrams = buildNumberGrams(gramIndex);
  const textIndex = buildTextIndex(compiled.text);
  const { documents } = compiled;

  function find({ tokens, text }: AskedQuestion): Found {
    const byTokens = tokenIndex.score([tokenIndex.number(tokens)]);
    const texts = new Array<TextHit | undefined>(documents.length).fill(undefined);
    const hits = textIndex.query(tokens);
    for (const hit of hits) texts[hit.document] = hit;
    // Pieces of words alone are no topic: they speak only where a whole word is one of ours, be it once repaired.
    const hasWords = hits.length > 0 || byTokens.closest.some((closest) => closest > 0);
    const byGrams = gramIndex.score(hasWords ? numberGrams(wordsOf(text)) : []);
    const found: number[] = [];
    for (let document = 0; document < documents.length; document++) {
      const isFound =
        texts[document] !== undefined || byTokens.closest[document]! > 0 || byGrams.closest[document]! > 0;
      if (isFound) found.push(document);
    }
    return { documents: found, tokens: byTokens, grams: byGrams, texts };
  }

  /** The best of each part. Guides are measured by what is best besides them: a guide more must not change how entries are told apart. */
  function bestOf(found: Found, semantics: AskedQuestion['semantics']): Omit<RankingWeights, 'coverage' | 'notGuide'> {
    const best = { tokens: 1e-9, grams: 1e-9, text: 1e-9, sense: 1e-9 };
    const measuresAll = found.documents.every((document) => documents[document]!.kind === 'guide');
    for (const document of found.documents) {
      if (!measuresAll && documents[document]!.kind === 'guide') continue;
      best.tokens = Math.max(best.tokens, found.tokens.pooled[document]!);
      best.grams = Math.max(best.grams, found.grams.pooled[document]!);
      best.text = Math.max(best.text, found.texts[document]?.score ?? 0);
      best.sense = Math.max(best.sense, semantics?.[document]?.pooled ?? 0);
    }
    return best;
  }

  const gather = (question: AskedQuestion): Weigh => {
    const found = find(question);
    const distinct = new Set(question.tokens);
    let total = 0;
    for (const token of distinct) total += tokenIndex.idf(token);
    const best = bestOf(found, question.semantics);
    const gathered: Gathered[] = [];
    for (const document of found.documents) {
      const hit = found.texts[document];
      const semantics = question.semantics?.[document];
      const tokens = shareOf(found.tokens.pooled[document]!, best.tokens);
      const text = shareOf(hit?.score ?? 0, best.text);
      const grams = shareOf(found.grams.pooled[document]!, best.grams);
      const sense = shareOf(Math.max(0, semantics?.pooled ?? 0), best.sense);
      // What is far behind in every part cannot win: most documents of a large FAQ.
      if (Math.max(tokens, text, grams, sense) < MIN_SHARE_OF_BEST) continue;
      const matched = hit?.tokens ?? NO_TOKENS;
      let covered = 0;
      for (const token of matched) covered += tokenIndex.idf(token);
      const coverage = total === 0 ? 0 : covered / total;
      const notGuide = documents[document]!.kind === 'guide' ? 0 : 1;
      gathered.push({
        document,
        closest: found.tokens.closest[document]!,
        gramsClosest: found.grams.closest[document]!,
        senseClosest: semantics?.closest ?? 0,
        matched,
        parts: { tokens, text, grams, sense, coverage, notGuide },
      });
    }
    return (weights, limit) => weigh(gathered, distinct.size, weights, limit);
  };

  function weigh(gathered: readonly Gathered[], words: number, weights: RankingWeights, limit: number): Ranked[] {
    const scores = new Float64Array(gathered.length);
    let best = 0;
    gathered.forEach(({ parts, closest }, at) => {
      scores[at] =
        weights.tokens * parts.tokens +
        weights.text * parts.text +
        weights.grams * parts.grams +
        weights.sense * parts.sense +
        weights.coverage * parts.coverage +
        weights.notGuide * parts.notGuide +
        (closest >= SAME_WORDS ? SAME_WORDS_BONUS : 0);
      best = Math.max(best, scores[at]!);
    });
    best = Math.min(1, best);
    const order: number[] = [];
    // Far behind the best nothing is worth its place in the order.
    scores.forEach((score, at) => {
      if (score >= MIN_SHARE_OF_BEST * best) order.push(at);
    });
    order.sort((a, b) => scores[b]! - scores[a]! || gathered[a]!.document - gathered[b]!.document);
    const documentAt = (at: number): RankedDocument => documents[gathered[at]!.document]!;
    const scoreOf = (at: number | undefined, otherwise: number): number => (at === undefined ? otherwise : scores[at]!);
    // An entry is not in doubt because another says the same, nor because a guide is about the same.
    const bestScoreOf = (kind: RankedDocument['kind'], other?: number): number => {
      const twins = other === undefined ? [] : (documentAt(other).sameAnswerAs ?? []);
      return scoreOf(
        order.find((at) => at !== other && documentAt(at).kind === kind && !twins.includes(documentAt(at).id)),
        0,
      );
    };
    const bests = { entry: bestScoreOf('entry'), guide: bestScoreOf('guide'), uncovered: bestScoreOf('uncovered') };
    const uncovered = scoreOf(
      order.find((at) => documentAt(at).kind === 'uncovered'),
      -1,
    );
    return order.slice(0, limit).map((at): Ranked => {
      const { closest, gramsClosest, senseClosest, matched, parts } = gathered[at]!;
      const score = scores[at]!;
      // Field by field: spread, they would take most of the time of the ranking.
      const { kind, id, title, sameAnswerAs = NO_TWINS } = documentAt(at);
      const { tokens, text, grams, sense, coverage, notGuide } = parts;
      return {
        kind,
        id,
        title,
        sameAnswerAs,
        score,
        evidence: {
          tokens,
          text,
          grams,
          sense,
          coverage,
          notGuide,
          closest,
          gramsClosest,
          senseClosest,
          margin: score - (score < bests[kind] ? bests[kind] : bestScoreOf(kind, at)),
          aheadOfOtherKind: score - (kind === 'guide' ? bests.entry : bests.guide),
          aheadOfUncovered: uncovered < 0 ? 1 : score - uncovered,
          words,
          matched,
          sameWords: closest >= SAME_WORDS,
        },
      };
    });
  }

  const rank = (question: AskedQuestion, weights: RankingWeights, limit: number) => gather(question)(weights, limit);
  const isWordForWord = (tokens: readonly string[]): boolean =>
    tokenIndex.query(tokens).some(({ closest }) => closest >= SAME_WORDS);
  return Object.assign(rank, { gather, isWordForWord, documents: documents.length });
}

/** What one has of the best, at most {@link MAX_SHARE}. */
function shareOf(one: number, best: number): number {
  return Math.min(MAX_SHARE, one / best);
}

/** By entry, the entries whose answer does as well, whichever of the two says so. */
function twinsOf(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  const twins = new Map<string, Set<string>>();
  const link = (one: string, other: string): void => {
    twins.set(one, (twins.get(one) ?? new Set()).add(other));
  };
  for (const { id, sameAnswerAs } of entries) {
    for (const other of sameAnswerAs) {
      link(id, other);
      link(other, id);
    }
  }
  return new Map(Array.from(twins, ([id, others]) => [id, [...others]]));
}

/** Markdown without addresses and signs: what a reader reads. */
function plainText(markdown: string): string {
  return markdown.replace(/\]\([^)]*\)/g, ']').replace(/[*_`#|>[\]]/g, ' ');
}
