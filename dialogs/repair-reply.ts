import { buildSlipOf } from '../bot/foundation/edit-distance';
import type { Question } from './guide';

/** A word of a reply and the word it was read as. */
export interface ReplyRepair {
  readonly from: string;
  readonly to: string;
}

/** Reads misspelled words of a reply as words of the question's choices. */
export type RepairReply = (words: string) => { readonly text: string; readonly repairs: readonly ReplyRepair[] };

/** Shortest word that can be misspelled, and the length from which two slips are forgiven. */
const MIN_LENGTH = 4;
const TWO_SLIPS_FROM = 8;
/** Shortest word that another can be read as: "yess" is "yes". */
const MIN_MEANT = 3;

/**
 * A word is repaired where it is none of the choices' words, begins like one, and one alone is so near: one slip, in long words
 * two. `words` are plain words (see `plainWords`).
 */
export function buildRepairReply(question: Question): RepairReply {
  // Worked out for the first word that may be misspelled: most replies have none.
  let known: ReadonlySet<string> | undefined;
  const slipOf = buildSlipOf();
  const nearest = (typed: string): string | undefined => {
    if (typed.length < MIN_LENGTH || !/^[a-z]+$/.test(typed)) return undefined;
    known ??= new Set(
      question.choices.flatMap(({ spellings }) => spellings.flatMap((spelling) => spelling.split(' '))),
    );
    if (known.has(typed)) return undefined;
    const targets = [...known].filter((word) => word.length >= MIN_MEANT && /^[a-z]+$/.test(word));
    const found = targets.flatMap((meant) => {
      const slip = meant[0] === typed[0] ? slipOf(typed, meant, meant.length >= TWO_SLIPS_FROM ? 2 : 1) : undefined;
      return slip === undefined ? [] : [{ meant, ...slip }];
    });
    const fewest = Math.min(...found.map(({ edits }) => edits));
    const best = found.filter(({ edits }) => edits === fewest);
    return best.length === 1 ? best[0]!.meant : undefined;
  };
  return (words) => {
    const repairs: ReplyRepair[] = [];
    const text = words.split(' ').map((from) => {
      const to = nearest(from);
      if (to === undefined) return from;
      repairs.push({ from, to });
      return to;
    });
    return { text: text.join(' '), repairs };
  };
}
