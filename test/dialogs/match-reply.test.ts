import fc from 'fast-check';
import { replyOf } from '../../dialogs/answers';
import type { Question } from '../../dialogs/guide';
import { choiceForNumber, matchReply, spelledChoice } from '../../dialogs/match-reply';
import { UNKNOWN_SYNONYMS, YES_NO_SYNONYMS } from '../../dialogs/synonyms';
import { anyText } from '../support/any-text';
import { fullGuide } from '../support/full-guide';
import { tinyGuide } from '../support/tiny-guide';

const guide = tinyGuide();
const ground = guide.questions.get('ground')!;
const motor = guide.questions.get('motor')!;
const camp = fullGuide().questions;

/** The answer, the ids of choices between which it is open, what is wrong with it, or `none`. */
function match(question: Question, reply: string, isQuestion = reply.endsWith('?')): string {
  const found = matchReply(question, reply, isQuestion);
  switch (found.kind) {
    case 'answer':
      return `${found.answer}`;
    case 'several':
      return found.choices.map(({ id }) => id).join(' or ');
    case 'problem':
      return found.problem.kind;
    case 'none':
      return 'none';
  }
}

describe('a reply to “Where do you ride?” (on roads, on forest trails, both)', () => {
  test.each([
    ['On roads', 'road'],
    ['on ROADS!!', 'road'],
    ['“on roads”', 'road'],
    ['asphalt', 'road'],
    ['mostly on paved roads, I think', 'road'],
    ['1', 'road'],
    ['2.', 'trail'],
    ['option 2', 'trail'],
    ['number two', 'trail'],
    ['two', 'trail'],
    ['the second one', 'trail'],
    ['I take the third please', 'both'],
    ['3rd', 'both'],
    ['the 2nd one', 'trail'],
    ['the last one', 'unknown'],
    ['4', 'unknown'],
    ['5', 'none'],
    ['0', 'none'],
    ['99999999999999999999', 'none'],
    ['both', 'both'],
    ['on roads and on trails', 'both'],
    ['asphalt or mud', 'road or trail'],
    ['I don’t know', 'unknown'],
    ["I don't know yet", 'unknown'],
    ['dunno', 'unknown'],
    ['honestly I have no idea', 'unknown'],
    ['where can I buy a helmet', 'none'],
    ['', 'none'],
    ['…', 'none'],
    ['🚲', 'none'],
    ['道路', 'none'],
    ['b', 'trail'],
    ['option c', 'both'],
    ['asphallt', 'road'],
    ['mostly forrest I think', 'trail'],
    ['mountian', 'trail'],
  ])('“%s” means %s', (reply, meaning) => {
    expect(match(ground, reply)).toBe(meaning);
  });

  test('misspelled words are named with what they were read as', () => {
    expect(matchReply(ground, 'mostly asphallt', false)).toEqual({
      kind: 'answer',
      answer: 'road',
      repairs: [{ from: 'asphallt', to: 'asphalt' }],
    });
  });

  test('a label to the letter is a choice even where it looks like a question', () => {
    expect(match(ground, 'On roads?', true)).toBe('road');
  });

  test.each([
    'what is the first thing I need?',
    'is riding on roads cheaper than riding in the forest?',
    'are asphalt tyres slower?',
    'which one is better, the first or the second?',
    'can I ride both?',
  ])('the question “%s” is never taken for a choice', (question) => {
    expect(match(ground, question, true)).toBe('none');
  });

  test('a long story is not searched for choices', () => {
    const story =
      'last summer my cousin and I went to the sea and there was a lot of mud on the beach where we had parked';
    expect(match(ground, story)).toBe('none');
  });

  test('a choice is not found inside another word', () => {
    expect(match(ground, 'my address is Forestry Lane')).toBe('none');
  });
});

