/** A text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A text of at most `length` characters: the whole, or as many words as fit and `…`. */
export function shortenText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const space = cut.lastIndexOf(' ');
  // A first word that is as long as this is better cut than left out.
  return `${cut.slice(0, space > length / 2 ? space : length - 1).replace(/[\s,;:./–-]+$/, '')}…`;
}
