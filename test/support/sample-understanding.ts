import type { Thresholds } from '../../knowledge/trained-model';
import type { Understanding } from '../../knowledge/understanding';

/** Thresholds for tests of what is decided: 0.5 is answered, 0.2 is offered. */
export const THRESHOLDS: Thresholds = { startAt: 0.6, answerAt: 0.5, offerAt: 0.2 };

/** An understanding of a text that found nothing, with `changes`. */
export function sampleUnderstanding(changes: Partial<Understanding> = {}): Understanding {
  const text = changes.text ?? 'x';
  return {
    text,
    candidates: [],
    intent: undefined,
    courtesy: undefined,
    isQuestion: false,
    uncovered: undefined,
    thresholds: THRESHOLDS,
    reading: { text, tokens: [], expansions: [], repairs: [], mode: 'lexical' },
    ...changes,
  };
}
