import type { Candidate, Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import type { Decision } from './decide';
import type { SpecialRule } from './explanation';
import type { HeardDefinition } from './heard';
import type { Memory } from './memory';
import type { OutcomeKind } from './outcome-kind';
import { phrases } from './phrases';
import { answerReply, commandButton, entryButton, guideButton, humanButtons, textReply, waysToGuides } from './replies';
import type { Reply } from './reply';
import { topicOf } from './topic';
import type { Miss, TurnEffect } from './turn-result';

/** What a part of the turn decided to say; memory that is not named stays as it was. */
export interface Said {
  readonly kind: OutcomeKind;
  readonly replies: readonly Reply[];
  readonly memory?: Partial<Memory>;
  readonly guidesOffered?: readonly string[];
  readonly confidence?: number;
  /** Default: none. */
  readonly effect?: TurnEffect;
  /** What was considered, best first, where it is not the understanding of the whole text. */
  readonly considered?: readonly Candidate[];
  readonly miss?: Miss;
  /** The rule of the conversation that decided, where it was not the confidences alone. */
  readonly rule?: SpecialRule;
}

/** Most entries offered under the meaning of a term. */
const MAX_ON_TERM = 3;

/** From this many misses in a row, and after as many unclear replies in a guide, a human is offered first. */
export const OFFER_HUMAN_AFTER = 2;

/** An FAQ entry's answer; honest words for an entry that is no longer there. */
export function showEntry(id: string, content: Content, lead: string): Said {
  const entry = content.entries.get(id);
  if (entry === undefined) return { kind: 'fallback', replies: [textReply(phrases.gone)] };
  return { kind: 'answer', replies: [answerReply(entry, content, lead)] };
}

/** An answer with a guide offered under it, for who wants to be led rather than told. */
export function withGuide(said: Said, id: string | undefined, content: Content): Said {
  const guide = id === undefined ? undefined : content.guides.get(id);
  if (guide === undefined) return said;
  const replies = said.replies.map((reply) =>
    reply.kind === 'answer' ? { ...reply, buttons: [...reply.buttons, guideButton(guide)] } : reply,
  );
  return { ...said, replies };
}

/** The reply of an intent. */
export function smalltalk(id: string, content: Content): Said {
  return { kind: 'smalltalk', replies: [textReply(content.intents.get(id)?.reply ?? phrases.help)] };
}

/** The first words of a conversation. */
export function welcome(content: Content): Said {
  return {
    kind: 'command',
    replies: [textReply(phrases.welcome, [...waysToGuides(content), commandButton('what-can-you-do')])],
  };
}

/** What is said before the answer: a greeting returned, and how misspelled words were read. */
export function leadOf({ courtesy, reading }: Understanding): string {
  const greeting = courtesy === 'greeting' ? phrases.hello : '';
  const readAs = reading.repairs.length === 0 ? '' : phrases.readAs(reading.repairs);
  return [greeting, readAs].filter((text) => text !== '').join(' ');
}

/** The question over a choice of candidates; it says so where the FAQ does not seem to cover what was asked. */
export function clarifyQuestion(
  { candidates, uncovered }: Decision & { readonly kind: 'clarify' },
  lead: string,
): string {
  const which = candidates.length === 1 ? phrases.clarifyOne : phrases.clarify;
  return [lead, uncovered === undefined ? which : phrases.clarifyUncovered(uncovered)].join(' ').trim();
}

/** "I don't know", with ways on; other words the second time in a row. */
export function notKnown(
  memory: Memory,
  content: Content,
  { uncovered, guide: near }: Partial<Pick<Decision & { readonly kind: 'fallback' }, 'uncovered' | 'guide'>> = {},
): Said {
  const often = memory.misses + 1 >= OFFER_HUMAN_AFTER;
  const human = humanButtons(content);
  const guide = near && content.guides.get(near.id);
  const others = [
    ...(guide === undefined ? waysToGuides(content) : [guideButton(guide)]),
    commandButton('what-can-you-do'),
  ];
  const known = uncovered === undefined ? phrases.notKnown : phrases.notCovered(uncovered);
  const text = !often ? known : human.length > 0 ? phrases.notKnownAgain : phrases.notKnownAgainAlone;
  const reply = textReply(text, often ? [...human, ...others] : [...others, ...human]);
  return { kind: 'fallback', replies: [reply], guidesOffered: guide === undefined ? [] : [guide.id], confidence: 0 };
}

/** Whether a meaning is what is asked: it is, but where an entry is answered that was written for this very question. */
export function wantsMeaning({ answeredBy }: HeardDefinition, decision: Decision): boolean {
  return decision.kind !== 'answer' || !answeredBy.includes(decision.candidate.id);
}

/** What a term means, with the entries that speak of it under it. */
export function explainTerm(definition: HeardDefinition, asked: string, content: Content): Said {
  const { item, said, onIt } = definition;
  const entries = onIt.flatMap(({ id }) => content.entries.get(id) ?? []).slice(0, MAX_ON_TERM);
  const meaning = phrases.definition(said, item.term, item.meaning);
  const text = entries.length > 0 ? `${meaning}\n\n${phrases.moreOnIt}` : meaning;
  const shown = entries.map(({ id }) => id);
  return {
    kind: 'clarify',
    rule: 'meaning',
    replies: [textReply(text, entries.map(entryButton))],
    memory: { topic: topicOf(said, shown, { asked, term: item.term, candidates: onIt }) },
  };
}
