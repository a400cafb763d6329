import fc from 'fast-check';
import type { Guide } from '../../dialogs/guide';
import type { GuideState } from '../../dialogs/guide-state';
import { beginGuide, type GuideEvent, positionOf, type Step, step } from '../../dialogs/walk';
import { type Move, randomGuide, randomMoves } from '../support/random-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = tinyGuide();
const STRANGE_IDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'q0', 'c0', 'unknown', 'ground'];

function choose(question: string, choice: string): GuideEvent {
  return { kind: 'choose', question, choice };
}

function walk(...answers: readonly (readonly [question: string, choice: string])[]): GuideState {
  return answers.reduce<GuideState>((state, [question, choice]) => {
    const moved = step(guide, state, choose(question, choice));
    expect(moved.kind).toBe('moved');
    return moved.state;
  }, beginGuide(guide));
}

function wayOf(state: GuideState, of: Guide = guide): string[] {
  const position = positionOf(of, state);
  const end = position.kind === 'question' ? `${position.question.id}?` : position.outcome.id;
  return [...position.path.map(({ question, choice }) => `${question.id}=${choice.id}`), end];
}

/** The event that a random move stands for where the person is. */
function eventOf(of: Guide, state: GuideState, { kind, pick }: Move): GuideEvent {
  const position = positionOf(of, state);
  if (kind === 'forward' && position.kind === 'question') {
    const { question } = position;
    return choose(question.id, question.choices[pick % question.choices.length]!.id);
  }
  const questions = [...of.questions.keys(), ...STRANGE_IDS];
  const question = questions[pick % questions.length]!;
  const choice = ['c0', 'c1', 'c2', 'unknown', ...STRANGE_IDS][pick % 13]!;
  return [{ kind: 'back' } as const, { kind: 'change', question } as const, choose(question, choice)][pick % 3]!;
}

/** All states on the way of a random walk, the first included. */
function statesOf(of: Guide, moves: readonly Move[]): GuideState[] {
  const states = [beginGuide(of)];
  for (const move of moves) {
    const state = states.at(-1)!;
    states.push(step(of, state, eventOf(of, state, move)).state);
  }
  return states;
}

describe('a walk through the tiny guide', () => {
  test('begins at the first question, step 1 of about 3', () => {
    expect(positionOf(guide, beginGuide(guide))).toMatchObject({
      kind: 'question',
      question: { id: 'ground' },
      step: 1,
      ofAbout: 3,
      path: [],
    });
  });

  test('ends in an outcome, with the way taken', () => {
    const state = walk(['ground', 'trail'], ['jumps', 'no'], ['motor', 'yes']);
    expect(wayOf(state)).toEqual(['ground=trail', 'jumps=no', 'motor=yes', 'electric-bike']);
  });

  test('back reopens the last question and keeps the earlier answers', () => {
    const moved = step(guide, walk(['ground', 'road'], ['distance', 'yes']), { kind: 'back' });
    expect(moved.kind).toBe('moved');
    expect(wayOf(moved.state)).toEqual(['ground=road', 'distance?']);
  });

  test('back works from the outcome too', () => {
    const moved = step(guide, walk(['ground', 'both']), { kind: 'back' });
    expect(wayOf(moved.state)).toEqual(['ground?']);
  });

  test('back before the first answer is stale', () => {
    expect(step(guide, beginGuide(guide), { kind: 'back' })).toEqual({ kind: 'stale', state: beginGuide(guide) });
  });

  test('answers of an abandoned branch do not count, and count again when their question is asked again', () => {
    const onRoad = walk(['ground', 'road'], ['distance', 'yes'], ['motor', 'yes']);
    const onTrail = step(guide, onRoad, choose('ground', 'trail')).state;
    expect(wayOf(onTrail)).toEqual(['ground=trail', 'jumps?']);
    expect(wayOf(step(guide, onTrail, choose('jumps', 'no')).state)).toEqual([
      'ground=trail',
      'jumps=no',
      'motor=yes',
      'electric-bike',
    ]);
  });

  test('a changed answer opens its question; the later answers stay', () => {
    const opened = step(guide, walk(['ground', 'road'], ['distance', 'yes'], ['motor', 'no']), {
      kind: 'change',
      question: 'distance',
    });
    expect(wayOf(opened.state)).toEqual(['ground=road', 'distance?']);
    expect(wayOf(step(guide, opened.state, choose('distance', 'unknown')).state).at(-1)).toBe('touring-bike');
  });

  test('an older button of the way replaces its answer without asking', () => {
    const state = step(guide, walk(['ground', 'road'], ['distance', 'yes']), choose('distance', 'no')).state;
    expect(wayOf(state)).toEqual(['ground=road', 'distance=no', 'city-bike']);
  });

  test.each([
    ['a button of a branch that was not taken', choose('jumps', 'yes')],
    ['a question that is still to come', choose('motor', 'yes')],
    ['a choice that the question has not', choose('distance', 'sometimes')],
    ['a question that the guide has not', choose('colour', 'red')],
    ['changing an answer that was not given', { kind: 'change', question: 'motor' } as const],
    ['an id that every object has', choose('__proto__', 'constructor')],
  ])('%s is stale and changes no answer', (_, event) => {
    const state = walk(['ground', 'road']);
    expect(step(guide, state, event)).toEqual({ kind: 'stale', state });
  });

  test('start over forgets every answer', () => {
    const moved = step(guide, walk(['ground', 'road'], ['distance', 'yes']), { kind: 'start-over' });
    expect(moved).toEqual({ kind: 'moved', state: beginGuide(guide) });
  });

  test('after a change of the guide the walk is replayed with the answers that it still knows', () => {
    const older: GuideState = {
      guide: guide.id,
      hash: 'older',
      answers: { ground: 'road', distance: 'quite-far', motor: 'yes', colour: 'red' },
    };
    expect(wayOf(older)).toEqual(['ground=road', 'distance?']);
    const moved = step(guide, older, choose('distance', 'yes'));
    expect(moved.state.hash).toBe(guide.hash);
    expect(wayOf(moved.state).at(-1)).toBe('electric-bike');
  });

  test('answers that came through JSON under the name __proto__ do no harm', () => {
    const answers = JSON.parse('{"__proto__": "road", "constructor": "x", "ground": "road"}') as GuideState['answers'];
    const state: GuideState = { guide: guide.id, hash: guide.hash, answers };
    expect(wayOf(state)).toEqual(['ground=road', 'distance?']);
    expect(wayOf(step(guide, state, { kind: 'back' }).state)).toEqual(['ground?']);
  });
});

