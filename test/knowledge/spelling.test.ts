import * as fc from 'fast-check';
import { MAX_TEXT_LENGTH } from '../../bot/foundation/normalise-text';
import { buildRepairSpelling, vocabularyOf } from '../../knowledge/spelling';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const TEXTS = [
  ...Array<string>(40).fill('How do I connect my on-premises network to the Azure VPN gateway?'),
  ...Array<string>(20).fill('which tunnel is it and what does the connection cost with this firewall'),
  ...Array<string>(30).fill(
    'choose the subnet, the certificate and the policy: site to site, point to site, bandwidth, static routing',
  ),
  'Configure ipsec. Who knows whether these packets drop, because both peers answer? The pipe is slow, so disconnect it.',
  'pointtosite cisco radius resize',
];
const repair = buildRepairSpelling(vocabularyOf(TEXTS));
const read = (text: string): string[] => repair(text).repairs.map(({ from, to }) => `${from} > ${to}`);

describe('a misspelled word of ours is read as that word', () => {
  test.each([
    ['my gatway', ['gatway > gateway'], 'a letter missing'],
    ['my gatewway', ['gatewway > gateway'], 'a letter doubled'],
    ['a tunel', ['tunel > tunnel'], 'a double letter written once'],
    ['a tunbel', ['tunbel > tunnel'], 'the key beside the right one'],
    ['a tunenl', ['tunenl > tunnel'], 'two letters swapped'],
    ['agteway', ['agteway > gateway'], 'the first two swapped'],
    ['ateway', ['ateway > gateway'], 'the first one missing'],
    ['conecton', ['conecton > connection'], 'two slips in a long word'],
    ['certifciate', ['certifciate > certificate'], 'a slip near the end'],
    ['whcih firewal', ['whcih > which', 'firewal > firewall'], 'two words'],
    ['gatway or gatway', ['gatway > gateway'], 'the same twice is told once'],
    ["the gatway's subnet", ['gatway > gateway'], 'before a possessive'],
    ['on-premisses', ['premisses > premises'], 'a part between hyphens'],
  ])('%j: %j (%s)', (text, repairs) => {
    expect(read(text)).toEqual(repairs);
  });

  test('everything else stays where and as it was', () => {
    expect(repair('  Why, "gatway"?\n(tunel’s) 👍 ')).toEqual({
      text: '  Why, "gateway"?\n(tunnel’s) 👍 ',
      repairs: [
        { from: 'gatway', to: 'gateway' },
        { from: 'tunel', to: 'tunnel' },
      ],
    });
  });

  test.each([
    ['Gatway is down', 'Gateway is down', 'at the beginning'],
    ['It is slow. Gatway is down', 'It is slow. Gateway is down', 'at the beginning of a sentence'],
    ['My Gatway Is Slow', 'My Gateway Is Slow', 'where every word is capitalised'],
    ['MY GATWAY IS SLOW', 'MY GATEWAY IS SLOW', 'where all is in capitals'],
  ])('case is kept: %j is %j, %s', (text, repaired) => {
    expect(repair(text).text).toBe(repaired);
  });
});

describe('what is left alone', () => {
  test.each([
    ['gateways, connected, connecting, tunnels', 'forms of our words'],
    ['weather cheese recipe lunch wonderful pipes', 'everyday English'],
    ['weathers cheesy recipes lunches wonderfully', 'forms of everyday English'],
    ['tomorow', 'a slip of an everyday word that is none of ours'],
    ['chese', 'what may be everyday "cheese" as well as "these"'],
    ['monday in london', 'names that are everyday words'],
    ['teh vnp', 'words under four letters'],
    ['the Tunnal at Gatwey', 'a capitalised word inside a sentence, which may be a name'],
    ['my TUNEL', 'a word in capitals'],
    ['GatWay tUnel', 'capitals inside'],
    ['gatway1 tunel2 IKEv2 VpnGw1', 'what has digits'],
    ['1,250 10.0.0.0/24 169.254.x.x', 'numbers and addresses'],
    ['https://gatway.example/tunel gatway.example tunel@gatway.example', 'addresses of pages and people'],
    ['/etc/gatway C:\\gatway\\tunel gatway.conf --gatway', 'paths, file names, options'],
    ['`gatway` and ``` the gatway\ntunel ```', 'code'],
    ['gatway_tunel gatway=tunel <gatway>', 'identifiers and markup'],
    ["doesn't dont cant havent", 'contractions'],
    ['fortigate meraki kubernetes', 'what is like none of our words'],
    ['tùnel gatewäy туннель', 'other letters'],
    ['jak prawidlowo skonfigurowac szyfrowanie polaczenia gatway', 'another language'],
    ['?! 👍 -- 12', 'what has no letters'],
    ['', 'nothing'],
  ])('%j: %s', (text) => {
    expect(repair(text)).toEqual({ text, repairs: [] });
  });

  test('of two readings that are equally likely neither is taken', () => {
    const either = buildRepairSpelling([
      ['packer', 5],
      ['packet', 5],
    ]);
    expect(either('pacxe packes packex').repairs).toEqual([]);
  });

  test('the frequent one of two is taken', () => {
    const likely = buildRepairSpelling([
      ['packer', 1],
      ['packet', 500],
    ]);
    expect(likely('packex').repairs).toEqual([{ from: 'packex', to: 'packet' }]);
  });
});

