import { placeIn, spelledChoice } from '../dialogs/match-choice';
import { YES_NO_SYNONYMS } from '../dialogs/synonyms';
import { positionOf } from '../dialogs/walk';
import type { Understanding } from '../knowledge/understanding';
import { type Action, type Command, formatAction, parseAction } from './action';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import { plainWords } from './foundation/normalise-text';
import { moveInGuide, openQuestion, pressInGuide, resume, runningGuide, sayInGuide, startGuide } from './guide-turn';
import { type Memory, NEW_MEMORY } from './memory';
import { phrases } from './phrases';
import { changeReply, clarifyReply, guideButtons, guideReply, handoverReply, humanButtons, textReply } from './replies';
import type { Reply } from './reply';
import { notKnown, type Said, showEntry, smalltalk, welcome } from './said';
import type { TurnOutcome, TurnResult } from './turn-result';

/** What was understood of a message. */
export type Heard =
  | { readonly kind: 'text'; readonly understanding: Understanding }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'arrival' }
  | { readonly kind: 'unreadable' };

const YES: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.yes?.map(plainWords));
const NO: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.no?.map(plainWords));

/**
 * Decides what to say: pure, and total over every memory and message. Order: a button or its typed label; an answer of the
 * open question to the letter; a command; the active guide; then the FAQ, a guide, a choice of both, or an honest "I don't know".
 */
export function answerTurn(memory: Memory, heard: Heard, content: Content): TurnResult {
  const said = say(memory, heard, content);
  const next: Memory = {
    ...memory,
    unclear: 0,
    misses: said.kind === 'fallback' ? memory.misses + 1 : 0,
    ...said.memory,
    greeted: true,
    offers: said.replies.length === 0 ? memory.offers : offersOf(said.replies),
  };
  return {
    memory: next,
    replies: said.replies,
    outcome: outcomeOf(said, heard, next),
    handover: said.handover ?? false,
  };
}

function say(memory: Memory, heard: Heard, content: Content): Said {
  switch (heard.kind) {
    case 'arrival':
      return memory.greeted ? { kind: 'command', replies: [] } : welcome(content);
    case 'unreadable':
      return { kind: 'fallback', replies: [textReply(phrases.unreadable), ...resume(memory, content, '')] };
    case 'action':
      return act(heard.action, memory, content);
    case 'text':
      return sayToText(memory, heard.understanding, content);
  }
}

function sayToText(memory: Memory, understanding: Understanding, content: Content): Said {
  const open = openQuestion(memory, content);
  const offered = offeredAction(memory, understanding.text, open !== undefined);
  if (offered !== undefined) return act(offered, memory, content);
  const decision = decide(understanding);
  // "From scratch" means start over, but not where the open question has it among its answers.
  const answers = open !== undefined && spelledChoice(open.position.question, understanding.text) !== undefined;
  if (decision.kind === 'command' && !answers) return carryOut(decision.intent, memory, content);
  if (open !== undefined) return sayInGuide(open, memory, understanding, decision, content);
  return sayOutsideGuide(memory, understanding, decision, content);
}

function sayOutsideGuide(memory: Memory, understanding: Understanding, decision: Decision, content: Content): Said {
  const lead = understanding.courtesy === 'greeting' ? phrases.hello : '';
  switch (decision.kind) {
    case 'command':
      return carryOut(decision.intent, memory, content);
    case 'smalltalk':
      return smalltalk(decision.intent, content);
    case 'answer': {
      const { id, kind, confidence } = decision.candidate;
      if (kind === 'guide') return { ...startGuide(id, content, lead), confidence };
      return { ...showEntry(id, content, lead), confidence };
    }
    case 'clarify': {
      const guidesOffered = decision.candidates.filter(({ kind }) => kind === 'guide').map(({ id }) => id);
      const confidence = decision.candidates[0]!.confidence;
      return { kind: 'clarify', replies: [clarifyReply(decision.candidates)], guidesOffered, confidence };
    }
    case 'fallback':
      return notKnown(memory, content);
  }
}

