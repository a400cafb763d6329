const FENCE = /^ {0,3}(```|~~~)/;
const OWN_BLOCK = /^\s*(?:$|[#>|]|[-*+]\s|\d+[.)]\s|```|~~~|[-*_=]{3,}\s*$)| {4}|\t/;
const NO_PARAGRAPH = /^\s*(?:$|[#|]|```|~~~)/;
const STARTS_WITH_LINK = /^[*_]*(?:\[|<https?:)/;
const ENDS_WITH_LINK = /(?:\]\([^()\s]*\)|\]|>)[*_]*$/;

/**
 * Markdown in which no line of a paragraph ends right before or after a link. Web Chat puts zero-width spaces around links, and
 * browsers drop a line break beside one, so that "see" and the link on the next line would run together. All other line breaks
 * and everything inside fenced code stay as they are.
 */
export function keepLinkSpaces(markdown: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    const last = lines.at(-1);
    const joins =
      !fenced &&
      last !== undefined &&
      !NO_PARAGRAPH.test(last) &&
      !/(?: {2}|\\)$/.test(last) &&
      !OWN_BLOCK.test(line) &&
      (STARTS_WITH_LINK.test(line) || ENDS_WITH_LINK.test(last));
    if (FENCE.test(line)) fenced = !fenced;
    if (joins) lines[lines.length - 1] = `${last} ${line}`;
    else lines.push(line);
  }
  return lines.join('\n');
}
