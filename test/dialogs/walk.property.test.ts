import fc from 'fast-check';
import { sampleAnswers } from '../../dialogs/every-way';
import type { Guide } from '../../dialogs/guide';
import type { Answer, GuideState } from '../../dialogs/guide-state';
import { beginGuide, factsOf, type Position, positionOf, step } from '../../dialogs/walk';
import { eventOf, guideOf, type Move, randomGuide, randomGuideText, randomMoves } from '../support/random-guide';

/** All states on the way of a random walk, the first included. */
function statesOf(of: Guide, moves: readonly Move[]): GuideState[] {
  const states = [beginGuide(of)];
  for (const move of moves) {
    const state = states.at(-1)!;
    states.push(step(of, state, eventOf(of, state, move)).state);
  }
  return states;
}

const picks = fc.array(fc.nat({ max: 99 }), { minLength: 10, maxLength: 10 });
const forwards = fc.array(fc.record({ kind: fc.constant('forward' as const), pick: fc.nat({ max: 99 }) }), {
  maxLength: 10,
});

/** What a person sees of a position. */
const seen = ({ path, grounds, values, ...end }: Position) => ({
  path: path.map(({ question, answer }) => [question.id, answer]),
  because: grounds.map(({ because }) => because),
  values: [...values],
  end,
});

/** What the answers on the way are. */
const given = (of: Guide, state: GuideState): Record<string, Answer> =>
  Object.fromEntries(positionOf(of, state).path.map(({ question, answer }) => [question.id, answer]));

