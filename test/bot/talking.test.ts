import { phrases } from '../../bot/phrases';
import { answersOf, begin, CONTENT, GUIDE, SURE, UNSURE } from '../support/bicycle-talk';
import { labelsOf, textOf } from '../support/conversation';
import { BATTERY, CHAIN, TYRE } from '../support/tiny-content';

describe('two questions in one message', () => {
  test('are both answered, in order, with a word before the first', async () => {
    const result = await begin().type('How do I oil a chain? How far does a battery go?');
    expect(answersOf(result)).toEqual([CHAIN.id, BATTERY.id]);
    expect(result.replies[0]).toMatchObject({ lead: phrases.severalThings(2) });
    expect(result.replies[1]).toMatchObject({ lead: '' });
    expect(result.outcome).toMatchObject({
      kind: 'answer',
      answers: [{ id: CHAIN.id }, { id: BATTERY.id }],
      confidence: SURE,
      miss: undefined,
    });
  });

  test('one of which is small talk are one question', async () => {
    const result = await begin({ 'Hello! How do I oil a chain?': [[CHAIN.id, SURE]] }).type(
      'Hello! How do I oil a chain?',
    );
    expect(answersOf(result)).toEqual([CHAIN.id]);
    expect(result.replies).toHaveLength(1);
  });

  test('with one and the same answer get it once', async () => {
    const text = 'How long does a tyre last? When do I need new tyres?';
    const result = await begin({ [text]: [[TYRE.id, SURE]] }).type(text);
    expect(answersOf(result)).toEqual([TYRE.id]);
    expect(result.replies).toMatchObject([{ lead: '' }]);
  });

  test('one of which is unclear: the other is answered and that one asked back', async () => {
    const talk = begin();
    const result = await talk.type('How far does a battery go? What is cheap?');
    expect(answersOf(result)).toEqual([BATTERY.id]);
    expect(textOf(result)).toContain(phrases.clarifyPart('What is cheap?'));
    expect(answersOf(await talk.click(CHAIN.title))).toEqual([CHAIN.id]);
  });

  test('one of which is not known: the other is answered and that one admitted', async () => {
    const result = await begin().type('How do I oil a chain? Who won the cup?');
    expect(answersOf(result)).toEqual([CHAIN.id]);
    expect(textOf(result)).toContain(phrases.notKnownPart('Who won the cup?'));
    expect(result.outcome.miss).toEqual({ question: 'Who won the cup?', candidates: [] });
  });

  test('one of which wants a guide: the other is answered and the guide offered', async () => {
    const talk = begin();
    const result = await talk.type('How do I oil a chain? Which bicycle fits me?');
    expect(result.outcome).toMatchObject({ kind: 'answer', guide: undefined, guidesOffered: [GUIDE] });
    expect((await talk.click('Which bicycle fits me?')).outcome.guide).toBe(GUIDE);
  });

  test('that are one phrasing of an entry are answered by that entry', async () => {
    const twice = { ...TYRE, phrasings: ['How do I oil a chain? How far does a battery go?'] };
    const text = twice.phrasings[0]!;
    const talk = begin({ [text]: [[TYRE.id, SURE]] }, { entries: new Map([...CONTENT.entries, [TYRE.id, twice]]) });
    expect(answersOf(await talk.type(text))).toEqual([TYRE.id]);
  });

  test('nothing of which is clear are read as a whole', async () => {
    const text = 'What is cheap? Who won the cup?';
    expect(textOf(await begin({ [text]: [[CHAIN.id, UNSURE]] }).type(text))).toBe(phrases.clarifyOne);
  });

  test('more than three are answered as far as three, and the rest is not forgotten', async () => {
    const result = await begin().type(
      'How do I oil a chain? How far does a battery go? How long does a tyre last? Who won the cup? Who lost it?',
    );
    expect(answersOf(result)).toEqual([CHAIN.id, BATTERY.id, TYRE.id]);
    expect(textOf(result)).toContain(`${phrases.severalThings(3)} ${phrases.leftOut(2)}`);
  });

  test('the second may lean on the first', async () => {
    const talk = begin({
      'Does a tyre last on sand?': [[BATTERY.id, SURE]],
      'Does a tyre last on ice?': [[TYRE.id, SURE]],
    });
    expect(answersOf(await talk.type('Does a tyre last on ice? And on sand?'))).toEqual([TYRE.id, BATTERY.id]);
  });
});

