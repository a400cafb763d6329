import { type Position, positionOf } from '../dialogs/walk';
import type { Content } from './content';
import type { GuideMove, WayOut } from './guide-move';
import { runningGuide } from './guide-turn';
import type { Memory } from './memory';

interface Place {
  readonly guide: string;
  readonly position: Position;
}

/** The moves between two memories of one conversation, in their order; `undefined` where nobody moved. */
export function guideMoves(before: Memory, after: Memory, content: Content): readonly GuideMove[] | undefined {
  if (before.guide === after.guide) return undefined;
  const from = placeOf(before, content);
  const to = placeOf(after, content);
  if (idOf(from) === idOf(to)) return undefined;
  const moves = [...leaving(from, to, before, after), ...entering(from, to, before)];
  return moves.length === 0 ? undefined : moves;
}

function placeOf(memory: Memory, content: Content): Place | undefined {
  const running = runningGuide(memory, content);
  return running && { guide: running.guide.id, position: positionOf(running.guide, running.state) };
}

function idOf(place: Place | undefined): string {
  if (place === undefined) return '';
  const { guide, position } = place;
  switch (position.kind) {
    case 'question':
      return `${guide}/question/${position.question.id}`;
    case 'outcome':
      return `${guide}/outcome/${position.outcome.id}`;
    case 'handover':
      return `${guide}/handover/${position.guide}`;
  }
}

function leaving(from: Place | undefined, to: Place | undefined, before: Memory, after: Memory): readonly GuideMove[] {
  if (from?.position.kind !== 'question') return [];
  const way = wayOut({ guide: from.guide, position: from.position }, to, before, after);
  return [{ kind: 'left', guide: from.guide, question: from.position.question.id, way }];
}

function wayOut(from: Place, to: Place | undefined, before: Memory, after: Memory): WayOut {
  if (to?.guide === from.guide) {
    return to.position.kind !== 'question' || to.position.path.length > from.position.path.length ? 'answered' : 'back';
  }
  // The last answer may have led into another guide.
  if (cameFrom(after, from.guide)) return 'answered';
  if (to !== undefined && cameFrom(before, to.guide)) return 'back';
  if (after.suspended.some(({ guide }) => guide === from.guide)) return 'put-aside';
  return to === undefined ? 'cancelled' : 'switched';
}

function entering(from: Place | undefined, to: Place | undefined, before: Memory): readonly GuideMove[] {
  if (to === undefined) return [];
  const { guide, position } = to;
  const started: readonly GuideMove[] = isStart(from, to, before) ? [{ kind: 'started', guide }] : [];
  switch (position.kind) {
    case 'question':
      return [...started, { kind: 'entered', guide, question: position.question.id }];
    case 'outcome':
      return [...started, { kind: 'finished', guide, outcome: position.outcome.id }];
    case 'handover':
      return started;
  }
}

/** Neither gone on with after a pause nor returned to. A guide that was finished and is at its first question again was begun again. */
function isStart(from: Place | undefined, to: Place, before: Memory): boolean {
  if (from?.guide === to.guide) {
    return from.position.kind === 'outcome' && to.position.path.every(({ assumed }) => assumed);
  }
  return !cameFrom(before, to.guide) && !before.suspended.some(({ guide }) => guide === to.guide);
}

/** Whether the running guide was handed over to, at whatever distance, by another. */
function cameFrom(memory: Memory, guide: string): boolean {
  for (let state = memory.guide?.from; state !== undefined; state = state.from) {
    if (state.guide === guide) return true;
  }
  return false;
}
