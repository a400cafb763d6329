import * as fc from 'fast-check';
import { readNumber } from '../../../dialogs/values/read-number';
import { anyText } from '../../support/any-text';
import { holds } from '../../support/holds';

describe('the number of things', () => {
  test.each([
    ['about 300', 300],
    ['~300', 300],
    ['300.', 300],
    ['300+', 300],
    ['users:300', 300],
    ['ca.300', 300],
    ['300 with two-factor sign-in', 300],
    ['300, I think', 300],
    ['1,500', 1500],
    ["1'500", 1500],
    ['1,500,000 of them', 1_500_000],
    ['2k', 2000],
    ['2.5K users', 2500],
    ['3 thousand', 3000],
    ['2 million', 2_000_000],
    ['2 dozen', 24],
    ['0', 0],
    ['zero', 0],
    ['None, we have no Macs', 0],
    ['nobody', 0],
    ['twelve', 12],
    ['a dozen', 12],
    ['half a dozen', 6],
    ['Two', 2],
    ['only one', 1],
    ['Twenty-five', 25],
    ['a hundred', 100],
    ['two hundred and fifty users', 250],
    ['three thousand two hundred', 3200],
    ['IKEv2 for 300 users', 300],
    ['P2S for 300 users, VpnGw1', 300],
    ['300 users, that is 300 laptops', 300],
    ['the one for 300 users', 300],
    ['300 users from 10.0.0.0/24, 24/7', 300],
    ['no more than 30', 30],
    ['at least 30', 30],
    ['up to 128', 128],
    ['３００', 300],
  ])('“%s” is %d', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  test.each([
    '',
    'many',
    'no idea',
    '10-20',
    '10 to 20',
    'two or three',
    'ten-twenty',
    '250 users on 3 sites',
    '1,2',
    '1.500',
    '1 500',
    'more than 30',
    'over about 30',
    '<10',
    'IKEv2',
    'the 3rd',
    '5x',
    '10.0.0.4',
    '10:30',
    '1/2',
    '1 Gbps',
    '1Gbit/s for 300 users',
    'this one',
    'none of these',
    '64-bit',
    '12.10.2019',
    '2001:db8::1',
    'someone',
    '9'.repeat(400),
  ])('“%s” has none that is sure', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});

describe('a rate in Mbit/s', () => {
  test.each([
    ['1.5 gbps', 1500],
    ['1 Gbit', 1000],
    ['1Gbps', 1000],
    ['650M', 650],
    ['650 m', 650],
    ['1.25 Gbit/s', 1250],
    ['1,25 Gbit/s', 1250],
    ['1.1G', 1100],
    ['500 kbps', 0.5],
    ['a gigabit', 1000],
    ['two gig', 2000],
    ['100 megabits per second', 100],
    ['100 megabytes per second', 800],
    ['100 MB/s', 800],
    ['100 Mb/s', 100],
    ['100MB', 100],
    ['1 Tbps', 1_000_000],
    ['100', 100],
    ['about 100 on average', 100],
    ['2k', 2000],
    ['1 Gbps, so 1000 Mbps', 1000],
  ])('“%s” is %d', (text, number) => {
    expect(readNumber(text, 'Mbit/s')).toBe(number);
  });

  test.each(['1 Gbps for 300 users', 'fast', 'between 100 and 200 Mbps', 'over 1 Gbps'])('“%s” has none', (text) => {
    expect(readNumber(text, 'Mbit/s')).toBeUndefined();
  });

  test('is told in another unit where that is asked for', () => {
    expect(readNumber('1500 Mbit/s', 'Gbit/s')).toBe(1.5);
    expect(readNumber('300 users', 'users')).toBe(300);
  });
});

describe('whatever the text', () => {
  test('nothing is thrown, and a number is finite and not below zero', () => {
    holds(
      fc.property(
        fc.oneof(anyText(), fc.stringMatching(/^(?:\d| |,|\.|k|M|G|bps|\/s|one|ten|hundred|a |-|and ){0,20}$/)),
        fc.constantFrom(undefined, 'Mbit/s', ''),
        (text, unit) => {
          const number = readNumber(text, unit);
          if (number !== undefined) expect(Number.isFinite(number) && number >= 0).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('every number reads as itself, in digits, with separators and in words', () => {
    holds(
      fc.property(fc.nat(999_999), (number) => {
        expect(readNumber(String(number))).toBe(number);
        expect(readNumber(`about ${number.toLocaleString('en')} users, I think`)).toBe(number);
        expect(readNumber(inWords(number))).toBe(number);
      }),
      { numRuns: 500 },
    );
  });

  test('2,000 characters of anything take no time to speak of', () => {
    for (const monster of [
      '1',
      '1,',
      '1,000',
      '1.',
      'one ',
      'hundred ',
      'twenty-',
      'a hundred and ',
      'a',
      'more than ',
      ' ',
      '1 k',
    ]) {
      const text = monster.repeat(Math.ceil(2_000 / monster.length)).slice(0, 2_000);
      const before = process.cpuUsage();
      readNumber(text, 'Mbit/s');
      expect({ monster, isSlow: process.cpuUsage(before).user > 200_000 }).toEqual({ monster, isSlow: false });
    }
  });
});

function inWords(number: number): string {
  const small =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  if (number < 20) return small.split(' ')[number]!;
  if (number < 100)
    return number % 10 === 0 ? tens[number / 10 - 2]! : `${tens[Math.floor(number / 10) - 2]}-${inWords(number % 10)}`;
  const [unit, name] = number < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const rest = number % unit;
  return `${inWords(Math.floor(number / unit))} ${name}${rest === 0 ? '' : ` ${rest < 100 ? 'and ' : ''}${inWords(rest)}`}`;
}
