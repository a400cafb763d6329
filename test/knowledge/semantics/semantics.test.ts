import { buildUnderstand } from '../../../knowledge/build-understand';
import { type Semantics, startSemantics } from '../../../knowledge/semantics/semantics';
import type { SemanticHit, SentenceEncoder } from '../../../knowledge/semantics/sentence-encoder';
import { sampleEntry } from '../../support/sample-entry';
import { sampleModel } from '../../support/sample-model';
import { vectorOf } from '../../support/sample-vectors';

const HITS: readonly SemanticHit[] = [
  { closest: 0.9, pooled: 0.9 },
  { closest: 0.1, pooled: 0.1 },
];
const DOCUMENTS = [{ utterances: ['hot tea', 'warm tea'] }, { utterances: ['cold milk'] }];

/** An encoder that does what it is told, and keeps what it was asked for. */
function fakeEncoder(changes: Partial<SentenceEncoder> = {}): SentenceEncoder & { readonly calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    calls,
    async encode(texts, keep) {
      calls.push(['encode', texts, keep]);
      return texts.map((_, index) => vectorOf(1, index));
    },
    async index(vectors, groupOf) {
      calls.push(['index', vectors.length, groupOf]);
    },
    async query(text) {
      calls.push(['query', text]);
      return [...HITS];
    },
    async save() {
      calls.push(['save']);
    },
    async close() {
      calls.push(['close']);
    },
    ...changes,
  };
}

