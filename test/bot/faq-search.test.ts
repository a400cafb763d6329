import { buildFaqSearch } from '../../bot/faq-search';
import { BATTERY, CHAIN, TYRE, tinyContent } from '../support/tiny-content';

const search = buildFaqSearch(
  () => [TYRE.id, 'gone', CHAIN.id],
  tinyContent({
    mostAsked: ['gone', CHAIN.id],
    sources: new Map([['bikes.md', { title: 'Bicycles', url: 'https://bikes.example' }]]),
  }),
);

test('an empty query finds all, what is asked most first', () => {
  expect(search('', 10).map(({ id }) => id)).toEqual([CHAIN.id, TYRE.id, BATTERY.id]);
  expect(search('  ', 2).map(({ id }) => id)).toEqual([CHAIN.id, TYRE.id]);
});

test('what was found comes with its whole answer, in which links to other entries are plain words', () => {
  expect(search('tyre', 10).map(({ id }) => id)).toEqual([TYRE.id, CHAIN.id]);
  expect(search('tyre', 1)[0]).toMatchObject({
    id: TYRE.id,
    title: TYRE.title,
    body: 'About 5000 km. With a motor less.',
    asOf: '2019-05-22',
    source: { title: 'Bicycles', url: 'https://bikes.example' },
  });
});

test('nothing is asked for, nothing is found', () => {
  expect(search('', 0)).toEqual([]);
  expect(search('', -3)).toEqual([]);
});
