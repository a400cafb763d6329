import type { Candidate } from '../knowledge/understanding';
import type { Content } from './content';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { answerReply, commandButton, guideButtons, humanButtons, textReply } from './replies';
import type { Reply } from './reply';
import type { Miss, OutcomeKind } from './turn-result';

/** What a part of the turn decided to say; memory that is not named stays as it was. */
export interface Said {
  readonly kind: OutcomeKind;
  readonly replies: readonly Reply[];
  readonly memory?: Partial<Memory>;
  readonly guidesOffered?: readonly string[];
  readonly confidence?: number;
  readonly handover?: boolean;
  /** What was considered, best first, where it is not the understanding of the whole text. */
  readonly considered?: readonly Candidate[];
  readonly miss?: Miss;
}

/** From this many misses in a row, and after as many unclear replies in a guide, a human is offered first. */
export const OFFER_HUMAN_AFTER = 2;

/** An FAQ entry's answer; honest words for an entry that is no longer there. */
export function showEntry(id: string, content: Content, lead: string): Said {
  const entry = content.entries.get(id);
  if (entry === undefined) return { kind: 'fallback', replies: [textReply(phrases.gone)] };
  return { kind: 'answer', replies: [answerReply(entry, content, lead)] };
}

/** The reply of an intent. */
export function smalltalk(id: string, content: Content): Said {
  return { kind: 'smalltalk', replies: [textReply(content.intents.get(id)?.reply ?? phrases.help)] };
}

/** The first words of a conversation. */
export function welcome(content: Content): Said {
  return {
    kind: 'command',
    replies: [textReply(phrases.welcome, [...guideButtons(content), commandButton('what-can-you-do')])],
  };
}

/** "I don't know", with ways on; other words the second time in a row. */
export function notKnown(memory: Memory, content: Content): Said {
  const often = memory.misses + 1 >= OFFER_HUMAN_AFTER;
  const human = humanButtons(content);
  const others = [...guideButtons(content), commandButton('what-can-you-do')];
  const text = !often ? phrases.notKnown : human.length > 0 ? phrases.notKnownAgain : phrases.notKnownAgainAlone;
  const reply = textReply(text, often ? [...human, ...others] : [...others, ...human]);
  return { kind: 'fallback', replies: [reply], confidence: 0 };
}
