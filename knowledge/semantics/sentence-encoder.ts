import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './encoder-worker';
import { restoreVector, roundVector, type SentenceVector, VECTOR_SIZE } from './sentence-vector';
import { openVectorCache } from './vector-cache';

/**
 * Longest text that is encoded, in UTF-16 code units; the rest is cut off. The model reads 128 pieces of words, and the time it
 * takes grows with the length.
 */
export const MAX_ENCODED_LENGTH = 300;
/** How many texts are handed to the model at once: what is asked meanwhile waits for so many at most. */
const CHUNK = 4;

/** The thread's own heap, in megabytes (the model lies outside of it): without limits its garbage grows to some hundreds. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 };

/** How well one group of sentences fits a question, by sense. */
export interface SemanticHit {
  /** Cosine, -1 to 1, of the question and the group's closest sentence (see sentence-metric.ts). */
  readonly closest: number;
  /** `closest` plus smaller shares of the next two. */
  readonly pooled: number;
}

/** Turns sentences into vectors that are close where the meaning is, and finds the closest of those it has been given. */
export interface SentenceEncoder {
  /**
   * One vector a text, in order. The same text always has the same vector. With `keep` the vectors go to the cache: for what we
   * know, not for what people type.
   *
   * @throws Error where the model is lost (it cannot be loaded, is out of memory, or closed).
   */
  encode(texts: readonly string[], keep?: 'keep'): Promise<SentenceVector[]>;
  /**
   * Gives the encoder the sentences to search, each with the number of its group (from 0), in place of any before.
   *
   * @throws Error as {@link encode} does
   */
  index(vectors: readonly SentenceVector[], groupOf: readonly number[]): Promise<void>;
  /**
   * How well each group fits a text, by number; all zeros for a text without letters or digits, none before {@link index}.
   *
   * @throws Error as {@link encode} does
   */
  query(text: string): Promise<SemanticHit[]>;
  /** Writes the cache, if anything in it is new. */
  save(): Promise<void>;
  /** Writes the cache and ends the worker thread. Harmless a second time. */
  close(): Promise<void>;
}

/**
 * Opens the Universal Sentence Encoder lite (Cer et al. 2018) of @energetic-ai in a worker thread: it takes some milliseconds a
 * sentence, in which the thread that calls goes on. The model starts with the first text that is not in the cache, so that
 * opening takes no time. Vectors are kept in the first of `cacheFiles`, by a hash of the text, and looked up in all; files that
 * cannot be read or written are no fault. What {@link SentenceEncoder.index} works out is kept in `placesFile`.
 */
export async function openSentenceEncoder(
  options: { readonly cacheFiles?: readonly string[]; readonly placesFile?: string } = {},
): Promise<SentenceEncoder> {
  const cache = await openVectorCache(options.cacheFiles ?? []);
  let started: Thread | undefined;
  const thread = (): Thread => (started ??= startThread());
  return {
    async encode(texts, keep) {
      const cut = texts.map(encodedPart);
      const found = new Map<string, SentenceVector>();
      for (const text of new Set(cut)) {
        const kept = text === '' ? new Float32Array(VECTOR_SIZE) : cache.get(text);
        if (kept !== undefined) found.set(text, kept);
      }
      const missing = [...new Set(cut)].filter((text) => !found.has(text));
      for (let at = 0; at < missing.length; at += CHUNK) {
        const chunk = missing.slice(at, at + CHUNK);
        const { vectors } = await thread().ask({ kind: 'encode', texts: chunk });
        chunk.forEach((text, index) => {
          found.set(text, restoreVector(roundVector(vectors[index]!)));
          if (keep !== undefined) cache.offer(text, vectors[index]!);
        });
      }
      return cut.map((text) => found.get(text)!);
    },
    async index(vectors, groupOf) {
      await thread().ask({ kind: 'index', vectors, groupOf, cacheFile: options.placesFile });
    },
    async query(text) {
      const cut = encodedPart(text);
      const { closest, pooled } = await thread().ask({ kind: 'query', text: cut });
      return Array.from(closest, (cosine, group) => ({ closest: cosine, pooled: pooled[group]! }));
    },
    save: () => cache.save(),
    async close() {
      await cache.save();
      await started?.stop();
      started = undefined;
    },
  };
}

/** What of a text is encoded: its beginning, without outer space; nothing where it has no letter or digit. */
function encodedPart(text: string): string {
  const cut = text
    .trim()
    .slice(0, MAX_ENCODED_LENGTH)
    .replace(/\p{Cs}/gu, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(cut) ? cut : '';
}

type ReplyTo<K extends WorkerRequest['kind']> = WorkerReply & { readonly kind: K };

interface Thread {
  ask<K extends WorkerRequest['kind']>(request: WorkerRequest & { readonly kind: K }): Promise<ReplyTo<K>>;
  stop(): Promise<void>;
}

function startThread(): Thread {
  const worker = new Worker(workerFile(), { resourceLimits: THREAD_LIMITS });
  worker.unref();
  const waiting: { readonly resolve: (reply: never) => void; readonly reject: (error: Error) => void }[] = [];
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost ??= error;
    for (const { reject } of waiting.splice(0)) reject(lost);
  };
  // The thread answers in the order in which it was asked.
  worker.on('message', (reply: WorkerReply) => {
    const asker = waiting.shift();
    if (waiting.length === 0) worker.unref();
    if (reply.kind === 'fault') asker?.reject(new Error(reply.message));
    else asker?.resolve(reply as never);
  });
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`the sentence encoder has ended (exit code ${code})`)));
  return {
    ask(request) {
      if (lost !== undefined) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.ref(); // a process that waits for an answer must not end
        worker.postMessage(request);
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}

/** The compiled worker: a thread reads JavaScript, also where this file is run from its source. */
function workerFile(): string {
  const beside = path.join(__dirname, 'encoder-worker.js');
  return existsSync(beside) ? beside : path.resolve(__dirname, '../../dist/knowledge/semantics/encoder-worker.js');
}
