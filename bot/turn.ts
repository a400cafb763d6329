import { matchReply, spelledChoice } from '../dialogs/match-reply';
import { placeIn } from '../dialogs/place-in';
import { YES_NO_SYNONYMS } from '../dialogs/synonyms';
import type { Understanding } from '../knowledge/understanding';
import { type Action, formatAction, parseAction, WHY } from './action';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import { explain } from './explanation';
import { plainWords } from './foundation/normalise-text';
import { carryOut, isDoneTwice, pressInGuide, sayAfterGuide, upToDate } from './guide-commands';
import type { GuideMove } from './guide-move';
import { guideMoves } from './guide-moves';
import { askedFor, changeOfGuide, leaveFor, resumeSuspended } from './guide-switch';
import { type OpenQuestion, openQuestion, resume, startGuide } from './guide-turn';
import type { Heard, HeardText } from './heard';
import { answerInGuide, DISSATISFIED, sayInGuide, saysThatIsAll } from './in-guide';
import { type Memory, NEW_MEMORY } from './memory';
import { phrases } from './phrases';
import { answerToDelete, confirmDelete, keepData } from './privacy-commands';
import { sayToQuestion } from './question-turn';
import { turnDown } from './rejection';
import { humanButtons, textReply, waysToGuides } from './replies';
import type { Reply } from './reply';
import { asksToDelete, numberedIn } from './reply-places';
import { explainTerm, type Said, showEntry, smalltalk, wantsMeaning, welcome } from './said';
import { boundedQuestion, topicPressed, topicShown } from './topic';
import type { Miss, TurnOutcome, TurnResult } from './turn-result';

const YES: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.yes?.map(plainWords));
const NO: ReadonlySet<string> = new Set(YES_NO_SYNONYMS.no?.map(plainWords));
/** Said of what was assumed. A plain "no" is left to the question that is asked with it. */
const NOT_SO =
  /^(?:no )?(?:(?:that|this|it) (?:is|s|was) |thats |its )?(?:wrong|incorrect|not (?:so|true|right|correct)|false assumption)$/;
const TAKE_BACK = { label: '', action: formatAction({ kind: 'command', command: 'take-back' }) };
/** Said alone after something was given; anywhere else these words are too little to tell. */
const WRONG =
  /^(?:(?:still|no|nope|that s|thats|that is) )*(?:wrong|not (?:that|this|it|those|these|really)|neither|nonsense|no good)$/;

/**
 * Decides what to say: pure, and total over every memory and message. Order: a button or its typed label; an answer of the
 * open question to the letter; a command; the active guide; then the FAQ, a guide, a choice of both, or an honest "I don't know".
 */
export function answerTurn(stored: Memory, heard: Heard, content: Content): TurnResult {
  const { memory, notice } = upToDate(stored, content);
  const answered = say(memory, heard, content);
  const said = notice === '' ? answered : { ...answered, replies: [textReply(notice), ...answered.replies] };
  const next: Memory = {
    ...memory,
    pressed: heard.kind === 'action' ? formatAction(heard.action) : undefined,
    unclear: 0,
    misses: said.kind === 'fallback' ? memory.misses + 1 : 0,
    topic: said.kind === 'guide' ? undefined : memory.topic,
    ...said.memory,
    greeted: true,
    // What the edge says stands between the last buttons and the next words.
    offers: said.replies.length === 0 && said.effect === undefined ? memory.offers : offersOf(said.replies),
  };
  const remembered = said.effect === 'delete-data' ? NEW_MEMORY : next;
  return {
    memory: remembered,
    replies: said.replies,
    outcome: outcomeOf(said, heard, next, guideMoves(memory, remembered, content)),
    effect: said.effect ?? 'none',
  };
}

