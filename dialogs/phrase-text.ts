import { foldWord, readMessage } from './said-message';

/** What is looked for at one place of a message. */
export type PhraseItem =
  | { readonly kind: 'word'; readonly text: string; readonly exact: string | undefined }
  | { readonly kind: 'gap' }
  | { readonly kind: 'count' }
  | { readonly kind: 'value'; readonly of: 'number' | 'value' };

/** Alternatives, one of which stands there; one without items is that nothing does. */
export interface PhraseGroup {
  readonly kind: 'either';
  readonly options: readonly (readonly PhraseItem[])[];
  /** Those that begin with a word, by this word: a list of brands is not gone through for each word of a message. */
  readonly byWord: ReadonlyMap<string, readonly (readonly PhraseItem[])[]>;
  readonly others: readonly (readonly PhraseItem[])[];
}
export type PhrasePiece = PhraseItem | PhraseGroup;

/** Alternatives that have a name, for `<name>` in phrases. */
export type PhraseParts = ReadonlyMap<string, PhraseGroup>;

/**
 * `empty`: no words but placeholders (which a phrase with an empty alternative may come to). `gap-at-end`: it, or an alternative,
 * begins or ends with `*`. `gap-twice`: two `*` in a row, or more than three. `value-twice`, `value-missing`, `value-not-allowed`:
 * `{value}` must occur once, or never. `group-…`: what is wrong with parentheses.
 */
export type PhraseProblem =
  | 'empty'
  | 'gap-at-end'
  | 'gap-twice'
  | 'unknown-placeholder'
  | 'unknown-part'
  | 'value-missing'
  | 'value-twice'
  | 'value-not-allowed'
  | 'group-open'
  | 'group-nested'
  | 'group-single'
  | 'group-outside'
  | 'group-value';

/** What is wrong with a phrase, as the end of a sentence that names it. */
export const PHRASE_PROBLEMS: Readonly<Record<PhraseProblem, string>> = {
  empty: 'has no words',
  'gap-at-end': 'begins or ends with `*`',
  'gap-twice': 'has too many `*`',
  'unknown-placeholder': 'has a placeholder other than `{n}` and `{value}`',
  'unknown-part': 'names a part in `<>` that the file does not have',
  'value-missing': 'must have `{value}`',
  'value-twice': 'has `{value}` twice',
  'value-not-allowed': 'must not have `{value}`',
  'group-open': 'has `(` without `)`, or `)` without `(`',
  'group-nested': 'has parentheses within parentheses',
  'group-single': 'has parentheses without `|`; write `(x|)` for what may be missing',
  'group-outside': 'has `|` outside parentheses',
  'group-value': 'has `{value}` in parentheses',
};

const MAX_GAPS = 3;
const SEGMENT = /\([^()]*\)|[^()]+/g;
const TOKEN = /\{[^}\s]*\}?|<[^>\s]*>?|\*|[^\s{}*<]+/g;

interface Reading {
  readonly value: 'number' | 'value' | 'none';
  readonly parts?: PhraseParts | undefined;
}

/** Reads the text of a phrase into what it looks for, in order; a problem where it cannot be read. Never throws. */
export function readPhraseText(text: string, reading: Reading): readonly PhrasePiece[] | PhraseProblem {
  const signs = parenthesesProblem(text);
  if (signs !== undefined) return signs;
  const problems: PhraseProblem[] = [];
  const refuse = (problem: PhraseProblem): void => void problems.push(problem);
  const pieces = (text.match(SEGMENT) ?? []).flatMap((segment): readonly PhrasePiece[] => {
    if (segment.startsWith('(')) return [alternatives(segment.slice(1, -1), reading, refuse)];
    if (segment.includes('|')) refuse('group-outside');
    return itemsOf(segment, reading, refuse);
  });
  const gap = gapProblem(pieces);
  if (gap !== undefined) refuse(gap);
  const values = pieces.filter(({ kind }) => kind === 'value').length;
  if (values > 1) refuse('value-twice');
  if (values === 0 && reading.value !== 'none') refuse('value-missing');
  return problems[0] ?? pieces;
}

function parenthesesProblem(text: string): PhraseProblem | undefined {
  if (!/[()]/.test(text)) return undefined;
  const parentheses = text.replace(/[^()]/g, '');
  if (/^(?:\(\))*$/.test(parentheses)) return undefined;
  return balanced(parentheses) ? 'group-nested' : 'group-open';
}

