import * as fc from 'fast-check';
import { compilePhrase, findPhrase, readMessage, readPhraseParts, type SaidMatch } from '../../dialogs/said-phrase';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

type Value = 'number' | 'value' | 'none';

function find(phrase: string, message: string, value: Value = 'none'): readonly SaidMatch[] {
  const compiled = compilePhrase(phrase, { value });
  if (!compiled.ok) throw new Error(`"${phrase}" is refused: ${compiled.problem}`);
  return findPhrase(compiled.phrase, readMessage(message));
}

const says = (phrase: string, message: string): boolean => find(phrase, message).length > 0;
const valuesIn = (phrase: string, message: string, value: Value = 'number') =>
  find(phrase, message, value).map((match) => match.value);

describe('compiling a phrase', () => {
  test.each<[string, string, Value]>([
    ['empty', '', 'none'],
    ['empty', ' ?! ', 'none'],
    ['empty', '{n}', 'none'],
    ['empty', '{value}', 'number'],
    ['gap-at-end', 'cisco *', 'none'],
    ['gap-at-end', '* offices', 'none'],
    ['gap-twice', 'our * * office', 'none'],
    ['gap-twice', 'a * b * c * d * e', 'none'],
    ['unknown-placeholder', '{number} offices', 'none'],
    ['unknown-placeholder', '{n offices', 'none'],
    ['value-missing', 'many tunnels', 'number'],
    ['value-twice', '{value} and {value} tunnels', 'number'],
    ['value-not-allowed', '{value} tunnels', 'none'],
    ['group-open', 'our (big office', 'none'],
    ['group-open', 'our big) office', 'none'],
    ['group-open', 'our )big( office', 'none'],
    ['group-open', 'our ((big|small) office', 'none'],
    ['group-nested', 'our (big|(very|) small) office', 'none'],
    ['group-single', 'our (big) office', 'none'],
    ['group-outside', 'our big|small office', 'none'],
    ['group-value', '(for {value}|with) users', 'number'],
    ['gap-at-end', 'our (big *|small) office', 'none'],
    ['gap-at-end', '(our|) * office', 'none'],
    ['gap-at-end', 'our * (office|)', 'none'],
    ['gap-twice', 'our * (big|) * office', 'none'],
    ['empty', '(office|) {n}', 'none'],
    ['empty', '(|)', 'none'],
    ['unknown-part', '<owned> office', 'none'],
    ['unknown-part', '(<owned>|the) office', 'none'],
  ])('refuses as %s: "%s"', (problem, text, value) => {
    expect(compilePhrase(text, { value })).toEqual({ ok: false, problem });
  });
});

describe('words', () => {
  test.each([
    ['site-to-site', 'Site to Site, please'],
    ['branch office', 'both BRANCH   OFFICES'],
    ['our company', 'our companies'],
    ['our branch', 'our branches'],
    ['ip addresses', 'an IP address'],
    ['warehouses', 'a warehouse'],
    ['campus', 'two campuses'],
    ["don't have", 'we don’t have'],
    ["don't have", 'we dont have'],
    ['our company router', 'our company’s router'],
    ['three offices', '3 offices'],
    ['dev/test', 'for dev/test only'],
    ['dev/test', 'for dev-test only'],
    ['range 10.0.0.0/16', 'range 10.0.0.0 / 16.'],
    ['one office, one device', 'one office one device'],
  ])('"%s" is found in "%s"', (phrase, message) => {
    expect(says(phrase, message)).toBe(true);
  });

  test.each([
    ['cisco io', 'cisco ios'],
    ['http', 'https'],
    ['our dn', 'our dns'],
    ['vpngw', 'vpngw1'],
    ['office', 'officer'],
    ['our office', 'our big office'],
    ['gateway route', 'our gateway. Route me'],
    ['our =offices', 'our office'],
    ['our =office', 'our offices'],
  ])('"%s" is not found in "%s"', (phrase, message) => {
    expect(says(phrase, message)).toBe(false);
  });

  test('a word with = must be typed exactly so, but for capitals', () => {
    expect(says('our =offices', 'Our Offices')).toBe(true);
  });
});

