import { Worker } from 'node:worker_threads';
import type { ContentOnDisk, ContentPlaces } from './load-content';

/**
 * Reads the content as `loadContent` does, on a thread of its own, so that this one can load the server meanwhile: reading takes
 * about as long as that. `program` is the built main.js, which does this one thing when it runs on a thread. What parsing leaves
 * behind in memory goes with the thread.
 */
export function loadContentAside(program: string, { knowledgeDir, guidesDir }: ContentPlaces): Promise<ContentOnDisk> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: { knowledgeDir, guidesDir } satisfies ContentPlaces });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`reading the content ended with code ${code}`)));
  });
}
