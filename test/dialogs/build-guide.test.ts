import fc from 'fast-check';
import { buildGuide, conditionOf, nextsOf } from '../../dialogs/build-guide';
import { fullGuide } from '../support/full-guide';
import { randomGuide } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = fullGuide();
const question = (id: string) => guide.questions.get(id)!;

describe('a guide that was built', () => {
  test('can be stored as its text and built again', () => {
    const stored = JSON.parse(JSON.stringify(guide.written)) as typeof guide.written;
    const { questions, decisions, outcomes, longest, start } = buildGuide(stored, guide);
    expect({ questions, decisions, outcomes, longest, start }).toEqual({
      questions: guide.questions,
      decisions: guide.decisions,
      outcomes: guide.outcomes,
      longest: guide.longest,
      start: guide.start,
    });
  });

  test('knows what each target is', () => {
    expect(question('tents').choices[0]!.next).toEqual({ kind: 'question', id: 'things' });
    expect(question('things').choices[0]!.next).toEqual({ kind: 'decision', id: 'by-things' });
    expect(question('gate').choices[0]!.next).toEqual({ kind: 'outcome', id: 'whole-network' });
    expect(guide.decisions.get('by-things')).toMatchObject({
      rows: [
        { next: { kind: 'outcome', id: 'no-network' } },
        { next: { kind: 'guide', id: 'which-bicycle' } },
        { next: { kind: 'question', id: 'own-number' } },
        { when: [], next: { kind: 'question', id: 'camp-range' } },
      ],
    });
  });

  test('leads on from several choices in the same way for all, “I don’t know” included', () => {
    expect(new Set(nextsOf(question('things')).map(({ id }) => id))).toEqual(new Set(['by-things']));
  });

  test('leads on from a typed value where it says, and elsewhere where it is not known', () => {
    expect(nextsOf(question('camp-range')).map(({ id }) => id)).toEqual(['room', 'own-number']);
  });

  test('knows the last number of a span without an end as endless', () => {
    expect(question('tents').choices.map(({ numbers }) => numbers)).toEqual([
      { from: 0, to: 10 },
      { from: 11, to: 50 },
      { from: 51, to: Number.POSITIVE_INFINITY },
      undefined,
    ]);
    expect(question('tents')).toMatchObject({ kind: 'one', numeric: true });
    expect(tinyGuide().questions.get('ground')).toMatchObject({ kind: 'one', numeric: false });
  });

  test('names the value of a question by the id of the question in its reason', () => {
    expect(question('camp-range')).toMatchObject({ because: 'The camp has {camp-range}.' });
  });

  test('gives each outcome its own date, else that of the guide', () => {
    expect(guide.outcomes.get('two-numbers')!.asOf).toBe('2018-11-01');
    expect(guide.outcomes.get('no-network')!.asOf).toBe('2019-05-14');
  });

  test('keeps the checklist in the order of the file', () => {
    expect(guide.outcomes.get('whole-network')!.checklist.map(({ id }) => id)).toEqual(['cable', 'gate', 'test']);
  });

  test('counts the questions of the longest way from every node', () => {
    expect(Object.fromEntries(guide.longest)).toMatchObject({
      tents: 6,
      things: 4,
      'by-things': 3,
      'camp-range': 3,
      room: 2,
      'village-ranges': 2,
      gate: 1,
      'own-number': 2,
      'village-number': 1,
    });
  });

  test('counts at least as many questions before a node as behind it', () => {
    fc.assert(
      fc.property(randomGuide, (random) => {
        for (const [id, length] of random.longest) {
          const asked = random.questions.get(id);
          for (const { id: next } of asked === undefined ? [] : nextsOf(asked)) {
            expect(length).toBeGreaterThan(random.longest.get(next)!);
          }
        }
      }),
    );
  });
});

describe('a condition', () => {
  test.each([
    ['a list', ['a'], { any: ['a'], all: undefined, only: undefined, none: undefined }],
    ['parts', { all: ['a'], none: ['b'] }, { any: undefined, all: ['a'], only: undefined, none: ['b'] }],
  ])('may be written as %s', (_, written, parts) => {
    expect(conditionOf('things', written)).toEqual({ question: 'things', ...parts });
  });
});
