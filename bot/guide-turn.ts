import type { Guide } from '../dialogs/guide';
import type { GuideState } from '../dialogs/guide-state';
import { fillIn } from '../dialogs/placeholders';
import { beginGuide, factsOf, type GuideEvent, type Position, positionOf, step } from '../dialogs/walk';
import type { Content } from './content';
import { assumptionsOf, checklistReply, guideReply } from './guide-replies';
import { MAX_SUSPENDED, type Memory } from './memory';
import { phrases } from './phrases';
import { textReply } from './replies';
import type { Button, Reply } from './reply';
import type { Said } from './said';

/** The guide the person is in, finished or not. */
export interface RunningGuide {
  readonly guide: Guide;
  readonly state: GuideState;
}

/** A guide that waits for the answer to a question. */
export interface OpenQuestion extends RunningGuide {
  readonly position: Position & { readonly kind: 'question' };
}

/** The guide the person is in, finished or not; `undefined` for none and for one that is no longer served. */
export function runningGuide(memory: Memory, content: Content): RunningGuide | undefined {
  const guide = memory.guide && content.guides.get(memory.guide.guide);
  return guide && { guide, state: memory.guide! };
}

/** The guide in which a question is open. */
export function openQuestion(memory: Memory, content: Content): OpenQuestion | undefined {
  const running = runningGuide(memory, content);
  const position = running && positionOf(running.guide, running.state);
  return position?.kind === 'question' ? { ...running!, position } : undefined;
}

/** The open question asked again after something else was said; nothing without one. */
export function resume(memory: Memory, content: Content): Reply[] {
  const open = openQuestion(memory, content);
  if (open === undefined) return [];
  const { step: number, ofAbout } = open.position;
  return [guideReply(open.guide, open.state, content, phrases.backToGuide(number, ofAbout))];
}

/** Begins a guide anew, with what is known from the message that asks for it and from the guide before. */
export function startGuide(
  id: string,
  memory: Memory,
  content: Content,
  { lead = '', message }: { readonly lead?: string; readonly message?: string | undefined } = {},
): Said {
  const guide = content.guides.get(id);
  if (guide === undefined) return { kind: 'fallback', replies: [textReply(phrases.gone)] };
  const before = runningGuide(memory, content);
  const facts = before && before.guide.id !== id ? factsOf(before.guide, before.state) : {};
  const state = beginGuide(guide, content.openGuide(guide, { message, facts }));
  // How long it takes is no news where nothing is left to ask here.
  const description = positionOf(guide, state).kind === 'question' ? guide.description : '';
  const opening = [lead, description].filter((part) => part !== '').join(' ');
  const said = arrive({ guide, state }, new Set(), [opening], content);
  const waiting = before !== undefined && isHalfDone(before) ? suspendedWith(memory, before.state) : memory.suspended;
  const suspended = waiting.filter((one) => one.guide !== id);
  return { ...said, memory: { ...said.memory, suspended } };
}

/** One step of the guide the person is in. */
export function moveInGuide({ guide, state }: RunningGuide, event: GuideEvent, content: Content): Said {
  const moved = step(guide, state, event);
  switch (moved.kind) {
    case 'returned': {
      const before = content.guides.get(moved.state.guide);
      if (before === undefined) return stand({ guide, state }, phrases.firstQuestion, content);
      return moveInGuide({ guide: before, state: moved.state }, event, content);
    }
    case 'stale': {
      const words = event.kind === 'back' ? phrases.firstQuestion : phrases.staleButton;
      return stand({ guide, state: moved.state }, words, content);
    }
    case 'moved': {
      if (event.kind === 'tick' || event.kind === 'untick') {
        return { kind: 'guide', replies: [checklistReply(guide, moved.state)], memory: { guide: moved.state } };
      }
      const known = new Set(positionOf(guide, state).path.map(({ question }) => question.id));
      return arrive({ guide, state: moved.state }, known, [tipOf(guide, event, moved.state)], content);
    }
  }
}

/** Says where the person is, after something that did not move them. */
function stand({ guide, state }: RunningGuide, words: string, content: Content): Said {
  return {
    kind: 'guide',
    replies: withLead(guideReply(guide, state, content, words), words, []),
    memory: { guide: state },
  };
}

/**
 * Says what comes next in a guide: its question or outcome, or those of the guides that it hands over to. `known` are questions
 * whose assumed answers the person has seen before.
 */
function arrive(
  { guide, state }: RunningGuide,
  known: ReadonlySet<string>,
  before: readonly string[],
  content: Content,
): Said {
  const position = positionOf(guide, state);
  const news = position.path.filter(({ question, assumed }) => assumed && !known.has(question.id));
  const assumptions = assumptionsOf(guide, news, position.values);
  const leads = [...before, assumptions.lead].filter((part) => part !== '');
  if (position.kind === 'handover') {
    const other = content.guides.get(position.guide);
    if (other !== undefined) {
      const opening = content.openGuide(other, { facts: factsOf(guide, state), from: state });
      const next = { guide: other, state: beginGuide(other, opening) };
      return arrive(next, new Set(), [...leads, phrases.handedOver(other.title)], content);
    }
  }
  const lead = leads.join('\n\n');
  const reply = guideReply(guide, state, content, lead, assumptions.buttons);
  return { kind: 'guide', replies: withLead(reply, lead, assumptions.buttons), memory: { guide: state } };
}

/** An outcome has no room for a lead, so what is said before it is a reply of its own. */
function withLead(reply: Reply, lead: string, buttons: readonly Button[]): Reply[] {
  return reply.kind === 'outcome' && lead !== '' ? [textReply(lead, buttons), reply] : [reply];
}

/** What an answer says before the guide goes on; `state` is the one after it. */
function tipOf(guide: Guide, event: GuideEvent, state: GuideState): string {
  if (event.kind !== 'answer' && event.kind !== 'done') return '';
  const { path, values } = positionOf(guide, state);
  const choices = path.find(({ question }) => question.id === event.question)?.choices ?? [];
  return choices.flatMap(({ tip }) => (tip === '' ? [] : fillIn(tip, values))).join(' ');
}

/** Whether a guide ended with a checklist of which some is done and some is not: it may take days, with other guides between. */
export function isHalfDone({ guide, state }: RunningGuide): boolean {
  const position = positionOf(guide, state);
  const items = position.kind === 'outcome' ? position.outcome.checklist : [];
  const done = items.filter(({ id }) => state.ticked.includes(id)).length;
  return done > 0 && done < items.length;
}

/** The guides that are put aside when the running one is, the last first. */
export function suspendedWith(memory: Memory, state: GuideState): Memory['suspended'] {
  return [state, ...memory.suspended.filter((one) => one.guide !== state.guide)].slice(0, MAX_SUSPENDED);
}