describe('spaces', () => {
  test.each([
    ['vpngateway', 'vpn gateway', 'a missing one'],
    ['thevpn gateway', 'the vpn gateway', 'a missing one after a short word'],
    ['site tosite', 'site to site', 'a missing one beside a word'],
    ['gate way', 'gateway', 'one too many between English words that are not ours'],
    ['tun nel', 'tunnel', 'one too many between no words'],
    ['t unnel', 'tunnel', 'one too many after a letter'],
    ['gate-way', 'gateway', 'a hyphen too many'],
    ['Gate way', 'Gateway', 'in the case of the first part'],
    ['pointtosite', 'pointtosite', 'a joined word that we know'],
    ['on premises, vpn connection', 'on premises, vpn connection', 'words of ours side by side'],
    ['gate, way', 'gate, way', 'a comma between'],
    ['gate  way', 'gate  way', 'more than one space'],
    ['the Gate way', 'the Gate way', 'a name'],
  ])('%j is read as %j: %s', (text, expected) => {
    expect(repair(text).text).toBe(expected);
  });

  test('the repair names all that was typed', () => {
    expect(read('my gate way and vpngateway')).toEqual(['gate way > gateway', 'vpngateway > vpn gateway']);
  });
});

describe('long texts', () => {
  test('the beginning is repaired, the rest is passed on', () => {
    const rest = ' gatway'.repeat(14_000);
    const { text, repairs } = repair(`my tunel ${'is slow '.repeat(300)}${rest}`);
    expect(repairs).toEqual([{ from: 'tunel', to: 'tunnel' }]);
    expect(text.endsWith(rest)).toBe(true);
  });

  test('a word at the edge of what is looked at is not taken for a shorter one', () => {
    const text = `${'is '.repeat(664)} tunelgatway`;
    expect(text.indexOf('tunel') + 5).toBeLessThan(MAX_TEXT_LENGTH);
    expect(text.length).toBeGreaterThan(MAX_TEXT_LENGTH);
    expect(repair(text).text).toBe(text);
  });

  test('a text with hundreds of unknown words is no question', () => {
    const text = 'qzxwv vrtyk '.repeat(80);
    expect(repair(`tunel ${text}`).repairs).toEqual([]);
  });
});

describe('vocabularyOf', () => {
  test('counts words in lower case', () => {
    expect([...vocabularyOf(['The gateway. THE end', 'IKEv2'])]).toEqual([
      ['the', 2],
      ['gateway', 1],
      ['end', 1],
      ['ikev2', 1],
    ]);
  });

  test('takes no words from the addresses of links', () => {
    const text = 'see [the docs](https://learn.example/azure) or https://portal.example/home now';
    expect([...vocabularyOf([text]).keys()]).toEqual(['see', 'the', 'docs', 'or', 'now']);
  });

  test('reads a long text to its end', () => {
    expect(vocabularyOf([`${'word '.repeat(300)}\n`.repeat(5)]).get('word')).toBe(1_500);
  });

  test('an empty vocabulary repairs nothing', () => {
    expect(buildRepairSpelling(vocabularyOf([]))('gatway is down').repairs).toEqual([]);
  });
});

describe('whatever the text', () => {
  const words = [...vocabularyOf(TEXTS).keys()];
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
  const damaged = fc
    .tuple(
      fc.constantFrom(...words, 'weather', 'fortigate'),
      fc.nat(12),
      letter,
      fc.constantFrom('cut', 'add', 'swap', ''),
    )
    .map(([word, at, other, how]) => {
      if (how === 'cut') return word.slice(0, at) + word.slice(at + 1);
      if (how === 'add') return word.slice(0, at) + other + word.slice(at);
      if (how === 'swap') return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
      return word;
    });
  const question = fc
    .array(fc.tuple(damaged, fc.constantFrom(' ', ' ', ' ', '', '-', ', ', '. ')), { maxLength: 12 })
    .map((parts) => parts.flat().join(''));
  const anything = fc.oneof(anyText(), question);

  test('repairing twice changes nothing more', () => {
    holds(
      fc.property(anything, (text) => {
        const once = repair(text).text;
        expect(repair(once)).toEqual({ text: once, repairs: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('a text without repairs is the text itself, and one with repairs has grown by a few letters for each word', () => {
    holds(
      fc.property(anything, (text) => {
        const { text: repaired, repairs } = repair(text);
        if (repairs.length === 0) expect(repaired).toBe(text);
        expect(repaired.length).toBeLessThanOrEqual(text.length + 2 * text.split(/[^a-zA-Z]+/).length);
        for (const { from, to } of repairs) {
          expect(text).toContain(from);
          expect(repaired).toContain(to);
          expect(to).not.toBe(from);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('known words are never changed', () => {
    holds(
      fc.property(fc.array(fc.constantFrom(...words)), (known) => {
        const text = known.join(', ');
        expect(repair(text)).toEqual({ text, repairs: [] });
      }),
    );
  });

  test('a text without letters is never changed', () => {
    holds(
      fc.property(anyText(), (any) => {
        const text = any.replace(/\p{L}/gu, '');
        expect(repair(text)).toEqual({ text, repairs: [] });
      }),
    );
  });
});
