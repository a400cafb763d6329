import { buildBot } from '../../bot/build-bot';
import type { Content } from '../../bot/content';
import type { Heard } from '../../bot/heard';
import { NEW_MEMORY } from '../../bot/memory';
import { phrases } from '../../bot/phrases';
import { answerTurn } from '../../bot/turn';
import type { Understanding } from '../../knowledge/understanding';
import { type Conversation, converse, labelsOf, rememberedOf, textOf } from '../support/conversation';
import { sampleUnderstanding } from '../support/sample-understanding';
import { BATTERY, CHAIN, TYRE, tinyContent, understandTiny } from '../support/tiny-content';

function begin(changes: Partial<Content> = {}): Conversation {
  return converse(buildBot(understandTiny, tinyContent(changes)));
}

function heardText(understanding: Understanding): Heard {
  return { kind: 'text', understanding, parts: [], leftOut: 0, followUp: undefined, definition: undefined };
}

const nobody: Partial<Content> = { contact: undefined };

describe('the greeting', () => {
  test('is said once a conversation, with the guides as buttons', async () => {
    const talk = begin();
    const first = await talk.arrive();
    expect(textOf(first)).toBe(phrases.welcome);
    expect(labelsOf(first)).toEqual(['Which bicycle fits me?', 'What can you do?']);
    expect((await talk.arrive()).replies).toEqual([]);
  });

  test('is not said after the person has already asked something', async () => {
    const talk = begin();
    await talk.type('chain');
    expect((await talk.arrive()).replies).toEqual([]);
  });

  test('that comes late does not take away the buttons on the screen', async () => {
    const talk = begin();
    await talk.type('tyre or battery?');
    await talk.arrive();
    expect((await talk.type('2')).replies).toMatchObject([{ kind: 'answer', entryId: BATTERY.id }]);
  });
});

describe('an answer', () => {
  test('is the entry, with its date and its follow-ups as buttons', async () => {
    const result = await begin().type('how do I oil my chain?');
    expect(result.replies).toEqual([
      {
        kind: 'answer',
        entryId: CHAIN.id,
        lead: '',
        title: CHAIN.title,
        body: CHAIN.body,
        asOf: '2019-05-22',
        source: undefined,
        buttons: [
          { label: TYRE.title, action: `entry:${TYRE.id}` },
          { label: BATTERY.title, action: `entry:${BATTERY.id}` },
        ],
      },
    ]);
    expect(result.outcome).toEqual({
      kind: 'answer',
      answers: [{ id: CHAIN.id, confidence: 0.7 }],
      guide: undefined,
      guidesOffered: [],
      confidence: 0.7,
      miss: undefined,
      explanation: expect.objectContaining({ candidates: [expect.objectContaining({ id: CHAIN.id })] }),
    });
  });

  test('turns links to other entries into words in the text and buttons under it', async () => {
    const result = await begin().type('how long does a tyre last?');
    expect(result.replies).toMatchObject([
      { body: 'About 5000 km. With a motor less.', buttons: [{ label: BATTERY.title }] },
    ]);
  });

  test('has a guide at the end of its buttons where one may be wanted instead', async () => {
    const understood = sampleUnderstanding({
      candidates: [
        { kind: 'entry', id: CHAIN.id, title: CHAIN.title, score: 2, confidence: 0.9 },
        { kind: 'guide', id: 'which-bicycle', title: 'Which bicycle fits me?', score: 1, confidence: 0.1 },
      ],
    });
    const result = answerTurn(NEW_MEMORY, heardText(understood), tinyContent());
    expect(result.outcome).toMatchObject({ kind: 'answer', guidesOffered: ['which-bicycle'] });
    expect(labelsOf(result)).toEqual([TYRE.title, BATTERY.title, 'Which bicycle fits me?']);
  });

  test('goes on by a button', async () => {
    const talk = begin();
    await talk.type('chain');
    expect((await talk.click(TYRE.title)).replies).toMatchObject([{ kind: 'answer', entryId: TYRE.id }]);
  });

  test('returns a greeting before it: the FAQ wins over small talk', async () => {
    const result = await begin().type('hi, how far does a battery go?');
    expect(result.replies).toMatchObject([{ kind: 'answer', entryId: BATTERY.id, lead: phrases.hello }]);
    expect(textOf(result)).toMatch(new RegExp(`^${phrases.hello}\n\n\\*\\*How far`));
  });

  test('that is gone since the button was made is admitted', async () => {
    const result = await begin().say({ kind: 'button', action: 'entry:how-do-i-fly', label: 'How do I fly?' });
    expect(textOf(result)).toBe(phrases.gone);
    expect(result.outcome.kind).toBe('fallback');
  });
});