describe('a reply to a yes or no question', () => {
  test.each([
    ['yes', 'yes'],
    ['Yes, please', 'yes'],
    ['y', 'yes'],
    ['sure', 'yes'],
    ['that is right', 'yes'],
    ['right', 'yes'],
    ['we do', 'yes'],
    ['no', 'no'],
    ['No.', 'no'],
    ['no thanks', 'no'],
    ['nope, not at all', 'no'],
    ["we don't", 'no'],
    ['we do not have one', 'no'],
    ['I do not', 'no'],
    ['no idea', 'unknown'],
    ['I have no idea', 'unknown'],
    ["I'm not sure", 'unknown'],
    ['not really sure', 'unknown'],
    ['I do not know', 'unknown'],
    ['yes and no', 'yes or no'],
    ['well, with a motor or without a motor', 'yes or no'],
    ['electric', 'yes'],
    ['muscle power please', 'no'],
    ['no one', 'no'],
  ])('“%s” means %s', (reply, meaning) => {
    expect(match(motor, reply)).toBe(meaning);
  });

  test.each([
    'my bike is not working',
    'right now the chain is broken',
    'unknown error 42',
    'the chain does pass over it',
    'make sure that it fits',
  ])('“%s” is a remark and no answer', (remark) => {
    expect(match(motor, remark)).toBe('none');
  });

  test('no word for yes or no is also a word for “I don’t know”', () => {
    const yesOrNo = Object.values(YES_NO_SYNONYMS).flat();
    expect(yesOrNo.filter((word) => UNKNOWN_SYNONYMS.includes(word))).toEqual([]);
  });
});

describe('a reply to “How many tents are there?” (0 to 10, 11 to 50, 51 and more)', () => {
  const tents = camp.get('tents')!;

  test.each([
    ['3', 'few'],
    ['0', 'few'],
    ['10', 'few'],
    ['11', 'many'],
    ['about 25', 'many'],
    ['50', 'many'],
    ['51', 'crowd'],
    ['1,200 tents', 'crowd'],
    ['twelve', 'many'],
    ['we have 4 of them', 'few'],
    ['b', 'many'],
    ['option 3', 'crowd'],
    ['the second one', 'many'],
    ['a whole field', 'many'],
    ['dozens', 'many'],
    ['d', 'unknown'],
    ['no idea', 'unknown'],
    ['how many can there be? 5?', 'none'],
  ])('“%s” means %s', (reply, meaning) => {
    expect(match(tents, reply)).toBe(meaning);
  });

  test.each([
    ['250 Mbps', 'fast'],
    ['1 Gbps', 'fast'],
    ['100', 'slow'],
    ['100.2', 'none'],
    ['a', 'slow'],
  ])('of a rate “%s” means %s', (reply, meaning) => {
    expect(match(camp.get('speed')!, reply)).toBe(meaning);
  });

  test('every number is that of the choice whose span it lies in', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), (number) => {
        const expected = number <= 10 ? 'few' : number <= 50 ? 'many' : 'crowd';
        expect(choiceForNumber(tents, number)?.id).toBe(expected);
        expect(match(tents, `${number}`)).toBe(expected);
      }),
    );
  });

  test('no number is that of no choice', () => {
    expect(choiceForNumber(tents, undefined)).toBeUndefined();
    expect(choiceForNumber(tents, -1)).toBeUndefined();
  });
});

describe('a reply to “What is to be connected?” (lamps, cameras, rain sensors, none of these)', () => {
  const things = camp.get('things')!;

  test.each([
    ['lamps', 'lamps'],
    ['1', 'lamps'],
    ['1 and 3', 'lamps,sensors'],
    ['3, 1', 'lamps,sensors'],
    ['1, 2 and 3', 'lamps,cameras,sensors'],
    ['a c', 'lamps,sensors'],
    ['options 1 and 2', 'lamps,cameras'],
    ['the first and the third', 'none'],
    ['first and third', 'lamps,sensors'],
    ['lights and cameras', 'lamps,cameras'],
    ['cameras, plus some lamps', 'lamps,cameras'],
    ['camras and lamps', 'lamps,cameras'],
    ['lamps and a camara', 'lamps'],
    ['all of them', 'lamps,cameras,sensors'],
    ['everything', 'lamps,cameras,sensors'],
    ['none of these', 'nothing'],
    ['4', 'nothing'],
    ['5', 'unknown'],
    ['1 and 4', 'none'],
    ['lamps and none of these', 'lamps or nothing'],
    ['1 and 9', 'none'],
    ['no idea', 'unknown'],
    ['what are lamps for?', 'none'],
  ])('“%s” means %s', (reply, meaning) => {
    expect(match(things, reply)).toBe(meaning);
  });

  test('one choice is a list all the same', () => {
    expect(matchReply(things, 'lamps', false)).toMatchObject({ kind: 'answer', answer: ['lamps'] });
    expect(matchReply(things, 'not sure', false)).toMatchObject({ kind: 'answer', answer: 'unknown' });
  });
});

