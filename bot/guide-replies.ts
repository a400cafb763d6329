import { listOf } from '../dialogs/answers';
import type { Choice, Guide, Question } from '../dialogs/guide';
import type { GuideState } from '../dialogs/guide-state';
import { fillIn } from '../dialogs/placeholders';
import { type Answered, type Position, positionOf } from '../dialogs/walk';
import { formatAction } from './action';
import type { Content } from './content';
import { phrases } from './phrases';
import { commandButton, entryButton, guideButton, textReply } from './replies';
import type { AnsweredQuestion, Button, ChecklistEntry, ChoiceButton, Reply } from './reply';
import { checklistLines } from './reply-text';

/** Most entries shown as buttons under an outcome. */
const MAX_SOURCES = 3;
/** Most open things of a checklist that have a button. */
const MAX_OPEN_ITEMS = 3;

/** What a guide says next: its current question, or its outcome. */
export function guideReply(
  guide: Guide,
  state: GuideState,
  content: Content,
  lead: string,
  buttons: readonly Button[] = [],
): Reply {
  const position = positionOf(guide, state);
  switch (position.kind) {
    case 'question':
      return questionReply(guide, state, position, lead, buttons);
    case 'outcome':
      return outcomeReply(guide, state, position, content);
    case 'handover': {
      // Nobody is left at a hand-over; a state that was stored there, for a guide that is gone, still has a way on.
      const other = content.guides.get(position.guide);
      return textReply(
        other === undefined ? phrases.gone : phrases.handedOver(other.title),
        other && [guideButton(other)],
      );
    }
  }
}

function questionReply(
  guide: Guide,
  state: GuideState,
  position: Position & { readonly kind: 'question' },
  lead: string,
  before: readonly Button[],
): Reply {
  const { question, step, ofAbout, path, values } = position;
  const canGoBack = path.length > 0 || state.from !== undefined;
  return {
    kind: 'question',
    guideId: guide.id,
    guideTitle: guide.title,
    lead,
    answered: answeredOn(position),
    step,
    ofAbout,
    text: fillIn(question.text, values),
    why: fillIn(question.why, values),
    hint: hintOf(question),
    places: question.kind === 'value' ? 'none' : question.kind === 'one' && question.numeric ? 'letters' : 'numbers',
    several: question.kind === 'several',
    choices: question.choices.map((choice) => choiceButton(guide, question, choice, state.picked)),
    buttons: [
      ...(question.kind === 'several' && state.picked.length > 0
        ? [{ label: phrases.thatsAll, action: formatAction({ kind: 'done', guide: guide.id, question: question.id }) }]
        : []),
      ...before,
      ...(canGoBack ? [commandButton('back')] : []),
      commandButton('why'),
      commandButton('cancel'),
    ],
  };
}

function answeredOn({ path, values }: Position): AnsweredQuestion[] {
  return path.map(({ question, label }) => ({
    question: fillIn(question.text, values),
    answer: label,
    typed: question.kind === 'value',
  }));
}

function hintOf(question: Question): string {
  if (question.kind === 'several') return phrases.pickAll;
  return question.kind === 'value' ? phrases.example(question.example) : '';
}

function choiceButton(guide: Guide, question: Question, choice: Choice, picked: readonly string[]): ChoiceButton {
  const isPicked = question.kind === 'several' && picked.includes(choice.id);
  const kind = question.kind !== 'several' || choice.id === 'unknown' ? 'choice' : isPicked ? 'unpick' : 'pick';
  return {
    label: choice.label,
    action: formatAction({ kind, guide: guide.id, question: question.id, choice: choice.id }),
    picked: isPicked,
  };
}

function outcomeReply(
  guide: Guide,
  state: GuideState,
  position: Position & { readonly kind: 'outcome' },
  content: Content,
): Reply {
  const { outcome, grounds, values } = position;
  const fill = (text: string): string => fillIn(text, values);
  const cites = outcome.cites.map((id) => ({ id, title: content.entries.get(id)?.title ?? id }));
  const goOn = outcome.goOn.flatMap((id) => content.guides.get(id) ?? []);
  return {
    kind: 'outcome',
    guideId: guide.id,
    guideTitle: guide.title,
    answered: answeredOn(position),
    verdict: fill(outcome.verdict),
    explanation: fill(outcome.explanation),
    reasons: [...new Set(grounds.flatMap(({ because }) => (because === '' ? [] : fill(because))))],
    ruledOut: ruledOutBy(grounds).map(({ what, because }) => ({ what: fill(what), because: fill(because) })),
    nextSteps: outcome.nextSteps.map(fill),
    checklist: checklistEntries(guide, state, position),
    cites,
    asOf: outcome.asOf,
    buttons: [
      ...checklistButtons(guide, state, outcome.checklist),
      ...goOn.map(guideButton),
      ...cites
        .filter(({ id }) => content.entries.has(id))
        .slice(0, MAX_SOURCES)
        .map(entryButton),
      commandButton('change-answer'),
      commandButton('what-if'),
      commandButton('start-over'),
    ],
  };
}

