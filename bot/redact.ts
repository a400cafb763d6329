import { isIPv6 } from 'node:net';

/** What stands for a piece of text that was taken out. */
const SECRET = '[secret]';
const MAIL = '[e-mail]';
const ADDRESS = '[address]';
const NUMBER = '[number]';
const KEY = '[key]';

type Rule = readonly [pattern: RegExp, replace: (found: string, ...groups: string[]) => string];

/** What people call a thing that nobody else may know. */
const SECRET_NAME =
  '\\b(?:pass|pin|psk|pwd|sas|sig)|pass(?:word|code|wd)s?|secret|token|credentials?|' +
  '(?:pre-?shared|shared|secret|access|sharedaccess|account|api|private|storage|encryption|client)[ _-]?(?:key|secret)';

/*
 * Each piece of a pattern that repeats is bounded or ends where the next piece begins, so that all take linear time. The order
 * counts: what is called a secret is one whatever it looks like.
 */
const RULES: readonly Rule[] = [
  [/\/\/[^\s/@]{1,256}@/g, () => `//${SECRET}@`],
  [/\b(passphrase["']?\s{0,3}(?:[=:]|is|was)\s{0,3})[^\n]{1,300}/gi, (_, name) => `${name}${SECRET}`],
  [
    new RegExp(
      `((?:${SECRET_NAME})["']?(?:\\s{0,3}[=:]|\\s{1,3}(?:is|was|are|to)\\b(?:\\s(?:now|still|called))?:?)\\s{0,3})` +
        `(?:"[^"\\n]{1,300}"|'[^'\\n]{1,300}'|[^\\s;]{1,300})`,
      'gi',
    ),
    (_, name) => `${name}${SECRET}`,
  ],
  [
    new RegExp(`((?:${SECRET_NAME})\\s{1,3})(?=[^\\s\\d]{0,60}\\d)[^\\s;]{1,300}`, 'gi'),
    (_, name) => `${name}${SECRET}`,
  ],
  [/(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]+){1,4}/g, () => KEY],
  [/(?<![\p{L}\p{N}._%+'’-])[\p{L}\p{N}._%+'’-]+@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}/gu, () => MAIL],
  [/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)(?:\/\d{1,2})?/g, () => ADDRESS],
  [/(?<![\w:.])[\da-f:.]{3,45}(?![\w:])/gi, replaceIpv6],
  [/[\w+/=-]{20,}/g, replaceKeys],
  [/(?:\+|(?<![\w.])\(?)\d[\d ()./-]{5,30}\d(?!\d)/g, (found) => (isNumber(found) ? NUMBER : found)],
];
/** What a round leaves may look different to the next one, because of what now stands beside it. */
const MAX_ROUNDS = 6;

/**
 * The text without e-mail addresses, IP addresses, phone and card numbers, keys (long base64 and hex, JWTs, values in connection
 * strings) and what is called a password, PIN, key or secret; each is replaced by a word in brackets. Redacting twice changes
 * nothing more. It takes time linear in the length, and rather takes out too much than too little.
 *
 *     redact('Mail ann@example.com, the pre-shared key is Hunter2!')
 *     // 'Mail [e-mail], the pre-shared key is [secret]'
 */
export function redact(text: string): string {
  let redacted = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = redacted;
    for (const [pattern, replace] of RULES) redacted = redacted.replace(pattern, replace);
    if (redacted === before) break;
  }
  return redacted;
}

/** Longest text that is shown of a string, in UTF-16 code units. */
const MAX_SHOWN = 4_000;

/** The value with every string in it redacted and cut to 4,000 characters, also in lists and records. */
export function redactStrings(value: unknown): unknown {
  // Cut twice: a key that the first cut goes through must not show its beginning.
  if (typeof value === 'string') return redact(value.slice(0, MAX_SHOWN + 200)).slice(0, MAX_SHOWN);
  if (Array.isArray(value)) return value.map(redactStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redactStrings(one)]));
}

function replaceIpv6(found: string): string {
  const end = /[.:]{0,2}$/.exec(found)![0];
  for (const cut of [0, 1, 2].filter((length) => length <= end.length)) {
    const address = found.slice(0, found.length - cut);
    if (isIPv6(address)) return ADDRESS + found.slice(found.length - cut);
  }
  return found;
}

/** In a path, what lies between two slashes may be a key. */
function replaceKeys(found: string): string {
  if (found.startsWith('/')) return found.replace(/[\w+=-]{20,}/g, replaceKeys);
  return isKey(found) ? KEY : found;
}

/** Words joined by hyphens or slashes are long as well, but have neither digits nor capitals inside. */
function isKey(text: string): boolean {
  return /[a-z]/i.test(text) ? /\d/.test(text) || /[a-z][A-Z][a-z]?[A-Z]/.test(text) : /\d/.test(text);
}

function isNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return digits >= 7 && !/^\d{4}-\d\d-\d\d$/.test(text);
}