function say(memory: Memory, heard: Heard, content: Content): Said {
  switch (heard.kind) {
    case 'arrival':
      return memory.greeted ? { kind: 'command', replies: [] } : welcome(content);
    case 'unreadable': {
      const inGuide = resume(memory, content);
      const ways = inGuide.length > 0 ? [] : [...waysToGuides(content), ...humanButtons(content)];
      return { kind: 'fallback', replies: [textReply(phrases.unreadable, ways), ...inGuide] };
    }
    case 'action':
      if (isDoneTwice(heard.action, memory, content)) return { kind: 'guide', replies: [] };
      return act(heard.action, memory, content);
    case 'text':
      return sayToText(memory, heard, content);
    case 'reply': {
      const open = openQuestion(memory, content);
      if (open?.position.question.id !== heard.question)
        throw new Error('a reply was heard to a question that is not open');
      return answerInGuide(open, heard.reply, content);
    }
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
 * "From scratch" means start over, but not where the open question has it among its answers, and "go on" is "that's all" once
 * something is picked. What only looks like a command ("the
 * first one", "I think skip") yields to anything that names an answer.
 */
function answersOpenQuestion({ position: { question }, state }: OpenQuestion, understanding: Understanding): boolean {
  const { text, intent, isQuestion } = understanding;
  if (saysThatIsAll(state, text)) return true;
  if (spelledChoice(question, text) !== undefined) return true;
  return intent?.exact === false && matchReply(question, text, isQuestion).kind !== 'none';
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
  const replies = told === said ? said.replies : [...told.replies, ...resume(memory, content)];
  if (told.kind === 'guide') return { ...told, replies };
  const topic = topicShown(heard.understanding.text, heard.understanding.candidates, told.replies);
  return { ...told, replies, memory: { topic, ...told.memory } };
}

function sayOutsideGuide(memory: Memory, heard: HeardText, decision: Decision, content: Content): Said {
  const aboutGuide = sayAfterGuide(memory, heard.understanding, content);
  if (aboutGuide !== undefined) return aboutGuide;
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
      return turnDown(memory, content, phrases.noneOfTheseReply, resume(memory, content));
    case 'confirm-delete':
      return confirmDelete(memory);
    case 'keep-data':
      return keepData(memory, content);
    case 'entry': {
      const said = showEntry(action.entry, content, '');
      if (said.kind !== 'answer') return said;
      return {
        ...said,
        replies: [...said.replies, ...resume(memory, content)],
        memory: { topic: topicPressed(memory.topic, content.entries.get(action.entry)!) },
      };
    }
    // A guide that was offered for a question knows what that question told.
    case 'guide':
      return changeOfGuide(action.guide, memory, content, askedFor(action.guide, memory));
    case 'begin':
      return startGuide(action.guide, memory, content, { message: askedFor(action.guide, memory) });
    case 'later':
    case 'instead':
      return leaveFor(action.guide, action.kind === 'later', memory, content);
    case 'resume':
      return resumeSuspended(action.guide, memory, content);
    case 'choice': {
      const { guide, question, choice } = action;
      return pressInGuide(guide, { kind: 'answer', question, answer: choice }, memory, content);
    }
    case 'pick':
    case 'unpick':
    case 'change':
    case 'done':
    case 'tick':
    case 'untick':
      return pressInGuide(action.guide, action, memory, content);
  }
}

/**
 * The button of the last reply that a text names: by its label, by its place ("2", "the second one"), or as the answer to "do you
 * mean" and "shall I keep it". Under a question of a guide, other words than a bare number are for its choices alone ("last" is
 * not "stop this guide").
 */
function offeredAction({ offers }: Memory, text: string, questionIsOpen: boolean): Action | undefined {
  const words = plainWords(text);
  if (words === '') return undefined;
  // A number may be meant for a guide: too little to delete everything for.
  if (asksToDelete(offers)) return answerToDelete(words);
  const isShown = questionIsOpen && offers.some(({ action }) => action === WHY);
  const isPlace = isShown ? /^\d{1,2}$/.test(words) && areNumbered(offers) : true;
  const place = isPlace ? placeIn(words, offers.length) : undefined;
  const offer =
    offers.find(({ label }) => plainWords(label) === words) ??
    (place === undefined ? undefined : offers[place]) ??
    confirmed(offers, words);
  return offer && parseAction(offer.action);
}

/**
 * "No" to a choice of questions is none of them; "yes" is the question where only one was offered. "Yes" to whether a guide is to be
 * kept for later keeps it, "no" stays in it. "That is wrong" takes back what was assumed.
 */
function confirmed(offers: Memory['offers'], words: string): Memory['offers'][number] | undefined {
  if (!YES.has(words) && !NO.has(words) && !NOT_SO.test(words)) return undefined;
  const keep = offers.find(({ action }) => parseAction(action)?.kind === 'later');
  if (keep !== undefined) return YES.has(words) ? keep : NO.has(words) ? offers.at(-1) : undefined;
  const assumed = offers.filter(({ action }) => parseAction(action)?.kind === 'change');
  if (assumed.length > 0 && NOT_SO.test(words)) return assumed.length === 1 ? assumed[0] : TAKE_BACK;
  const none = offers.find(({ action }) => action === formatAction({ kind: 'none-of-these' }));
  if (none === undefined) return undefined;
  if (NO.has(words)) return none;
  return YES.has(words) && offers.length === 2 ? offers.find((offer) => offer !== none) : undefined;
}

/**
 * All buttons of a turn. First what has numbers in the text: the choices of an open question, or the things of a checklist.
 * Where several choices or a number are the answer, the guide itself reads what is typed.
 */
function offersOf(replies: readonly Reply[]): Memory['offers'] {
  return [...replies.flatMap(numberedIn), ...replies.flatMap((reply) => reply.buttons)].map(({ label, action }) => ({
    label,
    action,
  }));
}

/** Whether numbers name the buttons under a question of a guide: not where its choices are not among them. */
function areNumbered(offers: Memory['offers']): boolean {
  const first = offers[0]?.action ?? '';
  return first === '' || first.startsWith('choice:');
}

function outcomeOf(said: Said, heard: Heard, memory: Memory, moves: readonly GuideMove[] | undefined): TurnOutcome {
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
    guideMoves: moves,
    explanation: explain(heard, said.kind, candidates, said.rule),
  };
}

/** What a text with no answer leaves to operators. */
function missOf(said: Said, heard: Heard): Miss | undefined {
  if (said.kind !== 'fallback' || heard.kind !== 'text') return undefined;
  const question = boundedQuestion(heard.understanding.text);
  return question === '' ? undefined : { question, candidates: [] };
}
