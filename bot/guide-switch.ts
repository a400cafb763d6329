import type { Guide } from '../dialogs/guide';
import type { GuideState } from '../dialogs/guide-state';
import { type Position, positionOf } from '../dialogs/walk';
import { formatAction } from './action';
import type { Content } from './content';
import { guideReply } from './guide-replies';
import { isHalfDone, openQuestion, type RunningGuide, runningGuide, startGuide, suspendedWith } from './guide-turn';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { commandButton, textReply } from './replies';
import type { Button } from './reply';
import type { Said } from './said';
import { topicOf } from './topic';

/**
 * Starts a guide that was asked for: at once where nothing is lost by it, and not again where it is running. With answers given in another guide it is asked whether
 * that one is to be kept; a guide that was put aside may be gone on with.
 */
export function changeOfGuide(id: string, memory: Memory, content: Content, message?: string, lead = ''): Said {
  const guide = content.guides.get(id);
  const open = openQuestion(memory, content);
  if (open?.guide.id === id) return resumeGuide(memory, content);
  if (guide !== undefined && open !== undefined && open.position.path.length > 0) {
    const button = (kind: 'later' | 'instead', label: string): Button => ({
      label,
      action: formatAction({ kind, guide: id }),
    });
    const reply = textReply(phrases.leaveGuide(open.guide.title, open.position.step, guide.title), [
      button('later', phrases.keepAndStart(guide.title)),
      button('instead', phrases.stopAndStart(guide.title)),
      { ...commandButton('resume'), label: phrases.stay },
    ]);
    return { kind: 'guide', replies: [reply], ...rememberAsked(id, message) };
  }
  const waiting = suspendedGuide(id, memory, content);
  const position = waiting && positionOf(waiting.guide, waiting.state);
  if (position?.kind === 'question') {
    const reply = textReply(phrases.wasSuspended(waiting!.guide.title, position.step), [
      { label: phrases.goOnThere, action: formatAction({ kind: 'resume', guide: id }) },
      { label: phrases.beginAnew, action: formatAction({ kind: 'begin', guide: id }) },
    ]);
    return { kind: 'guide', replies: [reply], ...rememberAsked(id, message) };
  }
  return startGuide(id, memory, content, { lead, message });
}

/** The message that asked for a guide tells something about it even where it is first asked what becomes of another. */
function rememberAsked(id: string, message: string | undefined): Pick<Said, 'memory'> {
  return message === undefined ? {} : { memory: { topic: topicOf(message, [id]) } };
}

/** The message for which a guide was offered; `undefined` where it was not offered for one. */
export function askedFor(id: string, { topic, offers }: Memory): string | undefined {
  // Beside an answer it is a button only: turning the answer down does not turn down the guide.
  const isBeside =
    topic?.entry !== undefined && offers.some(({ action }) => action === formatAction({ kind: 'guide', guide: id }));
  return topic?.shown.includes(id) || isBeside ? topic?.asked : undefined;
}

/** Puts the running guide aside. Its facts stay known to the guide that comes next. */
export function leaveFor(id: string, keep: boolean, memory: Memory, content: Content): Said {
  const open = openQuestion(memory, content);
  if (open?.guide.id === id) return resumeGuide(memory, content);
  const suspended = open === undefined || !keep ? memory.suspended : suspendedWith(memory, open.state);
  const said = startGuide(id, { ...memory, suspended }, content, { message: askedFor(id, memory) });
  return said.kind === 'guide' ? said : { ...said, memory: { ...said.memory, suspended } };
}

/** "Continue later". */
export function suspendGuide(memory: Memory, content: Content): Said {
  const running = runningGuide(memory, content);
  const open = openQuestion(memory, content) ?? (running && isHalfDone(running) ? running : undefined);
  if (open === undefined) return { kind: 'command', replies: [textReply(phrases.nothingToSuspend)] };
  return {
    kind: 'command',
    replies: [textReply(phrases.suspended(open.guide.title), [resumeButton(open)])],
    memory: { guide: undefined, suspended: suspendedWith(memory, open.state), topic: undefined },
  };
}

/** "Continue": the open question, else the guide that was put aside, else a choice of those. */
export function resumeGuide(memory: Memory, content: Content): Said {
  const open = openQuestion(memory, content);
  if (open !== undefined) {
    const { step, ofAbout } = open.position;
    return {
      kind: 'guide',
      replies: [guideReply(open.guide, open.state, content, phrases.backToGuide(step, ofAbout))],
    };
  }
  const waiting = memory.suspended.flatMap((state) => suspendedGuide(state.guide, memory, content) ?? []);
  if (waiting.length === 0) return { kind: 'command', replies: [textReply(phrases.nothingSuspended)] };
  if (waiting.length === 1) return resumeSuspended(waiting[0]!.guide.id, memory, content);
  return { kind: 'command', replies: [textReply(phrases.suspendedGuides, waiting.map(resumeButton))] };
}

/** Goes on with one guide that was put aside. A guide that is running takes its place. */
export function resumeSuspended(id: string, memory: Memory, content: Content): Said {
  const waiting = suspendedGuide(id, memory, content);
  const running = runningGuide(memory, content);
  if (waiting === undefined) {
    const guide = content.guides.get(id);
    if (running?.guide.id === id) return resumeGuide(memory, content);
    return guide === undefined
      ? { kind: 'fallback', replies: [textReply(phrases.gone)] }
      : startGuide(id, memory, content);
  }
  const isUnfinished = running !== undefined && (openQuestion(memory, content) !== undefined || isHalfDone(running));
  const others = isUnfinished ? suspendedWith(memory, running.state) : memory.suspended;
  const position = positionOf(waiting.guide, waiting.state);
  const changed = waiting.state.hash === waiting.guide.hash ? '' : phrases.guideChanged;
  const state = renewed(waiting.guide, waiting.state, position);
  const back = position.kind === 'question' ? phrases.backToGuide(position.step, position.ofAbout) : '';
  const lead = [changed, back].filter((part) => part !== '').join(' ');
  return {
    kind: 'guide',
    replies: [guideReply(waiting.guide, state, content, lead)],
    memory: {
      guide: state,
      suspended: others.filter((state) => state.guide !== id),
    },
  };
}

/** A state as the guide of today has it: what was picked in the open question and is gone would never let it be left. */
export function renewed(guide: Guide, state: GuideState, position: Position): GuideState {
  const choices = position.kind === 'question' ? position.question.choices : [];
  const picked = state.picked.filter((id) => choices.some((choice) => choice.id === id));
  return { ...state, hash: guide.hash, picked };
}

/** The buttons of guides that wait to be gone on with. */
export function waitingButtons(memory: Memory, content: Content): Button[] {
  return memory.suspended.flatMap((state) => suspendedGuide(state.guide, memory, content) ?? []).map(resumeButton);
}

function suspendedGuide(id: string, memory: Memory, content: Content): RunningGuide | undefined {
  const state = memory.suspended.find((one) => one.guide === id);
  const guide = content.guides.get(id);
  return state && guide && { guide, state };
}

function resumeButton({ guide }: RunningGuide): Button {
  return { label: phrases.goOnWith(guide.title), action: formatAction({ kind: 'resume', guide: guide.id }) };
}