describe('semantics', () => {
  test('reads the utterances of all documents once, keeps them, and is ready then', async () => {
    const encoder = fakeEncoder();
    const semantics = startSemantics(async () => encoder, DOCUMENTS);
    expect(semantics.state()).toEqual({ kind: 'starting' });
    expect(await semantics.settled).toEqual({ kind: 'ready', sentences: 3, tookMs: expect.any(Number) });
    expect(semantics.state()).toMatchObject({ kind: 'ready' });
    expect(encoder.calls).toEqual([
      ['encode', ['hot tea', 'warm tea', 'cold milk'], 'keep'],
      ['save'],
      ['index', 3, [0, 0, 1]],
    ]);
    expect(await semantics.query('tea')).toEqual(HITS);
  });

  test('while starting has no answer, and does not keep anybody waiting', async () => {
    let finish = (): void => undefined;
    const encoder = fakeEncoder({ index: () => new Promise<void>((resolve) => (finish = resolve)) });
    const semantics = startSemantics(async () => encoder, DOCUMENTS);
    expect(await semantics.query('tea')).toBeUndefined();
    while (encoder.calls.length < 2) await Promise.resolve();
    await Promise.resolve();
    expect([await semantics.query('tea'), semantics.state().kind]).toEqual([undefined, 'starting']);
    finish();
    await semantics.settled;
    expect(await semantics.query('tea')).toEqual(HITS);
  });

  const fail = async (): Promise<never> => {
    throw new Error('out of memory');
  };
  const starts: readonly (readonly [string, () => Promise<SentenceEncoder>])[] = [
    ['does not open', fail],
    ['cannot encode', async () => fakeEncoder({ encode: fail })],
    ['cannot index', async () => fakeEncoder({ index: fail })],
  ];
  test.each(starts)('of an encoder that %s are off, and say why', async (_name, open) => {
    const semantics = startSemantics(open, DOCUMENTS);
    expect(await semantics.settled).toEqual({ kind: 'off', reason: 'out of memory' });
    expect(await semantics.query('tea')).toBeUndefined();
    await semantics.close();
  });

  test('whose encoder fails later are off from then on, and it is not asked again', async () => {
    let asked = 0;
    const query = async (): Promise<never> => {
      asked += 1;
      throw new Error('the thread has ended');
    };
    const semantics = startSemantics(async () => fakeEncoder({ query }), DOCUMENTS);
    await semantics.settled;
    expect([await semantics.query('tea'), await semantics.query('tea')]).toEqual([undefined, undefined]);
    expect([asked, semantics.state()]).toEqual([1, { kind: 'off', reason: 'the thread has ended' }]);
  });

  test('an answer that comes too late is none; the next in time is one', async () => {
    let late = true;
    const query = (): Promise<SemanticHit[]> => (late ? new Promise(() => undefined) : Promise.resolve([...HITS]));
    const semantics = startSemantics(async () => fakeEncoder({ query }), DOCUMENTS);
    await semantics.settled;
    jest.useFakeTimers();
    try {
      const waiting = semantics.query('tea');
      await jest.advanceTimersByTimeAsync(1_999);
      const before = await Promise.race([waiting, Promise.resolve('still waiting')]);
      await jest.advanceTimersByTimeAsync(2);
      expect([before, await waiting]).toEqual(['still waiting', undefined]);
      late = false;
      expect(await semantics.query('tea')).toEqual(HITS);
      expect(semantics.state().kind).toBe('ready');
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('closed are off, and close the encoder', async () => {
    const encoder = fakeEncoder();
    const semantics = startSemantics(async () => encoder, DOCUMENTS);
    await semantics.settled;
    await semantics.close();
    expect(semantics.state()).toEqual({ kind: 'off', reason: 'closed' });
    expect(await semantics.query('tea')).toBeUndefined();
    expect(encoder.calls.at(-1)).toEqual(['close']);
  });

  test('closed before they are ready never start what they had not begun, and stay off', async () => {
    let open: (encoder: SentenceEncoder) => void = () => undefined;
    const opening = fakeEncoder();
    const early = startSemantics(() => new Promise((resolve) => (open = resolve)), DOCUMENTS);
    await early.close();
    open(opening);
    expect(await early.settled).toEqual({ kind: 'off', reason: 'closed' });
    expect(opening.calls).toEqual([]);

    let finish: () => void = () => undefined;
    const saving = fakeEncoder({ save: () => new Promise<void>((resolve) => (finish = resolve)) });
    const late = startSemantics(async () => saving, DOCUMENTS);
    while (saving.calls.length < 1) await Promise.resolve();
    await late.close();
    finish();
    expect(await late.settled).toEqual({ kind: 'off', reason: 'closed' });
    expect(saving.calls.map((call) => (call as unknown[])[0])).toEqual(['encode', 'close']);
  });
});

describe('understanding with semantics', () => {
  const knowledge = {
    entries: [
      sampleEntry('tea', { title: 'How hot is tea?', phrasings: ['temperature of tea'] }),
      sampleEntry('milk', { title: 'How cold is milk?', phrasings: ['milk from the fridge'] }),
    ],
    glossary: [],
    guides: [],
    intents: [],
    uncovered: [],
  };
  const model = sampleModel();
  const understand = (semantics?: Semantics) => buildUnderstand(knowledge, model, semantics)('is milk or tea better?');

  test('lets them decide once they are ready, with the thresholds learnt for it', async () => {
    const byMilk: SemanticHit[] = [HITS[1]!, HITS[0]!];
    const ready = startSemantics(async () => fakeEncoder({ query: async () => byMilk }), DOCUMENTS);
    await ready.settled;
    const { candidates, thresholds, reading } = await understand(ready);
    expect(candidates[0]).toMatchObject({ id: 'milk', evidence: { sense: 1, senseClosest: 0.9 } });
    expect({ mode: reading.mode, thresholds }).toEqual({ mode: 'semantic', thresholds: model.semantic.thresholds });
  });

  test('goes on by words alone while they start, and when they are lost', async () => {
    const plain = await understand();
    expect(plain).toMatchObject({ reading: { mode: 'lexical' }, thresholds: model.lexical.thresholds });
    expect(plain.candidates.length).toBe(2);
    const starting = startSemantics(() => new Promise(() => undefined), DOCUMENTS);
    const query = async (): Promise<never> => {
      throw new Error('lost');
    };
    const lost = startSemantics(async () => fakeEncoder({ query }), DOCUMENTS);
    await lost.settled;
    expect(await understand(starting)).toEqual(plain);
    expect(await understand(lost)).toEqual(plain);
  });
});
