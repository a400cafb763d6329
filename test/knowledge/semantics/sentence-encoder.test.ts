import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  MAX_ENCODED_LENGTH,
  openSentenceEncoder,
  type SentenceEncoder,
} from '../../../knowledge/semantics/sentence-encoder';
import { VECTOR_SIZE } from '../../../knowledge/semantics/sentence-vector';
import { buildMain } from '../../support/built-main';
import { cosineOf } from '../../support/sample-vectors';

/** The model itself, 30 MB of weights in a thread of its own: on a busy machine it takes its time to start. */
const TIMEOUT_MS = 120_000;
const ZEROS = new Float32Array(VECTOR_SIZE);

let encoder: SentenceEncoder;
let dir: string;
beforeAll(async () => {
  buildMain(); // the thread reads JavaScript
  dir = mkdtempSync(path.join(os.tmpdir(), 'encoder-'));
  encoder = await openSentenceEncoder();
  await encoder.encode(['warm up']);
}, TIMEOUT_MS);
afterAll(async () => {
  await encoder?.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the sentence encoder', () => {
  test('gives the same text the same vector, of unit length', async () => {
    const text = 'Can I use BGP on the Basic SKU?';
    const [first, second] = await encoder.encode([text, text]);
    const [third] = await encoder.encode([`  ${text}\n`]);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(first).toHaveLength(VECTOR_SIZE);
    expect(Math.hypot(...first!)).toBeCloseTo(1, 1);
  });

  test('gives zeros for what has no letter or digit, without the model', async () => {
    expect(await encoder.encode(['', ' ', '?!', '👍', '\ud800'])).toEqual([ZEROS, ZEROS, ZEROS, ZEROS, ZEROS]);
    expect(await encoder.encode([])).toEqual([]);
  });

  test('puts paraphrases closer together than strangers', async () => {
    const [asked, same, stranger] = await encoder.encode([
      'How much does the gateway cost?',
      'What is the price of a gateway?',
      'Which cipher protects my tunnel?',
    ]);
    expect(cosineOf(asked!, same!)).toBeGreaterThan(cosineOf(asked!, stranger!) + 0.2);
  });

  test('reads the beginning of a long text, in no more time than that takes', async () => {
    const long = 'my tunnel drops every hour and nothing helps. '.repeat(250);
    expect(long.length).toBeGreaterThan(10_000);
    const startedAt = performance.now();
    const [vector, beginning] = await encoder.encode([long, long.slice(0, MAX_ENCODED_LENGTH)]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(vector).toEqual(beginning);
  });

  test('bears other scripts, emoji, control characters and lone surrogates', async () => {
    const texts = [
      '网关可以用吗',
      'هل يمكنني استخدام BGP؟',
      'a\u0000b\u001b[31m',
      '👨‍👩‍👧‍👦 gateway',
      `x${'\ud83d'}`,
      '__proto__',
    ];
    for (const vector of await encoder.encode(texts)) {
      expect(vector).toHaveLength(VECTOR_SIZE);
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(Math.hypot(...vector)).toBeGreaterThan(0.9);
    }
  });

  test('finds the group that a text is close to by sense', async () => {
    expect(await encoder.query('price of a gateway')).toEqual([]);
    const groups = [
      ['How much does the gateway cost?', 'Is the gateway free?', 'What do I pay for a gateway?'],
      ['Which cipher protects my tunnel?', 'Is my traffic encrypted?', 'Which encryption is used?'],
    ];
    const sentences = groups.flatMap((texts, group) => texts.map((text) => ({ text, group })));
    await encoder.index(
      await encoder.encode(sentences.map(({ text }) => text)),
      sentences.map(({ group }) => group),
    );
    const [cost, cipher] = await encoder.query('What is the price of that thing?');
    expect(cost!.closest).toBeGreaterThan(cipher!.closest);
    expect(await encoder.query('?!')).toEqual([
      { closest: 0, pooled: 0 },
      { closest: 0, pooled: 0 },
    ]);
  });

  test('answers many at once, each with its own', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `tunnel number ${index}`);
    const together = await Promise.all(texts.map((text) => encoder.encode([text])));
    const alone = await encoder.encode(texts);
    expect(together.flat()).toEqual(alone);
  });
});

describe('an encoder with a cache', () => {
  test(
    'keeps what it is told to keep, gives it back to the digit, and nothing of what people type',
    async () => {
      const file = path.join(dir, 'vectors');
      const first = await openSentenceEncoder({ cacheFiles: [file] });
      const [typed] = await first.encode(['typed by somebody']);
      expect(typed).toHaveLength(VECTOR_SIZE);
      await first.save();
      expect(existsSync(file)).toBe(false);
      const kept = await first.encode(['written by an author'], 'keep');
      await first.close();
      const second = await openSentenceEncoder({ cacheFiles: [file] });
      expect(await second.encode(['written by an author'])).toEqual(kept);
      await second.close();
    },
    TIMEOUT_MS,
  );

  test(
    'ends its thread when it is closed: what waits is refused, a second close does no harm',
    async () => {
      const other = await openSentenceEncoder();
      const waiting = other.encode(['a question']).catch((error: Error) => error.message);
      await other.close();
      expect(await waiting).toMatch(/the sentence encoder has ended/);
      await other.close();
    },
    TIMEOUT_MS,
  );
});
