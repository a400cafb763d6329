import fc from 'fast-check';
import { type Graph, longestWays, onEveryWay, waysFrom } from '../../dialogs/graph';

/** Graphs without cycles: nodes `0` to `8`, each leading to later ones. */
const randomGraph: fc.Arbitrary<Graph> = fc
  .array(fc.array(fc.nat({ max: 8 }), { maxLength: 3 }), { minLength: 1, maxLength: 9 })
  .map(
    (nodes) =>
      new Map(
        nodes.map((steps, index): [string, string[]] => [
          `${index}`,
          steps
            .map((far) => index + 1 + far)
            .filter((to) => to < nodes.length)
            .map(String),
        ]),
      ),
  );

/** The slow obvious twin: every way from a node to an end, written out. */
function written(graph: Graph, id: string): string[][] {
  const nexts = graph.get(id) ?? [];
  return nexts.length === 0 ? [[id]] : nexts.flatMap((next) => written(graph, next).map((way) => [id, ...way]));
}

describe('the ways through a graph', () => {
  test('what is reached is what lies on some way, each node after all that it leads to', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const { reached, cycle } = waysFrom(graph, '0');
        expect(cycle).toBeUndefined();
        expect([...reached].sort()).toEqual([...new Set(written(graph, '0').flat())].sort());
        const order = [...reached];
        for (const id of order) {
          for (const next of graph.get(id) ?? []) expect(order.indexOf(next)).toBeLessThan(order.indexOf(id));
        }
      }),
    );
  });

  test('the longest way from a node counts only what is to be counted', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const counts = (id: string): boolean => Number(id) % 2 === 0;
        for (const [id, length] of longestWays(graph, '0', counts)) {
          expect(length).toBe(Math.max(...written(graph, id).map((way) => way.filter(counts).length)));
        }
      }),
    );
  });

  test('a node lies on every way to another if no way gets there without it', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const ways = written(graph, '0');
        for (const [id, sure] of onEveryWay(graph, '0')) {
          const before = ways.filter((way) => way.includes(id)).map((way) => way.slice(0, way.indexOf(id) + 1));
          const expected = before[0]!.filter((one) => before.every((way) => way.includes(one)));
          expect([...sure].sort()).toEqual(expected.sort());
        }
      }),
    );
  });

  test('a circle is named from its first node back to it', () => {
    const graph = new Map([
      ['a', ['b', 'end']],
      ['b', ['c']],
      ['c', ['end', 'b']],
    ]);
    expect(waysFrom(graph, 'a').cycle).toEqual(['b', 'c', 'b']);
  });

  test('a node that leads to itself is a circle', () => {
    expect(waysFrom(new Map([['a', ['a']]]), 'a').cycle).toEqual(['a', 'a']);
  });

  test('arrows to nodes that are not there lead nowhere', () => {
    expect([...waysFrom(new Map([['a', ['b']]]), 'a').reached]).toEqual(['b', 'a']);
    expect(longestWays(new Map([['a', ['b']]]), 'a', (id) => id === 'a').get('a')).toBe(1);
  });
});
