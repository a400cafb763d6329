import path from 'node:path';
import { type Config, PROJECT_ROOT } from '../../bot/config';
import { assembleBot, type LoadedBot, MODEL_FILE } from '../../bot/load-bot';
import { loadContentCached } from '../../bot/load-content-cached';
import { loadTrainedModel } from '../../knowledge/trained-model';
import { testConfig } from './test-config';

/** Content as an earlier test file read it, or an earlier run; made anew where a file of the content or of the code has changed. */
const CONTENT_CACHE = path.join(PROJECT_ROOT, 'dist/.content-of-tests.json');

/** The bot over the content of the project, by words alone: reading and indexing that takes seconds, and many test files need it. */
export async function loadRealBot(changes: Partial<Omit<Config, 'semantic'>> = {}): Promise<LoadedBot> {
  const config = testConfig(changes);
  const [content, model] = await Promise.all([loadContentCached(config, CONTENT_CACHE), loadTrainedModel(MODEL_FILE)]);
  return assembleBot(content, model, config);
}
