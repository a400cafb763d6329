import { phrases } from './phrases';
import type { ChecklistEntry, Contact, Reply } from './reply';

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
        [
          reply.asOf === undefined ? '' : phrases.asOf(monthAndYear(reply.asOf)),
          reply.source === undefined ? '' : phrases.source(reply.source.title, reply.source.url),
        ]
          .join(' ')
          .trim(),
      ]);
    case 'question':
      return paragraphs([
        reply.lead,
        `*${phrases.questionStep(reply.guideTitle, reply.step, reply.ofAbout)}*`,
        `**${reply.text}**`,
        reply.hint,
        choiceLines(reply),
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
        checklistLines(phrases.checklist, reply.checklist),
        list(
          phrases.sources,
          reply.cites.map((cite) => cite.title),
        ),
        phrases.asOf(monthAndYear(reply.asOf)),
      ]);
    case 'checklist': {
      const next = reply.items.findIndex(({ done }) => !done);
      return paragraphs([reply.lead, next < 0 ? '' : phrases.checklistNext(next + 1, reply.items[next]!.text)]);
    }
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

/** Things to do with their numbers, ticked or not. */
export function checklistLines(heading: string, items: readonly ChecklistEntry[]): string {
  return list(
    heading,
    items.map(({ text, done }) => `${done ? '☑' : '☐'} ${text}`),
    'numbered',
  );
}

/** Letters are no list in Markdown, so each is a paragraph: Teams drops single line breaks, and phones with it show no lists. */
function choiceLines({ choices, places }: Reply & { readonly kind: 'question' }): string {
  if (places === 'none') return '';
  const lines = choices.map(({ label, picked }, index) => {
    const place = places === 'numbers' ? String(index + 1) : String.fromCharCode(65 + index);
    return `${place}. ${picked ? `☑ ${label}` : label}`;
  });
  return lines.join(places === 'numbers' ? '\n' : '\n\n');
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
