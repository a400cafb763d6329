/** Each piece of a word with how likely it is, as a logarithm; the number of a piece is its place in the list. */
export type PieceList = readonly (readonly [piece: string, score: number])[];

/** The first numbers stand for no piece; 0 is whatever is in no piece. */
const RESERVED = 6;
/** Stands for a space, and before the first word. */
const SPACE = '\u2581';

/**
 * Cuts texts into the likeliest run of pieces of words (Kudo and Richardson 2018, "SentencePiece", unigram model) and answers their
 * numbers, as the tokenizer of @energetic-ai/embeddings does to the letter.
 */
export function openWordPieces(list: PieceList): (text: string) => number[] {
  /** 0 for what only begins a piece. */
  const numberOf = new Map<string, number>();
  list.forEach(([piece], number) => {
    if (number < RESERVED) return;
    numberOf.set(piece, number);
    let begun = '';
    for (const symbol of piece) {
      begun += symbol;
      if (!numberOf.has(begun)) numberOf.set(begun, 0);
    }
  });
  return (text) => {
    const normal = text.normalize('NFKC');
    if (normal === '') return [];
    const symbols = [...(SPACE + normal.replace(/ /g, SPACE))];
    /** By where a run of pieces ends: the score of the best one, and its last piece. */
    const best = new Float64Array(symbols.length + 1);
    const last = new Int32Array(symbols.length + 1);
    for (let start = 0; start < symbols.length; start++) {
      const offer = (end: number, score: number, number: number): void => {
        const whole = best[start]! + score;
        if (best[end] !== 0 && whole < best[end]!) return;
        best[end] = whole;
        last[end] = number;
      };
      let piece = '';
      let known = false;
      for (let end = start + 1; end <= symbols.length; end++) {
        piece += symbols[end - 1];
        const number = numberOf.get(piece);
        if (number === undefined) break;
        if (number === 0) continue;
        known = true;
        offer(end, list[number]![1], number);
      }
      if (!known) offer(start + 1, 0, 0);
    }
    const numbers: number[] = [];
    for (let end = symbols.length; end > 0; end -= list[last[end]!]![0].length) {
      // Neighbours that are in no piece count as one.
      if (last[end] !== 0 || numbers.at(-1) !== 0) numbers.push(last[end]!);
    }
    return numbers.reverse();
  };
}
