import { PAUSE, type SaidMessage, type SaidWord } from './said-message';

/*
 * When a phrase stands in a message and is yet no evidence: "no gateway", "not sure if it is route-based", "route-based or
 * policy-based".
 */

interface Span {
  readonly from: number;
  readonly to: number;
}

/** How many words before a phrase a negation can stand. */
const REACH = 3;
const NEGATIONS: ReadonlySet<string> = new Set(
  (
    'no not without never neither nor none nobody nothing cannot except excluding lack lacks lacking whether w/o ' +
    'dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wont wouldnt cant couldnt shouldnt mustnt neednt aint'
  ).split(' '),
);
/** What negates by two words in a row. */
const NEGATING_PAIRS: ReadonlySet<string> = new Set([
  ...['instead of', 'rather than', 'other than', 'apart from'],
  ...['sure', 'know', 'check', 'see', 'wonder', 'wondering', 'tell', 'ask', 'clear', 'out'].map((word) => `${word} if`),
]);
const NO_NEGATIONS: ReadonlySet<string> = new Set(['not only', 'not just', 'not merely', 'no matter', 'no doubt']);

/** Whether a match is negated or doubted by one of the three words before it in its clause. */
export function isDoubted({ words }: SaidMessage, { from }: Span): boolean {
  for (let at = from - 1; at >= Math.max(0, from - REACH); at--) {
    if (words[at + 1]!.pause !== PAUSE.none) return false;
    const word = words[at]!.exact;
    const next = words[at + 1]!.exact;
    if (NEGATING_PAIRS.has(`${words[at - 1]?.exact} ${word}`) || NEGATING_PAIRS.has(`${word} ${next}`)) return true;
    // "not only 443" does negate a phrase "only 443".
    if (NEGATIONS.has(word) && !(at + 1 < from && NO_NEGATIONS.has(`${word} ${next}`))) return true;
  }
  return false;
}

/** Whether a phrase says by its first word that something is not so. */
export function startsWithNegation(words: readonly Pick<SaidWord, 'exact'>[]): boolean {
  const [first, second] = words.map(({ exact }) => exact);
  if (NO_NEGATIONS.has(`${first} ${second}`)) return false;
  return NEGATIONS.has(first ?? '') || NEGATING_PAIRS.has(`${first} ${second}`);
}

const ALTERNATIVES: ReadonlySet<string> = new Set(['or', 'vs', 'versus']);
/** Whether a word makes what stands around it something else: a negation, "and" or "or". */
export function turnsMeaning(word: string): boolean {
  return word === 'and' || NEGATIONS.has(word) || ALTERNATIVES.has(word);
}

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);
/** After "or" they name nothing else: "three offices or so". */
const VAGUE: ReadonlySet<string> = new Set(['so', 'more', 'less', 'fewer']);

/** Whether a match is joined to something else by "or", "vs", "versus" or a slash; an article may stand between. */
export function isOneOfSeveral({ words }: SaidMessage, { from, to }: Span): boolean {
  if ((from > 0 && words[from]!.slash) || words[to]?.slash) return true;
  const article = ARTICLES.has(words[from - 1]?.exact ?? '') && words[from]!.pause !== PAUSE.sentence;
  const before = article ? from - 1 : from;
  if (ALTERNATIVES.has(words[before - 1]?.exact ?? '') && words[before]!.pause !== PAUSE.sentence) return true;
  const after = words[to];
  if (after === undefined || after.pause === PAUSE.sentence) return false;
  return ALTERNATIVES.has(after.exact) && !VAGUE.has(words[to + 1]?.exact ?? '');
}
