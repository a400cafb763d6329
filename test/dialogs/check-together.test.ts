import { checkTogether } from '../../dialogs/check-together';
import { FULL_GUIDE_FILE, FULL_GUIDE_YAML, fullFacts } from '../support/full-guide';
import { guideIn, TINY_GUIDE_FILE, TINY_GUIDE_YAML } from '../support/tiny-guide';

const IDS = new Set(['camp-network', 'which-bicycle']);

function faultsOf(full: string, tiny = TINY_GUIDE_YAML, ids: ReadonlySet<string> = IDS): string[] {
  const guides = [
    { text: full, guide: guideIn(full, FULL_GUIDE_FILE) },
    { text: tiny, guide: guideIn(tiny, TINY_GUIDE_FILE) },
  ];
  return checkTogether(guides, ids, fullFacts()).map(({ file, line, message }) => {
    const text = file === FULL_GUIDE_FILE ? full : tiny;
    return `${file}: ${text.split('\n')[line - 1]!.trim()}: ${message}`;
  });
}

function full(from: string, to: string): string {
  if (!FULL_GUIDE_YAML.includes(from)) throw new Error(`not in the guide: ${from}`);
  return FULL_GUIDE_YAML.replace(from, to);
}

test('guides that name each other and the facts rightly have no faults', () => {
  expect(faultsOf(FULL_GUIDE_YAML)).toEqual([]);
});

test('a hand-over to a guide that there is not is a fault', () => {
  expect(faultsOf(full('guide:which-bicycle', 'guide:which-boat'))).toEqual([
    `${FULL_GUIDE_FILE}: next: guide:which-boat: "guide:which-boat": there is no guide "which-boat"`,
  ]);
});

test('a guide to go on with that there is not is a fault', () => {
  expect(faultsOf(full('goOn: [which-bicycle]', 'goOn: [which-boat]'))).toEqual([
    `${FULL_GUIDE_FILE}: goOn: [which-boat]: there is no guide "which-boat"`,
  ]);
});

test('a guide that is there with faults of its own may be handed over to', () => {
  const text = full('guide:which-bicycle', 'guide:which-boat');
  expect(faultsOf(text, TINY_GUIDE_YAML, new Set([...IDS, 'which-boat']))).toEqual([]);
});

test('guides that hand over in a circle are a fault of each of them', () => {
  const tiny = TINY_GUIDE_YAML.replace('        next: gravel-bike', '        next: guide:camp-network').replace(
    / {2}gravel-bike:[\s\S]*?(?= {2}city-bike:)/,
    '',
  );
  expect(faultsOf(FULL_GUIDE_YAML, tiny)).toEqual([
    `${FULL_GUIDE_FILE}: next: guide:which-bicycle: these guides hand over in a circle: camp-network → which-bicycle → camp-network`,
    `${TINY_GUIDE_FILE}: next: guide:camp-network: these guides hand over in a circle: which-bicycle → camp-network → which-bicycle`,
  ]);
});

test('a guide that hands over to itself is a fault', () => {
  expect(faultsOf(full('guide:which-bicycle', 'guide:camp-network'))).toEqual([
    `${FULL_GUIDE_FILE}: next: guide:camp-network: these guides hand over in a circle: camp-network → camp-network`,
  ]);
});

test.each([
  ['a fact that nobody shares', 'fact: tents', 'fact: tent-count', '"tent-count" is no shared fact; facts: tents,'],
  ['a typed fact that has chosen values', 'fact: tents', 'fact: things', 'the fact "things" has no typed value'],
  [
    'a value that a fact has not',
    '{things: lamps}',
    '{things: boats}',
    '"boats" is no value of "things"; values: lamps,',
  ],
  ['a choice for a fact that is typed', '{things: lamps}', '{tents: lamps}', 'the fact "tents" is typed, not chosen'],
  ['a fact of a choice that nobody shares', '{things: lamps}', '{stuff: lamps}', '"stuff" is no shared fact; facts:'],
])('%s is a fault', (_, from, to, message) => {
  expect(faultsOf(full(from, to))).toEqual([expect.stringContaining(message)]);
  expect(faultsOf(full(from, to))[0]).toContain(to);
});
