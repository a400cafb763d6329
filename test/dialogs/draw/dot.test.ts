import { diagramOf } from '../../../dialogs/draw/diagram';
import { dotOf } from '../../../dialogs/draw/dot';
import { decidingGuide } from '../../support/deciding-guide';

const text = dotOf(diagramOf(decidingGuide()), 'LR');
const lineOf = (begin: string) => text.split('\n').find((line) => line.startsWith(begin));

test('is a graph in the direction asked for, on a background of its own', () => {
  expect(text).toMatch(/^digraph "which-lock" \{\n {2}graph \[rankdir=LR bgcolor=white/);
  expect(text).toMatch(/\n\}\n$/);
});

test('every kind of node has a shape of its own', () => {
  const shapes = ['place', 'kind', 'apart', 'chain', 'guide:which-bicycle'].map(
    (key) => /shape=\w+/.exec(lineOf(`  "${key}" [`)!)![0],
  );
  expect(shapes).toEqual(['shape=box', 'shape=hexagon', 'shape=diamond', 'shape=box', 'shape=folder']);
  expect(lineOf('  "place" [')).toContain('style="rounded,filled"');
});

test('another guide links to its drawing', () => {
  expect(lineOf('  "guide:which-bicycle" [')).toContain(' URL="which-bicycle.svg" ');
});

test('what somebody who does not know takes is dashed', () => {
  expect(text).toContain('  "place" -> "needs" [label=< I don’t know > style=dashed]\n');
  expect(text).toContain('  "needs" -> "kind"\n');
});

test('signs of markup stand as codes', () => {
  const nodes = [{ key: 'x', kind: 'outcome', name: 'x', lines: ['<"A" & B>'] } as const];
  expect(dotOf({ id: 'x', title: 'X', start: 'x', nodes, edges: [] }, 'TB')).toContain(
    '<BR/>&lt;&quot;A&quot; &amp; B&gt;>]',
  );
});
