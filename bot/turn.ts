import { matchChoice, placeIn, spelledChoice } from '../dialogs/match-choice';
import { YES_NO_SYNONYMS } from '../dialogs/synonyms';
import { positionOf } from '../dialogs/walk';
import type { Understanding } from '../knowledge/understanding';
import { type Action, type Command, formatAction, parseAction } from './action';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import { explain } from './explanation';
import { plainWords } from './foundation/normalise-text';
import {
  moveInGuide,
  type OpenQuestion,
  openQuestion,
  pressInGuide,
  resume,
  runningGuide,
  sayInGuide,
  startGuide,
} from './guide-turn';
import type { Heard, HeardText } from './hear';
import { type Memory, NEW_MEMORY } from './memory';
import { phrases } from './phrases';
import { sayToQuestion } from './question-turn';
import { turnDown } from './rejection';
import { changeReply, guideButtons, guideReply, handoverReply, textReply } from './replies';
import type { Reply } from './reply';
import { explainTerm, type Said, showEntry, smalltalk, wantsMeaning, welcome } from './said';
import { boundedQuestion, topicPressed, topicShown } from './topic';
import type { Miss, TurnOutcome, TurnResult } from './turn-result';

/** The intent of somebody who is not content with the answer. */
const DISSATISFIED = 'dissatisfied';
const YES: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.yes?.map(plainWords));
const NO: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.no?.map(plainWords));
/** Said alone after something was given; anywhere else these words are too little to tell. */
const WRONG =
  /^(?:(?:still|no|nope|that's|thats|that is) )*(?:wrong|not (?:that|this|it|those|these|really)|neither|nonsense|no good)$/;

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
    topic: said.kind === 'guide' ? undefined : memory.topic,
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
      return sayToText(memory, heard, content);
  }
}

function sayToText(memory: Memory, heard: HeardText, content: Content): Said {
  const { understanding } = heard;
  const open = openQuestion(memory, content);
  const offered = offeredAction(memory, understanding.text, open !== undefined);
  if (offered !== undefined) return act(offered, memory, content);
  const decision = decide(understanding);
  if (open === undefined) return sayOutsideGuide(memory, heard, decision, content);
  if (decision.kind === 'command' && !answersOpenQuestion(open, understanding))
    return carryOut(decision.intent, memory, content);
  return sayInOpenGuide(open, memory, heard, decision, content);
}

/**
 * "From scratch" means start over, but not where the open question has it among its answers. What only looks like a command ("the
 * first one", "I think skip") yields to anything that names an answer.
 */
function answersOpenQuestion({ position: { question } }: OpenQuestion, understanding: Understanding): boolean {
  const { text, intent, isQuestion } = understanding;
  if (spelledChoice(question, text) !== undefined) return true;
  return intent?.exact === false && matchChoice(question, text, isQuestion).kind !== 'none';
}

/** What the guide says, but for a term that no entry was written to explain: its meaning, and on with the guide. */
function sayInOpenGuide(
  open: OpenQuestion,
  memory: Memory,
  heard: HeardText,
  decision: Decision,
  content: Content,
): Said {
  const said = sayInGuide(open, memory, heard.understanding, decision, content);
  const unanswered = said.kind === 'fallback' || said.kind === 'clarify';
  const told =
    heard.definition !== undefined &&
    (unanswered || (said.kind === 'answer' && wantsMeaning(heard.definition, decision)))
      ? explainTerm(heard.definition, heard.understanding.text, content)
      : said;
  const replies = told === said ? said.replies : [...told.replies, ...resume(memory, content, phrases.backToGuide)];
  if (told.kind === 'guide') return { ...told, replies };
  const topic = topicShown(heard.understanding.text, heard.understanding.candidates, told.replies);
  return { ...told, replies, memory: { topic, ...told.memory } };
}

function sayOutsideGuide(memory: Memory, heard: HeardText, decision: Decision, content: Content): Said {
  if (isTurnedDown(memory, heard, decision)) return turnDown(memory, content, dissatisfiedReply(content));
  // "Why?" asks for the reasons of the last answer where there is one, and so does any other follow-up that sounds like an intent.
  if (!leansOnAnswer(memory, heard)) {
    if (decision.kind === 'command') return carryOut(decision.intent, memory, content);
    if (decision.kind === 'smalltalk') return smalltalk(decision.intent, content);
  }
  return sayToQuestion(memory, heard, content);
}

/** "That's not what I asked" and a plain "no", when something was given. */
function isTurnedDown({ topic }: Memory, { understanding }: HeardText, decision: Decision): boolean {
  if (topic === undefined || topic.shown.length + topic.rejected.length === 0) return false;
  if (decision.kind === 'smalltalk' && decision.intent === DISSATISFIED) return true;
  const words = plainWords(understanding.text);
  return topic.shown.length > 0 && (WRONG.test(words) || (decision.kind === 'fallback' && NO.has(words)));
}

function leansOnAnswer({ topic }: Memory, { understanding: { intent }, followUp }: HeardText): boolean {
  if (topic?.entry === undefined || followUp?.alone !== 'nothing') return false;
  return intent?.exact !== true || intent.id === 'why';
}

function dissatisfiedReply(content: Content): string {
  return content.intents.get(DISSATISFIED)?.reply ?? phrases.noneOfTheseReply;
}

/** Does what a button says, or what its typed label says. */
function act(action: Action, memory: Memory, content: Content): Said {
  switch (action.kind) {
    case 'command':
      return carryOut(action.command, memory, content);
    case 'none-of-these':
      return turnDown(memory, content, phrases.noneOfTheseReply, resume(memory, content, phrases.backToGuide));
    case 'entry': {
      const said = showEntry(action.entry, content, '');
      if (said.kind !== 'answer') return said;
      return {
        ...said,
        replies: [...said.replies, ...resume(memory, content, phrases.backToGuide)],
        memory: { topic: topicPressed(memory.topic, content.entries.get(action.entry)!) },
      };
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
        memory: { guide: undefined, topic: undefined },
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
  const candidates = said.considered ?? (heard.kind === 'text' ? heard.understanding.candidates : []);
  return {
    kind: said.kind,
    answers: candidates
      .filter(({ kind }) => kind === 'entry')
      .slice(0, 5)
      .map(({ id, confidence }) => ({ id, confidence })),
    guide: said.kind === 'guide' ? memory.guide?.guide : undefined,
    guidesOffered: said.guidesOffered ?? [],
    confidence: said.confidence ?? 1,
    miss: said.miss ?? missOf(said, heard),
    explanation: explain(heard, said.kind, candidates, said.rule),
  };
}

/** What a text with no answer leaves to operators. */
function missOf(said: Said, heard: Heard): Miss | undefined {
  if (said.kind !== 'fallback' || heard.kind !== 'text') return undefined;
  const question = boundedQuestion(heard.understanding.text);
  return question === '' ? undefined : { question, candidates: [] };
}
