import * as fc from 'fast-check';
import { normaliseText } from '../../bot/foundation/normalise-text';
import { plainLine, tellingWords } from '../../knowledge/filler';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

test('what names a topic is told from grammar, courtesy and begging for help', () => {
  expect(tellingWords('Hi, can anyone help me with the GatewaySubnet in 10.0.0.0/16, please?')).toEqual([
    'gatewaysubnet',
    '10.0.0.0/16',
  ]);
  for (const text of ['', '?', 'Can anyone help?', "I don't know how", 'Thanks in advance!']) {
    expect(tellingWords(text)).toEqual([]);
  }
});

test('a line is folded as every text is', () => {
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
  holds(
    fc.property(fc.oneof(ascii, anyText()), (text) => {
      expect(plainLine(text)).toBe(normaliseText(text));
    }),
    { numRuns: 500 },
  );
});
