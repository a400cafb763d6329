import MarkdownIt from 'markdown-it';
import { type CardElement, textBlock } from './adaptive-card';

const parser = new MarkdownIt({ html: false, linkify: true });
// Only whole addresses: "vpn.gateway" is no link.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

type Token = ReturnType<(typeof parser)['parse']>[number];

const NO_BREAK_SPACE = '\u00A0';
/** A column is at most so many times as wide as another. */
const WIDEST_COLUMN = 4;

/**
 * Markdown as the elements of an Adaptive Card, whose own Markdown knows only bold, italics, lists and links: headings become bold
 * words, tables become tables, code becomes monospaced lines. Links that lead to no web page or mail address become plain words.
 * No text, no elements. Never throws.
 */
export function markdownToCard(markdown: string): CardElement[] {
  return elementsOf(parser.parse(markdown, {}));
}

/** The top-level blocks of a Markdown text as they were written, in order; `isParagraph` for plain paragraphs. */
export function markdownBlocks(markdown: string): { readonly text: string; readonly isParagraph: boolean }[] {
  const lines = markdown.split('\n');
  return parser
    .parse(markdown, {})
    .filter(({ level, nesting, map }) => level === 0 && nesting >= 0 && map !== null)
    .map(({ map, type }) => ({
      text: lines
        .slice(map![0], map![1])
        .join('\n')
        .replace(/^\s*\n|\s+$/g, ''),
      isParagraph: type === 'paragraph_open',
    }))
    .filter(({ text }) => text !== '');
}

/** Markdown as one line of plain words, at most `maxLength` characters of it. */
export function markdownToWords(markdown: string, maxLength: number): string {
  const words = parser
    .parse(markdown, {})
    .flatMap(({ children, type, content }) => (type === 'inline' ? (children ?? []).map(plainText) : [content, ' ']))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...words];
  return characters.length <= maxLength ? words : `${characters.slice(0, maxLength - 1).join('')}…`;
}

/** Plain words in the Markdown of cards: nothing in them is formatting. */
export function cardText(words: string): string {
  return words
    .replace(/\\(?=[\\*_[\]()#+\-.!`>~])/g, '\\\\')
    .replace(/\*/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/\]\(|\[/g, (sign) => `\\${sign}`)
    .replace(/^(\s*\d+)([.)])(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*)([-+#>])(?=[\s#>]|$)/gm, '$1\\$2');
}

function elementsOf(tokens: readonly Token[]): CardElement[] {
  const elements: CardElement[] = [];
  let separated = false;
  const push = (...more: readonly CardElement[]): void => {
    for (const element of more) {
      elements.push(separated ? { ...element, separator: true } : element);
      separated = false;
    }
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    const end = endOf(tokens, at);
    const inside = tokens.slice(at + 1, end);
    switch (token.type) {
      case 'paragraph_open': {
        const text = inlineText(inside[0]);
        if (text !== '') push(textBlock(text));
        break;
      }
      case 'heading_open':
        push(textBlock(inlineText(inside[0]), { weight: 'Bolder', spacing: 'Medium' }));
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        push(...listElements(token, inside));
        break;
      case 'table_open':
        push(tableElement(inside));
        break;
      case 'fence':
      case 'code_block':
        push(codeElement(token.content));
        break;
      case 'hr':
        separated = true;
        break;
      case 'blockquote_open':
        push(...elementsOf(inside));
        break;
    }
    at = end;
  }
  return elements;
}

/** Lines of a list are one text; what cannot stand in a line, such as code, parts it. */
function listElements(list: Token, tokens: readonly Token[]): CardElement[] {
  const elements: CardElement[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) elements.push(textBlock(lines.join('\n')));
    lines = [];
  };
  const add = (open: Token, items: readonly Token[], indent: string): void => {
    let number = Number(open.attrGet('start') ?? 1);
    for (let at = 0; at < items.length; at = endOf(items, at) + 1) {
      const marker = open.type === 'ordered_list_open' ? `${number}.` : '-';
      number += 1;
      const content = items.slice(at + 1, endOf(items, at));
      let words: string[] = [];
      const line = (): void => {
        if (words.length > 0) lines.push(`${indent}${marker} ${words.join(' ')}`);
        words = [];
      };
      for (let place = 0; place < content.length; place = endOf(content, place) + 1) {
        const token = content[place]!;
        const inside = content.slice(place + 1, endOf(content, place));
        if (token.type === 'paragraph_open' || token.type === 'heading_open') {
          words.push(inlineText(inside[0]).replace(/\s*\n\s*/g, ' '));
        } else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
          line();
          add(token, inside, `${indent}  `);
        } else {
          line();
          flush();
          elements.push(...elementsOf(content.slice(place, endOf(content, place) + 1)));
        }
      }
      line();
    }
  };
  add(list, tokens, '');
  flush();
  return elements;
}

function tableElement(tokens: readonly Token[]): CardElement {
  const rows: string[][] = [];
  tokens.forEach((token, at) => {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'th_open' || token.type === 'td_open') rows.at(-1)!.push(inlineText(tokens[at + 1]));
  });
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length), 1));
  const narrowest = Math.min(...widths);
  return {
    type: 'Table',
    firstRowAsHeader: true,
    columns: widths.map((width) => ({ width: Math.min(WIDEST_COLUMN, Math.ceil(Math.sqrt(width / narrowest))) })),
    rows: rows.map((cells) => ({
      type: 'TableRow',
      cells: cells.map((text) => ({ type: 'TableCell', items: [textBlock(text === '' ? NO_BREAK_SPACE : text)] })),
    })),
  };
}