describe('“did you mean”', () => {
  const ask = async (): Promise<Conversation> => {
    const talk = begin();
    const result = await talk.type('tyre or battery?');
    expect(result.outcome).toMatchObject({ kind: 'clarify', confidence: 0.35, guidesOffered: [] });
    expect(textOf(result)).toBe(phrases.clarify);
    expect(labelsOf(result)).toEqual([TYRE.title, BATTERY.title, CHAIN.title, phrases.noneOfThese]);
    return talk;
  };

  test('is settled by number, typed label and button with one and the same result', async () => {
    const byNumber = await (await ask()).type('2');
    const byLabel = await (await ask()).type('  how far does a battery GO ');
    const byButton = await (await ask()).click(BATTERY.title);
    for (const result of [byLabel, byButton]) {
      expect(result.replies).toEqual(byNumber.replies);
      expect(rememberedOf(result)).toEqual(rememberedOf(byNumber));
    }
    expect(byNumber.replies).toMatchObject([{ kind: 'answer', entryId: BATTERY.id }]);
  });

  test('takes “none of these” by number, label and button, and offers ways on', async () => {
    const results = [
      await (await ask()).type('4'),
      await (await ask()).type('none of these!'),
      await (await ask()).click(phrases.noneOfThese),
    ];
    for (const result of results) {
      expect(textOf(result)).toBe(phrases.noneOfTheseReply);
      expect(labelsOf(result)).toEqual(['Which bicycle fits me?', 'Talk to a person']);
      expect(rememberedOf(result)).toEqual(rememberedOf(results[0]!));
    }
  });

  test('takes a plain “no” as none of these, and a plain “yes” only where one was offered', async () => {
    expect(textOf(await (await ask()).type('No.'))).toBe(phrases.noneOfTheseReply);
    expect((await (await ask()).type('yes')).outcome.kind).toBe('fallback');
    const talk = begin();
    const [offered] = labelsOf(await talk.type('perhaps a guide'));
    expect((await talk.type('yes')).replies).toMatchObject([{ kind: 'question', guideTitle: offered }]);
  });

  test('is settled by an ordinal too', async () => {
    const byNumber = await (await ask()).type('2');
    for (const words of ['the second one', '2nd', 'number two please']) {
      expect((await (await ask()).type(words)).replies).toEqual(byNumber.replies);
    }
  });

  test('yields to another question', async () => {
    expect((await (await ask()).type('how do I oil a chain?')).outcome.kind).toBe('answer');
  });

  test('with a number that nothing has is not understood', async () => {
    expect((await (await ask()).type('7')).outcome.kind).toBe('fallback');
  });

  test('asks plainly where there is only one candidate, and offers a guide by its title', async () => {
    const talk = begin();
    const result = await talk.type('perhaps a guide');
    expect(textOf(result)).toBe(phrases.clarifyOne);
    expect(result.outcome).toMatchObject({ kind: 'clarify', guide: undefined, guidesOffered: ['which-bicycle'] });
    expect((await talk.type('1')).outcome).toMatchObject({ kind: 'guide', guide: 'which-bicycle' });
  });
});

