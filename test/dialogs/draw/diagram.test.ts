import { diagramOf } from '../../../dialogs/draw/diagram';
import { decidingGuide } from '../../support/deciding-guide';
import { tinyGuide } from '../../support/tiny-guide';

test.each([
  tinyGuide(),
  decidingGuide(),
])('every arrow of $id joins two nodes, and all but the first are led to', (guide) => {
  const { start, nodes, edges } = diagramOf(guide);
  const keys = nodes.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { from, to } of edges) expect(keys).toEqual(expect.arrayContaining([from, to]));
  for (const key of keys) expect(key === start || edges.some(({ to }) => to === key)).toBe(true);
});

test('each node has its kind, its id and its words in short lines', () => {
  const { nodes } = diagramOf(decidingGuide());
  expect(nodes.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
    'question place',
    'question needs',
    'question ours',
    'question theirs',
    'table kind',
    'check apart',
    'outcome no-lock',
    'outcome folding',
    'outcome chain',
    'guide guide:which-bicycle',
  ]);
  const lines = (name: string) => nodes.find((node) => node.name === name)!.lines;
  expect(lines('place')).toEqual(['Where does the bicycle stand', 'at night when you are at', 'home or far away?']);
  expect(lines('kind')).toEqual(['by place, needs']);
  expect(lines('apart')).toEqual(['overlap of ours,', 'theirs']);
  expect(lines('which-bicycle')).toEqual([]);
});

test('arrows carry the labels in lines, and the rows of a table', () => {
  const { edges } = diagramOf(decidingGuide());
  const lines = (from: string, to: string) =>
    edges.filter((edge) => edge.from === from && edge.to === to).map((edge) => edge.lines);
  expect(lines('place', 'needs')).toEqual([['In the street / At the', 'station'], ['I don’t know']]);
  expect(lines('kind', 'folding')).toEqual([['1. place: street and needs: light;', 'none of cheap', 'otherwise']]);
});
