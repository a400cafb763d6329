import fc from 'fast-check';
import type { GuideMove } from '../../bot/guide-move';
import { guideMoves } from '../../bot/guide-moves';
import { openQuestion } from '../../bot/guide-turn';
import { NEW_MEMORY } from '../../bot/memory';
import { phrases } from '../../bot/phrases';
import { labelsOf } from '../support/conversation';
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

const content = tourContent();
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

  test('leaves every question once that was entered, whatever people do', async () => {
    const typed = [
      'plan a tour',
      'which bicycle',
      'reach the tracker',
      'back',
      'cancel',
      'later',
      'continue',
      'start over',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 25 }), async (picks) => {
        const talk = await tourTalk();
        const open = new Map<string, number>();
        let labels: readonly string[] = [];
        for (const pick of picks) {
          const ways = [...labels, ...labels, ...typed];
          const way = pick % ways.length;
          const isTyped = way >= 2 * labels.length;
          const result = await (isTyped ? talk.type(ways[way]!) : talk.click(ways[way]!));
          if (result.replies.length > 0) labels = labelsOf(result);
          for (const move of result.outcome.guideMoves ?? []) {
            if (move.kind !== 'entered' && move.kind !== 'left') continue;
            const place = `${move.guide}/${move.question}`;
            open.set(place, (open.get(place) ?? 0) + (move.kind === 'entered' ? 1 : -1));
          }
          const entered = [...open].filter(([, count]) => count !== 0);
          const asked = openQuestion(talk.memory!, content);
          expect(entered).toEqual(asked ? [[`${asked.guide.id}/${asked.position.question.id}`, 1]] : []);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a guide that is served no more moves nobody', () => {
    const guide = { guide: 'gone', hash: '', answers: {}, assumed: [], facts: {}, picked: [], ticked: [] };
    expect(guideMoves({ ...NEW_MEMORY, guide }, NEW_MEMORY, content)).toBeUndefined();
  });
});
