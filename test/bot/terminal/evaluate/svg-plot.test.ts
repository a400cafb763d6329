import * as fc from 'fast-check';
import { countTicks, escapeMarkup, plotSvg } from '../../../../bot/terminal/evaluate/svg-plot';
import { anyText } from '../../../support/any-text';
import { holds } from '../../../support/holds';

const axis = (label: string, max: number) => ({ label, max, ticks: [0, max], format: String });

describe('a plot', () => {
  test('places marks in the units of its axes, the origin at the bottom left', () => {
    const svg = plotSvg({ description: 'a plot', x: axis('x', 1), y: axis('y', 10) }, (pen) => [
      pen.dot({ x: 0, y: 0 }, 3, 'low', 'zero'),
      pen.dot({ x: 1, y: 10 }, 3, 'high', 'one & ten'),
      pen.line(
        [
          { x: 0, y: 5 },
          { x: 0.5, y: 5 },
        ],
        'level',
      ),
    ]);
    expect(svg).toMatch(/^<svg viewBox="0 0 480 330" role="img" aria-label="a plot">/);
    expect(svg).toContain('<circle class="low" cx="54" cy="280" r="3"><title>zero</title></circle>');
    expect(svg).toContain('<circle class="high" cx="462" cy="14" r="3"><title>one &amp; ten</title></circle>');
    expect(svg).toContain('<path class="level" d="M54 147L258 147"/>');
  });

  test('leaves out lines of a single point and bars without height', () => {
    const svg = plotSvg({ description: '', x: axis('x', 1), y: axis('y', 1) }, (pen) => [
      pen.line([{ x: 0, y: 0 }], 'mark'),
      pen.area([], 'mark'),
      pen.bar({ x: 0, y: 0.5 }, { x: 1, y: 0.5 }, 1, 'mark', ''),
    ]);
    expect(svg).not.toContain('mark');
  });
});

test('the ticks of counts are round, at most six, and reach the largest', () => {
  expect(countTicks(0)).toEqual([0, 1]);
  expect(countTicks(3)).toEqual([0, 1, 2, 3]);
  expect(countTicks(82)).toEqual([0, 20, 40, 60, 80, 100]);
  holds(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (max) => {
      const ticks = countTicks(max);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.every((tick) => Number.isInteger(tick))).toBe(true);
    }),
  );
});

test('any text can stand in markup, and comes out of it as it was', () => {
  const back = (text: string): string =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
    );
  holds(
    fc.property(anyText(), (text) => {
      const escaped = escapeMarkup(text);
      expect(escaped).not.toMatch(/[<>"']/);
      expect(back(escaped)).toBe(text);
    }),
  );
});
