import type { Candidate, Understanding } from '../knowledge/understanding';

/** What to do about a text, before anything is said. */
export type Decision =
  | { readonly kind: 'command'; readonly intent: string }
  | { readonly kind: 'smalltalk'; readonly intent: string }
  | { readonly kind: 'answer'; readonly candidate: Candidate }
  /** `uncovered`: what the text seems to be about although nothing we know answers it. */
  | { readonly kind: 'clarify'; readonly candidates: readonly Candidate[]; readonly uncovered: string | undefined }
  | { readonly kind: 'fallback'; readonly uncovered: string | undefined };

/** Most candidates offered as a choice. */
const MAX_OFFERED = 3;

/**
 * Decides what a text asks for. An intent to the letter wins; any other yields to a candidate that would be answered, so the FAQ
 * wins over small talk.
 */
export function decide({ intent, candidates, thresholds, uncovered }: Understanding): Decision {
  const { answerAt, offerAt } = thresholds;
  const best = candidates[0];
  const yields = best !== undefined && best.confidence >= answerAt && best.confidence >= (intent?.confidence ?? 0);
  if (intent !== undefined && (intent.exact || !yields)) {
    return { kind: intent.kind, intent: intent.id };
  }
  if (best !== undefined && best.confidence >= answerAt) return { kind: 'answer', candidate: best };
  const offered = candidates.filter(({ confidence }) => confidence >= offerAt).slice(0, MAX_OFFERED);
  return offered.length > 0 ? { kind: 'clarify', candidates: offered, uncovered } : { kind: 'fallback', uncovered };
}