describe('placeholders', () => {
  test.each([
    ...[
      '3',
      '12',
      'two',
      'Twelve',
      'several',
      'a few',
      'few',
      'a couple of',
      'couple of',
      'many',
      'multiple',
      'various',
    ],
    ...['both', 'a dozen', 'some dozen', 'forty', 'twenty-five', 'two or three', '3 to 5', '1,500', 'hundreds of'],
  ])('{n} stands for "%s"', (number) => {
    expect(says('{n} offices', `we have ${number} offices`)).toBe(true);
  });

  test.each(['1', 'one', 'an', '0', 'the', 'in 2019', 'a'])('{n} does not stand for "%s"', (number) => {
    expect(says('{n} offices', `we have ${number} offices`)).toBe(false);
  });

  test.each([
    ['3 offices', true],
    ['3 remote offices', true],
    ['3 small remote offices', true],
    ['3 very small remote offices', false],
    ['3 servers, offices', false],
    ['3 servers. Offices', false],
    ['3 servers and offices', false],
  ])('* takes up to two words of a clause: "%s"', (message, found) => {
    expect(says('{n} * offices', message)).toBe(found);
  });

  test('* does not take a word that turns the meaning', () => {
    expect(says('gateway is * route-based', 'our gateway is a route-based one')).toBe(true);
    expect(says('gateway is * route-based', 'our gateway is not route-based')).toBe(false);
  });

  test.each([
    ['300 users', '300'],
    ['1,500 users', '1500'],
    ['three users', '3'],
    ['20-30 users', '30'],
    ['2 or more; 40 users', '40'],
  ])('a number in "%s" is %s', (message, value) => {
    expect(valuesIn('{value} users', message)).toEqual([value]);
  });

  test.each([
    ['we need 650M in total', '650m'],
    ['we need 1.5 Gbps in total', '1.5 gbps'],
    ['we need 800Mbit/s in total', '800mbit/s'],
    ['we need 800 Mbit/s in total', '800 mbit/s'],
  ])('a number takes its rate along: "%s"', (message, value) => {
    expect(valuesIn('need {value} in total', message)).toEqual([value]);
  });

  test.each([
    'more than 30 tunnels',
    'over 30 tunnels',
    '30+ tunnels',
    '>30 tunnels',
    'one tunnel',
    'no 30 tunnels',
  ])('no number is taken from "%s"', (message) => {
    expect(valuesIn('{value} tunnels', message)).toEqual([]);
  });

  test.each([
    ['vnet {value}', 'vnet: 10.0.0.0/16', '10.0.0.0/16'],
    ['vnet {value}', 'the VNet 10.0.0.0 /16.', '10.0.0.0/16'],
    ['client {value}', 'client 172.16.0.2?', '172.16.0.2'],
    ['asn {value}', 'ASN 65010', '65010'],
    ['asn {value}', 'asn AS65010', '65010'],
  ])('"%s" in "%s" is %s', (phrase, message, value) => {
    expect(valuesIn(phrase, message, 'value')).toEqual([value]);
  });

  test('a value is none where a word stands', () => {
    expect(valuesIn('vnet {value}', 'vnet peering', 'value')).toEqual([]);
    expect(valuesIn('azure is {value}', 'azure is one cloud', 'value')).toEqual([]);
  });
});

describe('alternatives', () => {
  test.each([
    ['(our|my) office', 'my office', true],
    ['(our|my) office', 'the office', false],
    ['our (big|very small) office', 'our very small office', true],
    ['our (big|very small) office', 'our very big office', false],
    ['our (big|) office', 'our office', true],
    ['(our|) (big|) office', 'office', true],
    ['({n}|all) =offices', 'three offices', true],
    ['({n}|all) =offices', 'all office', false],
    ['our * (office|shop)', 'our small shop', true],
    ['(office|shop) and * (office|shop)', 'a shop and the office', true],
    ['(no|our) office', 'we have no office', true],
    ['(no|our) office', 'not our office', false],
    ['(our|the|) office', 'a shop or our office', false],
  ])('"%s" in "%s": %s', (phrase, message, found) => {
    expect(says(phrase, message)).toBe(found);
  });

  test('the longest that stands there counts', () => {
    expect(find('our (office|office network|)', 'our office network')).toEqual([
      { from: 0, to: 3, value: undefined, length: 3 },
    ]);
  });

  test('a value may stand beside them', () => {
    expect(valuesIn('(range|space) (is|) {value}', 'the space 10.0.0.0/16', 'value')).toEqual(['10.0.0.0/16']);
    expect(valuesIn('{value} (in|on) azure', '10.0.0.0/16, in azure', 'value')).toEqual([]);
  });

  test('a part is the alternatives that it names, alone or among others', () => {
    const parts = readPhraseParts({ owned: ['our', 'our own'] });
    for (const phrase of ['<owned> office', '(<owned>|the) office', '(at <owned>|the) office']) {
      const compiled = compilePhrase(phrase, { value: 'none', parts });
      expect(compiled.ok && findPhrase(compiled.phrase, readMessage('at our own office'))).toHaveLength(1);
    }
  });

  test('a phrase with alternatives is found where one of them, written out, is', () => {
    const word = fc.constantFrom('our', 'small', 'office', 'of', 'azure', '3', '');
    const option = fc.array(word, { maxLength: 2 }).map((words) => words.join(' ').trim());
    const message = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
    holds(
      fc.property(option, option, option, message, (one, other, end, text) => {
        const written = [one, other].map((middle) => `branch ${middle} gateway ${end}`);
        const said = text.replace('azure', `branch ${other} gateway`);
        expect(says(`branch (${one}|${other}) gateway ${end}`, said)).toBe(written.some((each) => says(each, said)));
      }),
    );
  });
});

