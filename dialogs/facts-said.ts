import type { Fact, Facts, ValueFact } from './fact';
import { PAUSE, type SaidMessage } from './said-message';
import { findPhrase, type SaidMatch, type SaidPhrase } from './said-phrase';

/** What is known, by the names of facts: a value id, several of them, or a value as it was said. */
export type SharedFacts = Readonly<Record<string, string | readonly string[]>>;

/**
 * The facts that a message says. Where phrases for two values overlap, the longer one counts. Several values are what the fact takes for
 * them `together`, all of them for a fact with several, and otherwise none. Numbers and addresses come as `SaidMatch.value`, several
 * `ranges` joined by ", ". What a message does not say, or says in two ways, is left out. Never throws.
 */
export function factsSaid(facts: Facts, message: SaidMessage): SharedFacts {
  const said: Record<string, string | readonly string[]> = {};
  for (const fact of facts.values()) {
    const value = fact.kind === 'value' ? valueSaid(fact, message) : valuesSaid(fact, message);
    if (value !== undefined) said[fact.id] = value;
  }
  return said;
}

function valuesSaid(fact: Exclude<Fact, ValueFact>, message: SaidMessage): string | readonly string[] | undefined {
  const found: (SaidMatch & { readonly name: string })[] = [];
  for (const [name, phrases] of fact.values) {
    for (const phrase of phrases) {
      for (const match of findPhrase(phrase, message)) found.push({ ...match, name });
    }
  }
  if (found.length === 0) return undefined;
  const meant = withoutExceptions(found, fact.except, message).filter(
    (one, _, all) => !all.some((other) => other.length > one.length && overlap(one, other)),
  );
  const names = [...fact.values.keys()].filter((name) => meant.some((one) => one.name === name));
  if (fact.kind === 'several') return names.length > 0 ? names : undefined;
  const smaller = new Set(names.flatMap((name) => fact.includes.get(name) ?? []));
  const [first, ...others] = names.filter((name) => !smaller.has(name));
  return others.length === 0 ? first : fact.together;
}

function valueSaid(fact: ValueFact, message: SaidMessage): string | undefined {
  const found = fact.said.flatMap((phrase) => findPhrase(phrase, message)).filter(({ value }) => suits(fact, value!));
  if (found.length === 0) return undefined;
  const meant = withoutExceptions(found, fact.except, message).sort((one, other) => one.from - other.from);
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

function withoutExceptions<T extends SaidMatch>(
  found: readonly T[],
  exceptions: readonly SaidPhrase[],
  message: SaidMessage,
): T[] {
  const except = exceptions.flatMap((phrase) => findPhrase(phrase, message));
  return found.filter((one) => !except.some((other) => overlap(one, other)));
}

function overlap(one: SaidMatch, other: SaidMatch): boolean {
  return one.from < other.to && other.from < one.to;
}
