import fc from 'fast-check';
import { loadPageModule } from '../../../support/page-module';

const { readSettings } = loadPageModule<{ readSettings(hash: string): Record<string, unknown> }>('frame-settings.mjs');

const hash = (settings: unknown): string => `#${encodeURIComponent(JSON.stringify(settings))}`;
const DEFAULTS = {
  host: undefined,
  title: '',
  greeting: '',
  language: '',
  theme: 'auto',
  accent: undefined,
  privacyUrl: undefined,
};

test('what the widget writes is read', () => {
  const settings = {
    host: 'https://shop.example',
    title: 'Help',
    greeting: 'Hello – ask',
    language: 'de',
    theme: 'dark',
    accent: '#ffcc00',
    privacyUrl: 'https://shop.example/privacy',
  };
  expect(readSettings(hash(settings))).toEqual(settings);
});

test.each([
  ['nothing', ''],
  ['no JSON', '#%7B'],
  ['a broken escape', '#%E0%A4'],
  ['another value', hash(null)],
  ['a script as an address', hash({ privacyUrl: 'javascript:alert(1)', host: 'javascript:alert(1)' })],
  ['a page as an origin', hash({ host: 'https://shop.example/path' })],
  ['more than a colour', hash({ accent: '#ffcc00;}' })],
  ['long texts', hash({ title: 'x'.repeat(81), greeting: 'x'.repeat(401), language: 'deu' })],
])('%s gives the defaults', (_name, given) => {
  expect(readSettings(given)).toEqual(DEFAULTS);
});

test('no hash is too strange', () => {
  const settings = fc.dictionary(fc.constantFrom(...Object.keys(DEFAULTS)), fc.jsonValue()).map(hash);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), settings), (given) => {
      expect(Object.keys(readSettings(given))).toEqual(Object.keys(DEFAULTS));
    }),
  );
});