/** Does what a button says, or what its typed label says. */
function act(action: Action, memory: Memory, content: Content): Said {
  switch (action.kind) {
    case 'command':
      return carryOut(action.command, memory, content);
    case 'none-of-these':
      return {
        kind: 'fallback',
        replies: [
          textReply(phrases.noneOfTheseReply, [...guideButtons(content), ...humanButtons(content)]),
          ...resume(memory, content, phrases.backToGuide),
        ],
      };
    case 'entry': {
      const said = showEntry(action.entry, content, '');
      return said.kind === 'answer'
        ? { ...said, replies: [...said.replies, ...resume(memory, content, phrases.backToGuide)] }
        : said;
    }
    case 'guide':
      return startGuide(action.guide, content, '');
    case 'choice':
      return pressInGuide(
        action.guide,
        { kind: 'choose', question: action.question, choice: action.choice },
        memory,
        content,
      );
    case 'change':
      return pressInGuide(action.guide, { kind: 'change', question: action.question }, memory, content);
  }
}

function carryOut(name: string, memory: Memory, content: Content): Said {
  const active = runningGuide(memory, content);
  switch (name as Command) {
    case 'help':
    case 'what-can-you-do': {
      const text = content.intents.get(name)?.reply ?? phrases.help;
      return {
        kind: 'command',
        replies: [textReply(text, guideButtons(content)), ...resume(memory, content, phrases.backToGuide)],
      };
    }
    case 'show-guides': {
      const guides = guideButtons(content);
      return { kind: 'command', replies: [textReply(guides.length > 0 ? phrases.guides : phrases.noGuides, guides)] };
    }
    case 'talk-to-a-human':
      return { kind: 'handover', replies: [handoverReply(content)], handover: true };
    case 'cancel': {
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingToCancel)] };
      return {
        kind: 'command',
        replies: [textReply(phrases.cancelled(active.guide.title))],
        memory: { guide: undefined },
      };
    }
    case 'start-over':
      if (active === undefined) return { ...welcome(content), memory: NEW_MEMORY };
      return moveInGuide(active, { kind: 'start-over' }, content);
    case 'back':
      if (active === undefined) return { kind: 'command', replies: [textReply(phrases.nothingToGoBackTo)] };
      return moveInGuide(active, { kind: 'back' }, content);
    case 'why': {
      const position = active && positionOf(active.guide, active.state);
      if (position?.kind !== 'question') return { kind: 'command', replies: [textReply(phrases.noQuestionOpen)] };
      return { kind: 'command', replies: [guideReply(active!.guide, active!.state, content, position.question.why)] };
    }
    case 'change-answer': {
      if (active === undefined || positionOf(active.guide, active.state).path.length === 0) {
        return { kind: 'command', replies: [textReply(phrases.nothingToChange), ...resume(memory, content, '')] };
      }
      return { kind: 'command', replies: [changeReply(active.guide, active.state)] };
    }
    default:
      return smalltalk(name, content);
  }
}

/**
 * The button of the last reply that a text names: by its label, by its place ("2", "the second one"), or as the answer to "do you
 * mean". While a question is open, other words than a bare number are for its choices alone ("last" is not "stop this guide").
 */
function offeredAction({ offers }: Memory, text: string, questionIsOpen: boolean): Action | undefined {
  const words = plainWords(text);
  if (words === '') return undefined;
  const place = questionIsOpen && !/^\d{1,2}$/.test(words) ? undefined : placeIn(words, offers.length);
  const offer =
    offers.find(({ label }) => plainWords(label) === words) ??
    (place === undefined ? undefined : offers[place]) ??
    confirmed(offers, words);
  return offer && parseAction(offer.action);
}

/** "No" to a choice of questions is none of them; "yes" is the question where only one was offered. */
function confirmed(offers: Memory['offers'], words: string): Memory['offers'][number] | undefined {
  const none = offers.find(({ action }) => action === formatAction({ kind: 'none-of-these' }));
  if (none === undefined) return undefined;
  if (NO.has(words)) return none;
  return YES.has(words) && offers.length === 2 ? offers.find((offer) => offer !== none) : undefined;
}

/** All buttons of a turn; the choices of an open question first, because people answer those by number. */
function offersOf(replies: readonly Reply[]): Memory['offers'] {
  const choices = replies.flatMap((reply) => (reply.kind === 'question' ? reply.choices : []));
  return [...choices, ...replies.flatMap(({ buttons }) => buttons)];
}

function outcomeOf(said: Said, heard: Heard, memory: Memory): TurnOutcome {
  const candidates = heard.kind === 'text' ? heard.understanding.candidates : [];
  return {
    kind: said.kind,
    answers: candidates
      .filter(({ kind }) => kind === 'entry')
      .slice(0, 5)
      .map(({ id, confidence }) => ({ id, confidence })),
    guide: said.kind === 'guide' ? memory.guide?.guide : undefined,
    guidesOffered: said.guidesOffered ?? [],
    confidence: said.confidence ?? 1,
  };
}
