import * as fc from 'fast-check';
import type { GlossaryItem } from '../../knowledge/glossary';
import { buildReduceStory, MAX_STORY_WORDS } from '../../knowledge/reduce-story';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { heldFor, longTexts } from '../support/long-texts';

const glossary: readonly GlossaryItem[] = [
  {
    term: 'samovar',
    aliases: ['tea urn'],
    meaning: 'A metal container in which water is heated for tea.',
    broader: undefined,
  },
];
const reduceStory = buildReduceStory(glossary);

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
const CHATTER = 'My colleague came by this morning and said many nice things about the weather. '.repeat(300);
/** Two of these and a sentence are still read whole. */
const BEFORE = CHATTER.slice(0, CHATTER.length / 3);
const AFTER = BEFORE;

describe('a story', () => {
  test('of 3,000 words is reduced to its question, wherever that stands', () => {
    expect(words(CHATTER).length).toBeGreaterThan(3_000);
    for (const text of [`${CHATTER}Can I heat milk in it? `, `Can I heat milk in it? ${CHATTER}`]) {
      const reduced = reduceStory(text);
      expect(reduced).toContain('Can I heat milk in it?');
      expect(words(reduced).length).toBeLessThanOrEqual(MAX_STORY_WORDS);
    }
  });

  test('keeps the sentence before a question that refers to it', () => {
    const text = `${BEFORE}We bought the big green one. Does it need cleaning? ${AFTER}`;
    expect(reduceStory(text)).toContain('We bought the big green one. Does it need cleaning?');
  });

  test('without any question keeps the sentences that tell most', () => {
    const reduced = reduceStory(`${BEFORE}Our samovar fails with error 809. ${AFTER}`);
    expect(reduced).toContain('Our samovar fails with error 809.');
  });

  test('knows other names of a term too', () => {
    expect(reduceStory(`${BEFORE}There is the tea urn. ${AFTER}`)).toContain('There is the tea urn.');
  });

  test('without a full stop is taken apart', () => {
    const run = 'and then we drove to the office and it was raining ';
    const reduced = reduceStory(`${run.repeat(100)} and the samovar fails with error 809 ${run.repeat(100)}`);
    expect(reduced).toContain('samovar fails with error 809');
    expect(words(reduced).length).toBeLessThanOrEqual(MAX_STORY_WORDS);
  });

  test('does not take "can anyone help?" for what is asked', () => {
    const reduced = reduceStory(`Can anyone help me? ${CHATTER} Is the samovar safe?`);
    expect(reduced).not.toContain('anyone');
  });
});

test('a text of up to sixty words stays as it is, signs and all', () => {
  for (const text of ['', '  Hi,\n\nis it *safe*? ', 'word '.repeat(MAX_STORY_WORDS)])
    expect(reduceStory(text)).toBe(text);
});

describe('whatever the text', () => {
  test('at most sixty words are left, all of them from the text and in its order', () => {
    const text = fc.array(
      fc.oneof(anyText(40), fc.constantFrom('Is it safe?', 'The samovar is hot.', CHATTER.slice(0, 400))),
      {
        maxLength: 30,
      },
    );
    holds(
      fc.property(text, (pieces) => {
        const story = pieces.join(' ');
        const reduced = reduceStory(story);
        if (reduced === story) return;
        expect(words(reduced).length).toBeLessThanOrEqual(MAX_STORY_WORDS);
        let at = 0;
        for (const word of words(reduced)) {
          const found = story.indexOf(word, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found;
        }
      }),
    );
  });

  test.each(longTexts)('%s of 100,000 characters does not hold it up', (_, text) => {
    expect(heldFor(() => reduceStory(text))).toBeLessThan(500);
  });
});
