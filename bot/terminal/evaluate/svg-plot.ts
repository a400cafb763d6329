/** One axis, from 0 to `max`. */
export interface Axis {
  readonly label: string;
  readonly max: number;
  /** Where a value is written. */
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/** What a plot shows, apart from its marks. */
export interface Plot {
  /** Read out instead of the picture. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** A point in the units of the axes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Places marks given in the units of the axes. The names of the classes are up to the style sheet around the plot. */
export interface Pen {
  /** A line through some points; nothing for fewer than two. */
  line(points: readonly Point[], className: string): string;
  /** A filled area between the line and the x axis. */
  area(points: readonly Point[], className: string): string;
  /** A dot with a radius in pixels and a tip for the pointer. */
  dot(at: Point, radius: number, className: string, tip: string): string;
  /** A bar from one corner to the opposite one, `gap` pixels narrower on each side. */
  bar(from: Point, to: Point, gap: number, className: string, tip: string): string;
  /** Words, moved by some pixels from their point. */
  words(at: Point, text: string, move: Point, className: string, anchor?: 'start' | 'middle' | 'end'): string;
}

const WIDTH = 480;
const HEIGHT = 330;
const MARGIN = { left: 54, right: 18, top: 14, bottom: 50 };

/** An inline SVG of 480 by 330 units that scales with its place: the axes with a grid, and on it what `draw` returns. */
export function plotSvg({ description, x, y }: Plot, draw: (pen: Pen) => readonly string[]): string {
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const atX = (value: number): number => MARGIN.left + (value / x.max) * (right - MARGIN.left);
  const atY = (value: number): number => bottom - (value / y.max) * (bottom - MARGIN.top);
  const middle = (MARGIN.top + bottom) / 2;
  const parts = [
    ...y.ticks.map((tick) => `<path class="grid" d="M${MARGIN.left} ${px(atY(tick))}H${right}"/>`),
    ...x.ticks.map((tick) => `<path class="grid" d="M${px(atX(tick))} ${MARGIN.top}V${bottom}"/>`),
    `<path class="axis" d="M${MARGIN.left} ${bottom}H${right}"/>`,
    ...x.ticks.map((tick) => label(atX(tick), bottom + 18, x.format(tick), 'middle')),
    ...y.ticks.map((tick) => label(MARGIN.left - 8, atY(tick) + 4, y.format(tick), 'end')),
    `<text class="axis-label" x="${px((MARGIN.left + right) / 2)}" y="${HEIGHT - 8}" text-anchor="middle">${escapeMarkup(x.label)}</text>`,
    `<text class="axis-label" transform="translate(14 ${px(middle)}) rotate(-90)" text-anchor="middle">${escapeMarkup(y.label)}</text>`,
    ...draw(penOf(atX, atY)),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeMarkup(description)}">\n${parts.filter((part) => part !== '').join('\n')}\n</svg>`;
}

/** Round values from 0 to at least `max`, at most six of them: the ticks of an axis for counts. */
export function countTicks(max: number): number[] {
  const rough = Math.max(1, max / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, index) => index * step);
}

/** Any text as text of HTML or SVG, also inside quotes. */
export function escapeMarkup(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => names[sign]!);
}

function penOf(atX: (value: number) => number, atY: (value: number) => number): Pen {
  const place = ({ x, y }: Point): string => `${px(atX(x))} ${px(atY(y))}`;
  return {
    line: (points, className) =>
      points.length < 2 ? '' : `<path class="${className}" d="M${points.map(place).join('L')}"/>`,
    area: (points, className) => {
      const first = points[0];
      const last = points.at(-1);
      if (first === undefined || last === undefined || points.length < 2) return '';
      const feet = [
        { x: last.x, y: 0 },
        { x: first.x, y: 0 },
      ];
      return `<path class="${className}" d="M${[...points, ...feet].map(place).join('L')}Z"/>`;
    },
    dot: (at, radius, className, tip) =>
      `<circle class="${className}" cx="${px(atX(at.x))}" cy="${px(atY(at.y))}" r="${px(radius)}">${titled(tip)}</circle>`,
    bar: (from, to, gap, className, tip) => {
      const [left, rightEnd] = [atX(from.x) + gap, atX(to.x) - gap];
      const [low, high] = [atY(from.y), atY(to.y)];
      if (high >= low) return '';
      const size = `width="${px(Math.max(1, rightEnd - left))}" height="${px(low - high)}"`;
      return `<rect class="${className}" x="${px(left)}" y="${px(high)}" ${size}>${titled(tip)}</rect>`;
    },
    words: (at, text, move, className, anchor = 'start') =>
      `<text class="${className}" x="${px(atX(at.x) + move.x)}" y="${px(atY(at.y) + move.y)}" text-anchor="${anchor}">${escapeMarkup(text)}</text>`,
  };
}

function label(x: number, y: number, text: string, anchor: string): string {
  return `<text class="tick" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeMarkup(text)}</text>`;
}

function titled(tip: string): string {
  return `<title>${escapeMarkup(tip)}</title>`;
}

/** A tenth of a unit is finer than anybody sees. */
function px(value: number): string {
  return String(Number(value.toFixed(1)));
}