describe('what is not known', () => {
  test('is admitted with the guide that may lead on all the same, in place of all guides', () => {
    const near = { kind: 'guide', id: 'which-bicycle', title: 'Which bicycle fits me?' } as const;
    const understood = sampleUnderstanding({ candidates: [{ ...near, score: 1, confidence: 0.1 }] });
    const result = answerTurn(NEW_MEMORY, heardText(understood), tinyContent());
    expect(result.outcome).toMatchObject({ kind: 'fallback', guidesOffered: ['which-bicycle'] });
    expect(labelsOf(result)).toEqual(['Which bicycle fits me?', 'What can you do?', 'Talk to a person']);
  });

  test('is admitted with ways on; the second time in a row a human comes first', async () => {
    const talk = begin();
    const first = await talk.type('who won the cup?');
    expect(textOf(first)).toBe(phrases.notKnown);
    expect(labelsOf(first)).toEqual(['Which bicycle fits me?', 'What can you do?', 'Talk to a person']);
    expect(first.outcome).toMatchObject({ kind: 'fallback', confidence: 0, answers: [] });

    const second = await talk.type('who will win it next?');
    expect(textOf(second)).toBe(phrases.notKnownAgain);
    expect(labelsOf(second)[0]).toBe('Talk to a person');
  });

  test('an answer in between starts the count again', async () => {
    const talk = begin();
    await talk.type('who won the cup?');
    await talk.type('chain');
    expect(textOf(await talk.type('who won the cup?'))).toBe(phrases.notKnown);
  });

  test('promises no human where nobody is named', async () => {
    const talk = begin(nobody);
    await talk.type('who won the cup?');
    const second = await talk.type('who won the cup?');
    expect(textOf(second)).toBe(phrases.notKnownAgainAlone);
    expect(labelsOf(second)).not.toContain('Talk to a person');
  });

  test.each(['', '   ', '?', '🤷'])('neither does “%s” make sense, and nothing breaks', async (text) => {
    expect((await begin().type(text)).outcome.kind).toBe('fallback');
  });

  test('a picture or a file is met with a word on what can be read', async () => {
    const result = await begin().say({ kind: 'unreadable' });
    expect(textOf(result)).toBe(phrases.unreadable);
  });
});

describe('small talk and commands', () => {
  test('small talk is returned', async () => {
    const result = await begin().type('Thanks');
    expect(textOf(result)).toBe('You are welcome.');
    expect(result.outcome.kind).toBe('smalltalk');
  });

  test.each([
    ['help', phrases.help],
    ['what can you do', 'I know bicycles.'],
    ['guides', phrases.guides],
    ['cancel', phrases.nothingToCancel],
    ['back', phrases.nothingToGoBackTo],
    ['why', phrases.noQuestionOpen],
    ['change an answer', phrases.nothingToChange],
    ['take back', phrases.nothingTakenBack],
    ['later', phrases.nothingToSuspend],
    ['continue', phrases.nothingSuspended],
    ['my answers', phrases.nothingAnswered],
    ['what if', phrases.nothingAnswered],
    ['print', phrases.nothingAnswered],
    ['start over', phrases.welcome],
  ])('“%s” without a guide has words of its own', async (command, text) => {
    const result = await begin().type(command);
    expect(result.outcome.kind).toBe('command');
    expect(textOf(result)).toBe(text);
  });

  test('“guides” lists them as buttons, and says so where there are none', async () => {
    expect(labelsOf(await begin().type('guides'))).toEqual(['Which bicycle fits me?']);
    expect(textOf(await begin({ guides: new Map() }).type('guides'))).toBe(phrases.noGuides);
  });

  test('where there are more than three guides, ways on lead to the list of them', async () => {
    const guide = tinyContent().guides.get('which-bicycle')!;
    const guides = new Map(
      ['which-bicycle', 'which-lock', 'which-lamp', 'which-pump'].map((id) => [id, { ...guide, id, title: id }]),
    );
    const talk = begin({ guides });
    for (const result of [await talk.arrive(), await talk.type('who won?'), await talk.type('what can you do')]) {
      expect(labelsOf(result)).toContain('Show the guides');
      expect(labelsOf(result)).not.toContain('which-lock');
    }
    expect(labelsOf(await talk.click('Show the guides'))).toEqual([...guides.keys()]);
  });

  test('“start over” forgets what was remembered, but does not make the person a stranger', async () => {
    const talk = begin();
    await talk.type('who won the cup?');
    const result = await talk.type('start over');
    expect(result.memory).toEqual({ ...NEW_MEMORY, greeted: true, offers: result.memory.offers });
  });

  test('a command by button and its typed label do the same', async () => {
    const offered = async (): Promise<Conversation> => {
      const talk = begin();
      await talk.arrive();
      return talk;
    };
    const clicked = await (await offered()).click('What can you do?');
    const typed = await (await offered()).type('what can you do');
    expect(typed.replies).toEqual(clicked.replies);
    expect(rememberedOf(typed)).toEqual(rememberedOf(clicked));
  });

  test('a button that is not ours counts as the words on it', async () => {
    const result = await begin().say({ kind: 'button', action: 'open-page-7', label: 'How do I oil a chain?' });
    expect(result.replies).toMatchObject([{ kind: 'answer', entryId: CHAIN.id }]);
  });
});

