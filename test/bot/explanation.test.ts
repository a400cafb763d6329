import { explain } from '../../bot/explanation';
import type { Heard, HeardText } from '../../bot/heard';
import type { OutcomeKind } from '../../bot/outcome-kind';
import type { Candidate, IntentMatch, Understanding } from '../../knowledge/understanding';
import { begin, CONTENT, GUIDE, SURE, UNSURE } from '../support/bicycle-talk';
import { sampleEvidence } from '../support/sample-model';
import { sampleUnderstanding } from '../support/sample-understanding';
import { BATTERY, CHAIN, TYRE } from '../support/tiny-content';

function candidate(confidence: number, id = 'a'): Candidate {
  return { kind: 'entry', id, title: id, score: confidence, confidence, evidence: sampleEvidence() };
}

function heard(changes: Partial<Understanding>, more: Partial<HeardText> = {}): Heard {
  const understanding = sampleUnderstanding(changes);
  return { kind: 'text', understanding, parts: [], leftOut: 0, followUp: undefined, definition: undefined, ...more };
}

function ruleOf(changes: Partial<Understanding>, kind: OutcomeKind): string | undefined {
  return explain(heard(changes), kind, changes.candidates ?? [], undefined)?.rule;
}

const thanks: IntentMatch = { id: 'thanks', kind: 'smalltalk', confidence: 0.8, exact: false };
const ELSE = 'the conversation decided: an open question, a button that was named, or a guide';

describe('the rule that decided', () => {
  test('is that the best is sure enough, for an answer and a guide', () => {
    for (const kind of ['answer', 'guide'] as const) {
      expect(ruleOf({ candidates: [candidate(0.714), candidate(0.2)] }, kind)).toBe(
        'the best is sure enough: 71 %, and 50 % is needed',
      );
    }
  });

  test('is that the best is not sure enough, for a choice', () => {
    expect(ruleOf({ candidates: [candidate(0.3)] }, 'clarify')).toBe(
      'the best is not sure enough: 30 %, 20 % to ask back and 50 % to answer',
    );
  });

  test('is that nothing is likely enough, or not covered, for what is not known', () => {
    expect(ruleOf({ candidates: [candidate(0.1)] }, 'fallback')).toBe(
      'nothing is likely enough: 10 %, and 20 % is needed to ask back',
    );
    expect(ruleOf({}, 'fallback')).toBe('nothing is likely enough: 0 %, and 20 % is needed to ask back');
    expect(ruleOf({ uncovered: 'insurance' }, 'fallback')).toBe(
      'it is nearest to a topic that the FAQ does not cover: "insurance"',
    );
  });

  test('is the intent, to the letter or by its looks, small talk or command', () => {
    expect(ruleOf({ intent: { ...thanks, exact: true } }, 'smalltalk')).toBe(
      'it is an utterance of the intent "thanks", word for word',
    );
    expect(ruleOf({ intent: thanks, candidates: [candidate(0.4)] }, 'smalltalk')).toBe(
      'it looks like the intent "thanks", and no entry is sure enough to win over it',
    );
    expect(ruleOf({ intent: { id: 'help', kind: 'command', confidence: 1, exact: true } }, 'command')).toBe(
      'it is an utterance of the intent "help", word for word',
    );
  });

  test('is not that of an intent that an entry won over', () => {
    expect(ruleOf({ intent: thanks, candidates: [candidate(0.9)] }, 'answer')).toMatch(
      /^the best is sure enough: 90 %/,
    );
  });

  test('is the conversation where it came to something else than the confidences say', () => {
    expect(ruleOf({ candidates: [candidate(0.9)] }, 'clarify')).toBe(ELSE);
    expect(ruleOf({ candidates: [candidate(0.3)] }, 'answer')).toBe(ELSE);
    expect(ruleOf({}, 'guide')).toBe(ELSE);
  });

  test.each([
    ['meaning', /^it asks what a term means/],
    ['several', /^it holds several questions/],
    ['follow-up', /it is read by the last topic$/],
    ['turned-down', /was turned down before/],
  ] as const)('%s is told in words, whatever the confidences say', (special, words) => {
    expect(explain(heard({ candidates: [candidate(0.9)] }), 'answer', [], special)?.rule).toMatch(words);
  });
});

