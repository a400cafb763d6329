import { normaliseText } from '../bot/foundation/normalise-text';

const OPENINGS =
  /^(?:and |but |so |ok |okay |well |hi |hello |hey |sorry |um |hmm )*(?:what|whats|which|who|whose|when|where|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|must|has|have|had|isnt|isn't|arent|aren't|dont|don't|doesnt|doesn't|cant|can't|tell me|explain|i (?:wonder|want to know|would like to know|need to know))\b/;
const QUESTION_MARK = /[?？؟]/;

/**
 * Whether a text asks something: it has a question mark, or opens the way questions do. Decides whether a reply in a guide may
 * be taken for a choice, so it would rather say yes.
 */
export function isQuestion(text: string): boolean {
  const plain = normaliseText(text);
  return QUESTION_MARK.test(plain) || OPENINGS.test(plain);
}
