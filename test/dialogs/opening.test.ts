import fc from 'fast-check';
import type { KnownFacts } from '../../dialogs/guide-state';
import { buildOpenGuide } from '../../dialogs/opening';
import { beginGuide, factsOf, positionOf, step } from '../../dialogs/walk';
import { anyText } from '../support/any-text';
import { fullFacts, fullGuide } from '../support/full-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = fullGuide();
const open = buildOpenGuide([guide, tinyGuide()], fullFacts());
const said = (message: string) => open(guide, { message }).answers;

describe('a message that opens a guide', () => {
  test.each([
    ['plan the network of our camp', {}],
    ['plan the network of our camp with 20 tents', { tents: 'many' }],
    ['we have 7 tents and the camp has 10.0.0.0/24', { tents: 'few', 'camp-range': '10.0.0.0/24' }],
    ['a network for cameras', { things: ['cameras'] }],
    ['a network for lamps and cameras', { things: ['lamps', 'cameras'] }],
    ['I want to film the camp', { things: ['cameras'] }],
    ['we want lights in 60 tents', { tents: 'crowd', things: ['lamps'] }],
    ['20 tents or 60 tents', {}],
    ['a network without cameras', {}],
    ['the camp has 10.0.0.5/24', {}],
  ])('“%s” says %j', (message, answers) => {
    expect(said(message)).toEqual(answers);
  });

  test('also tells facts for which the guide does not ask', () => {
    expect(open(tinyGuide(), { message: 'which bike for 20 tents' })).toEqual({
      answers: {},
      facts: { tents: '20' },
      from: undefined,
    });
  });

  test('counts more than what another guide knew', () => {
    const facts = { tents: '5', things: ['lamps'] };
    expect(open(guide, { message: 'plan the camp with 20 tents', facts })).toMatchObject({
      answers: { tents: 'many', things: ['lamps'] },
      facts: { tents: '20', things: ['lamps'] },
    });
  });
});

describe('what another guide knew', () => {
  test.each<[KnownFacts, object]>([
    [{ tents: '12' }, { tents: 'many' }],
    [{ things: ['lamps', 'boats'] }, { things: ['lamps'] }],
    [{ things: 'lamps' }, { things: ['lamps'] }],
    [{ 'camp-range': '10.0.0.0/24' }, { 'camp-range': '10.0.0.0/24' }],
    [{ 'camp-range': 'large' }, {}],
    [{ tents: ['12'] }, {}],
    [{ tents: 'unknown' }, {}],
    [{ weather: 'rain' }, {}],
  ])('of %j gives %j', (facts, answers) => {
    expect(open(guide, { facts }).answers).toEqual(answers);
  });

  test('is the same after the hand-over as before', () => {
    const begun = beginGuide(guide, open(guide, { message: '7 tents with lights' }));
    const end = positionOf(guide, begun);
    expect(end).toMatchObject({ kind: 'handover', guide: 'which-bicycle' });
    const next = beginGuide(tinyGuide(), open(tinyGuide(), { facts: factsOf(guide, begun), from: begun }));
    expect(next).toMatchObject({ guide: 'which-bicycle', facts: { tents: '7', things: ['lamps'] }, from: begun });
    expect(step(tinyGuide(), next, { kind: 'back' })).toEqual({ kind: 'returned', state: begun });
  });
});

test('the order of what is said does not matter', () => {
  const parts = ['there are 20 tents', 'the camp has 10.0.0.0/24', 'we want lamps', 'we film the camp'];
  fc.assert(
    fc.property(fc.shuffledSubarray(parts), (order) => {
      const inOrder = parts.filter((part) => order.includes(part));
      expect(said(`${order.join('. ')}.`)).toEqual(said(`${inOrder.join('. ')}.`));
    }),
  );
});

test('no message and no facts throw, and every answer is one that the guide takes', () => {
  const text = fc.oneof(
    anyText(),
    fc
      .array(fc.constantFrom('20', 'tents', 'no', 'lamps', 'camp', 'has', '10.0.0.0/24', 'and'))
      .map((a) => a.join(' ')),
  );
  const facts = fc.dictionary(
    fc.constantFrom('tents', 'things', 'camp-range', '__proto__', 'x'),
    fc.oneof(fc.string(), fc.constantFrom('lamps', '5', '10.0.0.0/8'), fc.array(fc.constantFrom('lamps', 'x'))),
  );
  fc.assert(
    fc.property(text, facts, (message, known) => {
      const opening = open(guide, { message, facts: known });
      const begun = beginGuide(guide, opening);
      const { path } = positionOf(guide, begun);
      for (const { question, answer } of path) expect(opening.answers[question.id]).toEqual(answer);
      for (const id of Object.keys(opening.answers)) expect(guide.questions.has(id)).toBe(true);
    }),
  );
});
