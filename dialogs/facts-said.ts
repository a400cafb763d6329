import type { Fact, Facts, ValueFact } from './fact';
import { PAUSE, type SaidMessage } from './said-message';
import { findPhrase, findWords, type SaidMatch, type SaidPhrase } from './said-phrase';

/** What is known, by the names of facts: a value id, several of them, or a value as it was said. */
export type SharedFacts = Readonly<Record<string, string | readonly string[]>>;

/** Finds the facts that a message says. */
export type FactsSaid = (message: SaidMessage) => SharedFacts;

interface Evidence {
  readonly fact: Fact;
  /** The value id that the phrase stands for; `undefined` for one that has `{value}`. */
  readonly name: string | undefined;
  readonly phrase: SaidPhrase;
}
type Found = SaidMatch & Pick<Evidence, 'name'>;
/** Where a message has a phrase, meant or not; each phrase is looked for once. */
type Look = (phrase: SaidPhrase) => readonly SaidMatch[];

/**
 * Builds what finds the facts that a message says. Where phrases for two values overlap, the longer one counts. Several values are what the fact takes for
 * them `together`, all of them for a fact with several, and otherwise none. Numbers and addresses come as `SaidMatch.value`, several
 * `ranges` joined by ", ". What a message does not say, or says in two ways, is left out. It never throws.
 */
export function buildFactsSaid(facts: Facts): FactsSaid {
  const byWord = evidenceByWord([...facts.values()].flatMap(evidenceOf));
  return (message) => {
    const found = new Map<Fact, Found[]>();
    const looked = new Set<Evidence>();
    for (const word of message.places.keys()) {
      for (const evidence of byWord.get(word) ?? []) {
        const { fact, name, phrase } = evidence;
        if (looked.has(evidence)) continue;
        looked.add(evidence);
        for (const match of findPhrase(phrase, message)) {
          const matches = found.get(fact);
          if (matches) matches.push({ ...match, name });
          else found.set(fact, [{ ...match, name }]);
        }
      }
    }
    const words = new Map<SaidPhrase, readonly SaidMatch[]>();
    const look: Look = (phrase) => {
      const matches = words.get(phrase) ?? findWords(phrase, message);
      words.set(phrase, matches);
      return matches;
    };
    const said: Record<string, string | readonly string[]> = {};
    for (const [fact, matches] of found) {
      const value =
        fact.kind === 'value' ? valueSaid(fact, matches, message, look) : valuesSaid(fact, matches, message, look);
      if (value !== undefined) said[fact.id] = value;
    }
    return said;
  };
}

/** Phrases by the words of which a message must have one for them: those that fewest other phrases need too. */
function evidenceByWord(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> {
  const uses = new Map<string, number>();
  for (const word of evidence.flatMap(({ phrase }) => phrase.needs.flat())) uses.set(word, (uses.get(word) ?? 0) + 1);
  const usesOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + uses.get(word)!, 0);
  const byWord = new Map<string, Evidence[]>();
  for (const one of evidence) {
    const words = one.phrase.needs.reduce((best, need) => (usesOf(need) < usesOf(best) ? need : best));
    for (const word of words) {
      const others = byWord.get(word);
      if (others) others.push(one);
      else byWord.set(word, [one]);
    }
  }
  return byWord;
}

function evidenceOf(fact: Fact): Evidence[] {
  if (fact.kind === 'value') return fact.said.map((phrase) => ({ fact, name: undefined, phrase }));
  return [...fact.values].flatMap(([name, phrases]) => phrases.map((phrase) => ({ fact, name, phrase })));
}

