import { type Activity, ActivityTypes, type Entity, InputHints } from 'botbuilder';
import { phrases } from '../../phrases';
import type { Reply } from '../../reply';
import { monthAndYear, replyToMarkdown } from '../../reply-text';
import { PRIVATE_PLACE, type TeamsPlace } from '../teams/place';
import { MAX_ASKED } from '../teams/read-press';
import { type AdaptiveCard, adaptiveCard, type CardElement, cardAttachment, textBlock } from './adaptive-card';
import { cardText, markdownToWords } from './markdown-to-card';
import { buttonElements } from './teams-buttons';
import { answerRest, type CardContext, cut, inPublic, replyElements, splitAnswer } from './teams-reply';

/** Teams takes messages of 28 KB; the envelope that botbuilder adds needs some room. */
export const MAX_MESSAGE_BYTES = 26_000;
/** How much running text is tried, most first, until the message is small enough. */
const LENGTHS = [24_000, 12_000, 8_000, 5_000, 3_000, 1_500, 500];
/** A part of an answer that goes into a message of its own. */
const MAX_PART = 15_000;
/** Longest text of a notification. */
const MAX_SUMMARY = 150;

/** Teams shows 👍 and 👎 under the message, and asks us for the form behind them. */
const FEEDBACK_LOOP = { channelData: { feedbackLoop: { type: 'custom' } } };

type Answer = Reply & { readonly kind: 'answer' };
interface Citation {
  readonly position: number;
  readonly answer: Answer;
}

/**
 * The replies of one turn for Teams: one message with the short answers as text and one card for the rest, plain text where there
 * is nothing to press. Below 28 KB; what does not fit is cut between paragraphs, with its source to read on, or without one
 * said in more messages.
 */
export function renderForTeams(replies: readonly Reply[], place: TeamsPlace = PRIVATE_PLACE): Partial<Activity>[] {
  if (replies.length === 0) return [];
  let rendered = { activity: {} as Partial<Activity>, left: '' };
  for (const maxLength of LENGTHS) {
    rendered = messageOf(replies, place, maxLength);
    if (Buffer.byteLength(JSON.stringify(rendered.activity)) <= MAX_MESSAGE_BYTES) break;
  }
  const more: Partial<Activity>[] = [];
  let { left } = rendered;
  while (left !== '') {
    const part = cut(left, MAX_PART);
    more.push(textMessage(part.fits));
    left = part.left;
  }
  return [rendered.activity, ...more];
}

/** The replies of one turn as one card with everything on it, to stand where another card stood. */
export function renderAsCard(replies: readonly Reply[], place: TeamsPlace): AdaptiveCard {
  let card = adaptiveCard([]);
  for (const maxLength of LENGTHS) {
    card = adaptiveCard(
      replies.flatMap((reply, index) => replyElements(reply, contextOf(place, String(index), maxLength, undefined))),
    );
    if (Buffer.byteLength(JSON.stringify(card)) <= MAX_MESSAGE_BYTES) break;
  }
  return card;
}

/** A card once it was answered: what it asked and what was chosen, and nothing to press. */
export function frozenCard(asked: string, chosen: string): AdaptiveCard {
  return adaptiveCard([
    textBlock(cardText(asked), { weight: 'Bolder' }),
    textBlock(phrases.chosen(cardText(chosen)), { spacing: 'Small' }),
  ]);
}

/** A card with its words for notifications. */
export function cardMessage(card: AdaptiveCard, replies: readonly Reply[], place: TeamsPlace): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    summary: summaryOf(replies, place),
    attachments: [cardAttachment(card)],
    inputHint: hintOf(replies),
    ...(replies.some(isRated) ? FEEDBACK_LOOP : {}),
  };
}

