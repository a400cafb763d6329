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
  const cosines = new Float32Array(owners.length);
  /** By document: its three best cosines. Kept between queries, because making them would take longer than filling them. */
  const firsts = new Float32Array(compiled.documents);
  const seconds = new Float32Array(compiled.documents);
  const thirds = new Float32Array(compiled.documents);

  /** The tokens as a vector of unit length: what is known of it by its numbers, all of it in its norm. */
  function weigh(tokens: readonly string[]): { readonly known: ReadonlyMap<number, number>; readonly norm: number } {
    const counts = new Map<number | string, number>();
    for (const token of tokens) {
      const key = ids.get(token) ?? token;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const known = new Map<number, number>();
    let squares = 0;
    for (const [key, count] of counts) {
      const weight = (1 + Math.log(count)) * (typeof key === 'number' ? idfs[key]! : unknownIdf);
      squares += weight * weight;
      if (typeof key === 'number') known.set(key, weight);
    }
    return { known, norm: Math.sqrt(squares) || 1 };
  }

  /** Adds up the cosine of every utterance, token by token. */
  function compare(tokens: readonly string[]): void {
    const { known, norm } = weigh(tokens);
    cosines.fill(0);
    for (const [id, weight] of known) {
      const share = weight / norm;
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
      firsts.fill(0);
      seconds.fill(0);
      thirds.fill(0);
      for (let utterance = 0; utterance < owners.length; utterance++) {
        const cosine = cosines[utterance]!;
        if (cosine === 0) continue;
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
      for (let document = 0; document < firsts.length; document++) {
        const first = firsts[document]!;
        if (first === 0) continue;
        const pooled = first + SECOND_SHARE * seconds[document]! + THIRD_SHARE * thirds[document]!;
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
