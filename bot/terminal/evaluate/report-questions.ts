import type { ChangedQuestion, Reaction } from './comparison';
import type { Evaluation, WrongQuestion } from './evaluation';
import { chance, counted, percent } from './figure-text';
import type { LabelledQuestion } from './labelled-questions';
import { escapeMarkup as esc } from './svg-plot';

/** The name people know an entry or a guide by. */
export type TitleOf = (id: string) => string;

const GROUPS = [
  {
    handling: 'confident',
    title: 'Wrong, and said with confidence',
    about: 'the asker got a wrong answer or a guide that does not fit; mend these first',
    pill: 'bad',
  },
  {
    handling: 'missed',
    title: 'Missed',
    about: 'not found, or not met as it should be, but nothing wrong was claimed',
    pill: '',
  },
  {
    handling: 'unsure',
    title: 'Right, but not said outright',
    about: 'the right entry came first, and the bot asked back or passed',
    pill: 'unsure',
  },
] as const;

/** The questions that were not met as they should be, in three lists that open at a click, the worst first. */
export function wrongLists(wrong: readonly WrongQuestion[], titleOf: TitleOf): string {
  return GROUPS.map(({ handling, title, about, pill }) => {
    const group = wrong
      .filter((one) => one.handling === handling)
      .toSorted((a, b) => b.got.confidence - a.got.confidence);
    const summary = `<summary>${title} <span class="pill ${pill}">${group.length}</span><small>${about}</small></summary>`;
    if (group.length === 0) return `<details class="panel">${summary}<p class="empty">None.</p></details>`;
    const rows = group.map(
      (
        one,
      ) => `<tr><td class="question">${esc(one.question)}<span class="id">${esc(one.id)} · ${esc(one.kind)}</span></td>
<td class="entry">${expectedText(one, titleOf)}</td><td class="entry">${reaction(one.got, titleOf)}</td>
<td class="n">${one.rank === undefined ? (one.expected.length === 0 ? '' : '–') : `${one.rank}.`}</td><td class="n">${meter(one.got)}</td></tr>`,
    );
    const head =
      '<tr><th>question</th><th>expected</th><th>got</th><th class="n" title="place of the right entry">right one at</th><th class="n">confidence</th></tr>';
    const open = handling === 'confident' ? ' open' : '';
    return `<details class="panel"${open}>${summary}<div class="scroll"><table><thead>${head}</thead><tbody>${rows.join('\n')}</tbody></table></div></details>`;
  }).join('\n');
}

