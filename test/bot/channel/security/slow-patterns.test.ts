import type { LoadedBot } from '../../../../bot/load-bot';
import { redact } from '../../../../bot/redact';
import { loadRealBot } from '../../../support/real-bot';
import { type RegexLiteral, regexLiterals } from '../../../support/regex-literals';

/*
 * No text may make a pattern slow. Every regular expression in the code is run over texts that double in length, made of what it
 * looks for itself; then the whole bot is.
 */

/** Patterns that only read what the authors of the content, or the operator, have written, and those that see a text cut short. */
const HARMLESS: Readonly<Record<string, string>> = {
  'bot/config.ts': 'the settings',
  'bot/hear.ts /\\]\\(': 'articles',
  'bot/outcome-text.ts': 'articles',
  'bot/replies.ts': 'articles',
  'bot/terminal/': 'articles and guides, in a terminal',
  'bot/channel/render/markdown-to-card.ts': 'our own replies',
  'knowledge/check-knowledge.ts': 'articles',
  'knowledge/parse-docs-faq.ts': 'articles',
  'knowledge/rank.ts /\\]\\(': 'articles',
  'knowledge/spelling.ts /\\]\\(': 'articles',
  'knowledge/definition.ts /(?:(?<![\\s,])[\\s,]+(?:exactly': 'texts of at most 120 characters',
  'knowledge/follow-up.ts /(?:(?<![\\s,])[\\s,]+(?:too': 'texts of at most 14 words',
  'dialogs/draw/': 'guides',
};

/** What careless patterns repeat. */
const PIECES = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    'a',
    'A',
    '0',
    'é',
    '.',
    '-',
    '!',
    '?',
    ',',
    '; ',
    ':',
    '"',
    "'",
    '(',
    ')',
    '[',
    '](',
    '](#',
    '*',
  ],
  ...['*[\n', '<', '_', '@', '+.', '/', '|', '#', '=', '%', '{', '1.', '1,', 'a ', 'a. ', 'a, ', ') '],
];
/** Short, because some patterns take twice as long for every character. */
const SHORTEST = 12;
const LONGEST = SHORTEST * 2 ** 11;
/** What takes less cannot be measured. */
const BOUND_MS = 30;
/** So many times as long for twice the text: 2 is linear, 4 quadratic. */
const SUPERLINEAR = 2.8;

/** The words that stand in a pattern. */
const wordsIn = (pattern: string): readonly string[] =>
  [...new Set(pattern.replace(/\\[a-zA-Z]/g, ' ').match(/[a-z]+(?: [a-z]+)*/gi))].map((words) => `${words} `);

function msFor({ pattern, flags }: RegexLiteral, text: string): number {
  const startedAt = performance.now();
  text.replace(new RegExp(pattern, flags), '');
  return performance.now() - startedAt;
}

/** The text, up to its length, that holds a pattern up; `undefined` where there is none. */
function slowText(literal: RegexLiteral): string | undefined {
  const words = wordsIn(literal.pattern);
  const openers = ['', ...(literal.pattern.startsWith('^') ? words.slice(0, 4) : [])];
  for (const opener of openers) {
    for (const piece of [...PIECES, ...words.slice(0, 40)]) {
      let half = 0;
      for (let length = SHORTEST; length <= LONGEST; length *= 2) {
        const text = `${opener}${piece.repeat(Math.ceil(length / piece.length))}\0x`;
        let ms = msFor(literal, text);
        // Once more: the machine may have been busy.
        if (ms > BOUND_MS) ms = Math.min(ms, msFor(literal, text));
        if (ms > BOUND_MS && ms > half * SUPERLINEAR) return `${JSON.stringify(opener + piece)} × ${length}`;
        if (length >= 3_000 && ms < 0.3) break;
        half = ms;
      }
    }
  }
  return undefined;
}

const isHarmless = ({ file, pattern }: RegexLiteral): boolean =>
  Object.keys(HARMLESS).some((known) => `${file} /${pattern}`.startsWith(known));

test('no pattern in the code is slow on any text that was made for it', () => {
  const literals = regexLiterals(['bot', 'knowledge', 'dialogs']);
  expect(literals.length).toBeGreaterThan(250);
  const slow = literals
    .filter((literal) => !isHarmless(literal))
    .map((literal) => ({ ...literal, text: slowText(literal) }))
    .filter(({ text }) => text !== undefined);
  expect(slow).toEqual([]);
});

test('this test knows slow patterns when it sees them', () => {
  for (const pattern of ['\\s+$', '^(a+)+$', '\\[([^\\]]+)\\]\\(', '(?:one |two )+$'])
    expect({ pattern, text: slowText({ file: '', pattern, flags: 'g' }) }).toEqual({
      pattern,
      text: expect.any(String),
    });
});

describe('the whole bot', () => {
  let loaded: LoadedBot;
  beforeAll(async () => {
    loaded = await loadRealBot();
    await loaded.bot.respond(undefined, { kind: 'text', text: 'warm up' });
  }, 60_000);

  async function msToAnswer(text: string): Promise<number> {
    const startedAt = performance.now();
    await loaded.bot.respond(undefined, { kind: 'text', text });
    return performance.now() - startedAt;
  }

  test.each([
    ' ',
    '.',
    ', ',
    'a ',
    'and ',
    '10.0.0.1 ',
    '](',
    '"',
    '\n',
    '1,',
    'what if ',
    'delete my ',
  ])('takes twice as long for twice of %j', async (piece) => {
    const text = (length: number): string => `how ${piece.repeat(length / piece.length)}\0x`;
    const [half, whole] = [await msToAnswer(text(10_000)), await msToAnswer(text(20_000))];
    // What takes next to no time cannot be measured.
    expect(whole < 150 || whole / half < 3.5 || (await msToAnswer(text(20_000))) < 150).toBe(true);
    expect(redact(text(20_000)).length).toBeGreaterThan(0);
  });
});
