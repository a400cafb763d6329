import type { Intent } from '../../knowledge/intent';
import { messageKey } from '../../knowledge/intent-matcher';
import { buildReadQuestion, intentMessageOf, type ReadMessage } from '../../knowledge/read-question';
import type { Semantics } from '../../knowledge/semantics/semantics';
import type { SemanticHit } from '../../knowledge/semantics/sentence-encoder';
import type { RepairSpelling } from '../../knowledge/spelling';
import { buildTokenise } from '../../knowledge/tokenise';
import type { IntentMatch } from '../../knowledge/understanding';
import { sampleEvidence } from '../support/sample-model';

const INTENTS: readonly Intent[] = [
  { id: 'greeting', kind: 'smalltalk', utterances: ['hi', 'good morning'], reply: 'Hello.', file: 'greeting.yaml' },
  { id: 'thanks', kind: 'smalltalk', utterances: ['thanks', 'thank you'], reply: 'Fine.', file: 'thanks.yaml' },
  { id: 'cancel', kind: 'command', utterances: ['cancel'], reply: undefined, file: 'cancel.yaml' },
];
/** How many documents there are; what else the encoder has read are the intents. */
const DOCUMENTS = 2;
const HITS: readonly SemanticHit[] = [0.5, 0.4, 0.3, 0.2, 0.1].map((closest) => ({ closest, pooled: closest }));

/** Reads `kettel` as "kettle". */
const repairKettle: RepairSpelling = (text) => ({
  text: text.replaceAll('kettel', 'kettle'),
  repairs: text.includes('kettel') ? [{ from: 'kettel', to: 'kettle' }] : [],
});

/** A sense that keeps what it was asked for. */
function listening(hits: readonly SemanticHit[] | undefined = HITS): Semantics & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    settled: Promise.resolve({ kind: 'ready', sentences: 1, tookMs: 1 }),
    state: () => ({ kind: 'ready', sentences: 1, tookMs: 1 }),
    async query(text) {
      asked.push(text);
      return hits;
    },
    close: async () => undefined,
  };
}

const tokenise = buildTokenise([
  { term: 'kettle', aliases: ['water boiler'], meaning: 'boils water', broader: undefined },
]);

const isWordForWord = (tokens: readonly string[]): boolean => tokens.join(' ') === 'green tea';

/** Knows the intents to the letter. */
function exact(text: string): IntentMatch | undefined {
  const found = INTENTS.find(({ utterances }) => utterances.includes(messageKey(text)));
  return found && { id: found.id, kind: found.kind, confidence: 1, exact: true };
}

function read(text: string, semantics?: Semantics): Promise<ReadMessage> {
  const rank = { isWordForWord, documents: DOCUMENTS };
  return buildReadQuestion(INTENTS, tokenise, rank, { exact }, repairKettle, semantics)(text);
}

describe('courtesies', () => {
  test.each([
    ['hi, which kettle?', 'which kettle?', 'greeting'],
    ['Good morning! Hi, which kettle?', 'which kettle?', 'greeting'],
    ['which kettle? Thanks!', 'which kettle?', undefined],
    ['Hi. which kettle?\nThank you.', 'which kettle?', 'greeting'],
    ['thanks, hi: which kettle?', 'which kettle?', 'thanks'],
  ])('are taken off %j', async (text, rest, courtesy) => {
    expect(await read(text)).toMatchObject({ asked: { text: rest, tokens: ['kettl'] }, courtesy });
  });

  test.each([
    'which kettle?',
    'hi',
    'cancel, which kettle?',
    'which, hi, kettle',
    'hi kettle',
  ])('are not seen in %j, nor is anything else taken off', async (text) => {
    expect(await read(text)).toMatchObject({ asked: { text }, courtesy: undefined });
  });

  test('alone remain one of them', async () => {
    expect(await read('hi, thanks')).toMatchObject({ asked: { text: 'thanks' }, courtesy: 'greeting' });
  });
});

