import { replyOf } from '../dialogs/answers';
import type { GuideState } from '../dialogs/guide-state';
import { matchReply, type ReplyAnswer } from '../dialogs/match-reply';
import { DONE_SYNONYMS } from '../dialogs/synonyms';
import type { Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import type { Decision } from './decide';
import { plainWords } from './foundation/normalise-text';
import { changeReply, guideReply } from './guide-replies';
import { changeOfGuide } from './guide-switch';
import { moveInGuide, type OpenQuestion, resume } from './guide-turn';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { clarifyReply, humanButtons, textReply } from './replies';
import type { Reply } from './reply';
import { OFFER_HUMAN_AFTER, type Said, showEntry, smalltalk } from './said';
import { unclearWords, valueWords } from './unclear-reply';
import { sayWhatIf } from './what-if-turn';

/** The intent of somebody who is not content with the answer. */
export const DISSATISFIED = 'dissatisfied';
const SHORT = 5;
const CORRECTING =
  /^(?:oh |oops |no |sorry |wait |hm )*(?:actually|sorry|wait|correction|i meant|i mean|i was wrong|make that)\b ?/;

/** Whether a text takes back something that was said before. */
export function soundsLikeCorrection(text: string): boolean {
  return CORRECTING.test(plainWords(text));
}

/**
 * "Actually we have 40 sites": an earlier question of the way answered otherwise, where that is what the text says and not an answer
 * to the open one. `undefined` for any other text.
 */
export function correctionIn(
  { guide, state, position }: OpenQuestion,
  text: string,
  isQuestion: boolean,
  content: Content,
): Said | undefined {
  if (isQuestion || plainWords(text).split(' ').length < 2) return undefined;
  const { answers } = content.openGuide(guide, { message: text });
  if (position.question.id in answers) return undefined;
  const corrects = CORRECTING.test(plainWords(text));
  const other = position.path.findLast(({ question, answer }) => {
    const said = answers[question.id];
    if (said === undefined || `${said}` === `${answer}`) return false;
    return corrects || (question.kind === 'one' && question.numeric);
  });
  if (other === undefined) return undefined;
  const { id } = other.question;
  const said = moveInGuide({ guide, state }, { kind: 'answer', question: id, answer: answers[id]! }, content);
  const reply = replyOf(other.question, answers[id]);
  return readAs(said, phrases.corrected(other.label, reply?.label ?? ''));
}

/** A typed answer to the open question. */
export function answerInGuide({ guide, state, position }: OpenQuestion, reply: ReplyAnswer, content: Content): Said {
  const [place] = typeof reply.answer === 'string' ? [] : reply.answer;
  const alone = position.question.choices.some(({ id, alone: isAlone }) => id === place && isAlone);
  if (reply.isPlace && place !== undefined && !alone) {
    return moveInGuide({ guide, state }, { kind: 'pick', question: position.question.id, choice: place }, content);
  }
  // What was picked by buttons counts with what is typed.
  const joins = state.picked.length > 0 && typeof reply.answer !== 'string';
  const answer = joins ? [...new Set([...state.picked, ...reply.answer])] : reply.answer;
  const said = moveInGuide({ guide, state }, { kind: 'answer', question: position.question.id, answer }, content);
  return reply.repairs.length === 0 ? said : readAs(said, phrases.readAs(reply.repairs));
}

/** A text while a question of a guide is open: an answer, a question in the middle, or something unclear. */
export function sayInGuide(
  { guide, state, position }: OpenQuestion,
  memory: Memory,
  understanding: Understanding,
  decision: Decision,
  content: Content,
): Said {
  const { question } = position;
  if (saysThatIsAll(state, understanding.text)) {
    return moveInGuide({ guide, state }, { kind: 'done', question: question.id }, content);
  }
  const whatIf = sayWhatIf({ guide, state }, understanding.text, memory, content);
  if (whatIf !== undefined) return whatIf;
  const corrected = correctionIn({ guide, state, position }, understanding.text, understanding.isQuestion, content);
  if (corrected !== undefined) return corrected;
  if (position.path.length > 0 && soundsLikeCorrection(understanding.text) && !understanding.isQuestion) {
    const said = content.openGuide(guide, { message: understanding.text }).answers[question.id];
    if (said === undefined) return { kind: 'guide', replies: [changeReply(guide, state), ...resume(memory, content)] };
  }
  const match = matchReply(question, understanding.text, understanding.isQuestion);
  if (match.kind === 'answer') return answerInGuide({ guide, state, position }, match, content);
  if (match.kind === 'problem')
    return askAgain({ guide, state, position }, memory, valueWords(match.problem, question), content);
  if (decision.kind === 'answer') {
    const { kind, id, confidence } = decision.candidate;
    if (kind === 'guide' && id !== guide.id) {
      return { ...changeOfGuide(id, memory, content, understanding.text), confidence };
    }
    const replies = kind === 'guide' ? [] : showEntry(id, content, '').replies;
    return {
      kind: kind === 'guide' ? 'guide' : 'answer',
      replies: [...replies, ...resume(memory, content)],
      confidence,
    };
  }
  // "That's all" after what was typed was already taken for all.
  if (DONE_SYNONYMS.has(plainWords(understanding.text))) return { kind: 'guide', replies: resume(memory, content) };
  // "No" to a question that has no such answer is no complaint.
  if (decision.kind === 'smalltalk' && !(decision.intent === DISSATISFIED && understanding.text.length < SHORT)) {
    const { replies } = smalltalk(decision.intent, content);
    return { kind: 'smalltalk', replies: [...replies, ...resume(memory, content)] };
  }
  if (understanding.isQuestion) {
    if (decision.kind === 'clarify') {
      const entries = decision.candidates.filter(({ kind }) => kind === 'entry');
      if (entries.length > 0)
        return { kind: 'clarify', replies: [clarifyReply(entries)], confidence: entries[0]!.confidence };
    }
    return {
      kind: 'fallback',
      replies: [textReply(phrases.notKnownInGuide), ...resume(memory, content)],
      confidence: 0,
    };
  }
  const words =
    match.kind === 'several'
      ? phrases.severalChoices(match.choices.map(({ label }) => label))
      : unclearWords(question, memory.unclear + 1);
  return askAgain({ guide, state, position }, memory, words, content);
}

/** Whether a text says that what is picked is all. */
export function saysThatIsAll({ picked }: GuideState, text: string): boolean {
  return picked.length > 0 && DONE_SYNONYMS.has(plainWords(text));
}

/** The open question once more; from the third time in a row with a human. */
function askAgain({ guide, state }: OpenQuestion, memory: Memory, words: string, content: Content): Said {
  const unclear = memory.unclear + 1;
  const reply = guideReply(guide, state, content, words);
  const withHuman =
    unclear > OFFER_HUMAN_AFTER ? { ...reply, buttons: [...humanButtons(content), ...reply.buttons] } : reply;
  return { kind: 'guide', replies: [withHuman as Reply], memory: { unclear } };
}

function readAs(said: Said, words: string): Said {
  const [first, ...rest] = said.replies;
  if (first?.kind === 'question') {
    return {
      ...said,
      replies: [{ ...first, lead: [words, first.lead].filter((part) => part !== '').join(' ') }, ...rest],
    };
  }
  return { ...said, replies: [textReply(words), ...said.replies] };
}