describe('a follow-up', () => {
  test('that means nothing alone is read by the question before', async () => {
    const talk = begin({
      'How long does a tyre last on ice?': [[TYRE.id, SURE]],
      'How long does a tyre last on ice? battery': [[BATTERY.id, SURE]],
    });
    await talk.type('How long does a tyre last on ice?');
    const result = await talk.type('and what about a battery?');
    expect(answersOf(result)).toEqual([]);
  });

  test('on something new is answered from what speaks of it', async () => {
    const talk = begin({
      'How long does a tyre last? battery': [
        [TYRE.id, SURE],
        [BATTERY.id, SURE],
      ],
    });
    await talk.type('How long does a tyre last?');
    expect(answersOf(await talk.type('and battery?'))).toEqual([BATTERY.id]);
  });

  test('may lean on a follow-up', async () => {
    const talk = begin({
      'How far does a tyre go on ice?': [[TYRE.id, SURE]],
      'How far does a tyre go with a battery?': [[BATTERY.id, SURE]],
      'How far does a tyre go on a chain?': [[CHAIN.id, SURE]],
      'How far does a tyre go on a battery?': [[BATTERY.id, SURE]],
    });
    await talk.type('How far does a tyre go on ice?');
    expect(answersOf(await talk.type('and on a chain?'))).toEqual([CHAIN.id]);
    expect(answersOf(await talk.type('and on a battery?'))).toEqual([BATTERY.id]);
  });

  test('may lean on an entry that was clicked', async () => {
    const talk = begin({ [`${TYRE.title} chain`]: [[CHAIN.id, SURE]] });
    await talk.type('How do I oil a chain?');
    await talk.click(TYRE.title);
    expect(answersOf(await talk.type('what about a chain'))).toEqual([]);
    expect(answersOf(await talk.type('and chain?'))).toEqual([CHAIN.id]);
  });

  test('may lean on a meaning that was told', async () => {
    const talk = begin({ 'e-bike on chain': [[CHAIN.id, SURE]] });
    await talk.type('what is an e-bike?');
    expect(answersOf(await talk.type('and on chain?'))).toEqual([CHAIN.id]);
  });

  test('that the same answer covers is told so', async () => {
    const talk = begin({ 'How long does a tyre last? motor': [[TYRE.id, SURE]] });
    await talk.type('How long does a tyre last?');
    expect((await talk.type('and motor?')).replies).toMatchObject([{ entryId: TYRE.id, lead: phrases.sameAnswer }]);
  });

  test('“why?” after an answer that says all is admitted, with what is near', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    const result = await talk.type('why?');
    expect(textOf(result)).toBe(phrases.nothingMore);
    expect(labelsOf(result)).toEqual([TYRE.title, BATTERY.title, 'Talk to a person']);
    expect(answersOf(await talk.click(BATTERY.title))).toEqual([BATTERY.id]);
  });

  test('“why?” is answered where another entry says it', async () => {
    const talk = begin({ 'why How do I oil a chain?': [[BATTERY.id, SURE]] });
    await talk.type('How do I oil a chain?');
    expect(answersOf(await talk.type('why?'))).toEqual([BATTERY.id]);
  });

  test('“why?” in a guide asks why the guide asks', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    await talk.click(TYRE.title);
    await talk.type('Which bicycle fits me?');
    const result = await talk.type('why?');
    expect(result.outcome.kind).toBe('command');
    expect(result.replies).toMatchObject([{ kind: 'question', step: 1 }]);
  });

  test('without a topic is not understood', async () => {
    for (const text of ['and?', 'and on a chain?', 'what about that']) {
      expect((await begin().type(text)).outcome.kind).toBe('fallback');
    }
    expect(textOf(await begin().type('why?'))).toBe(phrases.noQuestionOpen);
  });

  test('“and?” after a choice is the choice again', async () => {
    const talk = begin();
    const first = await talk.type('What is cheap?');
    expect(labelsOf(await talk.type('and?'))).toEqual(labelsOf(first));
  });

  test('thanks does not end the topic, a guide does', async () => {
    const texts = { 'How do I oil a chain? battery': [[BATTERY.id, SURE]] } as const;
    const talk = begin(texts);
    await talk.type('How do I oil a chain?');
    await talk.type('thanks');
    expect(answersOf(await talk.type('thanks, and battery?'))).toEqual([BATTERY.id]);
    await talk.type('Which bicycle fits me?');
    expect(talk.memory?.topic).toBeUndefined();
  });

  test('a whole question after an answer is never mixed with it, nor understood twice', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    talk.asked.length = 0;
    expect(answersOf(await talk.type('How far does a battery go?'))).toEqual([BATTERY.id]);
    expect(talk.asked).toEqual(['How far does a battery go?']);
  });

  test('that has an answer of its own gets it', async () => {
    const talk = begin({
      'does it last?': [[TYRE.id, SURE]],
      'How do I oil a chain? does it last': [[CHAIN.id, SURE]],
    });
    await talk.type('How do I oil a chain?');
    expect(answersOf(await talk.type('does it last?'))).toEqual([TYRE.id]);
  });

  test('the same question twice in a row is just answered again', async () => {
    const talk = begin();
    const first = await talk.type('How do I oil a chain?');
    expect((await talk.type('How do I oil a chain?')).replies).toEqual(first.replies);
  });
});

