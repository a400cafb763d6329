import { outcomeToPlainText } from '../../outcome-text';
import { phrases } from '../../phrases';
import type { AnsweredQuestion, Reply } from '../../reply';
import { monthAndYear, replyToMarkdown } from '../../reply-text';
import type { TeamsPlace } from '../teams/place';
import { actionSet, type CardElement, smallText, textBlock } from './adaptive-card';
import { cardText, markdownBlocks, markdownToCard } from './markdown-to-card';
import { answerElements, buttonElements, type PressContext } from './teams-buttons';

/** From so many characters on, what follows the short answer is shown on demand. */
const LONG = 600;

type Answer = Reply & { readonly kind: 'answer' };
type Question = Reply & { readonly kind: 'question' };
type Outcome = Reply & { readonly kind: 'outcome' };

/** What the elements of a reply depend on beside the reply. */
export interface CardContext extends PressContext {
  readonly place: TeamsPlace;
  /** Most characters of running text. */
  readonly maxLength: number;
}

/** An answer parted into what is said at once and what is shown below. */
export interface SplitAnswer {
  /** Markdown: what is said first, title, and the first paragraph where the body begins with one. */
  readonly head: string;
  /** Markdown: the rest as far as it fits; may be empty. */
  readonly rest: string;
  /** Markdown that did not fit; may be empty. */
  readonly left: string;
}

/** The short answer first, and at most `maxLength` characters of the rest, cut between blocks. `mark` points to the source. */
export function splitAnswer({ lead, title, body }: Answer, mark: string, maxLength: number): SplitAnswer {
  const blocks = markdownBlocks(body);
  const first = blocks[0]?.isParagraph === true ? blocks[0].text : '';
  const { fits, left } = cut(first === '' ? body : blocksText(blocks.slice(1)), maxLength);
  const short = cut(first, Math.max(maxLength, LONG));
  const end = mark === '' ? '' : ` ${mark}`;
  const head = first === '' ? [lead, `**${title}**${end}`] : [lead, `**${title}**`, `${short.fits}${end}`];
  return { head: paragraphs(head), rest: fits, left: paragraphs([short.left, left]) };
}

/** What stands on the card under the head of an answer. `alone` where it is the only answer of its message. */
export function answerRest(reply: Answer, rest: string, alone: boolean, context: CardContext): CardElement[] {
  const elements = markdownToCard(rest);
  const isLong = rest.length > LONG || !alone;
  return [
    ...(elements.length === 0 ? [] : isLong ? behindMore(elements, alone ? '' : reply.title, context) : elements),
    ...(reply.asOf === undefined ? [] : [smallText(phrases.asOf(monthAndYear(reply.asOf)))]),
    ...(alone ? [] : buttonElements(reply.buttons, context)),
  ];
}

/** A reply as the elements of a card, with everything it says. */
export function replyElements(reply: Reply, context: CardContext): CardElement[] {
  switch (reply.kind) {
    case 'answer': {
      const { head, rest } = splitAnswer(reply, '', context.maxLength);
      const { source } = reply;
      return [
        ...markdownToCard(head),
        ...answerRest(reply, rest, true, context),
        ...(source === undefined ? [] : [smallText(phrases.source(cardText(source.title), source.url))]),
        ...buttonElements(reply.buttons, context),
      ];
    }
    case 'question':
      return questionElements(reply, context);
    case 'outcome':
      return outcomeElements(reply, context);
    default:
      return [
        ...markdownToCard(cut(inPublic(replyToMarkdown(reply), context.place), context.maxLength).fits),
        ...buttonElements(reply.buttons, context),
      ];
  }
}

/** Markdown as far as it may be said where others read along: what the person typed is left out. */
export function inPublic(markdown: string, { isShared, typed }: TeamsPlace): string {
  if (!isShared) return markdown;
  return [...typed]
    .sort((a, b) => b.length - a.length)
    .reduce((text, words) => {
      const alone = new RegExp(`(?<![\\w.])${words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w]|\\.\\w)`, 'gi');
      return text.replace(alone, phrases.notShown);
    }, markdown);
}

