import fc from 'fast-check';
import { replyOf } from '../../dialogs/answers';
import { everyWay, sampleAnswers } from '../../dialogs/every-way';
import type { Guide } from '../../dialogs/guide';
import { fullGuide } from '../support/full-guide';
import { guideOf, randomGuideText } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

const answersTo = (guide: Guide, id: string) => sampleAnswers(guide, guide.questions.get(id)!);
const endsOf = (guide: Guide): string[] =>
  [...everyWay(guide)].map(({ position }) => (position.kind === 'outcome' ? position.outcome.id : position.guide));

describe('sample answers', () => {
  const guide = fullGuide();

  test('to one choice are all of them', () => {
    expect(answersTo(guide, 'tents')).toEqual(['few', 'many', 'crowd', 'unknown']);
  });

  test('to several are each alone, each pair of few, and all that may stand together', () => {
    expect(answersTo(guide, 'things')).toEqual([
      ['lamps'],
      ['cameras'],
      ['sensors'],
      ['nothing'],
      ['lamps', 'cameras'],
      ['lamps', 'sensors'],
      ['cameras', 'sensors'],
      ['lamps', 'cameras', 'sensors'],
      'unknown',
    ]);
  });

  test('that are typed make every check come out every way', () => {
    expect(answersTo(guide, 'own-number')).toEqual(['65010', '65020', 'unknown']);
    expect(answersTo(guide, 'gate')).toEqual(['10.0.0.4', '192.168.0.4', 'unknown']);
    expect(new Set(endsOf(guide))).toEqual(new Set([...guide.outcomes.keys(), 'which-bicycle']));
  });

  test('are all answers to their question, none twice, “I don’t know” last', () => {
    fc.assert(
      fc.property(randomGuideText(), (text) => {
        const random = guideOf(text);
        for (const question of random.questions.values()) {
          const answers = sampleAnswers(random, question);
          expect(answers.length).toBeGreaterThan(1);
          expect(answers.at(-1)).toBe('unknown');
          expect(new Set(answers.map(String)).size).toBe(answers.length);
          for (const answer of answers) expect(replyOf(question, answer)?.answer).toEqual(answer);
        }
      }),
    );
  });
});

describe('every way', () => {
  test('through the tiny guide is walked once, in the order of its choices', () => {
    const ways = [...everyWay(tinyGuide())].map(({ state }) => Object.values(state.answers).join(' '));
    expect(ways).toEqual([
      'road yes yes',
      'road yes no',
      'road yes unknown',
      'road no',
      'road unknown yes',
      'road unknown no',
      'road unknown unknown',
      'trail yes',
      'trail no yes',
      'trail no no',
      'trail no unknown',
      'trail unknown',
      'both',
      'unknown yes yes',
      'unknown yes no',
      'unknown yes unknown',
      'unknown no',
      'unknown unknown yes',
      'unknown unknown no',
      'unknown unknown unknown',
    ]);
  });

  test('is found only when it is asked for, however many there are', () => {
    // 30 questions of two replies each: a thousand million ways.
    const guide = tinyGuide();
    const motor = guide.questions.get('motor')!;
    const questions = new Map(
      Array.from({ length: 30 }, (_, at) => {
        const next = at === 29 ? motor.choices[0]!.next : { kind: 'question' as const, id: `q${at + 1}` };
        return [`q${at}`, { ...motor, id: `q${at}`, choices: motor.choices.map((choice) => ({ ...choice, next })) }];
      }),
    );
    const ways = everyWay({ ...guide, start: { kind: 'question', id: 'q0' }, questions });
    expect(ways.next().value).toMatchObject({ position: { kind: 'outcome', outcome: { id: 'electric-bike' } } });
  });

  test('through any guide ends, and answers only what was asked on it', () => {
    fc.assert(
      fc.property(randomGuideText(), fc.nat({ max: 200 }), (text, most) => {
        const guide = guideOf(text);
        let seen = 0;
        for (const { state, position } of everyWay(guide)) {
          expect(position.path.map(({ question }) => question.id)).toEqual(Object.keys(state.answers));
          seen += 1;
          if (seen > most) return;
        }
      }),
    );
  });
});
