/** How well one document of the index (an entry or a guide) fits a question, by its utterances alone. */
export interface UtteranceHit {
  readonly document: number;
  /** Cosine, 0 to 1, of the question and the document's closest utterance. */
  readonly closest: number;
  /** `closest` plus smaller shares of the next two: several close utterances are better evidence than one. */
  readonly pooled: number;
}

/** Answers which documents have an utterance like a question. */
export interface UtteranceIndex {
  /** Documents with at least one token in common, unordered. Tokens may repeat; unknown ones lower every cosine. */
  query(tokens: readonly string[]): UtteranceHit[];
  /** Inverse document frequency of a token over the documents; an unknown token has the largest. */
  idf(token: string): number;
}

const SECOND_SHARE = 0.3;
const THIRD_SHARE = 0.1;

/**
 * Indexes documents by their utterances, each an own tf-idf vector (log tf, smooth idf over documents, L2 norm; Salton and
 * Buckley 1988), because the closest single utterance tells more than the bag of all of them. Postings lie in typed arrays.
 */
export function buildUtteranceIndex(documents: readonly (readonly (readonly string[])[])[]): UtteranceIndex {
  const ids = new Map<string, number>();
  const documentCounts: number[] = [];
  documents.forEach((utterances) => {
    for (const token of new Set(utterances.flat())) {
      const id = ids.get(token) ?? ids.set(token, ids.size).get(token)!;
      documentCounts[id] = (documentCounts[id] ?? 0) + 1;
    }
  });
  const idfs = Float64Array.from(documentCounts, (count) => smoothIdf(count, documents.length));
  const unknownIdf = smoothIdf(0, documents.length);

  const postings: { utterances: number[]; weights: number[] }[] = documentCounts.map(() => ({
    utterances: [],
    weights: [],
  }));
  const owners: number[] = [];
  documents.forEach((utterances, document) => {
    for (const tokens of utterances) {
      const weights = weigh(tokens, (token) => idfs[ids.get(token)!]!);
      for (const [token, weight] of weights.parts) {
        const posting = postings[ids.get(token)!]!;
        posting.utterances.push(owners.length);
        posting.weights.push(weight / weights.norm);
      }
      owners.push(document);
    }
  });
  const frozen = postings.map((posting) => ({
    utterances: Uint32Array.from(posting.utterances),
    weights: Float32Array.from(posting.weights),
  }));
  const ownerOf = Uint32Array.from(owners);
  const cosines = new Float32Array(owners.length);
  const idf = (token: string): number => {
    const id = ids.get(token);
    return id === undefined ? unknownIdf : idfs[id]!;
  };

  return {
    idf,
    query(tokens) {
      const question = weigh(tokens, idf);
      const touched: number[] = [];
      for (const [token, weight] of question.parts) {
        const id = ids.get(token);
        if (id === undefined) continue;
        const { utterances, weights } = frozen[id]!;
        const share = weight / question.norm;
        for (let i = 0; i < utterances.length; i++) {
          const utterance = utterances[i]!;
          if (cosines[utterance] === 0) touched.push(utterance);
          cosines[utterance]! += share * weights[i]!;
        }
      }
      const best = new Map<number, [number, number, number]>();
      for (const utterance of touched) {
        const cosine = cosines[utterance]!;
        cosines[utterance] = 0;
        const document = ownerOf[utterance]!;
        const top = best.get(document);
        if (top === undefined) best.set(document, [cosine, 0, 0]);
        else if (cosine > top[0]) [top[0], top[1], top[2]] = [cosine, top[0], top[1]];
        else if (cosine > top[1]) [top[1], top[2]] = [cosine, top[1]];
        else if (cosine > top[2]) top[2] = cosine;
      }
      return Array.from(best, ([document, [first, second, third]]) => ({
        document,
        closest: Math.min(1, first),
        pooled: first + SECOND_SHARE * second + THIRD_SHARE * third,
      }));
    },
  };
}

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
