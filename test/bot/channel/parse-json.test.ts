import fc from 'fast-check';
import { MAX_DEPTH, parseJson } from '../../../bot/channel/parse-json';
import { heldFor } from '../../support/long-texts';

const nested = (depth: number, inner = ''): string => '['.repeat(depth) + inner + ']'.repeat(depth);

describe('JSON from outside', () => {
  test('is the value that it stands for', () => {
    const plain = fc
      .jsonValue({ noUnicodeString: false })
      .filter((value) => !/__proto__|constructor/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) =>
        expect(parseJson(Buffer.from(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  test('is nothing where it is none', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => parseJson(text)).not.toThrow()));
    for (const text of ['', '{', 'undefined', '{"a":}', '\u0000', '"\\']) expect(parseJson(text)).toBeUndefined();
  });

  test('may be nested as deep as clients do, and no deeper', () => {
    expect(JSON.stringify(parseJson(nested(MAX_DEPTH)))).toBe(nested(MAX_DEPTH));
    expect(parseJson(nested(MAX_DEPTH + 1))).toBeUndefined();
    expect(parseJson('{"a":'.repeat(MAX_DEPTH + 1))).toBeUndefined();
    for (const text of [nested(100_000), '{"value":'.repeat(20_000), '['.repeat(250_000)])
      expect(heldFor(() => parseJson(text))).toBeLessThan(250);
  });

  test('does not count brackets in strings', () => {
    const text = `{"a":${JSON.stringify(`"${'[{\\"'.repeat(1_000)}`)},"b":${nested(MAX_DEPTH - 1, '"\\\\"')}}`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test.each([
    '{"__proto__":{"admin":true},"a":1}',
    '{"\\u005f_proto__":{"admin":true},"a":1}',
    '{"a":1,"constructor":{"prototype":{"admin":true}}}',
  ])('%s changes no prototype, however it is copied', (text) => {
    const value = parseJson(`[${text}]`) as [object];
    const copy = Object.assign({}, ...value) as { admin?: boolean; constructor: { prototype: { admin?: boolean } } };
    expect([copy.admin, copy.constructor.prototype.admin]).toEqual([undefined, undefined]);
    expect(Object.entries(copy)).toEqual([['a', 1]]);
  });

  test('keeps words that only sound like it', () => {
    const value = { text: 'what is __proto__?', constructor: 'me', list: ['__proto__', 'constructor'] };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });
});
