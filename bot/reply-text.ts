import { phrases } from './phrases';
import type { Contact, Reply } from './reply';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/**
 * The whole text of a reply as Markdown, the same on every surface: title in bold, body, date of the facts, numbered choices.
 * Buttons that are not choices are left to the surface. Empty parts leave no gap.
 */
export function replyToMarkdown(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return reply.text;
    case 'answer':
      return paragraphs([
        reply.lead,
        `**${reply.title}**`,
        reply.body,
        reply.asOf === undefined ? '' : phrases.asOf(monthAndYear(reply.asOf)),
      ]);
    case 'question':
      return paragraphs([
        reply.lead,
        `*${phrases.questionStep(reply.guideTitle, reply.step, reply.ofAbout)}*`,
        `**${reply.text}**`,
        reply.choices.map((choice, index) => `${index + 1}. ${choice.label}`).join('\n'),
      ]);
    case 'outcome':
      return paragraphs([
        `**${reply.verdict}**`,
        reply.explanation,
        list(phrases.reasons, reply.reasons),
        list(
          phrases.ruledOut,
          reply.ruledOut.map(({ what, because }) => (because === '' ? what : `${what}: ${because}`)),
        ),
        list(phrases.nextSteps, reply.nextSteps, 'numbered'),
        list(
          phrases.sources,
          reply.cites.map((cite) => cite.title),
        ),
        phrases.asOf(monthAndYear(reply.asOf)),
      ]);
    case 'handover':
      return paragraphs([reply.text, reply.contact === undefined ? '' : contactLines(reply.contact)]);
  }
}

/** `2019-05-22` as `May 2019`; text that is no ISO date is returned as it is. */
export function monthAndYear(isoDate: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})/.exec(isoDate) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? isoDate : `${name} ${year}`;
}

function contactLines({ mail, page }: Contact): string {
  return [
    ...(mail === undefined ? [] : [`- ${phrases.contactMail}: [${mail}](mailto:${mail})`]),
    ...(page === undefined ? [] : [`- ${phrases.contactPage}: ${page}`]),
  ].join('\n');
}

function list(heading: string, items: readonly string[], style: 'bullets' | 'numbered' = 'bullets'): string {
  if (items.length === 0) return '';
  const lines = items.map((item, index) => `${style === 'numbered' ? `${index + 1}.` : '-'} ${item}`);
  return `**${heading}**\n\n${lines.join('\n')}`;
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