describe('an explanation', () => {
  test('has the reading, the topic that is not covered, and what was considered', () => {
    const reading = {
      text: 'which kettle?',
      tokens: ['kettl'],
      expansions: [{ from: 'boiler', to: 'kettle' }],
      repairs: [{ from: 'wich', to: 'which' }],
      mode: 'semantic',
    } as const;
    const considered = [candidate(0.1, 'a'), candidate(0.05, 'b')];
    expect(explain(heard({ reading, uncovered: 'insurance' }), 'fallback', considered, undefined)).toMatchObject({
      reading,
      uncovered: 'insurance',
      candidates: considered,
    });
  });

  test('has five candidates at most', () => {
    const considered = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => candidate(0.1, id));
    const explained = explain(heard({}), 'fallback', considered, undefined);
    expect(explained?.candidates.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('of a follow-up has the reading by the topic, of anything else that of the text alone', () => {
    const inContext = sampleUnderstanding({ text: 'kettle in blue', uncovered: 'paint' });
    const followUp = { query: 'kettle in blue', about: 'blue', alone: 'nothing', corrects: false } as const;
    const leaning = heard({ text: 'in blue?' }, { followUp: { ...followUp, understanding: inContext, onIt: [] } });
    expect(explain(leaning, 'answer', [], 'follow-up')).toMatchObject({
      reading: { text: 'kettle in blue' },
      uncovered: 'paint',
    });
    expect(explain(leaning, 'answer', [], undefined)).toMatchObject({
      reading: { text: 'in blue?' },
      uncovered: undefined,
    });
  });

  test('is none for a button, an arrival and what cannot be read', () => {
    const others: readonly Heard[] = [
      { kind: 'arrival' },
      { kind: 'unreadable' },
      { kind: 'action', action: { kind: 'none-of-these' } },
    ];
    for (const other of others) expect(explain(other, 'answer', [candidate(0.9)], undefined)).toBeUndefined();
  });

  test('is plain JSON', () => {
    const explained = explain(heard({ uncovered: 'x' }), 'answer', [candidate(0.9)], undefined);
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
  });
});

describe('a turn is explained', () => {
  const ruleFor = async (...texts: readonly string[]): Promise<string | undefined> => {
    const talk = begin({
      'How wide is it?': [[TYRE.id, UNSURE]],
      'How long does a tyre last? battery': [[BATTERY.id, SURE]],
    });
    let rule: string | undefined;
    for (const text of texts) rule = (await talk.type(text)).outcome.explanation?.rule;
    return rule;
  };

  test.each([
    [['How do I oil a chain?'], /^the best is sure enough: 95 %/],
    [['Which bicycle fits me?'], /^the best is sure enough: 95 %/],
    [['How wide is it?'], /^the best is not sure enough: 30 %/],
    [['Who won?'], /^nothing is likely enough/],
    [['thanks'], /intent "thanks", word for word$/],
    [['human'], /intent "talk-to-a-human", word for word$/],
    [['what is a derailleur?'], /^it asks what a term means/],
    [['How do I oil a chain? How far does a battery go?'], /^it holds several questions/],
    [['How long does a tyre last?', 'and battery?'], /it is read by the last topic$/],
    [['What is cheap?', '1'], /^the conversation decided/],
    [['Which bicycle fits me?', 'on roads'], /^the conversation decided/],
  ])('after %j', async (texts, rule) => {
    expect(await ruleFor(...texts)).toMatch(rule);
  });

  test('that what fits was turned down before', async () => {
    const talk = begin({ 'How much oil for a chain?': [[CHAIN.id, SURE]] });
    await talk.type('How do I oil a chain?');
    await talk.type('wrong answer');
    const { outcome } = await talk.type('How do I oil a chain?');
    expect(outcome.explanation?.rule).toMatch(/turned down before/);
  });

  test('by what was considered, guides among it', async () => {
    const { outcome } = await begin().type('Which bicycle fits me?');
    expect(outcome.explanation?.candidates.map(({ kind, id }) => [kind, id])).toEqual([['guide', GUIDE]]);
  });

  test('but not where a button was pressed', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    const { outcome } = await talk.click(CONTENT.entries.get(BATTERY.id)!.title);
    expect([outcome.kind, outcome.explanation]).toEqual(['answer', undefined]);
  });

  test('a typed label is a text', async () => {
    const talk = begin();
    await talk.type('How do I oil a chain?');
    expect((await talk.type(BATTERY.title)).outcome.explanation).toBeDefined();
  });
});
