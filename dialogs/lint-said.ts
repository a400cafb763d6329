import type { DraftQuestion, GuideFault } from './guide-draft';
import { compilePhrase, PHRASE_PROBLEMS } from './said-phrase';

/** Every phrase of an opening sentence can be looked for. */
export function checkSaid({ said }: DraftQuestion): GuideFault[] {
  return said.flatMap(({ text, at, value }) => {
    const result = compilePhrase(text, { value });
    return result.ok ? [] : [{ at, message: `the phrase "${text}" ${PHRASE_PROBLEMS[result.problem]}` }];
  });
}
