import type { Intent } from '../../knowledge/intent';
import { buildReadQuestion, type ReadMessage } from '../../knowledge/read-question';
import type { Semantics } from '../../knowledge/semantics/semantics';
import type { SemanticHit } from '../../knowledge/semantics/sentence-encoder';
import type { RepairSpelling } from '../../knowledge/spelling';
import { buildTokenise } from '../../knowledge/tokenise';

const INTENTS: readonly Intent[] = [
  { id: 'greeting', kind: 'smalltalk', utterances: ['hi', 'good morning'], reply: 'Hello.', file: 'greeting.yaml' },
  { id: 'thanks', kind: 'smalltalk', utterances: ['thanks', 'thank you'], reply: 'Fine.', file: 'thanks.yaml' },
  { id: 'cancel', kind: 'command', utterances: ['cancel'], reply: undefined, file: 'cancel.yaml' },
];
const HITS: readonly SemanticHit[] = [{ closest: 0.5, pooled: 0.6 }];

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

const isWordForWord = (tokens: readonly string[]): boolean => tokens.join(' ') === 'green tea';

function read(text: string, semantics?: Semantics): Promise<ReadMessage> {
  return buildReadQuestion(INTENTS, buildTokenise([]), { isWordForWord }, repairKettle, semantics)(text);
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
    const { asked, repaired } = await read('hi, which kettel?');
    expect(asked).toMatchObject({ text: 'which kettle?', tokens: ['kettl'] });
    expect(repaired).toEqual({ text: 'hi, which kettle?', repairs: [{ from: 'kettel', to: 'kettle' }] });
  });
});

describe('sense', () => {
  test('is asked for what is left of the message', async () => {
    const semantics = listening();
    expect((await read('hi, which kettel?', semantics)).asked.semantics).toBe(HITS);
    expect(semantics.asked).toEqual(['which kettle?']);
  });

  test('is not asked for what is said word for word, nor for what has no words of meaning', async () => {
    const semantics = listening();
    for (const text of ['hi, green tea!', 'how do I?', '', '👍', '3']) {
      expect((await read(text, semantics)).asked.semantics).toBeUndefined();
    }
    expect(semantics.asked).toEqual([]);
  });

  test('is left out where there is none, or none yet', async () => {
    expect((await read('which kettle?')).asked.semantics).toBeUndefined();
    const notYet: Semantics = { ...listening(), query: async () => undefined };
    expect((await read('which kettle?', notYet)).asked.semantics).toBeUndefined();
  });
});
