import { hasPrediction, predictionsOf } from './calibration';
import type { Evaluation } from './evaluation';
import { confidenceHistogram, type OperatingPoint, reliabilityPlot, riskCoveragePlot } from './evaluation-plots';
import { counted, percent } from './figure-text';
import { NO_ORIGIN, type QuestionKind } from './labelled-questions';
import type { EvaluationRow } from './metrics';
import { comparisonSection, confusionSection, type TitleOf, wrongLists } from './report-questions';
import { REPORT_STYLE } from './report-style';
import { type Share, shareOf } from './share';
import { escapeMarkup as esc } from './svg-plot';

/** What the report says about the run itself. */
export interface ReportContext {
  readonly files: readonly string[];
  readonly titleOf: TitleOf;
  readonly madeAt: Date;
}

/** More files than this are counted at the top; the foot of the page names them all. */
const MAX_NAMED = 3;

const OUTCOMES = ['answer', 'clarify', 'guide', 'fallback', 'smalltalk', 'command', 'handover'];

/**
 * An evaluation as one HTML page for people: headline figures with their intervals, plots, confusions, what changed, what went wrong.
 * It needs nothing else: no script, no picture, no font from elsewhere; whatever is quoted is escaped.
 */
export function evaluationReport(evaluation: Evaluation, { files, titleOf, madeAt }: ReportContext): string {
  const made = madeAt.toISOString();
  const sections = [
    { id: 'figures', name: 'Figures', body: headlineFigures(evaluation) },
    { id: 'confidence', name: 'Confidence', body: confidencePlots(evaluation) },
    { id: 'outcomes', name: 'What it did', body: outcomeTable(evaluation) },
    {
      id: 'confusions',
      name: 'Confusions',
      body: `<p>Pairs of entries where one came first although the other was right. A pair that stands here often needs clearer titles, or phrasings that tell the two apart.</p>${confusionSection(evaluation, titleOf)}`,
    },
    { id: 'changes', name: 'Since the baseline', body: comparisonSection(evaluation, titleOf) },
    { id: 'questions', name: 'Questions to look at', body: wrongLists(evaluation.wrong, titleOf) },
    { id: 'terms', name: 'What the words mean', body: TERMS },
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>How well the bot answers</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header><div>
<h1>How well the bot answers</h1>
<p class="about">${counted(evaluation.count, 'labelled question')} from ${files.length > MAX_NAMED ? `${files.length} files` : files.map(esc).join(', ')} · ${made.slice(0, 10)}, ${made.slice(11, 16)} UTC</p>
${leadSentence(evaluation)}
${verdictLine(evaluation)}
</div></header>
<nav aria-label="Sections"><div>${sections.map(({ id, name }) => `<a href="#${id}">${name}</a>`).join('')}</div></nav>
<main>
${sections.map(({ id, name, body }) => `<section id="${id}"><h2>${name}</h2>\n${body}\n</section>`).join('\n')}
</main>
<footer><p>One question takes ${evaluation.latency.medianMs.toFixed(2)} ms (median), ${evaluation.latency.p95Ms.toFixed(2)} ms at most for 95 of 100, on the machine this was made on. Asked: ${files.map(esc).join(', ')}.</p></footer>
</body>
</html>
`;
}

function totalOf({ totals }: Evaluation, kind: QuestionKind): EvaluationRow | undefined {
  return totals.find((row) => row.kind === kind);
}

function leadSentence(evaluation: Evaluation): string {
  const asked = totalOf(evaluation, 'answerable');
  if (asked?.top1 === undefined || asked.rightOutright === undefined) return '';
  const { count, top1, rightOutright, wrongConfident } = asked;
  return `<p class="lead">Of ${counted(count, 'question')} that the FAQ answers, <b>${percent(top1.share)}</b> have the right entry first and <b>${percent(rightOutright.share)}</b> get it as the answer straight away. <b>${percent(wrongConfident.share)}</b> get something wrong, said with confidence.</p>`;
}

function verdictLine({ comparison }: Evaluation): string {
  const [kind, title, text] =
    comparison === undefined
      ? ['none', 'No baseline yet', 'There is nothing to compare this run with.']
      : {
          worse: ['worse', 'Worse than the baseline', 'More questions were lost than chance explains.'],
          better: ['better', 'Better than the baseline', 'More questions were gained than chance explains.'],
          same: [
            'same',
            'No clear change since the baseline',
            'What changed is no more than noise, as far as these questions can tell.',
          ],
        }[comparison.verdict];
  return `<div class="verdict ${kind}"><b>${title}</b><span>${text} <a href="#changes">Details</a></span></div>`;
}

function headlineFigures(evaluation: Evaluation): string {
  const asked = totalOf(evaluation, 'answerable');
  const talk = [totalOf(evaluation, 'smalltalk'), totalOf(evaluation, 'command')].flatMap((row) => row?.refused ?? []);
  const talked = shareOf(
    talk.reduce((sum, { hits }) => sum + hits, 0),
    talk.reduce((sum, { count }) => sum + count, 0),
  );
  const { calibration } = evaluation;
  const cards = [
    card('Right entry first', asked?.top1, 'answerable questions'),
    card('Right among first three', asked?.top3, 'answerable questions'),
    card('Right outright', asked?.rightOutright, 'answerable questions'),
    card('Wrong and confident', asked?.wrongConfident, 'answerable questions; less is better'),
    card('Right guide reached', totalOf(evaluation, 'guided')?.guideReached, 'guided questions'),
    card(
      'Near-topic refused',
      totalOf(evaluation, 'near-topic-unanswered')?.refused,
      'rightly: nothing of ours answers them',
    ),
    card('Off-topic refused', totalOf(evaluation, 'off-topic')?.refused, 'rightly: nothing of ours answers them'),
    card('Small talk, commands', talked.count > 0 ? talked : undefined, 'met as what they are'),
    calibration.count > 0
      ? `<div class="card panel"><div class="name">Calibration error</div><div class="figure">${calibration.expectedCalibrationError.toFixed(3)}</div><p class="note">mean distance of confidence from truth over ${counted(calibration.count, 'question')}; less is better</p></div>`
      : '',
  ];
  return `<p>Each bar shows the range in which the true figure may well lie (95 % interval): with few questions it is wide, and a difference inside it means nothing.</p>
<div class="cards">${cards.join('')}</div>${figureTable(evaluation)}`;
}

function card(name: string, share: Share | undefined, about: string): string {
  if (share === undefined) return '';
  const { hits, count, low, high } = share;
  const at = (value: number): string => (100 * value).toFixed(1);
  return `<div class="card panel"><div class="name">${name}</div><div class="figure">${(100 * share.share).toFixed(0)} <small>%</small></div>
<div class="range"><i style="left:${at(low)}%;width:${at(high - low)}%"></i><b style="left:${at(share.share)}%"></b></div>
<p class="note">${hits} of ${count} · ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %${about === '' ? '' : `<br>${about}`}</p></div>`;
}

function figureTable({ rows, totals }: Evaluation): string {
  const cell = (share: Share | undefined): string =>
    share === undefined
      ? '<td class="n"></td>'
      : `<td class="n">${percent(share.share)}<small>${(100 * share.low).toFixed(0)}–${(100 * share.high).toFixed(0)}</small></td>`;
  const withOrigin = rows.some(({ origin }) => origin !== NO_ORIGIN);
  const originOf = ({ origin }: EvaluationRow): string => (withOrigin ? `<td>${esc(origin ?? 'all')}</td>` : '');
  const line = (row: EvaluationRow): string =>
    `<tr${row.origin === undefined ? ' class="all"' : ''}><th>${row.kind}</th>${originOf(row)}<td class="n">${row.count}</td>${cell(row.top1)}${cell(row.top3)}<td class="n">${row.meanReciprocalRank?.toFixed(2) ?? ''}</td>${cell(row.rightOutright)}${cell(row.wrongConfident)}${cell(row.guideReached)}${cell(row.refused)}</tr>`;
  const lines = totals.flatMap((total) => {
    const ofKind = rows.filter(({ kind }) => kind === total.kind);
    return (ofKind.length > 1 ? [...ofKind, total] : ofKind).map(line);
  });
  const names = [
    'n',
    'top-1',
    'top-3',
    'MRR',
    'right outright',
    'wrong, confident',
    'right guide',
    'correctly refused',
  ];
  return `<div class="panel scroll"><table><thead><tr><th>kind</th>${withOrigin ? '<th>origin</th>' : ''}${names.map((name) => `<th class="n">${name}</th>`).join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

function confidencePlots(evaluation: Evaluation): string {
  const predictions = predictionsOf(evaluation.judged);
  if (predictions.length === 0) return '<p>No question had a candidate.</p>';
  return `<p>The bot decides by its confidence whether to answer, to ask back, or to pass. So the confidence must be true: of the answers it gives with 0.8, eight in ten should be right.</p>
<div class="plots">
<figure class="panel"><h3>Can it be taken at its word?</h3><p>On the dotted line: exactly true. Below: it claims too much. Above: it knows more than it says. The larger a dot, the more questions; shaded: 95 % interval.</p>${reliabilityPlot(evaluation.calibration)}</figure>
<figure class="panel"><h3>Does it tell right from wrong?</h3><p class="key"><span><i class="right"></i>right entry first</span><span><i class="wrong"></i>wrong entry first</span><span><i class="not-answerable"></i>nothing of ours answers it</span></p><p>Good when the colours lie apart: right ones to the right.</p>${confidenceHistogram(predictions)}</figure>
<figure class="panel"><h3>What would answering more cost?</h3><p class="key"><span><i class="l"></i>all questions about the product and off its topic</span><span><i class="l second"></i>only those we can answer</span></p><p>Answering the surest questions first: how many of the answers would be wrong. The lower, the better.</p>${riskCoveragePlot(predictions, operatingPoint(evaluation))}</figure>
<figure class="panel"><h3>The same in figures</h3>${calibrationTable(evaluation)}</figure>
</div>`;
}

/** What is answered outright, over the same questions as the curve. */
function operatingPoint({ judged }: Evaluation): OperatingPoint | undefined {
  const asked = judged.filter(hasPrediction);
  const answered = asked.filter(({ result }) => result.kind === 'answer');
  if (answered.length === 0) return undefined;
  const wrong = answered.filter(({ verdict }) => verdict.rank !== 1).length;
  return { coverage: answered.length / asked.length, risk: wrong / answered.length };
}

function calibrationTable({ calibration: { bins } }: Evaluation): string {
  const rows = bins
    .filter(({ count }) => count > 0)
    .map(
      ({ from, to, count, confidence = 0, right }) =>
        `<tr><td>${from.toFixed(1)}–${to.toFixed(1)}</td><td class="n">${count}</td><td class="n">${confidence.toFixed(2)}</td><td class="n">${right.share.toFixed(2)}</td><td class="n">${right.low.toFixed(2)}–${right.high.toFixed(2)}</td></tr>`,
    );
  return `<div class="scroll"><table><thead><tr><th>confidence</th><th class="n">questions</th><th class="n">mean</th><th class="n">right</th><th class="n">95 %</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function outcomeTable({ outcomes }: Evaluation): string {
  const rows = outcomes.map(({ kind, outcomes: counts }) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const cells = OUTCOMES.map((outcome) => {
      const count = counts[outcome] ?? 0;
      const strength = Math.round((45 * count) / all);
      return count === 0
        ? '<td class="heat"></td>'
        : `<td class="heat" style="background:color-mix(in srgb, var(--c-right) ${strength}%, transparent)">${count}</td>`;
    });
    return `<tr><th>${kind}</th>${cells.join('')}</tr>`;
  });
  return `<p>What the questions of each kind were met with.</p><div class="panel scroll"><table><thead><tr><th></th>${OUTCOMES.map((outcome) => `<th style="text-align:center">${outcome}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

const TERMS = `<dl class="panel">
<dt>top-1, top-3</dt><dd>The first entry, or one of the first three, is an expected one, whatever the bot then said.</dd>
<dt>MRR</dt><dd>Mean reciprocal rank: 1 for the right entry in the first place, ½ in the second, ⅓ in the third, 0 beyond the fifth; the mean of that.</dd>
<dt>right outright</dt><dd>It answered at once, with an expected entry.</dd>
<dt>wrong, confident</dt><dd>It answered at once with another entry, or started a guide that does not fit.</dd>
<dt>right guide</dt><dd>The guide that fits was started or offered as a choice.</dd>
<dt>correctly refused</dt><dd>Near the topic or off it: nothing was answered (near the topic it may ask back). Small talk and commands: met as such.</dd>
<dt>calibration error</dt><dd>Expected calibration error: the distance between confidence and share right, averaged over ten bins by their size. 0 is perfect.</dd>
<dt>clarify, fallback</dt><dd>It asked which of two or three was meant; it said that it does not know.</dd>
<dt>95 % interval</dt><dd>Wilson’s score interval. Another set of questions of the same sort would likely give a figure inside it.</dd>
<dt>p</dt><dd>Exact McNemar test on the questions that changed sides between baseline and now.</dd>
</dl>`;
