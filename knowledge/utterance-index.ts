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
  /** Documents with at least one token in common, unordered. Tokens may repeat; unknown ones lower every cosine. */
  query(tokens: readonly string[]): UtteranceHit[];
  /** Inverse document frequency of a token over the documents; an unknown token has the largest. */
  idf(token: string): number;
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
  const ids = new Map<string, number>();
  const documentCounts: number[] = [];
  for (const utterances of documents) {
    for (const token of new Set(utterances.flat())) {
      const id = ids.get(token) ?? ids.set(token, ids.size).get(token)!;
      documentCounts[id] = (documentCounts[id] ?? 0) + 1;
    }
  }
  const idfs = documentCounts.map((count) => (count >= commonFrom ? 0 : smoothIdf(count, documents.length)));
  const postings = documentCounts.map(() => ({ utterances: [] as number[], weights: [] as number[] }));
  const owners: number[] = [];
  documents.forEach((utterances, document) => {
    for (const tokens of utterances) {
      const { parts, norm } = weigh(tokens, (token) => idfs[ids.get(token)!]!);
      for (const [token, weight] of parts) {
        if (weight === 0) continue;
        const posting = postings[ids.get(token)!]!;
        posting.utterances.push(owners.length);
        posting.weights.push(weight / norm);
      }
      owners.push(document);
    }
  });
  return {
    documents: documents.length,
    commonFrom,
    tokens: [...ids.keys()].join('\n'),
    documentCounts: encodeNumbers(Uint32Array.from(documentCounts)),
    utteranceCounts: encodeNumbers(Uint32Array.from(postings, ({ utterances }) => utterances.length)),
    utterances: encodeNumbers(Uint32Array.from(postings.flatMap(({ utterances }) => utterances))),
    weights: encodeNumbers(Float32Array.from(postings.flatMap(({ weights }) => weights))),
    owners: encodeNumbers(Uint32Array.from(owners)),
  };
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
  const cosines = new Float32Array(owners.length);
  /** By document: its three best cosines. Kept between queries, because making them would take longer than filling them. */
  const firsts = new Float32Array(compiled.documents);
  const seconds = new Float32Array(compiled.documents);
  const thirds = new Float32Array(compiled.documents);
  const idf = (token: string): number => {
    const id = ids.get(token);
    return id === undefined ? unknownIdf : idfs[id]!;
  };

  /** Adds up the cosine of every utterance, token by token. */
  function compare(tokens: readonly string[]): void {
    const { parts, norm } = weigh(tokens, idf);
    cosines.fill(0);
    for (const [token, weight] of parts) {
      const id = ids.get(token);
      if (id === undefined) continue;
      const share = weight / norm;
      const end = starts[id]! + utteranceCounts[id]!;
      for (let i = starts[id]!; i < end; i++) cosines[utterances[i]!]! += share * weights[i]!;
    }
  }

  return {
    idf,
    query(tokens) {
      if (tokens.length === 0) return [];
      compare(tokens);
      firsts.fill(0);
      seconds.fill(0);
      thirds.fill(0);
      for (let utterance = 0; utterance < owners.length; utterance++) {
        const cosine = cosines[utterance]!;
        const document = owners[utterance]!;
        if (cosine <= thirds[document]!) continue;
        if (cosine > firsts[document]!) {
          thirds[document] = seconds[document]!;
          seconds[document] = firsts[document]!;
          firsts[document] = cosine;
        } else if (cosine > seconds[document]!) {
          thirds[document] = seconds[document]!;
          seconds[document] = cosine;
        } else thirds[document] = cosine;
      }
      const hits: UtteranceHit[] = [];
      firsts.forEach((first, document) => {
        if (first === 0) return;
        const pooled = first + SECOND_SHARE * seconds[document]! + THIRD_SHARE * thirds[document]!;
        hits.push({ document, closest: Math.min(1, first), pooled });
      });
      return hits;
    },
  };
}

/** Fewest documents that make a token common. */
const MIN_COMMON = 20;

function smoothIdf(count: number, total: number): number {
  return Math.log((1 + total) / (1 + count)) + 1;
}

function weigh(
  tokens: readonly string[],
  idf: (token: string) => number,
): { readonly parts: ReadonlyMap<string, number>; readonly norm: number } {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  let squares = 0;
  for (const [token, count] of counts) {
    const weight = (1 + Math.log(count)) * idf(token);
    counts.set(token, weight);
    squares += weight * weight;
  }
  return { parts: counts, norm: Math.sqrt(squares) || 1 };
}