/** Markdown cut between its blocks; a single block that is too long is cut between its lines or words. */
export function cut(markdown: string, maxLength: number): { readonly fits: string; readonly left: string } {
  if (markdown.length <= maxLength) return { fits: markdown, left: '' };
  const blocks = markdownBlocks(markdown);
  let length = 0;
  const end = blocks.findIndex(({ text }) => {
    length += text.length + 2;
    return length - 2 > maxLength;
  });
  if (end < 0) return { fits: blocksText(blocks), left: '' };
  if (end > 0) return { fits: blocksText(blocks.slice(0, end)), left: blocksText(blocks.slice(end)) };
  const { text } = blocks[0]!;
  const start = text.slice(0, maxLength);
  const at = Math.max(start.lastIndexOf('\n'), start.lastIndexOf(' '), 0) || maxLength;
  return { fits: text.slice(0, at), left: paragraphs([text.slice(at).trim(), blocksText(blocks.slice(1))]) };
}

function questionElements(reply: Question, context: CardContext): CardElement[] {
  const { place } = context;
  const hint = reply.places === 'numbers' && !reply.several ? reply.hint : '';
  return [
    ...answeredElements(reply.answered, place),
    ...markdownToCard(inPublic(reply.lead, place)),
    smallText(cardText(phrases.questionStep(reply.guideTitle, reply.step, reply.ofAbout))),
    ...bold(inPublic(reply.text, place), { size: 'Medium', spacing: 'Small' }),
    ...markdownToCard(hint),
    ...answerElements(reply, context),
    ...privateLink(reply.guideTitle, place),
  ];
}

/** The advice first; what it rests on is shown on demand where it is long. */
function outcomeElements(reply: Outcome, context: CardContext): CardElement[] {
  const { place } = context;
  const shown = inPublic(replyToMarkdown({ ...reply, reasons: [], ruledOut: [], cites: [] }), place);
  const grounds = inPublic(
    replyToMarkdown({ ...reply, verdict: '', explanation: '', nextSteps: [], checklist: [] }).replace(/^\*{4}\n\n/, ''),
    place,
  );
  const why = markdownToCard(cut(grounds, context.maxLength).fits);
  const isLong = outcomeToPlainText(reply).length > LONG;
  return [
    ...answeredElements(reply.answered, place),
    ...markdownToCard(cut(withoutLastBlock(shown), context.maxLength).fits),
    ...(isLong ? behindMore(why, '', context) : why),
    ...buttonElements(reply.buttons, context),
    ...privateLink(reply.guideTitle, place),
  ];
}

/** The date stands with what the advice rests on. */
function withoutLastBlock(markdown: string): string {
  return blocksText(markdownBlocks(markdown).slice(0, -1));
}

/** What was answered before. In a private chat the cards above show it. */
function answeredElements(answered: readonly AnsweredQuestion[], place: TeamsPlace): CardElement[] {
  if (!place.isShared) return [];
  return answered.map(({ question, answer, typed }) =>
    smallText(phrases.answeredWith(cardText(inPublic(question, place)), typed ? phrases.answered : cardText(answer))),
  );
}

function privateLink(guideTitle: string, { isShared, bot }: TeamsPlace): CardElement[] {
  if (!isShared || bot === undefined) return [];
  const url = `https://teams.microsoft.com/l/chat/0/0?users=${bot}&message=${encodeURIComponent(guideTitle)}`;
  return [actionSet([{ type: 'Action.OpenUrl', title: phrases.continueInPrivate, url }])];
}

function behindMore(elements: readonly CardElement[], title: string, { fields }: CardContext): CardElement[] {
  const id = `more-${fields}`;
  const label = title === '' ? phrases.more : phrases.moreAbout(title);
  return [
    actionSet([{ type: 'Action.ToggleVisibility', title: label, targetElements: [id] }]),
    { type: 'Container', id, isVisible: false, items: elements },
  ];
}

function bold(markdown: string, looks: Readonly<Record<string, unknown>>): CardElement[] {
  return markdownToCard(markdown).map((element) =>
    element.type === 'TextBlock' ? textBlock(String(element.text), { weight: 'Bolder', ...looks }) : element,
  );
}

function blocksText(blocks: readonly { readonly text: string }[]): string {
  return blocks.map(({ text }) => text).join('\n\n');
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
