import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { parseGlossary } from '../../knowledge/glossary';
import { buildTokenise } from '../../knowledge/tokenise';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';

const tokenise = buildTokenise([
  {
    term: 'site-to-site',
    aliases: ['s2s', 'site to site', 'lan to lan'],
    meaning: 'a tunnel between sites',
    broader: undefined,
  },
  { term: 'vnet', aliases: ['virtual network'], meaning: 'a network in Azure', broader: undefined },
  {
    term: 'vnet peering',
    aliases: ['virtual network peering'],
    meaning: 'a link without a gateway',
    broader: undefined,
  },
  { term: 'default route', aliases: ['0.0.0.0/0', 'quad zero'], meaning: 'the route for the rest', broader: undefined },
  { term: 'basic', aliases: ['the basic one'], meaning: 'the smallest SKU', broader: undefined },
]);

describe('buildTokenise', () => {
  test('every spelling of a term, and the term itself, becomes one and the same token', () => {
    for (const spelling of ['site-to-site', 'Site to Site', 'S2S', 's2s?', 'LAN-to-LAN', 'sites to sites']) {
      expect(tokenise(spelling)).toEqual(['site_to_site']);
    }
  });

  test('the longest spelling wins', () => {
    expect(tokenise('virtual network peering')).toEqual(['vnet_peer']);
    expect(tokenise('virtual network, peering')).toEqual(['vnet_peer']);
    expect(tokenise('virtual network peers')).toEqual(['vnet_peer']);
    expect(tokenise('virtual network gateway')).toEqual(['vnet', 'gatewai']);
    expect(tokenise('virtual peering')).toEqual(['virtual', 'peer']);
  });

  test('spellings are found left to right and never overlap', () => {
    expect(tokenise('lan to lan to lan')).toEqual(['site_to_site', 'lan']);
    expect(tokenise('s2s s2s')).toEqual(['site_to_site', 'site_to_site']);
  });

  test('a spelling may be an address range', () => {
    expect(tokenise('advertise 0.0.0.0/0!')).toEqual(['advertis', 'default_rout']);
  });

  test('words that say nothing are left out, but not inside a spelling', () => {
    expect(tokenise("Can't I use the gateway, please?")).toEqual(['gatewai']);
    expect(tokenise('the basic one')).toEqual(['basic']);
    expect(tokenise('how do I')).toEqual([]);
    expect(tokenise('')).toEqual([]);
  });

  test('words with a meaning of their own in JavaScript are words', () => {
    expect(tokenise('constructor __proto__ hasOwnProperty')).toEqual(['constructor', 'proto', 'hasownproperti']);
  });

  test('a term of a kind speaks of its kind too, the kind not of the terms', () => {
    const read = buildTokenise([
      { term: 'vpn device', aliases: ['router'], meaning: 'the box on site', broader: undefined },
      { term: 'MikroTik', aliases: ['router os'], meaning: 'a maker', broader: 'vpn device' },
    ]);
    for (const spelling of ['MikroTik', 'Router OS']) expect(read(spelling)).toEqual(['mikrotik', 'vpn_devic']);
    expect(read('my MikroTik, a router')).toEqual(['mikrotik', 'vpn_devic', 'vpn_devic']);
    expect(read('router')).toEqual(['vpn_devic']);
  });

  test('without a glossary the tokens are the stems', () => {
    expect(buildTokenise([])('site to site tunnels')).toEqual(['site', 'site', 'tunnel']);
  });

  test('case and the signs around a text make no difference, whatever the text', () => {
    holds(
      fc.property(anyText(), fc.constantFrom('?', ' ?', '!!', '...', '。', ' …'), (text, signs) => {
        fc.pre(text.length < 1_000);
        expect(tokenise(`${text}${signs}`)).toEqual(tokenise(text));
      }),
    );
    holds(
      fc.property(fc.string(), (text) => {
        expect(tokenise(text.toUpperCase())).toEqual(tokenise(text));
      }),
    );
  });
});

describe('the explanation of tokens', () => {
  test('has the same tokens, and every spelling that stands for another one, once, in order', () => {
    const text = 'Virtual network, S2S, virtual networks and LAN to LAN with a gateway';
    expect(tokenise.explain(text)).toEqual({
      tokens: tokenise(text),
      expansions: [
        { from: 'virtual network', to: 'vnet' },
        { from: 's2s', to: 'site-to-site' },
        { from: 'lan to lan', to: 'site-to-site' },
      ],
    });
  });

  test('is silent about a term that is spelled as in the glossary, and about other words', () => {
    expect(tokenise.explain('a VNet and a gateway').expansions).toEqual([]);
    expect(tokenise.explain('')).toEqual({ tokens: [], expansions: [] });
  });

  test('names the longest spelling alone', () => {
    expect(tokenise.explain('virtual network peering').expansions).toEqual([
      { from: 'virtual network peering', to: 'vnet peering' },
    ]);
  });

  test('has the tokens of any text, and none but spellings of the glossary', () => {
    const spelled = fc
      .array(fc.oneof(anyText(20), fc.constantFrom('s2s', 'virtual network', 'quad zero', '0.0.0.0/0', 'gateway')))
      .map((parts) => parts.join(' '));
    holds(
      fc.property(spelled, (text) => {
        const { tokens, expansions } = tokenise.explain(text);
        expect(tokens).toEqual(tokenise(text));
        for (const { from, to } of expansions) expect(tokenise(from)).toEqual(tokenise(to));
        expect(new Set(expansions.map(({ from }) => from)).size).toBe(expansions.length);
      }),
    );
  });
});

describe('the glossary in use', () => {
  const { items } = parseGlossary(readFileSync('knowledge/glossary.yaml', 'utf8'), 'knowledge/glossary.yaml');
  const real = buildTokenise(items);

  test('every spelling of a term folds to the one token of that term, and that of its kind where it has one', () => {
    for (const { term, aliases, broader } of items) {
      const tokens = real(term);
      expect({ term, tokens }).toEqual({
        term,
        tokens: broader === undefined ? [tokens[0]] : [tokens[0], ...real(broader)],
      });
      for (const alias of aliases) expect({ alias, tokens: real(alias) }).toEqual({ alias, tokens });
    }
  });

  test.each([
    ['S2S', 'site-to-site'],
    ['P2S', 'point to site'],
    ['V2V', 'VNet-to-VNet'],
    ['PSK', 'pre-shared key'],
    ['ASN', 'autonomous system number'],
    ['RRAS', 'Routing and Remote Access'],
    ['ER circuit', 'ExpressRoute'],
    ['gw', 'gateway'],
    ['vnet', 'virtual network'],
    ['3des', 'DES3'],
  ])('%j means %j', (short, long) => {
    expect(real(short)).toEqual(real(long));
  });
});
