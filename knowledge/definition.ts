import { normaliseText } from '../bot/foundation/normalise-text';
import type { GlossaryItem } from './glossary';
import { buildStemsOf } from './words';

/** A question for the meaning of a term of the glossary. */
export interface Definition {
  readonly item: GlossaryItem;
  /** The term as the person wrote it. */
  readonly said: string;
  /** True for the bare word ("BGP?"), which may ask for more than its meaning. */
  readonly bare: boolean;
}

/** Finds out which term a text asks the meaning of; `undefined` where it asks for anything else. */
export type FindDefinition = (text: string) => Definition | undefined;

/** A meaning in fewer words explains nothing ("cost" is "what you pay"). */
const MIN_MEANING_WORDS = 4;
/** Longest question for a meaning, in characters; longer ones ask more than that. */
const MAX_LENGTH = 120;
const POLITE =
  /^(?:(?:and|so|ok|okay|hi|hello|hey|sorry|but|also|well|um|please|quick question|stupid question|dumb question)[\s,:.!-]+)+/i;
const END = /(?<![\s?!.,;:…？؟])[\s?!.,;:…？؟]+$/u;
const EXTRA =
  /(?:(?<![\s,])[\s,]+(?:exactly|actually|again|please|pls|anyway|then|even|in azure|for azure|on azure|in vpn|here|in this context|in networking|in short|to me))+$/i;

/** Each captures the term. What is left of the text is nothing but these words. */
const FORMS: readonly RegExp[] = [
  /^(?:what|who)(?:'s|s| is| are| was)?\s+(?:an?\s+|the\s+)?(?:meaning|definition)\s+of\s+(.+)$/i,
  /^(?:what|who)(?:'s|’s|s|\s+is|\s+are|\s+was)\s+(?:meant\s+by\s+)?(.+?)(?:\s+(?:short\s+for|supposed\s+to\s+be|good\s+for))?$/i,
  /^what\s+(?:does|do|did|dose)\s+(?:the\s+(?:term|word|abbreviation|acronym)\s+)?(.+?)\s+(?:mean|means|stand\s+for|stands\s+for|refer\s+to)$/i,
  /^what\s+do\s+you\s+mean\s+(?:by|with)\s+(.+)$/i,
  /^(?:can|could|would)\s+you\s+(?:please\s+)?(?:explain|define|tell\s+me)\s+(?:to\s+me\s+)?(?:what\s+)?(.+?)(?:\s+(?:is|are|means|mean))?$/i,
  /^(?:please\s+)?(?:tell\s+me|explain)\s+(?:to\s+me\s+)?what\s+(.+?)\s+(?:is|are|means|mean|stands\s+for)$/i,
  /^(?:i\s+)?(?:do\s+not|don't|dont|don’t)\s+know\s+what\s+(.+?)\s+(?:is|are|means|mean|stands\s+for)$/i,
  /^(?:define|explain)\s+(.+)$/i,
  /^(?:the\s+)?(?:meaning|definition)\s+of\s+(.+)$/i,
  /^(.*?[^\s,:-])[\s,:-]+(?:meaning|definition|means|stands\s+for(?:\s+what)?|what\s+is\s+(?:it|that|this)|what(?:'s|’s|s)\s+that)$/i,
];
/** "What is the ASN?" asks for a value, so there "the" is left in the way. */
const ARTICLE = /^(?:an?|these|those|such\s+an?)\s+/i;
const QUOTED = /^["'“”‘’«»`(]+|(?<!["'“”‘’«»`)])["'“”‘’«»`)]+$/gu;

/**
 * Builds the finder of definitions over a glossary: "what is BGP", "what does PFS mean", "define ASN", "s2s?". The term, or an
 * alias of it, must be all that is asked about: "what is the BGP peer IP of my gateway" is no such question. A bare word
 * needs its question mark. `toStems` may be shared with others.
 */
export function buildFindDefinition(glossary: readonly GlossaryItem[], toStems = buildStemsOf()): FindDefinition {
  const bySpelling = new Map<string, GlossaryItem>();
  for (const item of glossary) {
    if (item.meaning.split(' ').length < MIN_MEANING_WORDS) continue;
    for (const spelling of [item.term, ...item.aliases]) bySpelling.set(toStems(spelling).join(' '), item);
  }
  const look = (words: string, bare = false): Definition | undefined => {
    const said = words.trim().replace(QUOTED, '').replace(ARTICLE, '').replace(QUOTED, '').trim();
    const key = toStems(said).join(' ');
    const item = key === '' ? undefined : bySpelling.get(key);
    return item && { item, said, bare };
  };

  return (text) => {
    if (text.length > MAX_LENGTH) return undefined;
    const shown = text.replace(/\s+/g, ' ').trim();
    const bare = shown.replace(END, '').replace(POLITE, '').replace(EXTRA, '').replace(END, '');
    if (normaliseText(bare) === '') return undefined;
    for (const form of FORMS) {
      const term = form.exec(bare)?.[1];
      const found = term === undefined ? undefined : look(term);
      if (found !== undefined) return found;
    }
    return /[?？؟]$/u.test(shown) ? look(bare, true) : undefined;
  };
}
