import * as fc from 'fast-check';
import { buildFindDefinition } from '../../knowledge/definition';
import type { GlossaryItem } from '../../knowledge/glossary';
import { anyText } from '../support/any-text';
import { holds } from '../support/holds';
import { heldFor, longTexts } from '../support/long-texts';

const BGP: GlossaryItem = {
  term: 'bgp',
  aliases: ['border gateway protocol'],
  meaning: 'The protocol that tells routes.',
  broader: undefined,
};
const S2S: GlossaryItem = {
  term: 'site-to-site',
  aliases: ['s2s', 'site to site'],
  meaning: 'A tunnel between two networks.',
  broader: undefined,
};
const COST: GlossaryItem = { term: 'cost', aliases: ['price'], meaning: 'What you pay.', broader: undefined };
const find = buildFindDefinition([BGP, S2S, COST]);

test.each([
  ['what is BGP?', BGP, 'BGP'],
  ['What’s bgp', BGP, 'bgp'],
  ['whats an s2s?', S2S, 's2s'],
  ['Hi, what exactly... ', undefined, ''],
  ['Ok, and what is “BGP” exactly?', BGP, 'BGP'],
  ['what does BGP mean', BGP, 'BGP'],
  ['what does s2s stand for?', S2S, 's2s'],
  ['what do you mean by Site to Site', S2S, 'Site to Site'],
  ['define bgp', BGP, 'bgp'],
  ['can you explain what BGP is?', BGP, 'BGP'],
  ['I don’t know what BGP means', BGP, 'BGP'],
  ['meaning of border gateway protocol', BGP, 'border gateway protocol'],
  ['what is the meaning of BGP?', BGP, 'BGP'],
  ['BGP, what is that?', BGP, 'BGP'],
  ['s2s?', S2S, 's2s'],
  ['BGP？', BGP, 'BGP'],
])('%j', (text, item, said) => {
  expect(find(text)).toEqual(item && { item, said, bare: /^\w+[?？]$/.test(text) });
});

test.each([
  'what is the BGP peer IP of my gateway?',
  'what is BGP used for on the Basic SKU?',
  'does BGP work?',
  'what is the BGP',
  'BGP',
  'what is tea?',
  'what is the price?',
  'price?',
  'what is',
  'what does mean',
  '?',
  '',
])('%j asks for no meaning that we know', (text) => {
  expect(find(text)).toBeUndefined();
});

test('any text is looked at without a stall, and a text that is found names its term', () => {
  const piece = fc.constantFrom('what is', 'BGP', 's2s', '?', 'the', 'define', 'mean', '"');
  holds(
    fc.property(
      fc.oneof(
        anyText(),
        fc.array(piece, { maxLength: 6 }).map((some) => some.join(' ')),
      ),
      (text) => {
        const found = find(text);
        if (found !== undefined) expect(text.replace(/\s+/g, ' ')).toContain(found.said);
      },
    ),
  );
  for (const [, text] of longTexts) expect(heldFor(() => find(text))).toBeLessThan(50);
});