/** Each thing once, for the first reason that ruled it out. */
function ruledOutBy(grounds: Position['grounds']): { readonly what: string; readonly because: string }[] {
  const all = grounds.flatMap(({ rulesOut }) => rulesOut);
  return all.filter(({ what }, index) => all.findIndex((other) => other.what === what) === index);
}

function checklistButtons(guide: Guide, { ticked }: GuideState, items: readonly { readonly id: string }[]): Button[] {
  const numbered = items.map(({ id }, index) => ({ id, number: index + 1 }));
  const open = numbered.filter(({ id }) => !ticked.includes(id)).slice(0, MAX_OPEN_ITEMS);
  const last = numbered.find(({ id }) => id === ticked.at(-1));
  return [
    ...open.map(({ id, number }) => ({
      label: phrases.checklistItem(number),
      action: formatAction({ kind: 'tick', guide: guide.id, item: id }),
    })),
    ...(last === undefined
      ? []
      : [
          {
            label: phrases.checklistUndo(last.number),
            action: formatAction({ kind: 'untick', guide: guide.id, item: last.id }),
          },
        ]),
  ];
}

/** What is left to do, after something was ticked off. */
export function checklistReply(guide: Guide, state: GuideState): Reply {
  const position = positionOf(guide, state);
  if (position.kind !== 'outcome') return textReply(phrases.gone);
  const items = checklistEntries(guide, state, position);
  const left = items.filter(({ done }) => !done).length;
  return {
    kind: 'checklist',
    lead: left === 0 ? phrases.checklistDone : phrases.checklistLeft(left),
    items,
    buttons: [
      ...checklistButtons(guide, state, position.outcome.checklist),
      { ...commandButton('summary'), label: phrases.wholeList },
    ],
  };
}

function checklistEntries(
  guide: Guide,
  { ticked }: GuideState,
  { outcome, values }: Position & { readonly kind: 'outcome' },
): ChecklistEntry[] {
  return outcome.checklist.map(({ id, text }) => ({
    text: fillIn(text, values),
    done: ticked.includes(id),
    action: formatAction({ kind: 'tick', guide: guide.id, item: id }),
  }));
}

/** The answers given so far, each as a button that opens its question again. */
export function changeReply(guide: Guide, state: GuideState): Reply {
  const { path, values } = positionOf(guide, state);
  return textReply(
    phrases.changeWhich,
    path.map(({ question, label }) => ({
      label: phrases.answerGiven(fillIn(question.text, values), label),
      action: formatAction({ kind: 'change', guide: guide.id, question: question.id }),
    })),
  );
}

/** The answers so far as a list, and the checklist where there is one. */
export function summaryText(guide: Guide, state: GuideState): string {
  const position = positionOf(guide, state);
  const answers = answersText(position);
  if (position.kind !== 'outcome' || position.outcome.checklist.length === 0) return answers;
  return [answers, checklistLines(phrases.checklist, checklistEntries(guide, state, position))].join('\n\n');
}

function answersText({ path, values }: Position): string {
  if (path.length === 0) return phrases.nothingAnswered;
  const lines = path.map(({ question, label, assumed }) => {
    const line = `- ${fillIn(question.text, values)} **${label}**`;
    return assumed ? phrases.summaryAssumed(line) : line;
  });
  return [phrases.summary, lines.join('\n')].join('\n\n');
}

/** What was assumed, in words and as buttons that take it back; empty for nothing. */
export function assumptionsOf(
  guide: Guide,
  answers: readonly Answered[],
  values: Position['values'],
): { readonly lead: string; readonly buttons: readonly Button[] } {
  if (answers.length === 0) return { lead: '', buttons: [] };
  return {
    lead: phrases.assumed(answers.flatMap((answered) => sentencesOf(answered, values))),
    buttons: answers.map(({ question, label }) => ({
      label: phrases.notSo(label),
      action: formatAction({ kind: 'change', guide: guide.id, question: question.id }),
    })),
  };
}

/** The outcome and all answers as plain text, to be copied or printed. */
export function printedOutcome(guide: Guide, state: GuideState, content: Content): readonly Reply[] {
  return [
    textReply([`**${guide.title}**`, answersText(positionOf(guide, state))].join('\n\n')),
    guideReply(guide, state, content, ''),
  ];
}

/** What an answer says, in whole sentences: the reasons that it will be in the outcome. */
function sentencesOf({ label, consequences }: Answered, values: Position['values']): readonly string[] {
  const reasons = consequences.flatMap(({ because }) => (because === '' ? [] : fillIn(because, values)));
  return reasons.length > 0 ? reasons : [`${label}.`];
}

/** "10.0.0.0/24, 10.1.0.0/24" as words. */
export function wordsOf(found: string | readonly string[]): string {
  return typeof found === 'string' ? found : listOf(found);
}