describe('any walk through any guide', () => {
  test('every way forward ends in an outcome, the step number grows, and the number of steps shown never does', () => {
    fc.assert(
      fc.property(randomGuide, fc.array(fc.nat({ max: 99 }), { minLength: 8, maxLength: 8 }), (random, picks) => {
        let state = beginGuide(random);
        for (const pick of picks) {
          const before = positionOf(random, state);
          if (before.kind === 'outcome') return;
          state = step(random, state, eventOf(random, state, { kind: 'forward', pick })).state;
          const after = positionOf(random, state);
          expect(after.path.length).toBe(before.step);
          if (after.kind === 'outcome') continue;
          expect(after.step).toBe(before.step + 1);
          expect(after.ofAbout).toBeLessThanOrEqual(before.ofAbout);
          expect(after.ofAbout).toBeGreaterThanOrEqual(after.step);
        }
        expect(positionOf(random, state).kind).toBe('outcome');
      }),
    );
  });

  test('back and then the same answer forward gives the same state', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (random, moves) => {
        for (const state of statesOf(random, moves)) {
          const last = positionOf(random, state).path.at(-1);
          if (last === undefined) continue;
          const back = step(random, state, { kind: 'back' });
          const forward = step(random, back.state, choose(last.question.id, last.choice.id));
          expect(back.kind).toBe('moved');
          expect(forward).toEqual({ kind: 'moved', state });
        }
      }),
    );
  });

  test('the order in which the answers were stored does not matter', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, fc.infiniteStream(fc.nat()), (random, moves, ranks) => {
        const state = statesOf(random, moves).at(-1)!;
        const shuffled = Object.entries(state.answers)
          .map((answer) => ({ answer, rank: ranks.next().value! }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ answer }) => answer);
        expect(positionOf(random, { ...state, answers: Object.fromEntries(shuffled) })).toEqual(
          positionOf(random, state),
        );
      }),
    );
  });

  test('answers to questions off the way change nothing about where the person is', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (random, moves) => {
        const state = statesOf(random, moves).at(-1)!;
        const { path } = positionOf(random, state);
        const onTheWay = Object.fromEntries(path.map(({ question, choice }) => [question.id, choice.id]));
        expect(wayOf({ ...state, answers: onTheWay }, random)).toEqual(wayOf(state, random));
      }),
    );
  });

  test('a state that went through JSON behaves as if it had not', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (random, moves) => {
        let plain = beginGuide(random);
        let stored = beginGuide(random);
        for (const move of moves) {
          const event = eventOf(random, plain, move);
          const [one, other]: Step[] = [step(random, plain, event), step(random, stored, event)] as [Step, Step];
          expect(other).toEqual(one);
          plain = one!.state;
          stored = JSON.parse(JSON.stringify(other!.state)) as GuideState;
        }
      }),
    );
  });

  test('no event throws, a stale one changes no answer, and every answer stored is one that the guide offers', () => {
    const ids = fc.oneof(fc.constantFrom(...STRANGE_IDS), fc.string());
    const events: fc.Arbitrary<GuideEvent> = fc.oneof(
      fc.record({ kind: fc.constant('choose' as const), question: ids, choice: ids }),
      fc.record({ kind: fc.constant('change' as const), question: ids }),
      fc.constant({ kind: 'back' } as const),
      fc.constant({ kind: 'start-over' } as const),
    );
    fc.assert(
      fc.property(randomGuide, fc.array(events, { maxLength: 12 }), (random, all) => {
        let state = beginGuide(random);
        for (const event of all) {
          const moved = step(random, state, event);
          if (moved.kind === 'stale') expect(moved.state).toEqual(state);
          for (const [question, choice] of Object.entries(moved.state.answers)) {
            expect(random.questions.get(question)?.choices.map(({ id }) => id)).toContain(choice);
          }
          state = moved.state;
        }
      }),
    );
  });
});
