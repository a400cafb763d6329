import { decodeNumbers, encodeNumbers } from './packed-numbers';
import { SECOND_SHARE, THIRD_SHARE } from './pooling';

/** How well one document of the index (an entry or a guide) fits a question, by its utterances alone. */
export interface UtteranceHit {
  readonly document: number;
  /** Cosine, 0 to 1, of the question and the document's closest utterance. */
  readonly closest: number;
  /** `closest` plus smaller shares of the next two. */
  readonly pooled: number;
}

/** Answers which documents have an utterance like a question. */
export interface UtteranceIndex {
  /** Documents with at least one token in common, in their order. Tokens may repeat; unknown ones lower every cosine. */
  query(tokens: readonly string[]): UtteranceHit[];
  /** The same for the tokens of some lists together, and much faster. What it returns holds until the next query. */
  score(lists: readonly NumberedTokens[]): UtteranceScores;
  /** Looks tokens up ahead of {@link score}, for whoever asks for the same ones again and again. */
  number(tokens: readonly string[]): NumberedTokens;
  /** The largest cosine that any utterance can have with the tokens, whichever it is: found in a tenth of the time of a {@link score}. */
  reach(lists: readonly NumberedTokens[]): number;
  /** Inverse document frequency of a token over the documents; an unknown token has the largest. */
  idf(token: string): number;
}

/** By document, what {@link UtteranceHit} says of it: zero where no token is in common. */
export interface UtteranceScores {
  readonly closest: Float64Array;
  readonly pooled: Float64Array;
}

/** Tokens as one index knows them: the known ones by their numbers, the others by their texts. Both may repeat. */
export interface NumberedTokens {
  readonly known: readonly number[];
  readonly unknown: readonly string[];
}

/** An index as plain JSON: numbers are packed, so that reading it costs next to nothing. */
export interface CompiledUtteranceIndex {
  readonly documents: number;
  /** A token that so many documents have says nothing about any. */
  readonly commonFrom: number;
  /** All tokens, one a line: a token has no line break. */
  readonly tokens: string;
  /** By token: how many documents have it, and how many utterances. */
  readonly documentCounts: string;
  readonly utteranceCounts: string;
  /** By token, its utterances and its weight in each; by utterance, its document. */
  readonly utterances: string;
  readonly weights: string;
  readonly owners: string;
}

/**
 * Indexes documents by their utterances, each an own tf-idf vector (log tf, smooth idf over documents, L2 norm; Salton and
 * Buckley 1988), because the closest single utterance tells more than the bag of all of them. Tokens that more than
 * `commonShare` of the documents have (and 20 at least) are left out: they cost most of the time and tell least.
 */
export function compileUtteranceIndex(
  documents: readonly (readonly (readonly string[])[])[],
  commonShare = 1,
): CompiledUtteranceIndex {
  const commonFrom = Math.max(MIN_COMMON, Math.ceil(commonShare * documents.length)) + 1;
  const { ids, bags, owners } = bagsOf(documents);
  const documentCounts = new Uint32Array(ids.size);
  const lastDocument = new Int32Array(ids.size).fill(-1);
  bags.forEach((bag, utterance) => {
    for (const id of bag.ids) {
      if (lastDocument[id] === owners[utterance]) continue;
      lastDocument[id] = owners[utterance]!;
      documentCounts[id]!++;
    }
  });
  const idfs = Float64Array.from(documentCounts, (count) =>
    count >= commonFrom ? 0 : smoothIdf(count, documents.length),
  );
  const utteranceCounts = new Uint32Array(ids.size);
  for (const bag of bags) for (const id of bag.ids) if (idfs[id] !== 0) utteranceCounts[id]!++;
  const ends = new Uint32Array(ids.size);
  let size = 0;
  utteranceCounts.forEach((count, id) => {
    ends[id] = size;
    size += count;
  });
  const utterances = new Uint32Array(size);
  const weights = new Float32Array(size);
  bags.forEach((bag, utterance) => {
    const own = bag.ids.map((id, index) => (1 + Math.log(bag.counts[index]!)) * idfs[id]!);
    const norm = normOf(own);
    bag.ids.forEach((id, index) => {
      if (idfs[id] === 0) return;
      const at = ends[id]!++;
      utterances[at] = utterance;
      weights[at] = own[index]! / norm;
    });
  });
  return {
    documents: documents.length,
    commonFrom,
    tokens: [...ids.keys()].join('\n'),
    documentCounts: encodeNumbers(documentCounts),
    utteranceCounts: encodeNumbers(utteranceCounts),
    utterances: encodeNumbers(utterances),
    weights: encodeNumbers(weights),
    owners: encodeNumbers(Uint32Array.from(owners)),
  };
}

