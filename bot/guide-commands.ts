import type { GuideState } from '../dialogs/guide-state';
import { fillIn } from '../dialogs/placeholders';
import { type GuideEvent, positionOf } from '../dialogs/walk';
import type { Understanding } from '../knowledge/understanding';
import { type Action, type Command, formatAction } from './action';
import type { Content } from './content';
import { plainWords } from './foundation/normalise-text';
import { changeReply, guideReply, printedOutcome, summaryText } from './guide-replies';
import { renewed, resumeGuide, suspendGuide, waitingButtons } from './guide-switch';
import { moveInGuide, resume, runningGuide } from './guide-turn';
import { type Memory, NEW_MEMORY } from './memory';
import { phrases } from './phrases';
import { askToDelete, sendTranscript } from './privacy-commands';
import { guideButton, guideButtons, handoverReply, privacyButtons, textReply, waysToGuides } from './replies';
import { type Said, smalltalk, welcome } from './said';
import { listWhatIf, sayWhatIf } from './what-if-turn';

const MAX_TICK_WORDS = 14;
/** "Done", "step 2 is done", "untick 3", "undo": the word that takes it back, and the number. */
const TICK =
  /^(?!(?:step|item|point|number|nr)$)(?:(undo|untick|uncheck)(?: |$)|(not) )?(?:done|finished|completed|tick|check|ticked)?(?: (?:with|off))?(?: ?(?:step|item|point|number|nr))?(?: ?(\d{1,2}))?(?: (?:is |was )?(not )?(?:done|finished|completed|ready))?$/;

/** Does what a command says, wherever the person is. */
export function carryOut(name: string, memory: Memory, content: Content): Said {
  const active = runningGuide(memory, content);
  switch (name as Command) {
    case 'help':
    case 'what-can-you-do': {
      const text = content.intents.get(name)?.reply ?? phrases.help;
      return {
        kind: 'command',
        replies: [textReply(text, [...waysToGuides(content), ...privacyButtons()]), ...resume(memory, content)],
      };
    }
    case 'show-guides': {
      const guides = [...waitingButtons(memory, content), ...guideButtons(content)];
      return { kind: 'command', replies: [textReply(guides.length > 0 ? phrases.guides : phrases.noGuides, guides)] };
    }
    case 'talk-to-a-human':
      return { kind: 'handover', replies: [handoverReply(content)], effect: 'handover' };
    case 'cancel': {
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingToCancel)] };
      return {
        kind: 'command',
        replies: [textReply(phrases.cancelled(active.guide.title))],
        memory: { guide: undefined, topic: undefined },
      };
    }
    case 'start-over':
      if (active === undefined) return { ...welcome(content), memory: NEW_MEMORY };
      return moveInGuide(active, { kind: 'start-over' }, content);
    case 'back':
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingToGoBackTo)] };
      return moveInGuide(active, { kind: 'back' }, content);
    case 'why': {
      const position = active && positionOf(active.guide, active.state);
      if (position?.kind !== 'question') return { kind: 'command', replies: [textReply(phrases.noQuestionOpen)] };
      return {
        kind: 'command',
        replies: [guideReply(active!.guide, active!.state, content, fillIn(position.question.why, position.values))],
      };
    }
    case 'change-answer': {
      if (active === undefined || positionOf(active.guide, active.state).path.length === 0) {
        return { kind: 'command', replies: [textReply(phrases.nothingToChange), ...resume(memory, content)] };
      }
      return { kind: 'command', replies: [changeReply(active.guide, active.state)] };
    }
    case 'take-back':
      if (active === undefined || active.state.assumed.length === 0) {
        return { kind: 'command', replies: [textReply(phrases.nothingTakenBack), ...resume(memory, content)] };
      }
      return moveInGuide(active, { kind: 'take-back' }, content);
    case 'later':
      return suspendGuide(memory, content);
    case 'resume':
      return resumeGuide(memory, content);
    case 'summary': {
      const text = active === undefined ? phrases.nothingAnswered : summaryText(active.guide, active.state);
      return { kind: 'command', replies: [textReply(text), ...resume(memory, content)] };
    }
    case 'what-if':
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingAnswered)] };
      return listWhatIf(active, memory, content);
    case 'print': {
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingAnswered)] };
      return { kind: 'command', replies: printedOutcome(active.guide, active.state, content) };
    }
    case 'transcript':
      return sendTranscript(memory, content);
    case 'delete-data':
      return askToDelete();
    default:
      return smalltalk(name, content);
  }
}