describe('spelling', () => {
  test('is repaired before anything is read, and the repair is told', async () => {
    const { asked, repairs } = await read('hi, which kettel?');
    expect(asked).toMatchObject({ text: 'which kettle?', tokens: ['kettl'] });
    expect(repairs).toEqual([{ from: 'kettel', to: 'kettle' }]);
    expect((await read('which kettle?')).repairs).toEqual([]);
  });
});

describe('the glossary', () => {
  test('is told where it read a spelling as a term', async () => {
    const { asked, expansions } = await read('which water boiler?');
    expect(asked).toMatchObject({ text: 'which water boiler?', tokens: ['kettl'] });
    expect(expansions).toEqual([{ from: 'water boiler', to: 'kettle' }]);
    expect((await read('which kettle?')).expansions).toEqual([]);
  });
});

describe('an intent to the letter', () => {
  test('is told of the whole message, before courtesies are taken off', async () => {
    expect((await read('Cancel!')).exactIntent).toMatchObject({ id: 'cancel', exact: true });
    expect((await read('hi, cancel')).exactIntent).toBeUndefined();
    expect((await read('which kettle?')).exactIntent).toBeUndefined();
  });

  test('may be told by the repaired message alone', async () => {
    const kettle: Intent = { ...INTENTS[2]!, id: 'kettle', utterances: ['kettle'] };
    const one = (text: string) =>
      messageKey(text) === 'kettle' ? { id: kettle.id, kind: kettle.kind, confidence: 1, exact: true } : undefined;
    const rank = { isWordForWord, documents: DOCUMENTS };
    const reader = buildReadQuestion([kettle], tokenise, rank, { exact: one }, repairKettle, undefined);
    expect((await reader('kettel')).exactIntent).toMatchObject({ id: 'kettle' });
  });
});

describe('sense', () => {
  test('is asked for what is left of the message', async () => {
    const semantics = listening();
    const { asked, intentSemantics } = await read('hi, which kettel?', semantics);
    expect(semantics.asked).toEqual(['which kettle?']);
    // The first hits are of documents, the others of intents.
    expect(asked.semantics).toEqual(HITS.slice(0, 2));
    expect(intentSemantics).toEqual(HITS.slice(2));
  });

  test('is not asked for what is said word for word, of a question or an intent', async () => {
    const semantics = listening();
    for (const text of ['hi, green tea!', 'Thank you.', 'cancel']) {
      const { asked, intentSemantics } = await read(text, semantics);
      expect([text, asked.semantics, intentSemantics]).toEqual([text, undefined, undefined]);
    }
    expect(semantics.asked).toEqual([]);
  });

  test('is left out where there is none, or none yet', async () => {
    const notYet: Semantics = { ...listening(), query: async () => undefined };
    for (const semantics of [undefined, notYet]) {
      const { asked, intentSemantics } = await read('which kettle?', semantics);
      expect([asked.semantics, intentSemantics]).toEqual([undefined, undefined]);
    }
  });
});

describe('intentMessageOf', () => {
  const asked = { text: 'x', tokens: ['kettl', 'tea', 'kettl'], semantics: HITS.slice(0, 2) };

  test('counts each word about a topic once, and takes the sense of the intents, not of the documents', () => {
    const semantics = HITS.slice(2);
    expect(intentMessageOf(asked, semantics, [])).toEqual({ text: 'x', topicWords: 2, semantics, rival: undefined });
  });

  test('has the evidence of the best document against it', () => {
    const ranked = [0.9, 0.2].map((gramsClosest) => ({
      kind: 'entry' as const,
      id: 'a',
      title: 'A',
      score: gramsClosest,
      evidence: sampleEvidence({ gramsClosest }),
    }));
    expect(intentMessageOf(asked, undefined, ranked).rival).toMatchObject({ gramsClosest: 0.9 });
  });
});