describe('a reply that is a typed value', () => {
  test.each([
    ['camp-range', '10.0.0.0/24', '10.0.0.0/24'],
    ['camp-range', 'it is 10.0.0.0/24, I think', '10.0.0.0/24'],
    ['camp-range', '10.0.0.0/24?', '10.0.0.0/24'],
    ['camp-range', 'what is 10.0.0.0/24 good for?', 'none'],
    ['camp-range', '10.0.0.5/24', 'host-bits'],
    ['camp-range', '10.0.0.0', 'no-prefix'],
    ['camp-range', '10.0.0.0/24 and 10.1.0.0/24', 'too-many'],
    ['camp-range', 'the usual one', 'none'],
    ['camp-range', 'no idea', 'unknown'],
    ['camp-range', 'sorry, I have no idea', 'unknown'],
    ['camp-range', '1', 'none'],
    ['village-ranges', '10.0.0.0/24 and 10.1.0.0/24', '10.0.0.0/24, 10.1.0.0/24'],
    ['gate', '10.0.0.4', '10.0.0.4'],
    ['gate', '169.254.1.1', 'refused'],
    ['gate', '20.1.2.3', 'refused'],
    ['gate', '10.0.0.300', 'not-an-address'],
    ['own-number', '65010', '65010'],
    ['own-number', 'AS65010', '65010'],
    ['own-number', '65515', 'asn-reserved'],
    ['own-number', '70000', 'asn-not-16-bit'],
  ])('to %s: “%s” is %s', (question, reply, meaning) => {
    expect(match(camp.get(question)!, reply)).toBe(meaning);
  });
});

describe('a choice to the letter', () => {
  test('is a label or a synonym, capitals and signs aside', () => {
    expect(spelledChoice(ground, 'ON ROADS!')?.id).toBe('road');
    expect(spelledChoice(ground, 'forest')?.id).toBe('trail');
    expect(spelledChoice(ground, 'on the roads')).toBeUndefined();
    expect(spelledChoice(ground, '')).toBeUndefined();
  });
});

describe('whatever is replied', () => {
  const question = fc.constantFrom(...guide.questions.values(), ...camp.values());
  const noise = fc.constantFrom('!', '?!', '  ', '.', '…', '\n');

  test('no text throws, and a match is always an answer to the question in its normal form', () => {
    const words = fc
      .array(
        fc.constantFrom(
          ...'yes no not I do know idea roads forest 1 second the on lamps none of these 10.0.0.0/24 65010'.split(' '),
        ),
      )
      .map((parts) => parts.join(' '));
    const texts = fc.oneof(anyText(), words);
    fc.assert(
      fc.property(question, texts, fc.boolean(), (asked, text, isQuestion) => {
        const found = matchReply(asked, text, isQuestion);
        if (found.kind === 'answer') expect(replyOf(asked, found.answer)?.answer).toEqual(found.answer);
        if (found.kind === 'several') expect(found.choices.length).toBeGreaterThan(1);
      }),
    );
  });

  test('every spelling of every choice means that choice, in any capitals and with any full stop', () => {
    fc.assert(
      fc.property(question, fc.nat(), fc.nat(), noise, fc.boolean(), (asked, pick, place, end, loud) => {
        const choice = asked.choices[pick % asked.choices.length]!;
        const spellings = [choice.label, ...choice.synonyms];
        const spelling = spellings[place % spellings.length]!;
        expect(match(asked, (loud ? spelling.toUpperCase() : spelling) + end, false)).toBe(choice.id);
      }),
    );
  });

  test('a text that looks like a question is a choice only to the letter or by number', () => {
    fc.assert(
      fc.property(question, fc.string({ unit: 'grapheme', maxLength: 40 }), (asked, text) => {
        const found = matchReply(asked, `what about ${text}, then`, true);
        expect(found.kind).toBe('none');
      }),
    );
  });
});

describe('what is denied', () => {
  const pack = camp.get('pack');

  test.each([
    ['not on trails, on roads', 'road'],
    ['no forest, asphalt', 'road'],
  ])('does not count: "%s"', (reply, id) => {
    expect(match(ground, reply)).toBe(id);
  });

  test('is what remains without it, where everything but that is meant', () => {
    const several = pack ?? [...camp.values()].find(({ kind }) => kind === 'several')!;
    const others = several.choices.filter(({ id, alone }) => id !== 'unknown' && !alone);
    const [first, ...rest] = others;
    expect(match(several, `everything except ${first!.label}`)).toBe(rest.map(({ id }) => id).join());
  });

  test('a question in the words of a synonym asks, and does not answer', () => {
    expect(match(ground, 'asphalt?', true)).toBe('none');
    expect(match(ground, 'On roads?', true)).toBe('road');
  });
});
