import { isFormOf } from '../../knowledge/common-inflections';
import { readCommonWords } from '../../knowledge/common-words';
import { buildEverydayEnglish } from '../../knowledge/everyday-english';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

describe('the list of common words', () => {
  test('has each word once, in order, under its first letter', () => {
    for (const letter of LETTERS) {
      const words = readCommonWords(letter).map(({ word }) => word);
      expect(words).toEqual([...new Set(words)].sort());
      expect(words.filter((word) => word[0] !== letter || !/^[a-z]{3,}$/.test(word))).toEqual([]);
      expect(words.length).toBeGreaterThan(0);
    }
  });

  test('is about 25,000 words long, of which about 5,500 are frequent', () => {
    const words = LETTERS.flatMap(readCommonWords);
    expect(words.length).toBeGreaterThan(24_000);
    const frequent = words.filter(({ isFrequent }) => isFrequent).length;
    expect(frequent).toBeGreaterThan(4_500);
    expect(frequent).toBeLessThan(6_500);
  });

  test('other letters have none', () => {
    expect(['ä', '1', '', 'A', '{'].flatMap(readCommonWords)).toEqual([]);
  });
});

describe('isFormOf', () => {
  const bases = new Set(['stop', 'happy', 'report', 'bake', 'possible', 'connect', 'care', 'big']);
  test.each([
    ...[
      'stop',
      'stops',
      'stopped',
      'stopping',
      'stopper',
      'happily',
      'happier',
      'happiness',
      'reporters',
      'baked',
      'baking',
    ],
    ...[
      'bakes',
      'baker',
      'possibly',
      'connection',
      'connectors',
      'careful',
      'careless',
      'carelessly',
      'biggest',
      'reportable',
    ],
  ])('%j is a form of a word', (word) => {
    expect(isFormOf(word, (base) => bases.has(base))).toBe(true);
  });

  test.each(['stap', 'sing', 'happiest1', 'xreport', 'reportx', 'ing', 's', ''])('%j is none', (word) => {
    expect(isFormOf(word, (base) => bases.has(base))).toBe(false);
  });
});

describe('everyday English', () => {
  const english = buildEverydayEnglish();

  test.each([
    ...[
      'weather',
      'cheese',
      'recipe',
      'lunch',
      'lunches',
      'tomorrow',
      'website',
      'anymore',
      'friday',
      'london',
      'colour',
      'color',
    ],
    ...['dont', 'wouldnt', 'running', 'beautifully', 'restaurants', 'forgotten'],
  ])('knows %j', (word) => {
    expect(english.isKnown(word)).toBe(true);
  });

  test.each([
    'gatway',
    'tunel',
    'recieve',
    'conection',
    'vpngw',
    'ikev2',
    'größe',
    '',
    'constructor1',
    '__proto__',
  ])('does not know %j', (word) => {
    expect(english.isKnown(word)).toBe(false);
  });

  test('finds the frequent and the other words near to one, with the initials asked for', () => {
    const near = english.nearest('wether', 1, new Set(['w']));
    expect(near.filter(({ isFrequent }) => isFrequent).map(({ word }) => word)).toEqual(['whether', 'weather'].sort());
    expect(near.filter(({ word }) => word[0] !== 'w')).toEqual([]);
  });
});
