import { decideNext, type GivenAnswer, givenAnswer, holds } from '../../dialogs/decision';
import type { Condition } from '../../dialogs/guide';
import type { Answer } from '../../dialogs/guide-state';
import { fullGuide } from '../support/full-guide';

const { decisions } = fullGuide();

function given(answers: Readonly<Record<string, Answer>>): ReadonlyMap<string, GivenAnswer> {
  return new Map(
    Object.entries(answers).map(([id, answer]) => [
      id,
      givenAnswer(answer, !['tents', 'things', 'speed'].includes(id)),
    ]),
  );
}

describe('a condition', () => {
  const parts = { any: undefined, all: undefined, only: undefined, none: undefined };
  const check = (condition: Partial<Condition>, picks: readonly string[] | undefined): boolean =>
    holds(
      { question: 'things', ...parts, ...condition },
      picks === undefined ? new Map() : new Map([['things', { picks, value: undefined }]]),
    );

  test.each<[Partial<Condition>, string[] | undefined, boolean]>([
    [{ any: ['a', 'b'] }, ['b', 'c'], true],
    [{ any: ['a', 'b'] }, ['c'], false],
    [{ all: ['a', 'b'] }, ['a', 'b', 'c'], true],
    [{ all: ['a', 'b'] }, ['a'], false],
    [{ only: ['a', 'b'] }, ['a'], true],
    [{ only: ['a', 'b'] }, ['a', 'c'], false],
    [{ none: ['a', 'b'] }, ['c'], true],
    [{ none: ['a', 'b'] }, ['a', 'c'], false],
    [{ any: ['a'], none: ['b'] }, ['a'], true],
    [{ any: ['a'], none: ['b'] }, ['a', 'b'], false],
    [{ all: ['a', 'b'], only: ['a', 'b', 'c'] }, ['a', 'b'], true],
    [{ none: ['a'] }, undefined, true],
    [{ any: ['a'] }, undefined, false],
    [{ all: ['a'] }, undefined, false],
    [{ only: ['a'] }, undefined, false],
    [{ only: ['a'], none: ['b'] }, undefined, false],
  ])('%j on %j holds: %s', (condition, picks, held) => {
    expect(check(condition, picks)).toBe(held);
  });
});

describe('an answer counts in conditions', () => {
  test.each<[Answer, boolean, GivenAnswer]>([
    ['few', false, { picks: ['few'], value: undefined }],
    [['a', 'b'], false, { picks: ['a', 'b'], value: undefined }],
    ['unknown', false, { picks: ['unknown'], value: undefined }],
    ['10.0.0.0/24', true, { picks: ['known'], value: '10.0.0.0/24' }],
    ['unknown', true, { picks: ['unknown'], value: undefined }],
  ])('%j', (answer, isValue, counted) => {
    expect(givenAnswer(answer, isValue)).toEqual(counted);
  });
});

describe('a table leads on by its first row that holds', () => {
  test.each<[Readonly<Record<string, Answer>>, string]>([
    [{ things: ['nothing'], tents: 'few' }, 'no-network'],
    [{ things: ['lamps'], tents: 'few' }, 'which-bicycle'],
    [{ things: ['lamps'], tents: 'many' }, 'camp-range'],
    [{ things: ['lamps', 'sensors'], tents: 'few' }, 'camp-range'],
    [{ things: ['cameras', 'sensors'] }, 'own-number'],
    [{ things: 'unknown', tents: 'unknown' }, 'camp-range'],
    [{}, 'camp-range'],
  ])('for %j to %s', (answers, next) => {
    expect(decideNext(decisions.get('by-things')!, given(answers))?.next.id).toBe(next);
  });

  test('and nowhere without such a row', () => {
    const table = { kind: 'table' as const, id: 'empty', rows: [] };
    expect(decideNext(table, new Map())).toBeUndefined();
  });
});

describe('a check leads on by its result', () => {
  test.each<[string, Readonly<Record<string, Answer>>, string, Readonly<Record<string, string>>]>([
    ['room', { 'camp-range': '10.0.0.0/30' }, 'too-small', { prefix: '/30', addresses: '4' }],
    ['room', { 'camp-range': '10.0.0.0/28' }, 'village-ranges', { prefix: '/28', addresses: '16' }],
    ['room', {}, 'village-ranges', { prefix: '', addresses: '' }],
    [
      'apart',
      { 'camp-range': '10.0.0.0/24', 'village-ranges': '10.1.0.0/24, 10.0.0.0/8' },
      'ranges-overlap',
      { first: '10.0.0.0/24', second: '10.0.0.0/8' },
    ],
    ['apart', { 'camp-range': '10.0.0.0/24', 'village-ranges': '10.1.0.0/24' }, 'gate', { first: '', second: '' }],
    [
      'gate-place',
      { gate: '10.1.0.4', 'camp-range': '10.0.0.0/24' },
      'gate-outside',
      { first: '10.1.0.4', second: '10.0.0.0/24' },
    ],
    ['numbers', { 'own-number': '65010', 'village-number': '65010' }, 'same-numbers', { value: '65010' }],
    ['numbers', { 'own-number': '65010', 'village-number': 'unknown' }, 'two-numbers', { value: '' }],
  ])('%s of %j to %s', (decision, answers, next, figures) => {
    expect(decideNext(decisions.get(decision)!, given(answers))).toMatchObject({ next: { id: next }, figures });
  });
});
