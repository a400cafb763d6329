import fc from 'fast-check';
import { listOf, replyOf } from '../../dialogs/answers';
import { sampleAnswers } from '../../dialogs/every-way';
import type { Answer } from '../../dialogs/guide-state';
import { fullGuide } from '../support/full-guide';
import { randomGuide } from '../support/random-guide';

const { questions } = fullGuide();
const reply = (question: string, answer: Answer | undefined) => replyOf(questions.get(question)!, answer);

describe('an answer', () => {
  test('to one choice brings its reason along', () => {
    expect(reply('tents', 'few')).toMatchObject({
      answer: 'few',
      label: 'A handful',
      choices: [{ id: 'few' }],
      consequences: [{ because: 'The camp is small.' }],
    });
  });

  test('with several choices has them in the order of the question', () => {
    expect(reply('things', ['sensors', 'lamps', 'cameras'])).toMatchObject({
      answer: ['lamps', 'cameras', 'sensors'],
      label: 'Lamps, Cameras and Rain sensors',
      consequences: [
        { because: 'There are lamps.' },
        { because: 'There are cameras.' },
        { because: 'There are rain sensors.' },
      ],
    });
  });

  test('that is a value brings the reason of the question along', () => {
    expect(reply('camp-range', '10.0.0.0/24')).toMatchObject({
      answer: '10.0.0.0/24',
      label: '10.0.0.0/24',
      choices: [],
      consequences: [{ because: 'The camp has {camp-range}.' }],
    });
  });

  test.each(['tents', 'things', 'camp-range'])('to “%s” may be that it is not known', (question) => {
    expect(reply(question, 'unknown')).toMatchObject({ answer: 'unknown', label: 'I don’t know' });
  });

  test.each<[string, string, Answer | undefined]>([
    ['nothing', 'tents', undefined],
    ['a choice that there is not', 'tents', 'thousands'],
    ['a list where one choice is wanted', 'tents', ['few']],
    ['one choice where a list is wanted', 'things', 'lamps'],
    ['an empty list', 'things', []],
    ['a list with “I don’t know”', 'things', ['unknown']],
    ['a list with a choice that there is not', 'things', ['lamps', 'boats']],
    ['a choice that stands alone with another', 'things', ['nothing', 'lamps']],
    ['a list where a value is wanted', 'camp-range', ['10.0.0.0/24']],
    ['a value that is none', 'camp-range', '10.0.0.5/24'],
    ['a value beside other words', 'camp-range', 'it is 10.0.0.0/24'],
    ['a value that is refused', 'gate', '20.1.2.3'],
    ['an id that every object has', 'tents', '__proto__'],
  ])('is not %s', (_, question, answer) => {
    expect(reply(question, answer)).toBeUndefined();
  });

  test('in its normal form is its own normal form', () => {
    fc.assert(
      fc.property(randomGuide, (guide) => {
        for (const question of guide.questions.values()) {
          for (const answer of sampleAnswers(guide, question)) {
            expect(replyOf(question, answer)?.answer).toEqual(answer);
          }
        }
      }),
    );
  });

  test('of any kind does not throw', () => {
    const any = fc.oneof(fc.string(), fc.array(fc.constantFrom('lamps', 'cameras', 'nothing', 'unknown', 'x')));
    fc.assert(
      fc.property(fc.constantFrom(...questions.values()), any, (question, answer) => {
        const found = replyOf(question, answer);
        if (found !== undefined) expect(replyOf(question, found.answer)).toEqual(found);
      }),
    );
  });
});

test.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
])('the list of %j is “%s”', (items, text) => {
  expect(listOf(items)).toBe(text);
});
