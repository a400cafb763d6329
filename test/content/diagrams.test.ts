import path from 'node:path';
import { PROJECT_ROOT } from '../../bot/config';
import { allDrawings, outdated } from '../../bot/terminal/guides/drawings';
import { readGuides } from '../../bot/terminal/guides/read-guides';
import { loadRenderer } from '../../bot/terminal/guides/render-svg';

const GUIDES = path.join(PROJECT_ROOT, 'dialogs/guides');

test('the drawings of the guides are up to date', async () => {
  const { guides } = await readGuides(GUIDES);
  const files = allDrawings([...guides.values()], await loadRenderer());
  const stale = await outdated(path.join(GUIDES, 'diagrams'), files, true);
  if (stale.length > 0) throw new Error(`out of date: ${stale.join(', ')}; run npm run -s guides -- draw`);
});