describe('any walk through any guide', () => {
  test('forward ends; the step number grows by one, the number of steps never does, so that the share done never shrinks', () => {
    fc.assert(
      fc.property(randomGuide, picks, (guide, all) => {
        let state = beginGuide(guide);
        for (const pick of all) {
          const before = positionOf(guide, state);
          if (before.kind !== 'question') return;
          state = step(guide, state, eventOf(guide, state, { kind: 'forward', pick })).state;
          const after = positionOf(guide, state);
          expect(after.path.length).toBe(before.step);
          if (after.kind !== 'question') continue;
          expect(after.step).toBe(before.step + 1);
          expect(after.ofAbout).toBeLessThanOrEqual(before.ofAbout);
          expect(after.ofAbout).toBeGreaterThanOrEqual(after.step);
          expect(after.step / after.ofAbout).toBeGreaterThanOrEqual(before.step / before.ofAbout);
        }
        expect(positionOf(guide, state).kind).not.toBe('question');
      }),
    );
  });

  test('the share done never shrinks either where some answers are known before', () => {
    fc.assert(
      fc.property(randomGuide, fc.array(fc.nat(), { maxLength: 4 }), picks, (guide, known, all) => {
        const answers = knownOf(guide, known);
        let state = beginGuide(guide, { answers: Object.fromEntries(answers), facts: {} });
        for (const pick of all) {
          const before = positionOf(guide, state);
          if (before.kind !== 'question') return;
          state = step(guide, state, eventOf(guide, state, { kind: 'forward', pick })).state;
          const after = positionOf(guide, state);
          if (after.kind !== 'question') return;
          expect(after.ofAbout).toBeLessThanOrEqual(before.ofAbout);
          expect(after.step / after.ofAbout).toBeGreaterThanOrEqual(before.step / before.ofAbout);
          expect(after.step).toBeLessThanOrEqual(after.ofAbout);
        }
      }),
    );
  });

  test('back and then the same answer forward gives the same state', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (guide, moves) => {
        for (const state of statesOf(guide, moves)) {
          const last = positionOf(guide, state).path.at(-1);
          if (last === undefined) continue;
          const back = step(guide, state, { kind: 'back' });
          const forward = step(guide, back.state, { kind: 'answer', question: last.question.id, answer: last.answer });
          expect(back.kind).toBe('moved');
          expect(positionOf(guide, back.state)).toMatchObject({ kind: 'question', question: { id: last.question.id } });
          expect(forward).toEqual({ kind: 'moved', state: { ...state, picked: [] } });
        }
      }),
    );
  });

  test('all the way back and forward again is the same way', () => {
    fc.assert(
      fc.property(randomGuide, forwards, (guide, moves) => {
        let state = beginGuide(guide);
        for (const move of moves) {
          if (positionOf(guide, state).kind === 'question')
            state = step(guide, state, eventOf(guide, state, move)).state;
        }
        const { path } = positionOf(guide, state);
        const first = path.reduce((one) => step(guide, one, { kind: 'back' }).state, state);
        expect(first).toEqual(beginGuide(guide));
        const again = path.reduce(
          (one, { question, answer }) => step(guide, one, { kind: 'answer', question: question.id, answer }).state,
          first,
        );
        expect(again).toEqual(state);
      }),
    );
  });

  test('the order in which answers were known before does not matter', () => {
    fc.assert(
      fc.property(randomGuide, fc.array(fc.nat(), { maxLength: 6 }), randomMoves, (guide, known, moves) => {
        const answers = knownOf(guide, known);
        const [one, other] = [answers, answers.toReversed()].map((entries) => {
          const begun = beginGuide(guide, { answers: Object.fromEntries(entries), facts: {} });
          const state = moves.reduce((now, move) => step(guide, now, eventOf(guide, now, move)).state, begun);
          return { seen: seen(positionOf(guide, state)), facts: factsOf(guide, state) };
        });
        expect(other).toEqual(one);
      }),
    );
  });

  test('answers off the way, of an abandoned branch, change nothing about where the person is', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (guide, moves) => {
        const state = statesOf(guide, moves).at(-1)!;
        const answers = given(guide, state);
        expect(seen(positionOf(guide, { ...state, answers }))).toEqual(seen(positionOf(guide, state)));
        expect(factsOf(guide, { ...state, answers })).toEqual(factsOf(guide, state));
      }),
    );
  });

  test('a changed answer asks only what was not answered: what is still on the way keeps its answer', () => {
    fc.assert(
      fc.property(randomGuide, forwards, fc.nat(), fc.nat(), (guide, moves, which, pick) => {
        const state = statesOf(guide, moves).at(-1)!;
        const { path } = positionOf(guide, state);
        const chosen = path[which % Math.max(1, path.length)];
        if (chosen === undefined) return;
        const { question } = chosen;
        const opened = step(guide, state, { kind: 'change', question: question.id });
        expect(positionOf(guide, opened.state)).toMatchObject({ kind: 'question', question: { id: question.id } });
        const answers = sampleAnswers(guide, question);
        const answer = answers[pick % answers.length]!;
        const changed = step(guide, opened.state, { kind: 'answer', question: question.id, answer });
        expect(changed).toEqual(step(guide, state, { kind: 'answer', question: question.id, answer }));
        const after = positionOf(guide, changed.state);
        for (const [id, kept] of Object.entries(given(guide, changed.state))) {
          expect(kept).toEqual(id === question.id ? answer : state.answers[id]);
        }
        if (after.kind === 'question') expect(Object.keys(state.answers)).not.toContain(after.question.id);
      }),
    );
  });

  test('a state that went through JSON behaves as if it had not', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (guide, moves) => {
        let plain = beginGuide(guide);
        let stored = beginGuide(guide);
        for (const move of moves) {
          const event = eventOf(guide, plain, move);
          const one = step(guide, plain, event);
          const other = step(guide, stored, event);
          expect(other).toEqual(one);
          plain = one.state;
          stored = JSON.parse(JSON.stringify(other.state)) as GuideState;
          expect(stored).toEqual(plain);
        }
      }),
    );
  });

  test('no event leads out of the guide, a stale one changes nothing, and every answer stored is one that can be given', () => {
    fc.assert(
      fc.property(randomGuide, randomMoves, (guide, moves) => {
        let state = beginGuide(guide);
        for (const move of moves) {
          const moved = step(guide, state, eventOf(guide, state, move));
          if (moved.kind === 'stale') expect(moved.state).toEqual(state);
          for (const [id, answer] of Object.entries(moved.state.answers)) {
            const alone = { ...beginGuide(guide), answers: { [id]: answer } };
            const asked = guide.questions.get(id)!;
            expect(positionOf({ ...guide, start: { kind: 'question', id } }, alone).path[0]).toMatchObject({
              question: asked,
              answer,
            });
          }
          const position = positionOf(guide, moved.state);
          if (position.kind === 'question') expect(guide.questions.get(position.question.id)).toBe(position.question);
          if (position.kind === 'outcome') expect(guide.outcomes.get(position.outcome.id)).toBe(position.outcome);
          state = moved.state;
        }
      }),
    );
  });

  test('on an edited guide the way is made of answers that were given, and of none that the guide no longer knows', () => {
    fc.assert(
      fc.property(randomGuide, randomGuideText(), randomMoves, (guide, text, moves) => {
        const state = statesOf(guide, moves).at(-1)!;
        const edited = guideOf(text, 'edited');
        const { path } = positionOf(edited, state);
        for (const { question, answer } of path) {
          expect(edited.questions.get(question.id)).toBe(question);
          const before = state.answers[question.id]!;
          expect([answer].flat().toSorted()).toEqual([before].flat().toSorted());
        }
        const moved = step(edited, state, eventOf(edited, state, { kind: 'forward', pick: 0 }));
        expect(moved.state.hash).toBe('edited');
      }),
    );
  });
});

/** Some answers of a guide, picked by numbers; none twice. */
function knownOf(guide: Guide, numbers: readonly number[]): [string, Answer][] {
  const questions = [...guide.questions.values()];
  const known = new Map<string, Answer>();
  for (const number of numbers) {
    const question = questions[number % questions.length]!;
    const answers = sampleAnswers(guide, question);
    known.set(question.id, answers[Math.floor(number / 10) % answers.length]!);
  }
  return [...known];
}
