import * as fc from 'fast-check';
import { buildFactsSaid, type Facts, parseFacts, type SharedFacts } from '../../dialogs/facts';
import { loadFacts } from '../../dialogs/load-facts';
import { readMessage } from '../../dialogs/said-phrase';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const TEXT = `
parts:
  wish: [buy, want a, should we]
  brand: [cisco, palo alto]
end:
  about: What is connected
  values:
    people: [home office, "{n} home offices", laptops]
    site: [our =office, one office]
    sites: ["{n} * =offices"]
    mix: []
  together: mix
  includes: {sites: [site]}
  except: [office 365]
kind:
  about: The kind
  values: {"yes": [with it], "no": [no thanks, without it]}
router:
  about: Whether there is a router
  values: {"yes": [<brand>, (<brand>|old) router], "no": [no router]}
  not-after: [<wish>]
systems:
  about: The systems
  values: {macos: [mac], linux: [linux], old: [old linux]}
  several: true
tunnels: {about: How many tunnels, type: number, said: ["{value} tunnels"], except: ["limit of {value} tunnels"]}
speed: {about: How fast, type: number, unit: Mbit/s, said: ["need {value}"]}
ranges: {about: The ranges, type: ranges, said: ["vnet {value}", "{value} in azure"]}
subnet: {about: The subnet, type: range, said: ["subnet {value}"]}
client: {about: The client, type: address, said: ["client {value}"]}
asn: {about: The number, type: asn, said: ["asn {value}"]}
`;

function read(text: string): Facts {
  const result = parseFacts(text, 'facts.yaml');
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.facts;
}

const facts = read(TEXT);
const factsSaid = buildFactsSaid(facts);
const said = (message: string): SharedFacts => factsSaid(readMessage(message));

describe('the facts that a message says', () => {
  test.each<[string, SharedFacts]>([
    ['hello', {}],
    ['our office', { end: 'site' }],
    ['our office is one office', { end: 'site' }],
    ['3 home offices', { end: 'people' }],
    ['3 small offices', { end: 'sites' }],
    ['our office and 3 more offices', { end: 'sites' }],
    ['our office and laptops', { end: 'mix' }],
    ['we use Office 365 and laptops in our Office 365', { end: 'people' }],
    ['with it', { kind: 'yes' }],
    ['with it, and later without it', {}],
    ['a mac', { systems: ['macos'] }],
    ['macs and Linux', { systems: ['macos', 'linux'] }],
    ['old Linux on macs', { systems: ['macos', 'old'] }],
    ['12 tunnels', { tunnels: '12' }],
    ['12 tunnels, yes 12 tunnels', { tunnels: '12' }],
    ['12 tunnels now and 20 tunnels later', {}],
    ['the limit of 10 tunnels', {}],
    ['12 gbps tunnels', {}],
    ['need 800 mbps', { speed: '800 mbps' }],
    ['need 3 offices', { end: 'sites' }],
    ['vnet 10.0.0.0/16', { ranges: '10.0.0.0/16' }],
    ['vnet 10.0.0.0/16, 10.1.0.0/16 and 10.2.0.0/16.', { ranges: '10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16' }],
    ['vnet 10.0.0.0/16 and 192.168.0.0/24 at home', { ranges: '10.0.0.0/16' }],
    ['vnet 10.0.0.0/16, and 10.2.0.0/16 in azure', { ranges: '10.0.0.0/16, 10.2.0.0/16' }],
    ['vnet 10', {}],
    ['subnet 10.0.0.0/27', { subnet: '10.0.0.0/27' }],
    ['client 10.0.0.4', { client: '10.0.0.4' }],
    ['client 10.0.0.0/24', {}],
    ['asn 65010', { asn: '65010' }],
    ['a Palo Alto', { router: 'yes' }],
    ['an old router', { router: 'yes' }],
    ['we buy a new Palo Alto', {}],
    ['should we move to another Cisco', {}],
    ['we buy things, and have a Cisco', { router: 'yes' }],
    ['should we use our Cisco', { router: 'yes' }],
    ['should we move away from Cisco', { router: 'yes' }],
    ['should we do it some day with the Cisco', { router: 'yes' }],
  ])('"%s"', (message, expected) => {
    expect(said(message)).toEqual(expected);
  });

  test('nothing is said twice in two ways, and no text makes it throw', () => {
    holds(
      fc.property(anyText(400), (text) => {
        expect(Object.keys(said(text)).every((name) => facts.has(name))).toBe(true);
      }),
    );
  });
});

