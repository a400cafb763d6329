import * as fc from 'fast-check';
import { parseGlossary } from '../../knowledge/glossary';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

function faultsOf(text: string): string[] {
  return parseGlossary(text, 'glossary.yaml').faults.map((fault) => `${fault.file}:${fault.line}: ${fault.message}`);
}

describe('parseGlossary', () => {
  test('reads terms, their other spellings and what they mean', () => {
    expect(parseGlossary('- term: asn\n  aliases: [as number, 7]\n  meaning: A number.\n', 'glossary.yaml')).toEqual({
      items: [{ term: 'asn', aliases: ['as number', '7'], meaning: 'A number.', broader: undefined }],
      faults: [],
    });
  });

  test('reports all faults of form at once, each with its line', () => {
    expect(faultsOf('- term: asn\n  aliases: []\n- aliases:\n    - x\n    - ""\n  meaning: {}\n  note: hm\n')).toEqual([
      'glossary.yaml:2: `0.aliases`: at least one alias is needed',
      'glossary.yaml:1: `0.meaning`: this field is missing',
      'glossary.yaml:3: `1.term`: this field is missing',
      'glossary.yaml:5: `1.aliases.1`: is empty',
      'glossary.yaml:6: `1.meaning`: a text is needed',
      'glossary.yaml:7: `1.note`: not a field that is known here',
    ]);
    expect(faultsOf('term: asn')).toEqual(['glossary.yaml:1: a list of terms is needed']);
    expect(faultsOf('- [')[0]).toMatch(/^glossary\.yaml:1: not valid YAML/);
  });

  test('a spelling belongs to one term only, however it is written', () => {
    const two = `- term: site-to-site
  aliases: [s2s]
  meaning: a
- term: tunnel
  aliases:
    - Sites to sites
    - "???"
  meaning: b
- term: S2S
  aliases: [tunnels]
  meaning: c
`;
    expect(faultsOf(two)).toEqual([
      'glossary.yaml:6: "Sites to sites" also belongs to the item "site-to-site" on line 1',
      'glossary.yaml:7: "???" has no letters or digits',
      'glossary.yaml:9: "S2S" also belongs to the item "site-to-site" on line 1',
      'glossary.yaml:10: "tunnels" also belongs to the item "tunnel" on line 4',
    ]);
  });

  test('a broader term is another term of the file, which may stand below', () => {
    const file = (broader: string) => `- term: mikrotik
  aliases: [router os]
  meaning: a
  broader: ${broader}
- term: vpn device
  aliases: [router]
  meaning: b
`;
    expect(parseGlossary(file('vpn device'), 'glossary.yaml')).toMatchObject({
      items: [{ broader: 'vpn device' }, { broader: undefined }],
      faults: [],
    });
    expect(faultsOf(file('mikrotik'))).toEqual([
      'glossary.yaml:4: `broader` names another term; found the term itself',
    ]);
    for (const other of ['router', 'VPN Device', 'constructor']) {
      expect(faultsOf(file(other))).toEqual([
        `glossary.yaml:4: \`broader\` names another term; found "${other}", which is no term of this file`,
      ]);
    }
    expect(faultsOf(file('""'))).toEqual(['glossary.yaml:4: `0.broader`: is empty']);
  });

  test('one item may have a spelling in several forms', () => {
    expect(faultsOf('- term: proxy id\n  aliases: [proxy ids, proxy-id]\n  meaning: a\n')).toEqual([]);
  });

  test('never throws, whatever the text', () => {
    holds(
      fc.property(anyText(), (text) => {
        for (const yaml of [text, `- term: ${text}\n  aliases: [${text}, x]\n  meaning: m`]) {
          expect(() => parseGlossary(yaml, 'glossary.yaml')).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  });
});