function valuesSaid(
  fact: Exclude<Fact, ValueFact>,
  found: readonly Found[],
  message: SaidMessage,
  look: Look,
): string | readonly string[] | undefined {
  const meant = withoutExceptions(found, fact, message, look).filter(
    (one, _, all) => !all.some((other) => other.length > one.length && overlap(one, other)),
  );
  const names = [...fact.values.keys()].filter((name) => meant.some((one) => one.name === name));
  if (fact.kind === 'several') return names.length > 0 ? names : undefined;
  const smaller = new Set(names.flatMap((name) => fact.includes.get(name) ?? []));
  const [first, ...others] = names.filter((name) => !smaller.has(name));
  return others.length === 0 ? first : fact.together;
}

function valueSaid(fact: ValueFact, found: readonly Found[], message: SaidMessage, look: Look): string | undefined {
  const suiting = found.filter(({ value }) => suits(fact, value!));
  const meant = [...withoutExceptions(suiting, fact, message, look)].sort((one, other) => one.from - other.from);
  const values = new Set(
    meant.flatMap((match) => [match.value!, ...(fact.type === 'ranges' ? rangesAfter(message, match) : [])]),
  );
  if (fact.type === 'ranges') return values.size > 0 ? [...values].join(', ') : undefined;
  return values.size === 1 ? [...values][0] : undefined;
}

const ADDRESS = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const SHAPES = {
  number: /^\d+(?:\.\d+)?$/,
  rate: /[a-z]/,
  range: new RegExp(String.raw`^${ADDRESS}/\d`),
  ranges: new RegExp(String.raw`^${ADDRESS}/\d`),
  address: new RegExp(`^${ADDRESS}$`),
  asn: /^\d+$/,
} as const;

/** Whether what `{value}` stands for looks like a value of the fact; it may still be none, such as 300.0.0.1. */
function suits({ type, unit }: ValueFact, value: string): boolean {
  return SHAPES[unit === undefined ? type : 'rate'].test(value);
}

/** Words that tell where a range is; one that they follow is not the last of a list but the beginning of something else. */
const PLACES: ReadonlySet<string> = new Set(['in', 'at', 'on', 'for', 'as', 'is', 'are']);

/** The ranges that go on a list which ends a match: "vnet 10.0.0.0/16 and 10.1.0.0/16". */
function rangesAfter({ words }: SaidMessage, { to, value }: SaidMatch): string[] {
  const ranges: string[] = [];
  if (words[to - 1]?.text !== value) return ranges;
  for (let at = to; ; ) {
    const and = words[at]?.text === 'and' ? at + 1 : at;
    const word = words[and];
    if (word === undefined || words[at]!.pause === PAUSE.sentence || !SHAPES.range.test(word.text)) break;
    ranges.push(word.text);
    at = and + 1;
    if (words[at]?.pause === PAUSE.none && PLACES.has(words[at]!.text)) ranges.pop();
  }
  return ranges;
}

function withoutExceptions(
  found: readonly Found[],
  { except, notAfter }: Fact,
  message: SaidMessage,
  look: Look,
): readonly Found[] {
  const exceptions = except.flatMap(look);
  const wishes = notAfter.flatMap(look);
  return found.filter(
    (one) => !exceptions.some((other) => overlap(one, other)) && !wishes.some((wish) => reaches(message, wish, one)),
  );
}

/** How many words may stand between a wish and what is wished. */
const REACH = 3;
/** What these stand before is there already: "should I use our router", "going to move from VpnGw1". */
const OWNED: ReadonlySet<string> = new Set(['our', 'my', 'existing', 'current', 'from']);

/** Whether a match is a wish: the words of one are in it, or soon before it in its clause. */
function reaches({ words }: SaidMessage, wish: SaidMatch, match: SaidMatch): boolean {
  if (overlap(wish, match)) return true;
  if (match.from < wish.to || match.from > wish.to + REACH) return false;
  return (
    words.slice(wish.to, match.from + 1).every(({ pause }) => pause < PAUSE.clause) &&
    !words.slice(wish.to, match.to).some(({ text }) => OWNED.has(text))
  );
}

function overlap(one: SaidMatch, other: SaidMatch): boolean {
  return one.from < other.to && other.from < one.to;
}
