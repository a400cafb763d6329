import { type Calibration, type Prediction, type RiskCoveragePoint, riskCoverage } from './calibration';
import { counted, percent } from './figure-text';
import { countTicks, type Pen, type Point, plotSvg } from './svg-plot';

const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const SHARE_AXIS = { max: 1, ticks: TENTHS, format: (value: number): string => percent(value) };
const CONFIDENCE_AXIS = { max: 1, ticks: TENTHS, format: (value: number): string => value.toFixed(1) };
const HISTOGRAM_BINS = 20;

/** What the bot answers outright as it is set today. */
export interface OperatingPoint {
  /** Share of the questions that are answered outright, 0 to 1. */
  readonly coverage: number;
  /** Share of these answers that are wrong, 0 to 1. */
  readonly risk: number;
}

/** The reliability curve: for each tenth of confidence, how often the best answer was right, with its 95 % interval. */
export function reliabilityPlot({ bins, count }: Calibration): string {
  const filled = bins.flatMap((bin) => (bin.confidence === undefined ? [] : [{ ...bin, confidence: bin.confidence }]));
  const plot = {
    description: 'Reliability curve: share of right answers against confidence. On the diagonal the two are equal.',
    x: { ...CONFIDENCE_AXIS, label: 'confidence of the best answer' },
    y: { ...SHARE_AXIS, label: 'truly right' },
  };
  return plotSvg(plot, (pen) => [
    pen.line(
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      'ideal',
    ),
    ...filled.map(({ confidence, right }) =>
      pen.line(
        [
          { x: confidence, y: right.low },
          { x: confidence, y: right.high },
        ],
        'interval',
      ),
    ),
    pen.line(
      filled.map(({ confidence, right }) => ({ x: confidence, y: right.share })),
      'curve',
    ),
    ...filled.map(({ confidence, right, count: inBin, from, to }) =>
      pen.dot(
        { x: confidence, y: right.share },
        4 + 8 * Math.sqrt(inBin / count),
        'point',
        `confidence ${from.toFixed(1)}–${to.toFixed(1)}: ${right.hits} of ${inBin} right, mean confidence ${confidence.toFixed(2)}`,
      ),
    ),
  ]);
}

/** The risk-coverage curve: if the bot answered more questions, the surest first, how many of its answers would be wrong. */
export function riskCoveragePlot(predictions: readonly Prediction[], today: OperatingPoint | undefined): string {
  const all = riskCoverage(predictions);
  const ours = riskCoverage(predictions.filter((one) => one.ours));
  const highest = Math.max(0.1, today?.risk ?? 0, ...all.map(({ risk }) => risk), ...ours.map(({ risk }) => risk));
  const step = highest <= 0.2 ? 0.05 : highest <= 0.6 ? 0.1 : 0.2;
  const steps = Math.ceil(highest / step);
  const max = steps * step;
  const ticks = Array.from({ length: steps + 1 }, (_, index) => index * step);
  const plot = {
    description: 'Risk-coverage curve: share of wrong answers against the share of questions that are answered.',
    x: { ...SHARE_AXIS, label: 'questions answered, the surest first' },
    y: { max, ticks, format: percent, label: 'wrong among the answers' },
  };
  return plotSvg(plot, (pen) => [
    pen.area(all.map(toPoint), 'fill'),
    pen.line(all.map(toPoint), 'curve'),
    ours.length < all.length ? pen.line(ours.map(toPoint), 'curve second') : '',
    ...(today === undefined ? [] : todayMarks(pen, today)),
  ]);
}

function todayMarks(pen: Pen, { coverage, risk }: OperatingPoint): string[] {
  const tip = `today: ${percent(coverage)} answered outright, ${percent(risk)} of these wrong`;
  const [anchor, side] = coverage > 0.75 ? (['end', -11] as const) : (['start', 11] as const);
  return [
    pen.dot({ x: coverage, y: risk }, 6, 'today', tip),
    pen.words({ x: coverage, y: risk }, 'today', { x: side, y: 5 }, 'note strong', anchor),
  ];
}

/** How the confidence is spread: right answers, wrong ones, and questions that nothing of ours answers, one on the other. */
export function confidenceHistogram(predictions: readonly Prediction[]): string {
  const binOf = (confidence: number): number =>
    Math.min(HISTOGRAM_BINS - 1, Math.max(0, Math.floor(confidence * HISTOGRAM_BINS)));
  const groups = [
    { name: 'right', of: predictions.filter(({ right }) => right) },
    { name: 'wrong', of: predictions.filter(({ right, ours }) => !right && ours) },
    { name: 'not answerable', of: predictions.filter(({ right, ours }) => !right && !ours) },
  ];
  const counts = groups.map(({ of }) => {
    const bins = new Array<number>(HISTOGRAM_BINS).fill(0);
    for (const { confidence } of of) bins[binOf(confidence)]!++;
    return bins;
  });
  const highest = Math.max(...counts[0]!.map((_, bin) => counts.reduce((sum, group) => sum + group[bin]!, 0)));
  const ticks = countTicks(highest);
  const plot = {
    description: 'Histogram of the confidence of the best answer: right, wrong, and not answerable.',
    x: { ...CONFIDENCE_AXIS, label: 'confidence of the best answer' },
    y: { max: ticks.at(-1)!, ticks, format: String, label: 'questions' },
  };
  return plotSvg(plot, (pen) =>
    counts.flatMap((bins, group) =>
      bins.map((count, bin) => {
        const below = counts.slice(0, group).reduce((sum, other) => sum + other[bin]!, 0);
        const [left, right] = [bin / HISTOGRAM_BINS, (bin + 1) / HISTOGRAM_BINS];
        const { name } = groups[group]!;
        const tip = `${counted(count, 'question')} ${name}, confidence ${left.toFixed(2)}–${right.toFixed(2)}`;
        return pen.bar({ x: left, y: below }, { x: right, y: below + count }, 1, `bar ${name.replace(' ', '-')}`, tip);
      }),
    ),
  );
}

function toPoint({ coverage, risk }: RiskCoveragePoint): Point {
  return { x: coverage, y: risk };
}