function balanced(parentheses: string): boolean {
  let depth = 0;
  for (const sign of parentheses) {
    depth += sign === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Reads the alternatives of each part; those that cannot be read are left out, and so no phrase finds them. Never throws. */
export function readPhraseParts(parts: Readonly<Record<string, readonly string[]>>): PhraseParts {
  return new Map(
    Object.entries(parts).map(([name, texts]) => [
      name,
      groupOf(texts.flatMap((text) => optionsOf(text, { value: 'none' }, () => undefined))),
    ]),
  );
}

type Refuse = (problem: PhraseProblem) => void;

function alternatives(text: string, reading: Reading, refuse: Refuse): PhraseGroup {
  if (!text.includes('|')) refuse('group-single');
  const options = text.split('|').flatMap((option) => optionsOf(option, reading, refuse));
  if (options.some((items) => items[0]?.kind === 'gap' || items.at(-1)?.kind === 'gap')) refuse('gap-at-end');
  if (options.some((items) => items.some(({ kind }) => kind === 'value'))) refuse('group-value');
  return groupOf(options);
}

/** One alternative, or several where it has a part: the part is written out. */
function optionsOf(text: string, reading: Reading, refuse: Refuse): readonly (readonly PhraseItem[])[] {
  const pieces = itemsOf(text, reading, refuse);
  if (!text.includes('<')) return [pieces as readonly PhraseItem[]];
  if (pieces.length === 1 && pieces[0]!.kind === 'either') return pieces[0]!.options;
  return pieces.reduce<readonly (readonly PhraseItem[])[]>(
    (options, piece) =>
      options.flatMap((items) =>
        (piece.kind === 'either' ? piece.options : [[piece]]).map((more) => [...items, ...more]),
      ),
    [[]],
  );
}

function groupOf(options: readonly (readonly PhraseItem[])[]): PhraseGroup {
  const byWord = new Map<string, (readonly PhraseItem[])[]>();
  const others: (readonly PhraseItem[])[] = [];
  for (const items of options) {
    const [first] = items;
    const same = first?.kind === 'word' ? byWord.get(first.text) : others;
    if (same !== undefined) same.push(items);
    else if (first?.kind === 'word') byWord.set(first.text, [items]);
  }
  return { kind: 'either', options, byWord, others };
}

/** What a text without parentheses looks for. */
function itemsOf(text: string, reading: Reading, refuse: Refuse): readonly PhrasePiece[] {
  const pieces: PhrasePiece[] = [];
  for (const token of text.match(TOKEN) ?? []) {
    if (token === '*') pieces.push({ kind: 'gap' });
    else if (token === '{n}') pieces.push({ kind: 'count' });
    else if (token === '{value}' && reading.value !== 'none') pieces.push({ kind: 'value', of: reading.value });
    else if (token.startsWith('{')) refuse(token === '{value}' ? 'value-not-allowed' : 'unknown-placeholder');
    else if (token.startsWith('<')) {
      const part = token.endsWith('>') ? reading.parts?.get(token.slice(1, -1)) : undefined;
      if (part === undefined) refuse('unknown-part');
      else pieces.push(part);
    } else pieces.push(...wordsOf(token));
  }
  return pieces;
}

/** The words in a token; nearly always it is one, and already as it is compared. */
function wordsOf(token: string): readonly PhraseItem[] {
  const exactly = token.startsWith('=');
  const word = exactly ? token.slice(1) : token;
  if (PLAIN.test(word)) return [{ kind: 'word', text: foldWord(word), exact: exactly ? word : undefined }];
  return readMessage(word).words.map(({ text, exact }) => ({ kind: 'word', text, exact: exactly ? exact : undefined }));
}

const PLAIN = /^[a-z\d]+$/;

/** A `*` needs something to lie between, whichever alternatives stand there. */
function gapProblem(pieces: readonly PhrasePiece[]): PhraseProblem | undefined {
  let gaps = 0;
  let last: 'gap' | 'start' | undefined = 'start';
  for (const piece of pieces) {
    if (piece.kind === 'gap') {
      if (last !== undefined) return last === 'start' ? 'gap-at-end' : 'gap-twice';
      last = 'gap';
      gaps++;
    } else if (piece.kind !== 'either') last = undefined;
    else {
      const inOptions = piece.options.map((items) => items.filter(({ kind }) => kind === 'gap').length);
      gaps += Math.max(0, ...inOptions);
      if (piece.options.every((items) => items.length > 0)) last = undefined;
    }
  }
  if (last === 'gap') return 'gap-at-end';
  return gaps > MAX_GAPS ? 'gap-twice' : undefined;
}
