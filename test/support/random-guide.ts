import fc from 'fast-check';
import { buildGuide } from '../../dialogs/build-guide';
import { sampleAnswers } from '../../dialogs/every-way';
import type { Guide } from '../../dialogs/guide';
import type { GuideText, QuestionText } from '../../dialogs/guide-file';
import type { GuideState } from '../../dialogs/guide-state';
import { type GuideEvent, positionOf } from '../../dialogs/walk';

const OUTCOMES = 3;
const VALUE_TYPES = ['range', 'ranges', 'address', 'asn'] as const;
const RESULTS = {
  overlap: ['overlap', 'apart', 'unknown'],
  relation: ['same', 'covers', 'inside', 'apart', 'unknown'],
  'subnet-size': ['too-small', 'small', 'recommended', 'unknown'],
  same: ['same', 'different', 'unknown'],
} as const;

/** What one node is made of: numbers out of which everything else is picked, so that a failing guide shrinks. */
interface Seed {
  readonly kind: 'one' | 'numeric' | 'several' | 'value' | 'table' | 'check';
  readonly choices: number;
  readonly picks: readonly number[];
}

const seed: fc.Arbitrary<Seed> = fc.record({
  kind: fc.constantFrom<Seed['kind'][]>('one', 'numeric', 'several', 'value', 'table', 'check'),
  choices: fc.integer({ min: 1, max: 4 }),
  picks: fc.array(fc.nat({ max: 99 }), { minLength: 8, maxLength: 8 }),
});

/**
 * Texts of guides of every shape without cycles: up to nine questions and decisions of all kinds (`n0` to `n8`), each leading to any
 * later one, to an outcome or, with `handsOver`, to the guide `other`. Nothing is wrong with them but that nodes may be out of reach.
 */
export const randomGuideText = (handsOver = true): fc.Arbitrary<GuideText> =>
  fc.array(seed, { minLength: 1, maxLength: 9 }).map((seeds) => textOf(seeds, handsOver));

/** Guides of such texts, all with the id `random`. */
export const randomGuide: fc.Arbitrary<Guide> = randomGuideText().map((text) => guideOf(text));

/** A guide of a text without faults. */
export function guideOf(text: GuideText, hash = 'hash'): Guide {
  return buildGuide(text, { id: 'random', hash, file: 'random.yaml' });
}

/** What a person may do in a guide: mostly something that fits, now and then any event at all. */
export type Move =
  | { readonly kind: 'forward'; readonly pick: number }
  | { readonly kind: 'any'; readonly pick: number };

export const randomMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ kind: fc.constantFrom('forward', 'forward', 'any'), pick: fc.nat({ max: 999 }) }) as fc.Arbitrary<Move>,
  { maxLength: 20 },
);

/** Ids that no guide has but every JavaScript object does, and some that a guide may have. */
export const STRANGE_IDS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'n0',
  'c0',
  'unknown',
];

/** The event that a move stands for where the person is. */
export function eventOf(guide: Guide, state: GuideState, { kind, pick }: Move): GuideEvent {
  const position = positionOf(guide, state);
  if (kind === 'forward' && position.kind === 'question') {
    const answers = sampleAnswers(guide, position.question);
    return { kind: 'answer', question: position.question.id, answer: answers[pick % answers.length]! };
  }
  const at = <T>(items: readonly T[], salt: number): T => items[Math.floor(pick / salt) % items.length]!;
  const question = at([...guide.questions.keys(), ...STRANGE_IDS], 8);
  const choice = at(['c0', 'c1', 'c2', 'unknown', '10.0.0.0/24', ...STRANGE_IDS], 3);
  const events: readonly GuideEvent[] = [
    { kind: 'back' },
    { kind: 'change', question },
    { kind: 'answer', question, answer: choice },
    { kind: 'answer', question, answer: [choice, 'c1'] },
    { kind: 'pick', question, choice },
    { kind: 'unpick', question, choice },
    { kind: 'done', question },
    { kind: 'take-back' },
    { kind: 'tick', item: choice },
    { kind: 'untick', item: choice },
    { kind: 'start-over' },
  ];
  return events[pick % events.length]!;
}