/** The tokens of one utterance by their numbers, each once in the order of their first places, and how often each is there. */
interface Bag {
  readonly ids: readonly number[];
  readonly counts: readonly number[];
}

/** Numbers all tokens, once for each place: looking at their texts again and again is what takes the time. */
function bagsOf(documents: readonly (readonly (readonly string[])[])[]): {
  readonly ids: ReadonlyMap<string, number>;
  readonly bags: readonly Bag[];
  /** By utterance, its document. */
  readonly owners: readonly number[];
} {
  const ids = new Map<string, number>();
  const bags: Bag[] = [];
  const owners: number[] = [];
  /** By token, the last utterance that has it and its place in that bag. */
  const lastBag: number[] = [];
  const placeIn: number[] = [];
  documents.forEach((utterances, document) => {
    for (const tokens of utterances) {
      const bag = { ids: [] as number[], counts: [] as number[] };
      for (const token of tokens) {
        let id = ids.get(token);
        if (id === undefined) {
          id = ids.size;
          ids.set(token, id);
        }
        if (lastBag[id] === bags.length) {
          bag.counts[placeIn[id]!]!++;
          continue;
        }
        lastBag[id] = bags.length;
        placeIn[id] = bag.ids.length;
        bag.ids.push(id);
        bag.counts.push(1);
      }
      bags.push(bag);
      owners.push(document);
    }
  });
  return { ids, bags, owners };
}

