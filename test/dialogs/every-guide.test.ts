import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { countWays, everyWay, type WholeWay } from '../../dialogs/every-way';
import type { Guide } from '../../dialogs/guide';
import type { GuideState } from '../../dialogs/guide-state';
import { matchReply } from '../../dialogs/match-reply';
import { parseGuide } from '../../dialogs/parse-guide';
import { fillIn, placeholdersIn } from '../../dialogs/placeholders';
import { type Position, positionOf, step } from '../../dialogs/walk';
import { endOf } from '../../dialogs/what-if';
import { isQuestion } from '../../knowledge/question-form';

const FOLDER = path.join(__dirname, '../../dialogs/guides');
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort();
/** Beyond so many, ways that differ only in what nothing ahead depends on are walked once. */
const MANY_WAYS = 4_000;
/** The same for what can be done at each place of a way, which takes longer than reading its end. */
const MANY_STEPS = 500;
const figures: string[] = [];

afterAll(() => {
  process.stdout.write(`${figures.join('\n')}\n`);
});

describe.each(names)('%s', (name) => {
  const result = parseGuide(readFileSync(path.join(FOLDER, name), 'utf8'), `dialogs/guides/${name}`);

  test('has no faults', () => {
    expect(result.ok ? [] : result.faults).toEqual([]);
  });

  if (!result.ok) return;
  const { guide } = result;

  test('reads every label and synonym as the choice that it belongs to', () => {
    const wrong: string[] = [];
    for (const question of guide.questions.values()) {
      for (const { id, label, synonyms } of question.choices) {
        for (const text of [label, ...synonyms]) {
          const match = matchReply(question, text, isQuestion(text));
          if (match.kind !== 'answer' || `${match.answer}` !== id) wrong.push(`${question.id}: "${text}"`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  // There may be thousands of ways, and each place on them is looked at once.
  test('leads every way to an end that is fit to be shown, and to every outcome', () => {
    const faults = new Set<string>();
    const nodes = new Set<string>();
    const outcomes = new Set<string>();
    const all = countWays(guide);
    let ways = 0;
    for (const way of everyWay(guide, { distinct: all > MANY_WAYS })) {
      ways += 1;
      if (way.position.kind === 'outcome') outcomes.add(way.position.outcome.id);
      for (const fault of faultsOfTexts(guide, way.position)) faults.add(fault);
    }
    for (const way of everyWay(guide, { distinct: all > MANY_STEPS })) {
      for (const state of statesOn(way)) {
        // The answers alone say where one is.
        const key = JSON.stringify(state.answers);
        if (nodes.has(key)) continue;
        nodes.add(key);
        for (const fault of faultsOfSteps(guide, state)) faults.add(fault);
      }
    }
    expect([...faults].slice(0, 20)).toEqual([]);
    expect([...guide.outcomes.keys()].filter((id) => !outcomes.has(id))).toEqual([]);
    const walked = ways === all ? '' : ` (${ways} of them walked, the others differ in nothing that is decided later)`;
    figures.push(`${guide.id}: ${all} ways${walked}, ${nodes.size} nodes, ${outcomes.size} outcomes`);
  });
});

/** The states on a way, from the first question to the end. */
function statesOn({ state, position }: WholeWay): GuideState[] {
  const given = position.path.map(({ question, answer }) => [question.id, answer] as const);
  return [...given, undefined].map((_, count) => ({ ...state, answers: Object.fromEntries(given.slice(0, count)) }));
}

/** A place in a guide, for people: where one is, and by which answers. */
function keyOf(guide: Guide, state: GuideState): string {
  return `${endOf(positionOf(guide, state))} ${JSON.stringify(state.answers)}`;
}

/** Everything that a person is shown at the end of a way, as it is written. */
function textsOf(position: Position): string[] {
  const { path: way, grounds } = position;
  return [
    ...way.flatMap(({ question, choices }) => [question.text, question.why, ...choices.map(({ tip }) => tip)]),
    ...grounds.flatMap(({ because, rulesOut }) => [because, ...rulesOut.flatMap((one) => [one.what, one.because])]),
    ...(position.kind === 'outcome'
      ? [
          position.outcome.verdict,
          position.outcome.explanation,
          ...position.outcome.nextSteps,
          ...position.outcome.checklist.map(({ text }) => text),
        ]
      : []),
  ];
}

function faultsOfTexts(guide: Guide, position: Position): string[] {
  const faults: string[] = [];
  const { values } = position;
  for (const text of textsOf(position)) {
    if (!text.includes('{')) continue;
    for (const { name, otherwise } of placeholdersIn(text)) {
      if (!values.has(name) && otherwise === undefined) faults.push(`{${name}} is not known in: ${text}`);
    }
    if (/[{}]/.test(fillIn(text, values))) faults.push(`braces are left in: ${text}`);
  }
  const reasons = position.grounds.map(({ because }) => fillIn(because, values)).filter((because) => because !== '');
  for (const reason of reasons) {
    if (!/^[\p{Lu}\p{N}/“].*[.!?]$/su.test(reason)) faults.push(`no full sentence: ${reason}`);
  }
  if (new Set(reasons).size < reasons.length) {
    const twice = reasons.find((reason, at) => reasons.indexOf(reason) < at);
    faults.push(`a reason that is given twice: ${twice}`);
  }
  if (position.kind === 'handover' && position.guide === guide.id) faults.push('hands over to itself');
  return faults;
}

/** Whether the answers are the same, in whatever order they were given: then they lead to the same place. */
function sameAnswers({ answers: some }: GuideState, { answers: others }: GuideState): boolean {
  const ids = Object.keys(some);
  return ids.length === Object.keys(others).length && ids.every((id) => `${some[id]}` === `${others[id]}`);
}

/** What is wrong at one place of a guide: with going back and forward, changing, not knowing, storing and starting again. */
function faultsOfSteps(guide: Guide, state: GuideState): string[] {
  const faults: string[] = [];
  const here = positionOf(guide, state);
  const fault = (what: string): void => {
    faults.push(`${what} at ${keyOf(guide, state)}`);
  };
  const same = (one: GuideState, other: GuideState): boolean => JSON.stringify(one) === JSON.stringify(other);

  const stored = JSON.parse(JSON.stringify(state)) as GuideState;
  if (endOf(positionOf(guide, stored)) !== endOf(here)) fault('another place after storing');
  if (endOf(positionOf(guide, { ...stored, hash: 'older' })) !== endOf(here)) fault('another place after a restart');

  const last = here.path.at(-1);
  const back = step(guide, state, { kind: 'back' });
  if (last === undefined) {
    if (back.kind !== 'stale') fault('a way back before the beginning');
  } else {
    if (endOf(positionOf(guide, back.state)) !== `question ${last.question.id}`) fault('back leads elsewhere');
    const again = step(guide, back.state, { kind: 'answer', question: last.question.id, answer: last.answer });
    if (!same(again.state, state)) fault('back and forward differs');
  }
  for (const { question, answer } of here.path) {
    const opened = step(guide, state, { kind: 'change', question: question.id });
    if (endOf(positionOf(guide, opened.state)) !== `question ${question.id}`) fault(`no change of ${question.id}`);
    const again = step(guide, opened.state, { kind: 'answer', question: question.id, answer });
    const back = sameAnswers(again.state, state) ? here : positionOf(guide, again.state);
    if (endOf(back) !== endOf(here)) fault(`change of ${question.id} and back differs`);
    const unknown = step(guide, state, { kind: 'answer', question: question.id, answer: 'unknown' });
    if (unknown.kind !== 'moved') fault(`“I don’t know” to ${question.id} is not taken`);
  }
  if (here.kind === 'question') {
    const { question, step: number, ofAbout } = here;
    if (number > ofAbout) fault('more steps than there are');
    const moved = step(guide, state, { kind: 'answer', question: question.id, answer: 'unknown' });
    const next = positionOf(guide, moved.state);
    if (next.path.length !== here.path.length + 1) fault('“I don’t know” does not lead on');
    if (next.kind === 'question' && next.ofAbout > ofAbout) fault('the number of steps grows');
    for (const text of [question.text, question.why]) {
      for (const { name, otherwise } of placeholdersIn(text)) {
        if (!here.values.has(name) && otherwise === undefined) fault(`{${name}} is not known in: ${text}`);
      }
    }
  }
  return faults;
}
