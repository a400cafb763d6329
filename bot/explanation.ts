import type { Candidate, Reading, Understanding } from '../knowledge/understanding';
import { decide } from './decide';
import type { Heard } from './heard';
import type { OutcomeKind } from './outcome-kind';

/** Why a text was answered as it was: for authors and developers, never for the person chatting. Plain JSON. */
export interface Explanation {
  /** The rule that decided, in one sentence. */
  readonly rule: string;
  readonly reading: Reading;
  /** What was considered, best first, at most {@link MAX_EXPLAINED}, with its evidence. */
  readonly candidates: readonly Candidate[];
  /** The topic near ours that ranked first although the FAQ does not cover it. */
  readonly uncovered: string | undefined;
}

/** A decision of the conversation rather than of the confidences. */
export type SpecialRule = 'meaning' | 'several' | 'follow-up' | 'turned-down';

const MAX_EXPLAINED = 5;
const SPECIAL: Readonly<Record<SpecialRule, string>> = {
  meaning: 'it asks what a term means, and no entry was written for that question: the glossary answers',
  several: 'it holds several questions with answers of their own: each is decided by itself',
  'follow-up': 'alone it says too little: it is read by the last topic',
  'turned-down': 'what fits was turned down before: it is not given again',
};

/** Explains a text; `undefined` for a button and other messages in which nothing was looked for. */
export function explain(
  heard: Heard,
  kind: OutcomeKind,
  considered: readonly Candidate[],
  special: SpecialRule | undefined,
): Explanation | undefined {
  if (heard.kind !== 'text') return undefined;
  const { understanding, followUp } = heard;
  const read = special === 'follow-up' && followUp !== undefined ? followUp.understanding : understanding;
  return {
    rule: special === undefined ? ruleOf(understanding, kind) : SPECIAL[special],
    reading: read.reading,
    candidates: considered.slice(0, MAX_EXPLAINED),
    uncovered: read.uncovered,
  };
}

function ruleOf(understanding: Understanding, kind: OutcomeKind): string {
  const { intent, thresholds, candidates, uncovered } = understanding;
  const decision = decide(understanding);
  const sure = percent(candidates[0]?.confidence ?? 0);
  const [answerAt, offerAt] = [percent(thresholds.answerAt), percent(thresholds.offerAt)];
  switch (decision.kind) {
    case 'command':
    case 'smalltalk':
      return intent?.exact
        ? `it is an utterance of the intent "${decision.intent}", word for word`
        : `it looks like the intent "${decision.intent}", and no entry is sure enough to win over it`;
    case 'answer':
      if (kind === 'answer' || kind === 'guide') return `the best is sure enough: ${sure}, and ${answerAt} is needed`;
      break;
    case 'clarify':
      if (kind === 'clarify')
        return `the best is not sure enough: ${sure}, ${offerAt} to ask back and ${answerAt} to answer`;
      break;
    case 'fallback':
      if (kind !== 'fallback') break;
      return uncovered === undefined
        ? `nothing is likely enough: ${sure}, and ${offerAt} is needed to ask back`
        : `it is nearest to a topic that the FAQ does not cover: "${uncovered}"`;
  }
  return 'the conversation decided: an open question, a button that was named, or a guide';
}

function percent(confidence: number): string {
  return `${Math.round(100 * confidence)} %`;
}
