import * as fc from 'fast-check';

/** What text handling stumbles over: casing that changes lengths, combining marks, joiners, directions, ligatures that grow. */
const TRICKY = [
  ...['İ', 'ß', 'ς', 'Σ', 'ŉ', 'ﬁ', 'ﷺ', '½', '①', 'Ⅷ', 'K', 'Å', 'e\u0301', '\u0301', '가', '한', 'ก็', 'हिन्दी', '雲'],
  ...[
    '👍🏽',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈',
    '\u200b',
    '\u200d',
    '\u202e',
    '\ufeff',
    '\ufe0f',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\u0000',
  ],
  ...[
    "'",
    '’',
    '´',
    '‑',
    '。',
    '？',
    ' ',
    '\n',
    '\r\n',
    'gateway',
    'IKEv2',
    '10.0.0.0/16',
    '/27',
    '__proto__',
    'constructor',
  ],
];

/** Any text at all: any code point, UTF-16 code units that are no characters (lone surrogates), and tricky pieces of text. */
export function anyText(maxLength = 200): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength }),
    // Not fast-check's own `unit: 'binary'`: it takes seconds to build its tables, in each test file anew.
    fc
      .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength })
      .map((points) => fromCodes(points, String.fromCodePoint)),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => fromCodes(units, String.fromCharCode)),
    fc
      .array(fc.constantFrom(...TRICKY), { maxLength: Math.ceil(maxLength / 8) })
      .map((pieces) => pieces.join('').slice(0, maxLength)),
  );
}

function fromCodes(codes: readonly number[], toText: (code: number) => string): string {
  return codes.map((code) => toText(code)).join('');
}
