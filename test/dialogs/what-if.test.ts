import fc from 'fast-check';
import type { Answer, GuideState } from '../../dialogs/guide-state';
import { beginGuide, positionOf, step } from '../../dialogs/walk';
import { alternativeSaid, alternativesOf, askedWhatIf, endOf } from '../../dialogs/what-if';
import { fullGuide } from '../support/full-guide';
import { eventOf, randomGuide, randomMoves } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = tinyGuide();
const camp = fullGuide();

function answered(answers: Readonly<Record<string, Answer>>): GuideState {
  return { ...beginGuide(guide), answers };
}

test.each([
  ['what if I had said no?', 'no', true],
  ['What if I said “on roads”?', 'on roads', true],
  ['and what if we took the motor', 'the motor', true],
  ['what would happen if it was a trail', 'a trail', false],
  ['what if there is no road?', 'no road', false],
  ['how about if we answered yes', 'yes', true],
  ['what if', '', true],
  ['what if I had said', '', true],
])('“%s” asks about “%s”, and whether it says that it means an answer: %s', (text, words, explicit) => {
  expect(askedWhatIf(text)).toEqual({ words, explicit });
});

test.each([
  'what is a road?',
  'if only',
  'what about roads',
  'tell me what if means',
  '',
])('“%s” asks about no other answer', (text) => {
  expect(askedWhatIf(text)).toBeUndefined();
});

describe('the answer that would be another', () => {
  const state = answered({ ground: 'road', distance: 'yes', motor: 'yes' });

  test.each([
    ['without a motor', 'motor', 'no', 'outcome touring-bike'],
    ['no', 'motor', 'no', 'outcome touring-bike'],
    ['forest', 'ground', 'trail', 'question jumps'],
    ['both', 'ground', 'both', 'outcome gravel-bike'],
    ['no, less', 'distance', 'no', 'outcome city-bike'],
  ])('for “%s” is that to “%s”', (words, question, answer, end) => {
    const found = alternativeSaid(guide, state, words)!;
    expect({ question: found.question.id, answer: found.answer, end: endOf(found.position) }).toEqual({
      question,
      answer,
      end,
    });
  });

  test('is none where the words are found nowhere, or are what was answered', () => {
    expect(alternativeSaid(guide, state, 'by boat')).toBeUndefined();
    expect(alternativeSaid(guide, state, 'with a motor')).toBeUndefined();
    expect(alternativeSaid(guide, state, '')).toBeUndefined();
  });

  test('may be a typed value', () => {
    const answers = { tents: 'many', things: ['lamps'], 'camp-range': '10.0.0.0/30' };
    const found = alternativeSaid(camp, { ...beginGuide(camp), answers }, '10.0.0.0/24')!;
    expect({ answer: found.answer, end: endOf(found.position) }).toEqual({
      answer: '10.0.0.0/24',
      end: 'question village-ranges',
    });
  });
});

describe('the other answers that lead elsewhere', () => {
  test('come in the order of the way', () => {
    const state = answered({ ground: 'road', distance: 'yes', motor: 'yes' });
    expect(
      alternativesOf(guide, state).map(({ question, answer, position }) => [question.id, answer, endOf(position)]),
    ).toEqual([
      ['ground', 'trail', 'question jumps'],
      ['ground', 'both', 'outcome gravel-bike'],
      ['distance', 'no', 'outcome city-bike'],
      ['motor', 'no', 'outcome touring-bike'],
    ]);
  });

  test('change nothing, and lead where answering so would lead', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (random, moves) => {
        const state = moves.reduce(
          (now, move) => step(random, now, eventOf(random, now, move)).state,
          beginGuide(random),
        );
        const before = JSON.stringify(state);
        for (const { question, answer, position } of alternativesOf(random, state)) {
          const moved = step(random, state, { kind: 'answer', question: question.id, answer });
          expect(endOf(positionOf(random, moved.state))).toBe(endOf(position));
          expect(endOf(position)).not.toBe(endOf(positionOf(random, state)));
        }
        expect(JSON.stringify(state)).toBe(before);
      }),
    );
  });
});
