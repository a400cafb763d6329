import type { Guide } from '../dialogs/guide';
import type { Entry } from '../knowledge/entry';
import type { Candidate } from '../knowledge/understanding';
import { type Command, formatAction } from './action';
import type { Content } from './content';
import { phrases } from './phrases';
import type { Button, Reply } from './reply';

/** Most buttons under an answer. */
const MAX_FOLLOW_UPS = 3;
/** So many guides are shown one by one wherever ways on are offered. */
const FEW_GUIDES = 3;
const NONE_OF_THESE: Button = { label: phrases.noneOfThese, action: formatAction({ kind: 'none-of-these' }) };
const ENTRY_LINK = /\[([^\]]+)\]\(#([\w-]+)\)/g;

export function commandButton(command: Command): Button {
  return { label: phrases.commandLabels[command], action: formatAction({ kind: 'command', command }) };
}

export function guideButton(guide: Guide): Button {
  return { label: guide.title, action: formatAction({ kind: 'guide', guide: guide.id }) };
}

export function entryButton({ id, title }: { readonly id: string; readonly title: string }): Button {
  return { label: title, action: formatAction({ kind: 'entry', entry: id }) };
}

export function textReply(text: string, buttons: readonly Button[] = []): Reply {
  return { kind: 'text', text, buttons };
}

/** All guides: for a list that was asked for. */
export function guideButtons(content: Content): Button[] {
  return [...content.guides.values()].map(guideButton);
}

/** The way to the guides beside other ways on: themselves where they are few, else the list of them. */
export function waysToGuides(content: Content): Button[] {
  return content.guides.size <= FEW_GUIDES ? guideButtons(content) : [commandButton('show-guides')];
}

/**
 * An entry as a reply. Links to other entries become plain words in the text and buttons under it, before the entry's
 * follow-up questions.
 */
export function answerReply(entry: Entry, content: Content, lead: string): Reply {
  const linked = [...entry.body.matchAll(ENTRY_LINK)].map((match) => match[2]!);
  const next = [...new Set([...entry.followUps, ...linked])].flatMap((id) => content.entries.get(id) ?? []);
  return {
    kind: 'answer',
    entryId: entry.id,
    lead,
    title: entry.title,
    body: entry.body.replace(ENTRY_LINK, '$1'),
    asOf: entry.asOf,
    source: content.sources.get(entry.source.file),
    buttons: next
      .filter(({ id }) => id !== entry.id)
      .slice(0, MAX_FOLLOW_UPS)
      .map(entryButton),
  };
}

/** Entries to choose from, or none of them. */
export function entryChoice(text: string, entries: readonly Entry[]): Reply {
  return textReply(text, [...entries.map(entryButton), NONE_OF_THESE]);
}

/** A choice of candidates, or none of them; `question` where nothing is said. */
export function clarifyReply(
  candidates: readonly Candidate[],
  question: string = candidates.length === 1 ? phrases.clarifyOne : phrases.clarify,
): Reply {
  return textReply(question, [
    ...candidates.map((candidate) =>
      candidate.kind === 'entry'
        ? entryButton(candidate)
        : { label: candidate.title, action: formatAction({ kind: 'guide', guide: candidate.id }) },
    ),
    NONE_OF_THESE,
  ]);
}

/** The ways to what is kept of the person. */
export function privacyButtons(): Button[] {
  return [commandButton('transcript'), commandButton('delete-data')];
}

/** The way to a person, offered only where there is one. Who types "human" without being offered it gets honest words. */
export function humanButtons(content: Content): Button[] {
  return content.contact === undefined ? [] : [commandButton('talk-to-a-human')];
}

export function handoverReply(content: Content): Reply {
  return {
    kind: 'handover',
    text: content.contact === undefined ? phrases.noHuman : phrases.human,
    contact: content.contact,
    buttons: content.contact === undefined ? [...waysToGuides(content), commandButton('what-can-you-do')] : [],
  };
}
