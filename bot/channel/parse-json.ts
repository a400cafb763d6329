import { parse } from 'secure-json-parse';

/** Deeper nesting than any client sends: what reads, copies or writes such a value calls itself once a level. */
export const MAX_DEPTH = 100;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = Buffer.from('"\\[]{}');

/**
 * The value that a text from outside is the JSON of, without the names by which a copy would get another prototype (`__proto__`,
 * `constructor` with a `prototype`); `undefined` where it is no JSON or nested more than 100 deep. Never throws.
 */
export function parseJson(text: Buffer | string): unknown {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  if (isDeep(bytes)) return undefined;
  try {
    return parse(bytes.toString('utf8'), undefined, { protoAction: 'remove', constructorAction: 'remove' });
  } catch {
    return undefined;
  }
}

/** Counts brackets outside of strings; in UTF-8 none of these bytes is part of another character. */
function isDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === OPEN_LIST || byte === OPEN_RECORD) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) {
      depth -= 1;
    }
  }
  return false;
}