describe('a question for a meaning', () => {
  test('that no entry answers is told from the glossary, with the entries that speak of it', async () => {
    const talk = begin(
      {
        'What is a derailleur?': [
          [TYRE.id, UNSURE],
          [CHAIN.id, UNSURE],
        ],
      },
      {
        entries: new Map([...CONTENT.entries, [CHAIN.id, { ...CHAIN, phrasings: ['oil for the derailleur'] }]]),
      },
    );
    const result = await talk.type('What is a derailleur?');
    expect(textOf(result)).toBe(`**derailleur**: The part that moves the chain between gears.\n\n${phrases.moreOnIt}`);
    expect(labelsOf(result)).toEqual([CHAIN.title]);
    expect(result.outcome).toMatchObject({ kind: 'clarify', miss: undefined });
    expect(answersOf(await talk.type('1'))).toEqual([CHAIN.id]);
  });

  test('names the term where another word for it was used', async () => {
    expect(textOf(await begin().type('pedelec?'))).toBe('**pedelec** (e-bike): A bicycle with a motor that helps.');
  });

  test('yields to an entry that was written for it', async () => {
    const written = { ...BATTERY, phrasings: ['what does pedelec mean'] };
    const talk = begin(
      { 'what is an e-bike?': [[BATTERY.id, SURE]] },
      { entries: new Map([...CONTENT.entries, [BATTERY.id, written]]) },
    );
    expect(answersOf(await talk.type('what is an e-bike?'))).toEqual([BATTERY.id]);
  });

  test('does not yield to an entry that answers something else about the term, but a bare word does', async () => {
    const texts = { 'what is an e-bike?': [[BATTERY.id, SURE]], 'e-bike?': [[BATTERY.id, SURE]] } as const;
    expect(textOf(await begin(texts).type('what is an e-bike?'))).toMatch(/^\*\*e-bike\*\*: A bicycle/);
    expect(answersOf(await begin(texts).type('e-bike?'))).toEqual([BATTERY.id]);
  });

  test('may be followed by the next one', async () => {
    const talk = begin({ 'e-bike derailleur': [[CHAIN.id, SURE]] });
    await talk.type('what is an e-bike?');
    expect(textOf(await talk.type('and derailleur?'))).toBe(
      '**derailleur**: The part that moves the chain between gears.',
    );
  });

  test('may be two', async () => {
    const result = await begin().type('What is an e-bike? What is a derailleur?');
    expect(textOf(result)).toBe(
      `${phrases.severalThings(2)}\n\n**e-bike**: A bicycle with a motor that helps.\n\n**derailleur**: The part that moves the chain between gears.`,
    );
    expect(result.outcome).toMatchObject({ kind: 'clarify', answers: [] });
  });

  test('in a guide is told before the guide goes on', async () => {
    const talk = begin();
    await talk.type('Which bicycle fits me?');
    const result = await talk.type('what is a derailleur?');
    expect(result.replies).toMatchObject([
      { kind: 'text' },
      { kind: 'question', step: 1, lead: phrases.backToGuide(1, 3) },
    ]);
  });
});

describe('a long story', () => {
  const story = 'My aunt came to see us on Sunday and we all had cake in the garden. '.repeat(230);

  test('is reduced to what it asks', async () => {
    const talk = begin();
    await talk.type(`${story}How do I oil a chain?`);
    expect(talk.asked).toHaveLength(1);
    expect(talk.asked[0]).toContain('How do I oil a chain?');
    expect(talk.asked[0]!.split(' ').length).toBeLessThanOrEqual(60);
  });

  test('with two questions has both answered', async () => {
    const result = await begin().type(
      `${story}How do I oil a chain? ${story.slice(0, 6_800)}How far does a battery go?`,
    );
    expect(answersOf(result)).toEqual([CHAIN.id, BATTERY.id]);
  });

  test('without a question is not known, and kept short in the figures', async () => {
    const { outcome } = await begin().type(story);
    expect(outcome.kind).toBe('fallback');
    expect(outcome.miss?.question.length).toBeLessThanOrEqual(240);
  });
});
