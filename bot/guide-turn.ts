import type { Guide } from '../dialogs/guide';
import type { GuideState } from '../dialogs/guide-state';
import { matchChoice } from '../dialogs/match-choice';
import { beginGuide, type GuideEvent, type Position, positionOf, step } from '../dialogs/walk';
import type { Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import type { Decision } from './decide';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { clarifyReply, guideButtons, guideReply, humanButtons, textReply } from './replies';
import type { Reply } from './reply';
import { OFFER_HUMAN_AFTER, type Said, showEntry, smalltalk } from './said';

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
export function resume(memory: Memory, content: Content, lead: string): Reply[] {
  const open = openQuestion(memory, content);
  return open === undefined ? [] : [guideReply(open.guide, open.state, content, lead)];
}

/** Begins a guide anew. */
export function startGuide(id: string, content: Content, lead: string): Said {
  const guide = content.guides.get(id);
  if (guide === undefined) return { kind: 'fallback', replies: [textReply(phrases.gone)] };
  const state = beginGuide(guide);
  const opening = [lead, guide.description].filter((part) => part !== '').join(' ');
  return { kind: 'guide', replies: [guideReply(guide, state, content, opening)], memory: { guide: state } };
}

/** One step of the guide the person is in. */
export function moveInGuide({ guide, state }: RunningGuide, event: GuideEvent, content: Content): Said {
  const moved = step(guide, state, event);
  const lead =
    moved.kind === 'moved' ? tipOf(guide, event) : event.kind === 'back' ? phrases.firstQuestion : phrases.staleButton;
  const reply = guideReply(guide, moved.state, content, lead);
  // An outcome has no room for a lead, so a tip goes before it.
  const replies = reply.kind === 'outcome' && lead !== '' ? [textReply(lead), reply] : [reply];
  return { kind: 'guide', replies, memory: { guide: moved.state } };
}

/** A button of a guide: a step where the guide is running, else a way to start it again. */
export function pressInGuide(id: string, event: GuideEvent, memory: Memory, content: Content): Said {
  const running = runningGuide(memory, content);
  const guide = content.guides.get(id);
  if (running?.guide.id === id) return moveInGuide(running, event, content);
  const buttons = guide === undefined ? [] : guideButtons({ ...content, guides: new Map([[id, guide]]) });
  return {
    kind: 'command',
    replies: [textReply(phrases.buttonOfClosedGuide, buttons), ...resume(memory, content, '')],
  };
}

/** A text while a question of a guide is open: a choice, a question in the middle, or something unclear. */
export function sayInGuide(
  { guide, state, position }: OpenQuestion,
  memory: Memory,
  understanding: Understanding,
  decision: Decision,
  content: Content,
): Said {
  const match = matchChoice(position.question, understanding.text, understanding.isQuestion);
  if (match.kind === 'one') {
    return moveInGuide(
      { guide, state },
      { kind: 'choose', question: position.question.id, choice: match.choice.id },
      content,
    );
  }
  if (decision.kind === 'answer') {
    const { kind, id, confidence } = decision.candidate;
    if (kind === 'guide' && id !== guide.id) return { ...startGuide(id, content, ''), confidence };
    const replies = kind === 'guide' ? [] : showEntry(id, content, '').replies;
    return {
      kind: kind === 'guide' ? 'guide' : 'answer',
      replies: [...replies, ...resume(memory, content, phrases.backToGuide)],
      confidence,
    };
  }
  if (decision.kind === 'smalltalk') {
    const { replies } = smalltalk(decision.intent, content);
    return { kind: 'smalltalk', replies: [...replies, ...resume(memory, content, phrases.backToGuide)] };
  }
  if (understanding.isQuestion) {
    if (decision.kind === 'clarify') {
      const entries = decision.candidates.filter(({ kind }) => kind === 'entry');
      if (entries.length > 0)
        return { kind: 'clarify', replies: [clarifyReply(entries)], confidence: entries[0]!.confidence };
    }
    return {
      kind: 'fallback',
      replies: [textReply(phrases.notKnownInGuide), ...resume(memory, content, phrases.backToGuide)],
      confidence: 0,
    };
  }
  const unclear = memory.unclear + 1;
  const lead =
    match.kind === 'several'
      ? phrases.severalChoices(match.choices.map(({ label }) => label))
      : phrases.unclearChoice(unclear);
  const reply = guideReply(guide, state, content, lead);
  const withHuman =
    unclear > OFFER_HUMAN_AFTER ? { ...reply, buttons: [...humanButtons(content), ...reply.buttons] } : reply;
  return { kind: 'guide', replies: [withHuman], memory: { unclear } };
}

/** What a choice says before the guide goes on. */
function tipOf(guide: Guide, event: GuideEvent): string {
  if (event.kind !== 'choose') return '';
  return guide.questions.get(event.question)?.choices.find(({ id }) => id === event.choice)?.tip ?? '';
}
