import * as fc from 'fast-check';
import {
  addressKind,
  MAX_RANGES,
  readValue,
  VALUE_TYPES,
  type ValueProblem,
  type ValueType,
  valuesIn,
} from '../../../dialogs/values/read-value';
import { anyText } from '../../support/any-text';
import { holds } from '../../support/holds';

/** The value, or what is wrong: its kind and what else is known about it. */
function read(type: ValueType, text: string): string {
  const reading = readValue(type, text);
  return reading.ok ? reading.value : Object.values(reading.problem).join(' ');
}

const octet = fc.nat(255);
const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const range = fc.tuple(fc.nat(0xffffffff), fc.nat(32)).map(([number, prefix]) => {
  const first = number - (number % 2 ** (32 - prefix));
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/${prefix}`;
});
/** Addresses that are not the masks of something, which begin with 255. */
const realAddress = address.filter((text) => !text.startsWith('255.'));

describe('a range', () => {
  test.each([
    ["it's 10.0.0.0/24, I think", '10.0.0.0/24'],
    ['10.0.0.0 / 24', '10.0.0.0/24'],
    ['10.0.0.0 /24.', '10.0.0.0/24'],
    ['10.0.0.0\\24', '10.0.0.0/24'],
    ['(10.0.0.0/24)', '10.0.0.0/24'],
    ['`10.0.0.0/24`', '10.0.0.0/24'],
    ['vnet:10.0.0.0/24', '10.0.0.0/24'],
    ['vnet_10.0.0.0/24', '10.0.0.0/24'],
    ['１０.０.０.０／２４', '10.0.0.0/24'],
    ['10.0.0.0\u200b/24', '10.0.0.0/24'],
    ['10.0.0.0/24…', '10.0.0.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.4/32', '10.0.0.4/32'],
    ['10.0.0.0 255.255.255.0', '10.0.0.0/24'],
    ['10.0.0.0/255.255.255.0', '10.0.0.0/24'],
    ['10.0.0.0 mask 255.255.255.0', '10.0.0.0/24'],
    ['10.0.0.0, subnet mask: 255.255.0.0', '10.0.0.0/16'],
    ['network 10.0.0.0 with a netmask of 254.0.0.0', '10.0.0.0/7'],
    ['0.0.0.0 0.0.0.0', '0.0.0.0/0'],
    ['10.0.0.0 is a /16', '10.0.0.0/16'],
    ['10.0.0.0 with prefix length 16', '10.0.0.0/16'],
    ['10.0.0.0 slash 16', '10.0.0.0/16'],
    ['10.0.0.0/24, a /24', '10.0.0.0/24'],
    ['10.0.0.0/24 (255.255.255.0)', '10.0.0.0/24'],
    ['10.0.0.0/24 and the router is 10.0.0.1', '10.0.0.0/24'],
    ['10.0.0.0/16 10.0.0.0 - 10.0.255.255 (65536 addresses)', '10.0.0.0/16'],
    ['10.0.0.0/24, again: 10.0.0.0/24', '10.0.0.0/24'],
    ['at 10:30:00 it was 10.0.0.0/24', '10.0.0.0/24'],
    ['a:b:10.0.0.0/24', '10.0.0.0/24'],
  ])('“%s” is %s', (text, value) => {
    expect(read('range', text)).toBe(value);
  });

  test.each([
    ['', 'none'],
    ['no idea', 'none'],
    ['we work 24/7 with ikev2 since v1.2.3.4 on vpn.10.0.0.1.example.com', 'none'],
    ['1.25 Gbps', 'none'],
    ['10.0.0.0', 'no-prefix 10.0.0.0'],
    ['10.0.0.0 24', 'no-prefix 10.0.0.0'],
    ['10.0.0.0/x', 'no-prefix 10.0.0.0'],
    ['10.0.0.0/33', 'not-a-range 10.0.0.0/33'],
    ['10.0.0.0/24/25', 'not-a-range 10.0.0.0/24/25'],
    ['10.0.0.0/99999999999999999999', 'not-a-range 10.0.0.0/99999999999999999999'],
    ['10.0.0.0 255.0.255.0', 'not-a-range 10.0.0.0/255.0.255.0'],
    ['/24', 'not-a-range /24'],
    ['/ 24', 'not-a-range /24'],
    ['255.255.255.0', 'not-a-range 255.255.255.0'],
    ['10.0.0.5/24', 'host-bits 10.0.0.5/24 10.0.0.0/24'],
    ['10.0.0.5 mask 255.255.255.0', 'host-bits 10.0.0.5/24 10.0.0.0/24'],
    ['200.1.2.3/1', 'host-bits 200.1.2.3/1 128.0.0.0/1'],
    ['10.0.0.256/24', 'not-an-address 10.0.0.256'],
    ['10.0.0/24', 'not-an-address 10.0.0'],
    ['010.0.0.0/24', 'not-an-address 010.0.0.0'],
    ['0x0a.0.0.0/24', 'none'],
    ['10.0.0.0x0/24', 'not-an-address 10.0.0.0x0'],
    ['10..0.0/24', 'not-an-address 10..0.0'],
    ['10.0.0.0.0/24', 'not-an-address 10.0.0.0.0'],
    ['10.0.0.*', 'not-an-address 10.0.0.*'],
    ['169.254.x.x', 'not-an-address 169.254.x.x'],
    ['fd00::/8', 'ipv6 fd00::/8'],
    ['it is fe80::1%eth0.', 'ipv6 fe80::1%eth0'],
    ['address:2001:db8::1', 'ipv6 2001:db8::1'],
    ['note:: std::a', 'none'],
    ['10.0.0.0/16 and 10.1.0.0/16', 'too-many 10.0.0.0/16,10.1.0.0/16'],
    ['10.0.0.0/24 and 10.1.0.0', 'no-prefix 10.1.0.0'],
    ['10.0.0.300/24, 10.0.0.5/24', 'not-an-address 10.0.0.300'],
    ['10.0.0.5/24, 10.0.0.300/24', 'host-bits 10.0.0.5/24 10.0.0.0/24'],
  ])('“%s”: %s', (text, problem) => {
    expect(read('range', text)).toBe(problem);
  });

  test('quotes no more than 50 characters of a monster', () => {
    const reading = readValue('range', '1.'.repeat(900));
    expect(reading).toMatchObject({ ok: false, problem: { kind: 'not-an-address', found: '1.'.repeat(25) } });
  });
});

describe('ranges', () => {
  test.each([
    ['10.1.0.0/16 and 10.2.0.0/16', '10.1.0.0/16, 10.2.0.0/16'],
    ['10.2.0.0/16,10.1.0.0/16;10.2.0.0/16', '10.2.0.0/16, 10.1.0.0/16'],
    ['10.2.0.0/16\n10.1.0.0 255.255.0.0', '10.2.0.0/16, 10.1.0.0/16'],
    ['- 10.2.0.0/16-10.1.0.0/16', '10.2.0.0/16, 10.1.0.0/16'],
    ['10.0.0.0/8', '10.0.0.0/8'],
  ])('“%s” are %s', (text, value) => {
    expect(read('ranges', text)).toBe(value);
  });

  test.each([
    ['10.1.0.0/16 and 10.2.0.0', 'no-prefix 10.2.0.0'],
    ['10.1.0.0/16 and fd00::/8', 'ipv6 fd00::/8'],
    ['10.1.0.0/16 and 10.2.0.1/16', 'host-bits 10.2.0.1/16 10.2.0.0/16'],
    ['all of them', 'none'],
  ])('“%s”: %s', (text, problem) => {
    expect(read('ranges', text)).toBe(problem);
  });

  test(`are ${MAX_RANGES} at most`, () => {
    const list = Array.from({ length: MAX_RANGES + 1 }, (_, at) => `10.${at}.0.0/16`);
    expect(readValue('ranges', list.slice(1).join(' '))).toEqual({ ok: true, value: list.slice(1).join(', ') });
    expect(readValue('ranges', list.join(' '))).toEqual({ ok: false, problem: { kind: 'too-many', found: list } });
  });
});

describe('an address', () => {
  test.each([
    ['my IP is 10.0.0.4.', '10.0.0.4'],
    ['ip=10.0.0.4', '10.0.0.4'],
    ['10.0.0.4:3389', '10.0.0.4'],
    ['https://10.0.0.4/start', '10.0.0.4'],
    ['10.52.255.254/32', '10.52.255.254'],
    ['10.0.0.4 in 10.0.0.0/24', '10.0.0.4'],
    ['10.0.0.4 (10.0.0.4/24)', '10.0.0.4'],
    ['10.0.0.4, 10.0.0.4', '10.0.0.4'],
  ])('“%s” is %s', (text, value) => {
    expect(read('address', text)).toBe(value);
  });

  test.each([
    ['none', 'none'],
    ['10.0.0.4/24', 'has-prefix 10.0.0.4/24'],
    ['10.0.0.4 255.255.255.0', 'has-prefix 10.0.0.4/24'],
    ['10.0.0.0/24', 'has-prefix 10.0.0.0/24'],
    ['10.0.0.4/33', 'has-prefix 10.0.0.4/33'],
    ['10.0.0.4 and 192.168.0.0/24', 'has-prefix 192.168.0.0/24'],
    ['10.0.0.4/10.0.0.5', 'too-many 10.0.0.4,10.0.0.5'],
    ['10.0.0.4 or 10.0.0.5', 'too-many 10.0.0.4,10.0.0.5'],
    ['255.255.255.0', 'not-an-address 255.255.255.0'],
    ['255.255.255.255/32', 'has-prefix 255.255.255.255/32'],
    ['10.0.0', 'not-an-address 10.0.0'],
    ['010.0.0.1', 'not-an-address 010.0.0.1'],
    ['::1', 'ipv6 ::1'],
  ])('“%s”: %s', (text, problem) => {
    expect(read('address', text)).toBe(problem);
  });

  test.each([
    ['169.254.21.2', 'apipa'],
    ['10.0.0.4', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['127.0.0.1', 'private'],
    ['172.32.0.0', 'public'],
    ['203.0.113.9', 'public'],
    ['8.8.8.8', 'public'],
  ] as const)('%s is %s, and refused where that is not wanted', (text, kind) => {
    expect(addressKind(text)).toBe(kind);
    expect(readValue('address', `use ${text}`, { refuse: [kind] })).toEqual({
      ok: false,
      problem: { kind: 'refused', found: text, as: kind },
    });
    const others = (['apipa', 'private', 'public'] as const).filter((one) => one !== kind);
    expect(readValue('address', `use ${text}`, { refuse: others })).toEqual({ ok: true, value: text });
  });
});

describe('an AS number', () => {
  test.each([
    ['65010.', '65010'],
    ['AS65010', '65010'],
    ['ASN: 65010, for 3 sites', '65010'],
    ['The ASN is 65010', '65010'],
    ['0065010', '65010'],
    ['12345 users', '12345'],
  ])('“%s” is %s', (text, value) => {
    expect(read('asn', text)).toBe(value);
  });

  test.each([
    ['', 'none'],
    ['65010 or 65020', 'none'],
    ['ASN: 65 010', 'none'],
    ['10.0.0.4', 'none'],
    ['AS65010 and AS65020', 'too-many 65010,65020'],
    ['65515', 'asn-reserved 65515 azure'],
    ['23456', 'asn-reserved 23456 iana'],
    ['70000', 'asn-not-16-bit 70000'],
    ['AS1.10', 'asn-not-16-bit 1.10'],
    ['9'.repeat(400), `asn-not-16-bit ${'9'.repeat(50)}`],
  ])('“%s”: %s', (text, problem) => {
    expect(read('asn', text)).toBe(problem);
  });
});

describe('whatever the text', () => {
  const pieces = fc
    .array(
      fc.oneof(
        address,
        range,
        fc.nat(70_000).map(String),
        fc.constantFrom(
          ' ',
          ' ',
          ', ',
          '/',
          '/24',
          ':',
          '::',
          '.',
          '..',
          '-',
          'AS',
          'asn ',
          ' mask ',
          '255.255.0.0',
          'a',
          '\\',
        ),
        anyText(8),
      ),
      { maxLength: 12 },
    )
    .map((all) => all.join(''));

  test('nothing is thrown, and what is read reads as itself', () => {
    holds(
      fc.property(fc.constantFrom(...VALUE_TYPES), fc.oneof(anyText(), pieces), (type, text) => {
        const reading = readValue(type, text, { refuse: ['apipa'] });
        if (reading.ok) {
          expect(readValue(type, reading.value)).toEqual(reading);
          expect(valuesIn(type, text)).toBe(reading.value);
        } else expect(lengthOf(reading.problem)).toBeLessThanOrEqual(50);
      }),
      { numRuns: 1000 },
    );
  });

  test('every normal form reads as itself, and stands in a sentence', () => {
    const asn = fc.integer({ min: 1, max: 64_495 }).filter((number) => ![8074, 8075, 12076, 23456].includes(number));
    const lists = fc.uniqueArray(range, { minLength: 1, maxLength: MAX_RANGES }).map((all) => all.join(', '));
    holds(
      fc.property(range, lists, realAddress, asn.map(String), (...values) => {
        for (const [at, type] of VALUE_TYPES.entries()) {
          expect(readValue(type, values[at]!)).toEqual({ ok: true, value: values[at] });
          expect(valuesIn(type, `Well, it's ${values[at]}, I think.`)).toBe(values[at]);
        }
      }),
    );
  });

  test('a mask means the same as its prefix length', () => {
    holds(
      fc.property(range, (text) => {
        const [first, prefix] = text.split('/');
        const ones = '1'.repeat(Number(prefix)).padEnd(32, '0');
        const mask = ones
          .match(/.{8}/g)!
          .map((byte) => Number.parseInt(byte, 2))
          .join('.');
        expect(valuesIn('range', `${first} mask ${mask}`)).toBe(text);
        expect(valuesIn('range', `${first}/${mask}`)).toBe(text);
      }),
    );
  });

  test('2,000 characters of anything take no time to speak of', () => {
    const monsters = [
      '1.',
      '1',
      ':',
      'a:',
      '1:',
      '10.0.0.0 ',
      '10.0.0.0/',
      '/',
      '/1',
      ' ',
      '10.0.0.0 with a ',
      '1,000',
      'AS ',
      'AS1',
      'as number',
      '.',
      '*.',
    ];
    for (const type of VALUE_TYPES) {
      for (const monster of monsters) {
        const text = monster.repeat(Math.ceil(2_000 / monster.length)).slice(0, 2_000);
        const before = process.cpuUsage();
        readValue(type, text);
        const { user } = process.cpuUsage(before);
        expect({ type, monster, isSlow: user > 200_000 }).toEqual({ type, monster, isSlow: false });
      }
    }
  });
});

/** Length of the longest piece of the text that a problem quotes. */
function lengthOf(problem: ValueProblem): number {
  const found = 'found' in problem ? problem.found : '';
  return Math.max(...[found].flat().map((text) => [...text].length));
}
