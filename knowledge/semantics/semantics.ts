import type { SemanticHit, SentenceEncoder } from './sentence-encoder';

/** Whether questions are found by sense too: not yet, yes, or no more and why. */
export type SemanticsState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly sentences: number; readonly tookMs: number }
  | { readonly kind: 'off'; readonly reason: string };

/** Finds what is close to a question by its sense. */
export interface Semantics {
  /** By document, how close it is; `undefined` while starting, when off, and where an answer takes too long. Never rejects. */
  query(text: string): Promise<readonly SemanticHit[] | undefined>;
  /** Resolves once it is known whether there will be semantics: `ready` or `off`. Never rejects. */
  readonly settled: Promise<SemanticsState>;
  state(): SemanticsState;
  /** Ends the encoder, also one that is just being started. Harmless a second time. */
  close(): Promise<void>;
}

/** How long a question waits for the encoder before it is answered by its words alone. */
const QUERY_TIMEOUT_MS = 2_000;

/**
 * Starts reading the documents' utterances in the background; until that is done, and whenever the encoder fails, questions are
 * answered by their words alone. Sentences that the encoder has in its cache take no time.
 */
export function startSemantics(
  openEncoder: () => Promise<SentenceEncoder>,
  documents: readonly { readonly utterances: readonly string[] }[],
): Semantics {
  const startedAt = performance.now();
  let state: SemanticsState = { kind: 'starting' };
  let encoder: SentenceEncoder | undefined;
  let closed = false;
  const sentences = documents.flatMap(({ utterances }, document) => utterances.map((text) => ({ text, document })));

  const start = async (): Promise<SemanticsState> => {
    try {
      encoder = await openEncoder();
      if (closed) return state;
      const vectors = await encoder.encode(
        sentences.map(({ text }) => text),
        'keep',
      );
      await encoder.save();
      // Asking an encoder that was closed meanwhile would start it again.
      if (closed) return state;
      await encoder.index(
        vectors,
        sentences.map(({ document }) => document),
      );
      if (closed) return state;
      state = { kind: 'ready', sentences: sentences.length, tookMs: Math.round(performance.now() - startedAt) };
    } catch (error) {
      turnOff(error);
    }
    return state;
  };
  const turnOff = (error: unknown): void => {
    if (closed) return;
    state = { kind: 'off', reason: error instanceof Error ? error.message : String(error) };
  };
  const settled = start();

  return {
    settled,
    state: () => state,
    async query(text) {
      if (state.kind !== 'ready' || encoder === undefined) return undefined;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, QUERY_TIMEOUT_MS, undefined);
      });
      try {
        return await Promise.race([encoder.query(text), late]);
      } catch (error) {
        turnOff(error);
        return undefined;
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      closed = true;
      state = { kind: 'off', reason: 'closed' };
      await encoder?.close();
    },
  };
}
