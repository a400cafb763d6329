/** Texts of 100,000 characters that make careless patterns slow. */
export const longTexts: readonly (readonly [name: string, text: string])[] = (
  [
    ['words', 'gateway '],
    ['questions', 'can I use it? '],
    ['conjunctions', 'is it and is it, and '],
    ['openers', 'and so but '],
    ['one word', 'a'],
    ['one number', '1.'],
    ['spaces', ' '],
    ['lines', '\n'],
    ['question marks', '?'],
    ['brackets', '.)'],
    ['quotes', '"\' '],
    ['full stops', '. '],
    ['emoji', '👍🏽'],
    ['ligatures that grow', 'ﷺ '],
    ['combining marks', 'e\u0301\u0301'],
    ['lone surrogates', '\ud800 '],
    ['right-to-left', 'שלום \u202e'],
    ['Chinese sentences', '网关。'],
    ['markup', '<a href="'],
    ['operators', '{"$ne": 1} -- ~^*:+ '],
  ] as const
).map(([name, piece]) => [name, piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000)]);

/** Milliseconds that a call takes, the best of four runs: the first may wait for the compiler, others for a busy machine. */
export function heldFor(call: () => unknown): number {
  const times = [0, 1, 2, 3].map(() => {
    const startedAt = performance.now();
    call();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}
