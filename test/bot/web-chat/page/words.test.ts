import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadPageModule } from '../../../support/page-module';

type Words = Readonly<Record<string, string>> & { privacy(host: string, time: string): string };

const { wordsOf, timeInWords } = loadPageModule<{
  wordsOf(language: string, changes?: Readonly<Record<string, string>>): Words;
  timeInWords(minutes: number, locale: string): string;
}>('words.mjs');

const ROOT = path.resolve(__dirname, '../../../..');
const LANGUAGES = ['en', 'de', 'fr', 'es', 'nb'];

test.each(LANGUAGES)('%s has all the words, and a locale that Web Chat knows', (language) => {
  const words = wordsOf(language);
  expect(words.language).toBe(language);
  expect(Object.keys(words)).toEqual(Object.keys(wordsOf('en')));
  const missing = Object.entries(words).filter(
    ([name, text]) => text === '' && !(language === 'en' && name === 'botSpeaks'),
  );
  expect(missing).toEqual([]);
  expect(words.privacy('help.example', '24 h')).toMatch(/help\.example.*24 h|24 h.*help\.example/);
  const locales = path.join(ROOT, 'node_modules/botframework-webchat-api/src/localization');
  expect(existsSync(path.join(locales, `${words.locale}.json`))).toBe(true);
});

test('the widget speaks the same languages', () => {
  const widget = readFileSync(path.join(ROOT, 'bot/web-chat/page/widget.js'), 'utf8');
  expect([...widget.matchAll(/^ {4}(\w\w): \[/gm)].map(([, language]) => language)).toEqual(LANGUAGES);
});

test.each(['', 'xx', 'constructor', '__proto__'])('a language such as "%s" is answered in English', (language) => {
  expect(wordsOf(language).language).toBe('en');
});

test.each([
  [1_440, 'en-US', '24 hours'],
  [60, 'en-US', '1 hour'],
  [90, 'en-US', '90 minutes'],
  [525_600, 'de-DE', '365 Tage'],
])('%d minutes in %s are %s', (minutes, locale, words) => {
  expect(timeInWords(minutes, locale)).toBe(words);
});