function messageOf(
  replies: readonly Reply[],
  place: TeamsPlace,
  maxLength: number,
): { readonly activity: Partial<Activity>; readonly left: string } {
  const texts: string[] = [];
  const elements: CardElement[] = [];
  const citations: Citation[] = [];
  const left: string[] = [];
  const answers = replies.filter((reply) => reply.kind === 'answer').length;
  const asked = place.isShared ? undefined : askedBy(replies);
  const share = Math.floor(maxLength / Math.max(answers, 1));
  replies.forEach((reply, index) => {
    const context = contextOf(place, String(index), reply.kind === 'answer' ? share : maxLength, asked);
    if (reply.kind === 'answer') {
      const mark = reply.source === undefined ? '' : `[${citations.length + 1}]`;
      if (mark !== '') citations.push({ position: citations.length + 1, answer: reply });
      const split = splitAnswer(reply, mark, share);
      const onlyText = asked !== undefined;
      const date = reply.asOf === undefined ? '' : phrases.asOf(monthAndYear(reply.asOf));
      const readOn =
        split.left === '' || reply.source === undefined ? '' : readOnAt(reply.source.url, reply.source.title);
      texts.push(...[split.head, ...(onlyText ? [split.rest, date] : []), readOn].filter((text) => text !== ''));
      if (!onlyText) elements.push(...answerRest(reply, split.rest, answers === 1, context));
      if (answers === 1) elements.push(...buttonElements(reply.buttons, context));
      if (reply.source === undefined && split.left !== '') left.push(split.left);
    } else if (isPlain(reply)) {
      const part = cut(inPublic(replyToMarkdown(reply), place), maxLength);
      texts.push(part.fits);
      if (part.left !== '') left.push(part.left);
    } else {
      elements.push(...replyElements(reply, context));
    }
  });
  const text = texts.join('\n\n');
  const hasCard = elements.some(({ type }) => type !== 'TextBlock' || texts.length === 0);
  // A date alone needs no card.
  const words = hasCard
    ? text
    : [text, ...elements.map((one) => String(one.text))].filter((one) => one !== '').join('\n\n');
  return {
    activity: {
      ...(words === '' ? { type: ActivityTypes.Message } : textMessage(words)),
      inputHint: hintOf(replies),
      ...(replies.some(isRated) ? FEEDBACK_LOOP : {}),
      ...(hasCard ? { summary: summaryOf(replies, place), attachments: [cardAttachment(adaptiveCard(elements))] } : {}),
      ...(citations.length === 0 ? {} : { entities: [citationEntity(citations)] }),
    },
    left: left.join('\n\n'),
  };
}

function isRated({ kind }: Reply): boolean {
  return kind === 'answer' || kind === 'outcome';
}

/** Only words, and nothing to press. */
function isPlain(reply: Reply): boolean {
  return reply.kind !== 'question' && reply.kind !== 'outcome' && reply.buttons.length === 0;
}

/**
 * The question that a card comes back with once it is answered. `undefined` for a card with more on it, which stays: the words
 * of an answer must not vanish. A table can stand on a card only.
 */
function askedBy(replies: readonly Reply[]): string | undefined {
  const others = replies.slice(0, -1);
  const last = replies.at(-1)!;
  if (last.kind !== 'question' && last.kind !== 'text') return undefined;
  const fits = others.every((reply) => isPlain(reply) || (reply.kind === 'answer' && !/^ *\|/m.test(reply.body)));
  return fits ? markdownToWords(last.text, MAX_ASKED / 2) || undefined : undefined;
}

function contextOf(place: TeamsPlace, fields: string, maxLength: number, asked: string | undefined): CardContext {
  return { place, fields, maxLength, asked, owner: place.owner };
}

function textMessage(text: string): Partial<Activity> {
  return { type: ActivityTypes.Message, text, textFormat: 'markdown', inputHint: InputHints.AcceptingInput };
}

function readOnAt(url: string, title: string): string {
  return `${phrases.readOn} ${phrases.source(title, url)}`;
}

function summaryOf(replies: readonly Reply[], place: TeamsPlace): string {
  const told = replies.at(-1)!;
  const [first] = replies;
  if (first?.kind === 'answer') return markdownToWords(first.title, MAX_SUMMARY);
  const words = told.kind === 'question' ? told.text : told.kind === 'outcome' ? told.verdict : replyToMarkdown(told);
  return markdownToWords(inPublic(words, place), MAX_SUMMARY);
}

function hintOf(replies: readonly Reply[]): InputHints {
  return replies.at(-1)?.kind === 'question' ? InputHints.ExpectingInput : InputHints.AcceptingInput;
}

/** Sources as Teams shows them. No label of generated text: people wrote these answers. */
function citationEntity(citations: readonly Citation[]): Entity {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    citation: citations.map(({ position, answer }) => ({
      '@type': 'Claim',
      position,
      appearance: {
        '@type': 'DigitalDocument',
        name: markdownToWords(answer.source!.title, 80),
        url: answer.source!.url,
        abstract: markdownToWords(answer.title, 160),
      },
    })),
  };
}
