import fc from 'fast-check';
import { buildKernelMatrix, KERNEL_UNIT, kernelOf } from '../../../knowledge/classifier/kernel-matrix';
import { buildSimilarity, type TextPoint } from '../../../knowledge/classifier/similarity';

const FEATURES = 6;

/** Points with a wording of unit length or none, and a sense of unit length if asked for. */
const points = (withSense: boolean) =>
  fc.array(
    fc
      .record({
        wording: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: FEATURES, maxLength: FEATURES }),
        mask: fc.array(fc.boolean(), { minLength: FEATURES, maxLength: FEATURES }),
        sense: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 3 }),
      })
      .map(({ wording, mask, sense }): TextPoint => {
        const features = Uint32Array.from([...Array(FEATURES).keys()].filter((feature) => mask[feature]));
        const values = unit(Float32Array.from(features, (feature) => wording[feature]!));
        const sparse = { features, values };
        return withSense ? { wording: sparse, sense: unit(Float32Array.from(sense)) } : { wording: sparse };
      }),
    { minLength: 1, maxLength: 11 },
  );

function unit(numbers: Float32Array): Float32Array {
  const length = Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0)) || 1;
  return numbers.map((number) => number / length);
}

/** The slow, obvious twin. */
function expected(a: TextPoint, b: TextPoint): number {
  let wording = 0;
  a.wording.features.forEach((feature, index) => {
    const at = b.wording.features.indexOf(feature);
    if (at >= 0) wording += a.wording.values[index]! * b.wording.values[at]!;
  });
  if (a.sense === undefined || b.sense === undefined) return wording;
  return 0.6 * a.sense.reduce((sum, number, index) => sum + number * b.sense![index]!, 0) + 0.4 * wording;
}

describe.each([true, false])('similarity (with sense vectors: %s)', (withSense) => {
  test('to one text is what a slow twin computes', () => {
    fc.assert(
      fc.property(points(withSense), (all) => {
        const similarity = buildSimilarity(all, FEATURES);
        const found = similarity.to(all[0]!);
        all.forEach((point, index) => {
          expect(found[index]).toBeCloseTo(expected(all[0]!, point), 4);
        });
      }),
    );
  });

  test('of all examples to each other is the same, and so is the kernel', () => {
    fc.assert(
      fc.property(points(withSense), (all) => {
        const kernel = buildKernelMatrix(buildSimilarity(all, FEATURES));
        all.forEach((a, row) => {
          all.forEach((b, column) => {
            const value = kernel.values[row * all.length + column]! * KERNEL_UNIT;
            expect(value).toBeCloseTo(kernelOf(expected(a, b)), 4);
          });
        });
      }),
    );
  });
});

test('a text without a sense vector is compared by its wording alone', () => {
  const wording = { features: Uint32Array.of(1), values: Float32Array.of(1) };
  const similarity = buildSimilarity([{ wording, sense: Float32Array.of(1, 0) }], FEATURES);
  expect([...similarity.to({ wording })]).toEqual([1]);
});

test('the kernel grows with the similarity from 0 to 1', () => {
  expect([-1, 0, 1].map(kernelOf)).toEqual([0, 0.125, 1]);
});
