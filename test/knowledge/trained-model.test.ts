import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MODEL_FILE } from '../../bot/load-bot';
import { loadTrainedModel } from '../../knowledge/trained-model';
import { sampleModel } from '../support/sample-model';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'model-'));
  file = path.join(dir, 'model.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

async function refusalOf(text: string): Promise<string> {
  writeFileSync(file, text);
  return loadTrainedModel(file).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

describe('loadTrainedModel', () => {
  test('reads what was written, and leaves the figures out', async () => {
    writeFileSync(file, JSON.stringify({ figures: { lexical: { top1: 1 } }, ...sampleModel() }));
    expect(await loadTrainedModel(file)).toEqual(sampleModel());
  });

  test('names the file, every place in it that is damaged, and the way out', async () => {
    const model = JSON.parse(JSON.stringify(sampleModel())) as Record<string, Record<string, Record<string, unknown>>>;
    model.lexical!.ranking!.grams = 'much';
    delete model.semantic!.confidence!.bias;
    model.semantic!.thresholds!.answerAt = 1.5;
    const told = await refusalOf(JSON.stringify(model));
    expect(told).toContain(file);
    expect(told).toContain('npm run train');
    for (const place of ['lexical.ranking.grams', 'semantic.confidence.bias', 'semantic.thresholds.answerAt']) {
      expect(told).toContain(`${place}: `);
    }
  });

  test.each(['', '{', 'null', '[]', '{}', '{"lexical":null}'])('refuses %j', async (text) => {
    expect(await refusalOf(text)).toMatch(/is damaged/);
  });

  test('a missing file is told by its name', async () => {
    await expect(loadTrainedModel(path.join(dir, 'none.json'))).rejects.toThrow(/none\.json/);
  });

  test('the one of the project is sound: shares of the ranking add up to one, words alone need no sense', async () => {
    const { lexical, semantic } = await loadTrainedModel(MODEL_FILE);
    for (const { ranking, thresholds } of [lexical, semantic]) {
      const shares = Object.values(ranking);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(thresholds.offerAt).toBeLessThan(thresholds.answerAt);
    }
    expect([lexical.ranking.sense, lexical.confidence.senseClosest]).toEqual([0, 0]);
    expect(semantic.ranking.sense).toBeGreaterThan(0);
  });
});
