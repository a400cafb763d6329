import { readGuides } from '../../../../bot/terminal/guides/read-guides';
import { DECIDING_GUIDE_YAML } from '../../../support/deciding-guide';
import { tempContent } from '../../../support/temp-content';

test('reads each guide by itself, even one that leads to a guide there is none of, and keeps the faults apart', async () => {
  const content = tempContent({
    'guides/which-lock.yaml': DECIDING_GUIDE_YAML,
    'guides/broken.yaml': 'title: [',
    'guides/README.md': '# No guide',
  });
  const { guides, faults } = await readGuides(content.guidesDir);
  content.remove();
  expect([...guides.keys()]).toEqual(['which-lock']);
  expect([...faults].map(([id, found]) => [id, found.length > 0])).toEqual([['broken', true]]);
});