/** A button of a guide: a step where the guide is running, else a way to go on with it or to start it again. */
export function pressInGuide(id: string, event: GuideEvent, memory: Memory, content: Content): Said {
  const running = runningGuide(memory, content);
  if (running?.guide.id === id) return moveInGuide(running, event, content);
  const guide = content.guides.get(id);
  if (guide === undefined) return { kind: 'fallback', replies: [textReply(phrases.gone), ...resume(memory, content)] };
  const waiting = memory.suspended.some((state) => state.guide === id);
  const reply = waiting
    ? textReply(
        phrases.buttonOfSuspendedGuide(guide.title),
        waitingButtons(memory, content).filter(({ action }) => action === formatAction({ kind: 'resume', guide: id })),
      )
    : textReply(phrases.buttonOfClosedGuide(guide.title), [guideButton(guide)]);
  return { kind: 'command', replies: [reply, ...resume(memory, content)] };
}

/** Whether a button was pressed twice and its answer stands already: then there is nothing more to say. */
export function isDoneTwice(action: Action, memory: Memory, content: Content): boolean {
  if (memory.pressed !== formatAction(action)) return false;
  if (!('guide' in action)) return false;
  // The first click may have handed over to another guide.
  let state = runningGuide(memory, content)?.state;
  while (state !== undefined && state.guide !== action.guide) state = state.from;
  if (state === undefined) return false;
  const { answers, picked, ticked } = state;
  switch (action.kind) {
    case 'choice':
      return answers[action.question] === action.choice;
    case 'pick':
      return picked.includes(action.choice);
    case 'unpick':
      return !picked.includes(action.choice);
    case 'done':
      return Object.hasOwn(answers, action.question);
    case 'change':
      return !Object.hasOwn(answers, action.question);
    case 'tick':
      return ticked.includes(action.item);
    case 'untick':
      return !ticked.includes(action.item);
    default:
      return true;
  }
}

/** A text about the advice that a guide ended with: "what if …?", or something ticked off. `undefined` for other texts. */
export function sayAfterGuide(memory: Memory, { text, isQuestion }: Understanding, content: Content): Said | undefined {
  const running = runningGuide(memory, content);
  if (running === undefined) return undefined;
  const whatIf = sayWhatIf(running, text, memory, content);
  if (whatIf !== undefined) return whatIf;
  const position = positionOf(running.guide, running.state);
  if (position.kind !== 'outcome' || position.outcome.checklist.length === 0) return undefined;
  const words = plainWords(text);
  const several = isQuestion ? undefined : tickedTogether(words, position.outcome.checklist);
  if (several !== undefined) {
    const state = { ...running.state, ticked: [...new Set([...running.state.ticked, ...several.slice(0, -1)])] };
    return moveInGuide({ ...running, state }, { kind: 'tick', item: several.at(-1)! }, content);
  }
  const [, undo, notDone, number, not] = TICK.exec(words) ?? [];
  if (words === '' || isQuestion || !TICK.test(words)) return undefined;
  const { checklist } = position.outcome;
  const isOff = [undo, notDone, not].some((word) => word !== undefined);
  const { ticked } = running.state;
  const next = isOff
    ? checklist.find(({ id }) => id === ticked.at(-1))
    : checklist.find(({ id }) => !ticked.includes(id));
  const item = number === undefined ? next : checklist[Number(number) - 1];
  return item && moveInGuide(running, { kind: isOff ? 'untick' : 'tick', item: item.id }, content);
}

/** "Steps 1 and 2 are done", "all done": the things that are named, at least two; `undefined` for any other text. */
function tickedTogether(words: string, items: readonly { readonly id: string }[]): readonly string[] | undefined {
  if (!/\b(?:done|finished|completed)\b/.test(words) || /\b(?:not|undo)\b/.test(words)) return undefined;
  if (/^(?:all|everything)(?: (?:is|of it|steps|of them|are))* (?:done|finished|completed)$/.test(words)) {
    return items.map(({ id }) => id);
  }
  const numbers = [...words.matchAll(/\b\d{1,2}\b/g)].map(([number]) => items[Number(number) - 1]?.id);
  const known = numbers.filter((id) => id !== undefined);
  return known.length >= 2 && known.length === numbers.length && words.split(' ').length <= MAX_TICK_WORDS
    ? known
    : undefined;
}

/**
 * Memory as the content of today understands it, and what there is to say about that: the guide in it may have been changed or
 * taken out since.
 */
export function upToDate(memory: Memory, content: Content): { readonly memory: Memory; readonly notice: string } {
  const state: GuideState | undefined = memory.guide;
  if (state === undefined) return { memory, notice: '' };
  const guide = content.guides.get(state.guide);
  if (guide === undefined) return { memory: { ...memory, guide: undefined }, notice: phrases.guideGone };
  if (guide.hash === state.hash) return { memory, notice: '' };
  const position = positionOf(guide, state);
  const current = { ...memory, guide: renewed(guide, state, position) };
  const isOpen = position.kind === 'question';
  return { memory: current, notice: isOpen && Object.keys(state.answers).length > 0 ? phrases.guideChanged : '' };
}