describe('reading the file', () => {
  test('all faults come back, each with its line', () => {
    const result = parseFacts(
      [
        'a:',
        '  about: A',
        '  values:',
        '    one: [cisco *]',
        '    two: ["{number}", ok, OK]',
        '    three: [ok]',
        '    four: []',
        '  together: five',
        '  includes: {six: [one]}',
        'b: {about: B, type: number, said: [no value]}',
        'c: {about: C, type: asn, unit: Mbit/s, said: ["{value}"]}',
        'd: {about: D, several: true, together: x, values: {x: [x], y: [y]}}',
      ].join('\n'),
      'facts.yaml',
    );
    expect(result).toEqual({
      ok: false,
      faults: [
        { file: 'facts.yaml', line: 8, message: '"five" is not a value of "a"' },
        { file: 'facts.yaml', line: 9, message: '"six" is not a value of "a"' },
        { file: 'facts.yaml', line: 6, message: '"ok" stands for "two" already' },
        { file: 'facts.yaml', line: 5, message: '"OK" stands for "two" already' },
        { file: 'facts.yaml', line: 7, message: 'at least one phrase is needed' },
        { file: 'facts.yaml', line: 4, message: 'the phrase "cisco *" begins or ends with `*`' },
        {
          file: 'facts.yaml',
          line: 5,
          message: 'the phrase "{number}" has a placeholder other than `{n}` and `{value}`',
        },
        { file: 'facts.yaml', line: 10, message: 'the phrase "no value" must have `{value}`' },
        { file: 'facts.yaml', line: 11, message: 'only numbers have a `unit`' },
        { file: 'facts.yaml', line: 11, message: 'the phrase "{value}" has no words' },
        {
          file: 'facts.yaml',
          line: 12,
          message: 'with `several` there is neither `together` nor `includes`: all values that are said count',
        },
      ].sort((one, other) => one.line - other.line),
    });
  });

  test('phrases may be a text, with a comma or a line end between them', () => {
    const result = parseFacts(
      'a:\n  about: A\n  values:\n    x: |\n      {n} shops, an office\n      a hut\n    y: a (boat|barge), a car\n',
      'f',
    );
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const read = buildFactsSaid(result.facts);
    const values = ['three shops', 'an office', 'a hut', 'a barge', 'a car'].map((text) => read(readMessage(text)).a);
    expect(values).toEqual(['x', 'x', 'x', 'y', 'y']);
    expect(parseFacts('a: {about: A, values: {x: "", y: "b, c *"}}', 'f').ok).toBe(false);
  });

  test('a part has phrases of words only, and what it names must be there', () => {
    const result = parseFacts(
      'parts:\n  own: [our]\n  bad: [(a|b)]\na:\n  about: A\n  values: {x: [<own> x], y: [y]}',
      'f',
    );
    expect(result.ok ? [] : result.faults.map(({ line }) => line)).toEqual([3]);
    const other = parseFacts('parts: {own: [our]}\na:\n  about: A\n  values:\n    x: [<owned> x]\n    y: [y (z]', 'f');
    expect(other.ok ? [] : other.faults).toEqual([
      { file: 'f', line: 5, message: 'the phrase "<owned> x" names a part in `<>` that the file does not have' },
      { file: 'f', line: 6, message: 'the phrase "y (z" has `(` without `)`, or `)` without `(`' },
    ]);
  });

  test('fields that are not known, missing or of the wrong kind are faults', () => {
    const result = parseFacts('a: {values: {x: [x], y: 3}, other: 1}\nB: {}\nc: {about: C, type: date, said: []}', 'f');
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.faults.map(({ line }) => line)).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(parseFacts('[', 'f').ok).toBe(false);
    expect(parseFacts('', 'f').ok).toBe(false);
  });

  test('no text makes it throw', () => {
    holds(
      fc.property(anyText(), (text) => {
        parseFacts(text, 'f');
      }),
    );
  });

  test('a file that does not exist has no facts', async () => {
    expect(await loadFacts('/no/such/facts.yaml')).toEqual({ facts: new Map(), faults: [] });
  });
});
