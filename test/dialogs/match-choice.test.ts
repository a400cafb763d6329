import fc from 'fast-check';
import type { Question } from '../../dialogs/guide';
import { matchChoice } from '../../dialogs/match-choice';
import { UNKNOWN_SYNONYMS, YES_NO_SYNONYMS } from '../../dialogs/synonyms';
import { tinyGuide } from '../support/tiny-guide';

const guide = tinyGuide();
const ground = guide.questions.get('ground')!;
const motor = guide.questions.get('motor')!;

/** The id of the choice, the ids of several, or `none`. */
function match(question: Question, reply: string, isQuestion = reply.endsWith('?')): string {
  const found = matchChoice(question, reply, isQuestion);
  switch (found.kind) {
    case 'one':
      return found.choice.id;
    case 'several':
      return found.choices.map(({ id }) => id).join(' or ');
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
  ])('“%s” means %s', (reply, meaning) => {
    expect(match(ground, reply)).toBe(meaning);
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

describe('whatever is replied', () => {
  const question = fc.constantFrom(...guide.questions.values());
  const noise = fc.constantFrom('!', '?!', '  ', '.', '…', '\n');

  test('no text throws, and a match is always among the choices of the question', () => {
    const words = fc
      .array(
        fc.constantFrom('yes', 'no', 'not', 'I', 'do', 'know', 'idea', 'roads', 'forest', '1', 'second', 'the', 'on'),
      )
      .map((parts) => parts.join(' '));
    const texts = fc.oneof(fc.string({ unit: 'binary' }), words);
    fc.assert(
      fc.property(question, texts, fc.boolean(), (asked, text, isQuestion) => {
        const found = matchChoice(asked, text, isQuestion);
        if (found.kind === 'one') expect(asked.choices).toContain(found.choice);
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
        const found = matchChoice(asked, `what about ${text}, then`, true);
        expect(found.kind).toBe('none');
      }),
    );
  });
});
