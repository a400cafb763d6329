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
  /** By document, where its utterances begin; they stand side by side. */
  const firstUtterances = new Uint32Array(compiled.documents + 1);
  for (const owner of owners) firstUtterances[owner + 1]!++;
  for (let document = 0; document < compiled.documents; document++) {
    firstUtterances[document + 1]! += firstUtterances[document]!;
  }
  // Kept between queries, because making them would take longer than filling them. All of it is zero between two of them.
  const cosines = new Float32Array(owners.length);
  const counts = new Uint32Array(documentCounts.length);

  /** The tokens as a vector of unit length: the known ones by their numbers, in the order of their first places. */
  function weigh(tokens: readonly string[]): {
    readonly known: readonly number[];
    readonly weights: readonly number[];
  } {
    const unknown = new Map<string, number>();
    /** Numbers of known tokens, texts of others. */
    const inOrder: (number | string)[] = [];
    for (const token of tokens) {
      const id = ids.get(token);
      if (id === undefined) {
        const count = unknown.get(token) ?? 0;
        if (count === 0) inOrder.push(token);
        unknown.set(token, count + 1);
      } else {
        if (counts[id] === 0) inOrder.push(id);
        counts[id]!++;
      }
    }
    const known: number[] = [];
    const own: number[] = [];
    let squares = 0;
    for (const key of inOrder) {
      const isKnown = typeof key === 'number';
      const count = isKnown ? counts[key]! : unknown.get(key)!;
      const weight = (count === 1 ? 1 : 1 + Math.log(count)) * (isKnown ? idfs[key]! : unknownIdf);
      squares += weight * weight;
      if (!isKnown) continue;
      counts[key] = 0;
      known.push(key);
      own.push(weight);
    }
    const norm = Math.sqrt(squares) || 1;
    return { known, weights: own.map((weight) => weight / norm) };
  }

  /** Adds up the cosine of every utterance, token by token. */
  function compare(tokens: readonly string[]): void {
    const { known, weights: shares } = weigh(tokens);
    for (let at = 0; at < known.length; at++) {
      const id = known[at]!;
      const share = shares[at]!;
      const end = starts[id]! + utteranceCounts[id]!;
      for (let i = starts[id]!; i < end; i++) cosines[utterances[i]!]! += share * weights[i]!;
    }
  }

  return {
    idf(token) {
      const id = ids.get(token);
      return id === undefined ? unknownIdf : idfs[id]!;
    },
    query(tokens) {
      if (tokens.length === 0) return [];
      compare(tokens);
      const hits: UtteranceHit[] = [];
      for (let document = 0; document < compiled.documents; document++) {
        const end = firstUtterances[document + 1]!;
        let first = 0;
        let second = 0;
        let third = 0;
        for (let utterance = firstUtterances[document]!; utterance < end; utterance++) {
          const cosine = cosines[utterance]!;
          if (cosine === 0) continue;
          cosines[utterance] = 0;
          if (cosine <= third) continue;
          if (cosine > first) {
            third = second;
            second = first;
            first = cosine;
          } else if (cosine > second) {
            third = second;
            second = cosine;
          } else third = cosine;
        }
        if (first === 0) continue;
        const pooled = first + SECOND_SHARE * second + THIRD_SHARE * third;
        hits.push({ document, closest: Math.min(1, first), pooled });
      }
      return hits;
    },
  };
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
