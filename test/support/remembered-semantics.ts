import path from 'node:path';
import { PROJECT_ROOT } from '../../bot/config';
import { PLACES_CACHE, SHIPPED_VECTORS, VECTOR_CACHE } from '../../bot/load-bot';
import { encodedDocuments, type FindableKnowledge } from '../../knowledge/build-understand';
import { compileSentencesCached } from '../../knowledge/semantics/place-cache';
import { type Semantics, startSemantics } from '../../knowledge/semantics/semantics';
import { openSentenceEncoder, type SentenceEncoder } from '../../knowledge/semantics/sentence-encoder';
import { buildSentenceIndex, type SentenceIndex } from '../../knowledge/semantics/sentence-index';

/** Vectors of what tests ask: they lie with the build, and go when that is deleted. */
const ASKED_VECTORS = path.join(PROJECT_ROOT, 'dist/.asked-vectors');

/**
 * Semantics that remember the vector of each question from one run of the tests to the next: the model takes some ten milliseconds a
 * question, hundreds of questions half a minute. What is close to a question is worked out anew each time.
 */
export function rememberedSemantics(knowledge: FindableKnowledge): Semantics {
  return startSemantics(openRememberingEncoder, encodedDocuments(knowledge));
}

async function openRememberingEncoder(): Promise<SentenceEncoder> {
  const encoder = await openSentenceEncoder({ cacheFiles: [ASKED_VECTORS, VECTOR_CACHE, SHIPPED_VECTORS] });
  let sentences: SentenceIndex | undefined;
  return {
    ...encoder,
    async index(vectors, groupOf) {
      sentences = buildSentenceIndex(await compileSentencesCached(vectors, groupOf, PLACES_CACHE), groupOf);
    },
    async query(text) {
      const [vector] = await encoder.encode([text], 'keep');
      const { closest, pooled } = sentences!.query(vector!);
      return Array.from(closest, (cosine, group) => ({ closest: cosine, pooled: pooled[group]! }));
    },
  };
}