/** The index that {@link compileUtteranceIndex} made ready for use. */
export function buildUtteranceIndex(compiled: CompiledUtteranceIndex): UtteranceIndex {
  const documentCounts = decodeNumbers(Uint32Array, compiled.documentCounts);
  const utteranceCounts = decodeNumbers(Uint32Array, compiled.utteranceCounts);
  const utterances = decodeNumbers(Uint32Array, compiled.utterances);
  const weights = decodeNumbers(Float32Array, compiled.weights);
  const owners = decodeNumbers(Uint32Array, compiled.owners);
  const ids = new Map(compiled.tokens === '' ? [] : compiled.tokens.split('\n').map((token, id) => [token, id]));
  const starts = new Uint32Array(utteranceCounts.length);
  for (let id = 1; id < starts.length; id++) starts[id] = starts[id - 1]! + utteranceCounts[id - 1]!;
  const idfs = Float64Array.from(documentCounts, (count) =>
    count >= compiled.commonFrom ? 0 : smoothIdf(count, compiled.documents),
  );
  const unknownIdf = smoothIdf(0, compiled.documents);
  // Kept between queries, because making them would take longer than filling them. All of it is zero between two of them.
  const counts = new Uint32Array(documentCounts.length);
  const cosines = new Float32Array(owners.length);
  /** By document, its three best cosines. */
  const best = new Float32Array(3 * compiled.documents);
  /** The utterances with a cosine, each once. */
  const touched = new Uint32Array(owners.length);
  const scores = { closest: new Float64Array(compiled.documents), pooled: new Float64Array(compiled.documents) };

  function number(tokens: readonly string[]): NumberedTokens {
    const known: number[] = [];
    const unknown: string[] = [];
    for (const token of tokens) {
      const id = ids.get(token);
      if (id === undefined) unknown.push(token);
      else known.push(id);
    }
    return { known, unknown };
  }

  /** The tokens as a vector of unit length: the known ones by their numbers, in the order of their first places. */
  function weigh(lists: readonly NumberedTokens[]): {
    readonly known: readonly number[];
    readonly weights: readonly number[];
  } {
    const known: number[] = [];
    for (const list of lists) {
      for (let at = 0; at < list.known.length; at++) {
        const id = list.known[at]!;
        if (counts[id] === 0) known.push(id);
        counts[id]!++;
      }
    }
    const own: number[] = [];
    let squares = 0;
    for (const id of known) {
      const weight = logTf(counts[id]!) * idfs[id]!;
      counts[id] = 0;
      squares += weight * weight;
      own.push(weight);
    }
    for (const count of unknownCounts(lists)) squares += (logTf(count) * unknownIdf) ** 2;
    const norm = Math.sqrt(squares) || 1;
    for (let at = 0; at < own.length; at++) own[at]! /= norm;
    return { known, weights: own };
  }

  /** Adds up the cosine of every utterance, token by token. Returns how many were touched. */
  function compare(lists: readonly NumberedTokens[]): number {
    const { known, weights: shares } = weigh(lists);
    let size = 0;
    for (let at = 0; at < known.length; at++) {
      const id = known[at]!;
      const share = shares[at]!;
      const end = starts[id]! + utteranceCounts[id]!;
      for (let i = starts[id]!; i < end; i++) {
        const utterance = utterances[i]!;
        const cosine = cosines[utterance]!;
        if (cosine === 0) touched[size++] = utterance;
        cosines[utterance] = cosine + share * weights[i]!;
      }
    }
    return size;
  }

  /** Sorts the cosines of the touched utterances into the best of their documents, and clears them. */
  function pool(size: number): void {
    for (let at = 0; at < size; at++) {
      const utterance = touched[at]!;
      const cosine = cosines[utterance]!;
      cosines[utterance] = 0;
      const place = 3 * owners[utterance]!;
      if (cosine <= best[place + 2]!) continue;
      const first = best[place]!;
      const second = best[place + 1]!;
      if (cosine > first) {
        best[place + 2] = second;
        best[place + 1] = first;
        best[place] = cosine;
      } else if (cosine > second) {
        best[place + 2] = second;
        best[place + 1] = cosine;
      } else best[place + 2] = cosine;
    }
  }

  function score(lists: readonly NumberedTokens[]): UtteranceScores {
    pool(compare(lists));
    for (let document = 0; document < compiled.documents; document++) {
      const first = best[3 * document]!;
      scores.closest[document] = Math.min(1, first);
      scores.pooled[document] = first + SECOND_SHARE * best[3 * document + 1]! + THIRD_SHARE * best[3 * document + 2]!;
    }
    best.fill(0);
    return scores;
  }

  return {
    idf(token) {
      const id = ids.get(token);
      return id === undefined ? unknownIdf : idfs[id]!;
    },
    number,
    score,
    // A vector of unit length has no larger product with ours than with the part of ours that it may have in common.
    reach: (lists) => Math.sqrt(weigh(lists).weights.reduce((sum, weight) => sum + weight * weight, 0)),
    query(tokens) {
      if (tokens.length === 0) return [];
      const { closest, pooled } = score([number(tokens)]);
      const hits: UtteranceHit[] = [];
      closest.forEach((own, document) => {
        if (own > 0) hits.push({ document, closest: own, pooled: pooled[document]! });
      });
      return hits;
    },
  };
}

/** How often each token is there that the index does not know. */
function unknownCounts(lists: readonly NumberedTokens[]): Iterable<number> {
  if (lists.every(({ unknown }) => unknown.length === 0)) return [];
  const counts = new Map<string, number>();
  for (const { unknown } of lists) for (const token of unknown) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts.values();
}

function logTf(count: number): number {
  return count === 1 ? 1 : 1 + Math.log(count);
}

/** Fewest documents that make a token common. */
const MIN_COMMON = 20;

function smoothIdf(count: number, total: number): number {
  return Math.log((1 + total) / (1 + count)) + 1;
}

/** The length of a vector, 1 for one of zeros. */
function normOf(weights: Iterable<number>): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return Math.sqrt(squares) || 1;
}
