import lunr from 'lunr';

/** The tokens of one document, by field. */
export interface TextDocument {
  readonly questions: readonly string[];
  readonly body: readonly string[];
}

/** Answers which documents' whole text has the words of a question. */
export interface TextIndex {
  /**
   * Documents with at least one of the tokens, unordered: lunr's BM25 score, and which of the tokens the document has at all. An
   * empty question finds nothing.
   */
  query(tokens: readonly string[]): TextHit[];
}

/** One document found by its whole text. */
export interface TextHit {
  readonly document: number;
  readonly score: number;
  readonly tokens: readonly string[];
}

/** An index as plain JSON: what lunr writes of it and reads again, and all tokens in it, one a line. */
export interface CompiledTextIndex {
  readonly lunr: object;
  readonly tokens: string;
  /** How many documents there are. */
  readonly documents: number;
}

/** The documents that have one token, and what it adds to the score of each. */
interface Posting {
  readonly documents: Uint32Array;
  readonly scores: Float64Array;
}

/**
 * Indexes documents with lunr, by our own tokens. Its query parser and pipelines are left out: they read user text as
 * operators ("IKEv2: why?" throws, "-subnet" negates) and have no trimmer for questions ("BGP?" finds nothing).
 */
export function buildTextIndex(compiled: CompiledTextIndex): TextIndex {
  const index = lunr.Index.load(compiled.lunr);
  const known = new Set(compiled.tokens.split('\n'));
  const postings = new Map<string, Posting>();

  /** What lunr finds for one token, asked for once: only known tokens are kept, so the memory of it is bounded. */
  function postingOf(token: string): Posting {
    const had = postings.get(token);
    if (had !== undefined) return had;
    const results = index.query((query) => {
      query.term(token, {
        usePipeline: false,
        wildcard: lunr.Query.wildcard.NONE,
        presence: lunr.Query.presence.OPTIONAL,
      });
    });
    const posting = {
      documents: Uint32Array.from(results, ({ ref }) => Number(ref)),
      scores: Float64Array.from(results, ({ score }) => score),
    };
    postings.set(token, posting);
    return posting;
  }

  // Kept between queries, because making them would take longer than filling them. All of it is zero between two of them.
  const sums = new Float64Array(compiled.documents);
  /** By document, which of the sets of tokens it has: the first is empty. */
  const setOf = new Uint32Array(compiled.documents);

  return {
    query(tokens) {
      const found: number[] = [];
      const sets: (readonly string[])[] = [[]];
      let terms = 0;
      for (const token of new Set(tokens)) {
        if (!known.has(token)) continue;
        terms += 1;
        const posting = postingOf(token);
        /** By set, the set with this token too: documents with the same tokens share one list of them. */
        const extended: number[] = [];
        for (let i = 0; i < posting.documents.length; i++) {
          const document = posting.documents[i]!;
          const set = setOf[document]!;
          if (set === 0) found.push(document);
          extended[set] ??= sets.push([...sets[set]!, token]) - 1;
          setOf[document] = extended[set];
          sums[document]! += posting.scores[i]!;
        }
      }
      // lunr divides by the length of the question's vector, in which every term that it knows counts one.
      const length = Math.sqrt(terms);
      return found.map((document): TextHit => {
        const hit = { document, score: sums[document]! / length, tokens: sets[setOf[document]!]! };
        sums[document] = 0;
        setOf[document] = 0;
        return hit;
      });
    },
  };
}

/** The index of some documents as plain JSON: loading it takes a fifth of the time of building it. */
export function compileTextIndex(documents: readonly TextDocument[]): CompiledTextIndex {
  const tokens = new Set(documents.flatMap(({ questions, body }) => [...questions, ...body]));
  return { lunr: buildLunr(documents).toJSON(), tokens: [...tokens].join('\n'), documents: documents.length };
}

function buildLunr(documents: readonly TextDocument[]): lunr.Index {
  return lunr((builder) => {
    builder.pipeline.reset();
    builder.searchPipeline.reset();
    // Fields hold tokens already; lunr's own tokenizer would split them again.
    (builder as unknown as { tokenizer: (tokens: readonly string[]) => lunr.Token[] }).tokenizer = (tokens) =>
      tokens.map((token) => new lunr.Token(token, {}));
    builder.b(0.5);
    builder.ref('ref');
    builder.field('questions');
    builder.field('body');
    documents.forEach((document, ref) => {
      builder.add({ ref, ...document });
    });
  });
}
