import type { GlossaryItem } from './glossary';
import { buildStemsOf, stemsOf } from './words';

/** Turns a text into the tokens that questions and the index share: stems, with glossary spellings folded into one token. */
export interface Tokenise {
  (text: string): string[];
  /** The same, with every spelling that was folded into another one, each once. */
  explain(text: string): { readonly tokens: string[]; readonly expansions: readonly Expansion[] };
}

/** A spelling of the glossary that a text has, and the term of the glossary that it was read as. */
export interface Expansion {
  readonly from: string;
  readonly to: string;
}

interface Concept {
  readonly term: string;
  readonly spelling: string;
  readonly tokens: readonly string[];
}

/** Words that say nothing about the topic. They count only where nothing else is left. */
const STOP_STEMS = new Set(
  stemsOf(
    `a an the is are was were be been being am do does did done can could will would shall should may might must i im ive id
    you your we our us my me mine it its they them their he his she her this that these those there here to of in on at by for
    with from as into over about and or but so if then than too also just only any some all both either what which who whom whose
    when where why how please pls plz hi hello hey ok have has had get got let need want like use using used now still really
    actually thanks thank help know tell say im dont cant isnt doesnt yes yep yeah nope no`,
  ),
);

/**
 * Builds the tokeniser of a glossary. The longest spelling wins, left to right; each becomes one token (`site_to_site`), so
 * that "s2s", "site to site" and "site-to-site" are the same and weigh more than the word "site". A term of a kind ("MikroTik") is
 * followed by the token of its kind (`vpn_devic`). Stop words are left out.
 * `toStems` may be shared with others.
 */
export function buildTokenise(glossary: readonly GlossaryItem[], toStems = buildStemsOf()): Tokenise {
  const concepts = new Map<string, Concept>();
  /** First stem of a spelling to the most stems that a spelling with this beginning has. */
  const longest = new Map<string, number>();
  for (const item of glossary) {
    const tokens = [item.term, ...(item.broader === undefined ? [] : [item.broader])].map((term) =>
      toStems(term).join('_'),
    );
    for (const spelling of [item.term, ...item.aliases]) {
      const stems = toStems(spelling);
      if (stems.length === 0) continue;
      concepts.set(stems.join(' '), { term: item.term, spelling, tokens });
      longest.set(stems[0]!, Math.max(longest.get(stems[0]!) ?? 0, stems.length));
    }
  }
  const explain: Tokenise['explain'] = (text) => {
    const expansions = new Map<string, Expansion>();
    const stems = toStems(text);
    const tokens: string[] = [];
    for (let at = 0; at < stems.length; ) {
      let taken = 0;
      for (let length = Math.min(longest.get(stems[at]!) ?? 0, stems.length - at); length > 0; length--) {
        const concept = concepts.get(length === 1 ? stems[at]! : stems.slice(at, at + length).join(' '));
        if (concept === undefined) continue;
        tokens.push(...concept.tokens);
        if (concept.spelling !== concept.term) {
          expansions.set(concept.spelling, { from: concept.spelling, to: concept.term });
        }
        taken = length;
        break;
      }
      if (taken === 0) {
        if (!STOP_STEMS.has(stems[at]!)) tokens.push(stems[at]!);
        taken = 1;
      }
      at += taken;
    }
    // A bare "0", "b" or "3 and 4" picks something; it asks nothing.
    const says = !tokens.every((token) => /^(?:\d{1,2}|\p{L})$/u.test(token));
    return { tokens: says ? tokens : [], expansions: [...expansions.values()] };
  };
  return Object.assign((text: string) => explain(text).tokens, { explain });
}