/** What changed since the baseline: the measures that decide, and each question with another top answer or outcome. */
export function comparisonSection({ comparison }: Evaluation, titleOf: TitleOf): string {
  if (comparison === undefined) {
    return '<p>There is no baseline to compare with. <code>npm run -s evaluate -- --update-baseline</code> stores one.</p>';
  }
  const { measures, changed, compared, added, gone } = comparison;
  const rows = measures.map(({ name, count, before, after, better, worse, p, verdict }) => {
    const share = (hits: number): string =>
      count === 0 ? '–' : `${percent(hits / count)}<small>${hits} of ${count}</small>`;
    const pill = verdict === 'same' ? '' : verdict === 'better' ? 'good' : 'bad';
    return `<tr><th>${name}</th><td class="n">${share(before)}</td><td class="n">${share(after)}</td><td class="n">${better}</td><td class="n">${worse}</td><td class="n">${esc(chance(p))}</td><td><span class="pill ${pill}">${verdict}</span></td></tr>`;
  });
  const rest = [added > 0 ? `${added} new` : '', gone > 0 ? `${gone} no longer there` : ''].filter(Boolean);
  const intro = `<p>${[`${counted(compared, 'question')} compared one by one`, ...rest].join(', ')}. Only questions that changed sides count; p says how often so uneven a split comes by chance alone. Below 0.05 it is called better or worse.</p>`;
  const figures = `<div class="panel scroll"><table><thead><tr><th></th><th class="n">baseline</th><th class="n">now</th><th class="n">gained</th><th class="n">lost</th><th class="n">p</th><th>verdict</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return `${intro}${figures}${changedList(changed, titleOf)}`;
}

function changedList(changed: readonly ChangedQuestion[], titleOf: TitleOf): string {
  if (changed.length === 0) return '<p class="after">No question has another top answer or outcome.</p>';
  const order = ['worse', 'better', 'same'];
  const sorted = changed.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const other = changed.filter(({ firstChanged }) => firstChanged).length;
  const rows = sorted.map(({ id, question, expected, expectedGuide, before, after, verdict }) => {
    const pill = verdict === 'same' ? '' : verdict === 'better' ? 'good' : 'bad';
    return `<tr><td><span class="pill ${pill}">${verdict}</span></td><td class="question">${esc(question)}<span class="id">${esc(id)}</span></td>
<td class="entry">${expectedText({ expected, guide: expectedGuide }, titleOf)}</td>
<td class="entry was">${reaction(before, titleOf)} ${meter(before)}</td><td class="entry">${reaction(after, titleOf)} ${meter(after)}</td></tr>`;
  });
  const about = `${other} with another top answer, ${changed.length - other} only with another outcome`;
  const open = changed.length <= 40 ? ' open' : '';
  return `<details class="panel"${open}><summary>Changed questions <span class="pill">${changed.length}</span><small>${about}</small></summary><div class="scroll"><table>
<thead><tr><th></th><th>question</th><th>expected</th><th>before</th><th>now</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></details>`;
}

/** The pairs of entries that are taken for each other. */
export function confusionSection({ confusions, judged }: Evaluation, titleOf: TitleOf): string {
  if (confusions.length === 0) return '<p>No entry was taken for another.</p>';
  const texts = new Map(judged.map(({ question }) => [question.id, question.question]));
  const rows = confusions.map(({ entries: [a, b], firstTakenForSecond, secondTakenForFirst }) => {
    const swap = secondTakenForFirst.length > firstTakenForSecond.length;
    const [expected, found] = swap ? [b, a] : [a, b];
    const [there, back] = swap
      ? [secondTakenForFirst, firstTakenForSecond]
      : [firstTakenForSecond, secondTakenForFirst];
    const ids = [...there, ...back];
    const example = ids
      .slice(0, 2)
      .map((id) => `<li>${esc(texts.get(id) ?? '')}<span class="id">${esc(id)}</span></li>`);
    const more = ids.length > 2 ? `<span class="id">and ${esc(ids.slice(2).join(', '))}</span>` : '';
    return `<tr><td class="n">${there.length}</td><td class="n">${back.length || ''}</td><td class="entry">${named(expected, titleOf)}</td><td class="entry">${named(found, titleOf)}</td><td class="question"><ul class="examples">${example.join('')}</ul>${more}</td></tr>`;
  });
  const table = (some: readonly string[]): string =>
    `<table><thead><tr><th class="n">times</th><th class="n" title="the other way round">and back</th><th>right would have been</th><th>came first instead</th><th>questions</th></tr></thead><tbody>${some.join('\n')}</tbody></table>`;
  const often = rows.slice(0, CONFUSIONS_OPEN);
  const rest = rows.slice(CONFUSIONS_OPEN);
  const folded = `<details class="panel"><summary>${rest.length} more pairs</summary><div class="scroll">${table(rest)}</div></details>`;
  return `<div class="panel scroll">${table(often)}</div>${rest.length > 0 ? folded : ''}`;
}

const CONFUSIONS_OPEN = 12;

function expectedText({ expected, guide }: Pick<LabelledQuestion, 'expected' | 'guide'>, titleOf: TitleOf): string {
  const guideLine = guide === undefined ? [] : [`<div class="entry">Guide: ${named(guide, titleOf)}</div>`];
  const lines = [...guideLine, ...expected.map((id) => `<div class="entry">${named(id, titleOf)}</div>`)];
  return lines.length > 0 ? lines.join('') : '<span class="was">no entry of ours</span>';
}

function reaction({ kind, first, guide, guidesOffered }: Reaction, titleOf: TitleOf): string {
  const pill = kind === 'answer' || kind === 'guide' ? 'bold' : '';
  const what = guide === undefined ? first : guide;
  const offered = guidesOffered.map((id) => `<small>offers the guide ${esc(titleOf(id))}</small>`).join('');
  return `<span class="pill ${pill}">${esc(kind)}</span> ${what === undefined ? '' : named(what, titleOf)}${offered}`;
}

function named(id: string, titleOf: TitleOf): string {
  const title = titleOf(id);
  return title === id ? `<span class="id">${esc(id)}</span>` : `<span title="${esc(id)}">${esc(title)}</span>`;
}

function meter({ first, confidence }: Reaction): string {
  if (first === undefined) return '';
  const width = (100 * Math.min(1, Math.max(0, confidence))).toFixed(0);
  return `<span class="sure"><span class="meter"><i style="width:${width}%"></i></span>${confidence.toFixed(2)}</span>`;
}