describe('talking to a human', () => {
  test('names the contact and asks the channel to hand over', async () => {
    const result = await begin().type('human');
    expect(result).toMatchObject({
      effect: 'handover',
      outcome: { kind: 'handover' },
      replies: [{ kind: 'handover', text: phrases.human, contact: { mail: 'help@example.com' } }],
    });
    expect(textOf(result)).toBe(`${phrases.human}\n\n- Mail: [help@example.com](mailto:help@example.com)`);
  });

  test('is honest where nobody is named', async () => {
    const result = await begin(nobody).type('human');
    expect(result.effect).toBe('handover');
    expect(textOf(result)).toBe(phrases.noHuman);
  });

  test('leaves a guide where it was', async () => {
    const talk = begin();
    await talk.type('which bike');
    await talk.type('human');
    expect((await talk.type('asphalt')).replies).toMatchObject([{ kind: 'question', step: 2 }]);
  });
});

describe('a topic that is not covered', () => {
  const candidate = { kind: 'entry' as const, id: TYRE.id, title: TYRE.title, score: 1, confidence: 0.3 };
  const said = (changes: Partial<Understanding>, memory = NEW_MEMORY): string =>
    textOf(answerTurn(memory, heardText(sampleUnderstanding({ uncovered: 'insurance', ...changes })), tinyContent()));

  test('is named where nothing is known, and where something is offered all the same', () => {
    expect(said({})).toBe(phrases.notCovered('insurance'));
    expect(said({ candidates: [candidate] })).toBe(phrases.clarifyUncovered('insurance'));
  });

  test('is not named where a candidate is answered, nor a second time in a row', () => {
    expect(said({ candidates: [{ ...candidate, confidence: 0.9 }] })).not.toContain('insurance');
    expect(said({}, { ...NEW_MEMORY, misses: 1 })).toBe(phrases.notKnownAgain);
  });
});

describe('a misspelled question', () => {
  test('is answered with how it was read, after the greeting', () => {
    const understanding = sampleUnderstanding({
      candidates: [{ kind: 'entry', id: TYRE.id, title: TYRE.title, score: 1, confidence: 0.9 }],
      courtesy: 'greeting',
      reading: {
        text: 'tyre',
        tokens: ['tyre'],
        expansions: [],
        repairs: [{ from: 'tyer', to: 'tyre' }],
        mode: 'lexical',
      },
    });
    const { replies } = answerTurn(NEW_MEMORY, heardText(understanding), tinyContent());
    expect(replies).toMatchObject([
      { kind: 'answer', lead: `${phrases.hello} ${phrases.readAs([{ from: 'tyer', to: 'tyre' }])}` },
    ]);
  });
});

describe('a turn', () => {
  const understanding = sampleUnderstanding({
    candidates: Array.from({ length: 10 }, (_, index) => ({
      kind: index === 1 ? ('guide' as const) : ('entry' as const),
      id: `e${index}`,
      title: `E ${index}`,
      score: 1,
      confidence: 0.1,
    })),
    isQuestion: true,
  });

  test('reports the best five entries, whatever it came to', () => {
    const { outcome } = answerTurn(NEW_MEMORY, heardText(understanding), tinyContent());
    expect(outcome.kind).toBe('fallback');
    expect(outcome.answers.map(({ id }) => id)).toEqual(['e0', 'e2', 'e3', 'e4', 'e5']);
  });

  test('never changes the memory it was given', () => {
    const memory = Object.freeze({ ...NEW_MEMORY, offers: Object.freeze([]) });
    const result = answerTurn(memory, { kind: 'arrival' }, tinyContent());
    expect(result.memory).not.toBe(memory);
    expect(memory).toEqual(NEW_MEMORY);
  });

  test('admits that an answer or a guide is gone which is still in the index', () => {
    const content = tinyContent({ entries: new Map(), guides: new Map() });
    for (const kind of ['entry', 'guide'] as const) {
      const candidate = { kind, id: 'gone', title: 'Gone', score: 1, confidence: 1 };
      const heard = heardText({ ...understanding, candidates: [candidate] });
      expect(textOf(answerTurn(NEW_MEMORY, heard, content))).toBe(phrases.gone);
    }
  });
});
