import { readCommonWords } from '../../knowledge/common-words';
import { buildSharesStem, buildWordReader } from '../../knowledge/word-reader';
import { stemOf } from '../../knowledge/words';

const reader = buildWordReader([
  ['tunnel', 40],
  ['certificate', 20],
  ['policies', 5],
  ['vpn', 90],
  ['gateway', 90],
  ['ikev2', 9],
]);

test('knows how often our texts have a word', () => {
  expect(['tunnel', 'tunnels', 'constructor', 'ikev2'].map(reader.countOf)).toEqual([40, 0, 0, 0]);
});

test('our words are known in every form that has the same stem', () => {
  expect(['tunnel', 'tunnels', 'tunneling', 'policy', 'certificates'].filter((word) => !reader.isOwn(word))).toEqual(
    [],
  );
  expect(['funnel', 'tunel', 'police'].filter(reader.isOwn)).toEqual([]);
});

test('everyday English is known, but none of ours', () => {
  expect(reader.isKnown('cheese')).toBe(true);
  expect(reader.isOwn('cheese')).toBe(false);
});

test.each([
  ['tunel', ['tunnel']],
  ['vpngateway', ['vpn', 'gateway']],
  ['cheese', undefined],
  ['tun', undefined],
  ['', undefined],
  ['t\u00fcnel', undefined],
  ['x'.repeat(1_000), undefined],
])('%j means %j', (typed, meant) => {
  expect(reader.meantBy(typed)).toEqual(meant);
});

test('finding a shared stem by the beginning finds what stemming everything finds', () => {
  const words = [...'cprsy'].flatMap((letter) => readCommonWords(letter).map(({ word }) => word));
  const half = words.filter((_, i) => i % 2 === 0);
  const forms = words
    .filter((_, i) => i % 40 === 1)
    .flatMap((word) => ['', 's', 'es', 'ed', 'ing', 'ly', 'ation', 'ability'].map((end) => word + end));
  const stems = new Set(half.map(stemOf));
  const sharesStem = buildSharesStem(half);
  expect(forms.filter((word) => sharesStem(word) !== stems.has(stemOf(word)))).toEqual([]);
});