describe('what is not meant', () => {
  test.each([
    'no vpn device',
    'without a vpn device',
    'we do not have any vpn device',
    "we don't own a vpn device",
    'we havent got a vpn device',
    'neither firewall nor vpn device',
    'use laptops instead of a vpn device',
    'rather than the vpn device',
    'w/o vpn device',
    'not sure if our vpn device works',
    'I wonder whether the vpn device works',
  ])('a negated match: "%s"', (message) => {
    expect(says('vpn device', message)).toBe(false);
  });

  test.each([
    'no, our vpn device is new',
    'no idea but our vpn device is new',
    'no cloud yet: our vpn device is new',
    'we have no servers in the vpn device',
    'not only our vpn device fails',
    'It is not. Our vpn device fails',
    'if we have a vpn device',
    'not yet, and then vpn device',
  ])('a negation far away or of something else does not count: "%s"', (message) => {
    expect(says('vpn device', message)).toBe(true);
  });

  test('a phrase that begins with a negation is found as it is', () => {
    expect(says('no public ip', 'there is no public IP')).toBe(true);
    expect(says('without a device', 'a site without a device')).toBe(true);
    expect(says('not route-based', "I'm sure it's not route-based")).toBe(true);
    expect(says('only 443', 'not only 443')).toBe(false);
  });

  test.each([
    'route-based or policy-based',
    'policy-based or route-based',
    'policy-based or a route-based',
    'policy-based, or route-based',
    'route-based vs. policy-based',
    'policy-based versus route-based',
    'policy-based/route-based',
    'route-based / static',
  ])('one of several: "%s"', (message) => {
    expect(says('route-based', message)).toBe(false);
  });

  test('a vague "or" names nothing else', () => {
    expect(says('3 offices', 'we have 3 offices or so')).toBe(true);
    expect(says('3 offices', 'we have 3 offices. Or rather 4')).toBe(true);
  });
});

describe('matches', () => {
  test('tell the words they take, and how many words the phrase names', () => {
    expect(find('{n} * offices', 'we have a few small offices here')).toEqual([
      { from: 2, to: 6, value: undefined, length: 2 },
    ]);
    expect(find('offices', 'offices and offices')).toHaveLength(2);
  });

  test('a message longer than 2,000 characters is cut', () => {
    expect(says('our office', `${'x '.repeat(900)}our office`)).toBe(true);
    expect(says('our office', `${'x '.repeat(1_100)}our office`)).toBe(false);
  });

  test('any text compiles or is refused, and is looked for in any other, without throwing', () => {
    holds(
      fc.property(anyText(), anyText(), fc.constantFrom<Value>('number', 'value', 'none'), (phrase, text, value) => {
        const compiled = compilePhrase(phrase, { value });
        if (!compiled.ok) return;
        const message = readMessage(text);
        for (const match of findPhrase(compiled.phrase, message)) {
          expect(match.to).toBeGreaterThan(match.from);
          expect(match.to).toBeLessThanOrEqual(message.words.length);
        }
      }),
    );
  });

  test('words without signs between them are found wherever they stand', () => {
    const word = fc.constantFrom('gateway', 'offices', 'vpngw1', 'dns', 'branches', 'azure', 'company');
    holds(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.array(word), fc.array(word), (phrase, a, b) => {
        expect(says(phrase.join(' '), [...a, ...phrase, ...b].join(' '))).toBe(true);
        expect(says(phrase.join(' '), [...a, 'no', ...phrase].join(' '))).toBe(says(phrase.join(' '), a.join(' ')));
      }),
    );
  });

  test('the worst message takes no long time', () => {
    const compiled = compilePhrase('{n} * a * a * b', { value: 'none' });
    if (!compiled.ok) throw new Error(compiled.problem);
    const start = performance.now();
    findPhrase(compiled.phrase, readMessage(`b ${'2 a '.repeat(500)}`));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
