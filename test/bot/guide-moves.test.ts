import type { GuideMove } from '../../bot/guide-move';
import { guideMoves } from '../../bot/guide-moves';
import { NEW_MEMORY } from '../../bot/memory';
import { phrases } from '../../bot/phrases';
import { tourContent } from '../support/tour-guide';
import { TOUR, TRACKER, tourTalk } from '../support/tour-talk';

/** The moves of the last of these messages; a label in brackets is clicked. */
async function lastMoves(texts: readonly string[]): Promise<readonly string[]> {
  const talk = await tourTalk();
  let moves: readonly GuideMove[] | undefined;
  for (const text of texts) {
    const { outcome } = text.startsWith('[') ? await talk.click(text.slice(1, -1)) : await talk.type(text);
    moves = outcome.guideMoves;
  }
  return (moves ?? []).map(words);
}

function words(move: GuideMove): string {
  switch (move.kind) {
    case 'started':
      return `started ${move.guide}`;
    case 'entered':
      return `entered ${move.guide}/${move.question}`;
    case 'left':
      return `left ${move.guide}/${move.question}: ${move.way}`;
    case 'finished':
      return `finished ${move.guide}/${move.outcome}`;
  }
}

const ASKED = ['plan a tour', 'mine', 'reach the tracker'];

describe('what moves in a guide', () => {
  test.each<[what: string, texts: readonly string[], moves: readonly string[]]>([
    ['a start', ['plan a tour'], [`started ${TOUR}`, `entered ${TOUR}/bike`]],
    ['an answer', ['plan a tour', 'mine'], [`left ${TOUR}/bike: answered`, `entered ${TOUR}/days`]],
    ['a reply that is none', ['plan a tour', 'mine', 'why'], []],
    ['a question in the middle', ['plan a tour', 'mine', 'how long does a tyre last?'], []],
    ['a step back', ['plan a tour', 'mine', 'back'], [`left ${TOUR}/days: back`, `entered ${TOUR}/bike`]],
    [
      'the last answer',
      ['plan a tour', 'mine', '5', 'tent'],
      [`left ${TOUR}/baggage: answered`, `finished ${TOUR}/panniers`],
    ],
    ['a stop', ['plan a tour', 'mine', 'cancel'], [`left ${TOUR}/days: cancelled`]],
    ['a pause', ['plan a tour', 'mine', 'later'], [`left ${TOUR}/days: put-aside`]],
    ['the end of a pause', ['plan a tour', 'mine', 'later', 'continue'], [`entered ${TOUR}/days`]],
    ['a question whether to leave', ASKED, []],
    [
      'a guide that is kept for another',
      [...ASKED, `[${phrases.keepAndStart('How do I reach my bike tracker?')}]`],
      [`left ${TOUR}/days: put-aside`, `started ${TRACKER}`, `entered ${TRACKER}/home`],
    ],
    [
      'a guide that is stopped for another',
      [...ASKED, `[${phrases.stopAndStart('How do I reach my bike tracker?')}]`],
      [`left ${TOUR}/days: switched`, `started ${TRACKER}`, `entered ${TRACKER}/home`],
    ],
    [
      'a guide that leads into another',
      ['plan a tour', '[None yet]'],
      [`left ${TOUR}/bike: answered`, 'started which-bicycle', 'entered which-bicycle/ground'],
    ],
    [
      'a step back into the guide before',
      ['plan a tour', '[None yet]', 'back'],
      ['left which-bicycle/ground: back', `entered ${TOUR}/bike`],
    ],
    [
      'another start after the end',
      ['plan a tour', 'mine', '5', 'tent', 'plan a tour'],
      [`started ${TOUR}`, `entered ${TOUR}/bike`],
    ],
    ['a greeting', ['hello'], []],
  ])('%s', async (_, texts, moves) => {
    expect(await lastMoves(texts)).toEqual(moves);
  });

  test('a guide that is served no more moves nobody', () => {
    const content = tourContent();
    const guide = { guide: 'gone', hash: '', answers: {}, assumed: [], facts: {}, picked: [], ticked: [] };
    expect(guideMoves({ ...NEW_MEMORY, guide }, NEW_MEMORY, content)).toBeUndefined();
  });
});
