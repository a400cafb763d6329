import { targetKey } from '../../../dialogs/draw/branches';
import { combinations } from '../../../dialogs/draw/combinations';
import { beginGuide, positionOf } from '../../../dialogs/walk';
import { decidingGuide } from '../../support/deciding-guide';
import { tinyGuide } from '../../support/tiny-guide';

test('every combination leads where the walk leads', () => {
  const guide = tinyGuide();
  const all = [...combinations(guide)];
  expect(all).toHaveLength(2 * (2 * 3 + 1) + (2 + 3) + 1);
  for (const { steps, end } of all) {
    const answers = Object.fromEntries(steps.map((step) => step.split(': ')));
    const position = positionOf(guide, beginGuide(guide, { answers, facts: {} }));
    expect(position.kind === 'outcome' && position.outcome.id).toBe(end.id);
  }
});

test('several choices come in every set, a typed value known and unknown, a check with each result it may have', () => {
  const lines = [...combinations(decidingGuide())].map(({ steps, end }) => `${steps.join(' → ')} = ${targetKey(end)}`);
  expect(lines.filter((line) => line.startsWith('place: street → '))).toEqual([
    'place: street → needs: light = folding',
    'place: street → needs: cheap = folding',
    'place: street → needs: light + cheap = folding',
    'place: street → needs: nothing → ours: known → theirs: known → apart: overlap = chain',
    'place: street → needs: nothing → ours: known → theirs: known → apart: apart = no-lock',
    'place: street → needs: nothing → ours: known → theirs: unknown → apart: unknown = chain',
    'place: street → needs: nothing → ours: unknown = chain',
    'place: street → needs: unknown = chain',
  ]);
  expect(new Set(lines).size).toBe(lines.length);
});
