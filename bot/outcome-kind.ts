/** What a turn came to, in one word: for logs, figures and scripts. */
export type OutcomeKind = 'answer' | 'clarify' | 'guide' | 'fallback' | 'smalltalk' | 'command' | 'handover';
