import { diagramOf } from '../../../dialogs/draw/diagram';
import { mermaidOf } from '../../../dialogs/draw/mermaid';
import { decidingGuide } from '../../support/deciding-guide';

const text = mermaidOf(diagramOf(decidingGuide()), 'LR');

test('begins with the direction and a title for those who cannot see it', () => {
  expect(text.split('\n').slice(0, 3)).toEqual([
    'flowchart LR',
    '  accTitle: Which "lock" & chain?',
    '  START(( )) --> n_place',
  ]);
});

test('every kind of node has a shape of its own', () => {
  expect(text).toContain('  n_needs("<b>needs</b><br/>What matters?"):::question\n');
  expect(text).toContain('  n_kind{{"<b>kind</b><br/>by place, needs"}}:::table\n');
  expect(text).toContain('  n_apart{"<b>apart</b><br/>overlap of ours, theirs"}:::check\n');
  expect(text).toContain('  n_no_lock["<b>no-lock</b><br/>You need no lock."]:::outcome\n');
  expect(text).toContain('  n_guide_which_bicycle[["<b>which-bicycle</b>"]]:::guide\n');
});

test('what somebody who does not know takes is dashed', () => {
  expect(text).toContain('  n_place -.->|"I don’t know"| n_needs\n');
  expect(text).toContain('  n_needs --> n_kind\n');
});

test('signs of the language stand as codes', () => {
  const nodes = [{ key: 'end', kind: 'outcome', name: 'end', lines: ['1. "A" <b> #2'] } as const];
  expect(mermaidOf({ id: 'x', title: 'X', start: 'end', nodes, edges: [] }, 'TB')).toContain(
    '  n_end["<b>end</b><br/>1#46; #quot;A#quot; #lt;b#gt; #35;2"]:::outcome\n',
  );
});