function textOf(seeds: readonly Seed[], handsOver: boolean): GuideText {
  const questions: Record<string, QuestionText> = {};
  const decisions: GuideText['decisions'] = {};
  seeds.forEach((one, index) => {
    const ends = OUTCOMES + (handsOver ? 1 : 0);
    const target = (pick: number): string => {
      const next = index + 1 + (one.picks[pick % one.picks.length]! % (seeds.length - index - 1 + ends));
      if (next < seeds.length) return `n${next}`;
      return next - seeds.length < OUTCOMES ? `o${next - seeds.length}` : 'guide:other';
    };
    const id = `n${index}`;
    // The first is asked, or nothing could be decided.
    const isDecision = index > 0 && (one.kind === 'table' || one.kind === 'check');
    if (isDecision) decisions[id] = decisionOf(one, questions, target);
    else questions[id] = questionOf(one, id, target);
  });
  const outcomes = Object.fromEntries(
    Array.from({ length: OUTCOMES }, (_, index): [string, GuideText['outcomes'][string]] => [
      `o${index}`,
      {
        verdict: `Verdict ${index}`,
        explanation: 'So it is.',
        nextSteps: ['Go on.'],
        checklist: index === 0 ? { c0: 'First this.', c1: 'Then that.' } : {},
        goOn: [],
        cites: ['an-entry'],
        asOf: undefined,
      },
    ]),
  );
  return {
    title: 'A random guide',
    description: 'Made by a test.',
    asOf: '2019-05-14',
    utterances: ['random guide', 'any guide', 'some guide'],
    start: 'n0',
    questions,
    decisions,
    outcomes,
  };
}

function questionOf({ kind, choices: count, picks }: Seed, id: string, target: (pick: number) => string): QuestionText {
  const unknown = {
    label: 'I don’t know',
    because: `Nothing is known of ${id}.`,
    // Whatever is ruled out makes a difference, so that no question is asked for nothing.
    rulesOut: [{ what: `What ${id} is about`, because: 'It is not known.' }],
    next: target(0),
  };
  const base = {
    text: `Question ${id}?`,
    why: 'To know.',
    several: false,
    refuse: [],
    said: [],
    rulesOut: [],
    unknown,
  };
  if (kind === 'value') {
    return {
      ...base,
      asks: VALUE_TYPES[picks[1]! % VALUE_TYPES.length]!,
      example: '10.0.0.0/24',
      because: `For ${id} it is {value}.`,
      next: target(2),
    };
  }
  const several = kind === 'several';
  const choices = Object.fromEntries(
    Array.from({ length: count }, (_, place) => [
      `c${place}`,
      {
        label: `Choice number ${place} of ${id}`,
        synonyms: [],
        said: [],
        facts: {},
        numbers:
          kind === 'numeric' ? { from: place * 10, to: place === count - 1 ? undefined : place * 10 + 9 } : undefined,
        alone: several && place > 0 && place === count - 1,
        because: `You took ${place} in ${id}.`,
        rulesOut: [],
        next: several ? undefined : target(place + 1),
      },
    ]),
  );
  return several
    ? { ...base, choices, several, next: target(0), unknown: { ...unknown, next: undefined } }
    : { ...base, choices };
}

function decisionOf(
  { kind, choices, picks }: Seed,
  questions: Readonly<Record<string, QuestionText>>,
  target: (pick: number) => string,
): GuideText['decisions'][string] {
  const asked = Object.entries(questions);
  const names = (...types: readonly string[]): string[] =>
    asked.filter(([, { asks }]) => asks !== undefined && types.includes(asks)).map(([id]) => id);
  const ranges = names('range', 'ranges', 'address');
  const [checks, same] = [names('range').slice(0, 1), [names('asn'), names('address')].find((ids) => ids.length > 1)];
  const possible = [
    ...(ranges.length > 1 ? [{ check: 'overlap' as const, of: ranges }] : []),
    ...(ranges.length > 1 ? [{ check: 'relation' as const, of: ranges.slice(-2) }] : []),
    ...(checks.length > 0 ? [{ check: 'subnet-size' as const, of: checks }] : []),
    ...(same === undefined ? [] : [{ check: 'same' as const, of: same.slice(0, 2) }]),
  ];
  if (kind === 'check' && possible.length > 0) {
    const { check, of } = possible[picks[0]! % possible.length]!;
    const results = Object.fromEntries(RESULTS[check].map((result, index) => [result, target(index + 1)]));
    return { check, of, results };
  }
  const rows = Array.from({ length: choices }, (_, index) => {
    const [question, { choices: offered = {}, several, asks }] = asked[picks[index]! % asked.length]!;
    const answers = asks === undefined ? [...Object.keys(offered), 'unknown'] : ['known', 'unknown'];
    const answer = answers[picks[index + 1]! % answers.length]!;
    const parts = [{ any: [answer] }, { all: [answer] }, { only: [answer] }, { none: [answer] }];
    const condition = several ? parts[picks[index + 2]! % parts.length]! : [answer];
    return { when: { [question]: condition }, because: `Row ${index} holds.`, rulesOut: [], next: target(index + 3) };
  });
  return { rows, otherwise: target(7) };
}
