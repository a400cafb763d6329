import { messageKey } from '../knowledge/intent-matcher';
import type { Candidate, Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import type { HeardDefinition, HeardPart, HeardText } from './heard';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { answerReply, clarifyReply, textReply } from './replies';
import type { Reply } from './reply';
import { explainTerm, leadOf, type Said, wantsMeaning } from './said';
import { type Topic, topicOf, withoutRejected } from './topic';

interface Part extends HeardPart {
  readonly decision: Decision;
}

/**
 * Answers two or three questions of one message one by one: where at least one has a confident answer or asks for a meaning, and
 * no two the same. One that is unclear is asked back, one that is not known is admitted. `undefined` where the message is better
 * read as a whole.
 */
export function answerSeveral(memory: Memory, heard: HeardText, content: Content): Said | undefined {
  const { understanding, leftOut } = heard;
  if (heard.parts.length < 2 || isWrittenDown(understanding, content)) return undefined;
  const parts = heard.parts
    .map((part): Part => {
      const fresh = withoutRejected(part.understanding, memory.topic);
      const decision = decide(fresh);
      const definition = part.definition && wantsMeaning(part.definition, decision) ? part.definition : undefined;
      return { ...part, understanding: fresh, definition, decision: settled(decision, definition, fresh) };
    })
    .filter(({ decision }) => decision.kind !== 'smalltalk' && decision.kind !== 'command');
  const told = withoutRepeats(parts);
  const last = told.findLast(isSettled);
  if (told.length < 2 || last === undefined) return undefined;

  const lead = [
    leadOf(understanding),
    told.every(isSettled) ? phrases.severalThings(told.length) : '',
    leftOut > 0 ? phrases.leftOut(leftOut) : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
  const unknown = told.find((part) => !isSettled(part) && part.decision.kind === 'fallback');
  const offered = told.flatMap(({ decision }) => (decision.kind === 'clarify' ? decision.candidates : []));
  const answers = told.flatMap(({ decision }) => (decision.kind === 'answer' ? decision.candidate : []));
  return {
    kind: answers.length > 0 ? 'answer' : 'clarify',
    replies: told.map((part, index) => replyTo(part, index === 0 ? lead : '', content)),
    guidesOffered: offered.filter(({ kind }) => kind === 'guide').map(({ id }) => id),
    confidence: Math.min(1, ...answers.map(({ confidence }) => confidence)),
    considered: bestOfEach(told),
    memory: { topic: topicOfLast(last, understanding.text, [...answers, ...offered]) },
    ...(unknown === undefined ? {} : { miss: { question: unknown.text, candidates: [] } }),
  };
}

/** Whether a question is answered, not asked back. */
function isSettled({ decision, definition }: Part): boolean {
  return decision.kind === 'answer' || definition !== undefined;
}

/** What comes next is read by the last question that was answered; turned down is all that was given. */
function topicOfLast({ decision, definition, understanding }: Part, asked: string, given: readonly Candidate[]): Topic {
  const shown = given.map(({ id }) => id);
  const { candidates } = understanding;
  return decision.kind === 'answer'
    ? topicOf(understanding.text, shown, { asked, entry: decision.candidate.id, candidates })
    : topicOf(definition!.said, shown, { asked, term: definition!.item.term, candidates });
}

/** An author may have written two sentences down as one phrasing. */
function isWrittenDown({ text, candidates }: Understanding, content: Content): boolean {
  const best = content.entries.get(candidates[0]?.id ?? '');
  const key = messageKey(text);
  return best !== undefined && [best.title, ...best.phrasings].some((phrasing) => messageKey(phrasing) === key);
}

/** What is answered by a meaning has no other answer. A guide is not started while something else is answered: it is offered. */
function settled(decision: Decision, definition: HeardDefinition | undefined, { candidates }: Understanding): Decision {
  if (decision.kind !== 'answer') return decision;
  if (definition !== undefined) return { kind: 'fallback', uncovered: undefined, guide: undefined };
  if (decision.candidate.kind === 'entry') return decision;
  return { kind: 'clarify', candidates: candidates.slice(0, 1), uncovered: undefined };
}

/** Parts that have something of their own to say: an answer once, a choice without what is answered anyway, an honest "no". */
function withoutRepeats(parts: readonly Part[]): readonly Part[] {
  const answered = new Set(parts.flatMap(({ decision }) => (decision.kind === 'answer' ? decision.candidate.id : [])));
  const given = new Set<string>();
  return parts.filter(({ decision, definition, alone }) => {
    if (decision.kind !== 'answer' && definition === undefined) {
      // A question that leans on the one before it may be answered by that one's answer.
      return decision.kind === 'clarify' ? !decision.candidates.some(({ id }) => answered.has(id)) : alone;
    }
    const what = decision.kind === 'answer' ? decision.candidate.id : definition!.item.term;
    const isNew = !given.has(what);
    given.add(what);
    return isNew;
  });
}

function replyTo({ text, decision, definition }: Part, lead: string, content: Content): Reply {
  if (decision.kind === 'answer') {
    const entry = content.entries.get(decision.candidate.id);
    return entry === undefined ? textReply(phrases.gone) : answerReply(entry, content, lead);
  }
  const reply =
    definition !== undefined
      ? explainTerm(definition, text, content).replies[0]!
      : decision.kind === 'clarify'
        ? clarifyReply(decision.candidates, phrases.clarifyPart(text))
        : textReply(phrases.notKnownPart(text));
  if (reply.kind !== 'text' || lead === '') return reply;
  return { ...reply, text: `${lead}\n\n${reply.text}` };
}

/** The best of each part in turn, then the next of each, each id once. */
function bestOfEach(parts: readonly Part[]): readonly Candidate[] {
  const most = Math.max(...parts.map(({ understanding }) => understanding.candidates.length));
  const byRank = Array.from({ length: most }, (_, rank) =>
    parts.flatMap(({ understanding }) => understanding.candidates[rank] ?? []),
  ).flat();
  return byRank.filter(({ id }, index) => byRank.findIndex((other) => other.id === id) === index);
}