/** Line by line, because the text of a card runs lines together. */
function codeElement(code: string): CardElement {
  return {
    type: 'Container',
    style: 'emphasis',
    items: code
      .replace(/\n+$/, '')
      .split('\n')
      .map((line, index) => {
        const shown = cardText(line).replace(/^ +/, (indent) => NO_BREAK_SPACE.repeat(indent.length));
        return textBlock(shown === '' ? NO_BREAK_SPACE : shown, {
          fontType: 'Monospace',
          ...(index === 0 ? {} : { spacing: 'None' }),
        });
      }),
  };
}

function inlineText(inline: Token | undefined): string {
  const links: boolean[] = [];
  return (inline?.children ?? [])
    .map((token) => {
      switch (token.type) {
        case 'softbreak':
          return ' ';
        case 'hardbreak':
          return '\n\n';
        case 'strong_open':
        case 'strong_close':
          return '**';
        case 'em_open':
        case 'em_close':
          return '_';
        case 'link_open': {
          const isLink = /^(https?:|mailto:)/i.test(String(token.attrGet('href') ?? ''));
          links.push(isLink);
          return isLink ? '[' : '';
        }
        case 'link_close':
          return links.pop() ? `](${addressAt(inline!, token)})` : '';
        default:
          return cardText(plainText(token));
      }
    })
    .join('')
    .trim();
}

/** The address of the link that ends with `close`. */
function addressAt({ children }: Token, close: Token): string {
  const before = children!.slice(0, children!.indexOf(close));
  const href = before.findLast(({ type }) => type === 'link_open')?.attrGet('href') ?? '';
  return String(href).replace(/\(/g, '%28').replace(/\)/g, '%29');
}

function plainText({ type, content }: Token): string {
  return type === 'softbreak' || type === 'hardbreak' ? ' ' : content;
}

/** Where what opens at `at` ends; there where it does not open anything. */
function endOf(tokens: readonly Token[], at: number): number {
  const { nesting, level } = tokens[at]!;
  if (nesting !== 1) return at;
  return tokens.findIndex((token, index) => index > at && token.level === level && token.nesting === -1);
}
