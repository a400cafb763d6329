import { messageKey } from '../knowledge/intent-matcher';
import type { Candidate, Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import type { HeardPart, HeardText } from './hear';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { answerReply, clarifyReply, textReply } from './replies';
import type { Reply } from './reply';
import type { Said } from './said';
import { topicOf, withoutRejected } from './topic';

interface Part extends HeardPart {
  readonly decision: Decision;
}

/**
 * Answers two or three questions of one message one by one: where at least one has a confident answer, and no two the same. One
 * that is unclear is asked back, one that is not known is admitted. `undefined` where the message is better read as a whole.
 */
export function answerSeveral(memory: Memory, heard: HeardText, content: Content): Said | undefined {
  const { understanding, leftOut } = heard;
  if (heard.parts.length < 2 || isWrittenDown(understanding, content)) return undefined;
  const parts = heard.parts
    .map((part): Part => {
      const fresh = withoutRejected(part.understanding, memory.topic);
      return { ...part, understanding: fresh, decision: withoutGuides(decide(fresh), fresh) };
    })
    .filter(({ decision }) => decision.kind !== 'smalltalk' && decision.kind !== 'command');
  const answered = new Set(parts.flatMap(({ decision }) => (decision.kind === 'answer' ? decision.candidate.id : [])));
  const told = withoutRepeats(parts, answered);
  if (answered.size === 0 || told.length < 2) return undefined;

  const lead = [
    understanding.courtesy === 'greeting' ? phrases.hello : '',
    told.every(({ decision }) => decision.kind === 'answer') ? phrases.severalThings(told.length) : '',
    leftOut > 0 ? phrases.leftOut(leftOut) : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
  const first = told.findIndex(({ decision }) => decision.kind === 'answer');
  const confidences = told.flatMap(({ decision }) => (decision.kind === 'answer' ? decision.candidate.confidence : []));
  const unknown = told.find(({ decision }) => decision.kind === 'fallback');
  const last = told.findLast(({ decision }) => decision.kind === 'answer')!;
  const shown = told.flatMap(({ decision }) =>
    decision.kind === 'answer'
      ? decision.candidate.id
      : decision.kind === 'clarify'
        ? decision.candidates.map(({ id }) => id)
        : [],
  );
  return {
    kind: 'answer',
    replies: told.flatMap((part, index) => replyTo(part, index === first ? lead : '', content)),
    guidesOffered: told.flatMap(({ decision }) =>
      decision.kind === 'clarify' ? decision.candidates.filter(({ kind }) => kind === 'guide').map(({ id }) => id) : [],
    ),
    confidence: Math.min(...confidences),
    considered: bestOfEach(told),
    memory: {
      topic: topicOf(last.understanding.text, shown, {
        asked: understanding.text,
        entry: last.decision.kind === 'answer' ? last.decision.candidate.id : undefined,
        candidates: last.understanding.candidates,
      }),
    },
    ...(unknown === undefined ? {} : { miss: { question: unknown.text, candidates: [] } }),
  };
}

/** An author may have written two sentences down as one phrasing. */
function isWrittenDown({ text, candidates }: Understanding, content: Content): boolean {
  const best = content.entries.get(candidates[0]?.id ?? '');
  const key = messageKey(text);
  return best !== undefined && [best.title, ...best.phrasings].some((phrasing) => messageKey(phrasing) === key);
}

/** A guide is not started while something else is answered: it is offered. */
function withoutGuides(decision: Decision, { candidates }: Understanding): Decision {
  if (decision.kind !== 'answer' || decision.candidate.kind === 'entry') return decision;
  return { kind: 'clarify', candidates: candidates.slice(0, 1) };
}

/** Parts that have something of their own to say: an answer once, a choice without what is answered anyway, an honest "no". */
function withoutRepeats(parts: readonly Part[], answered: ReadonlySet<string>): readonly Part[] {
  const given = new Set<string>();
  return parts.flatMap((part): Part[] => {
    const { decision } = part;
    if (decision.kind === 'answer') {
      if (given.has(decision.candidate.id)) return [];
      given.add(decision.candidate.id);
      return [part];
    }
    if (decision.kind === 'clarify') {
      return decision.candidates.some(({ id }) => answered.has(id)) ? [] : [part];
    }
    // A question that leans on the one before it may be answered by that one's answer.
    return part.alone ? [part] : [];
  });
}

function replyTo({ text, decision }: Part, lead: string, content: Content): Reply[] {
  switch (decision.kind) {
    case 'answer': {
      const entry = content.entries.get(decision.candidate.id);
      return [entry === undefined ? textReply(phrases.gone) : answerReply(entry, content, lead)];
    }
    case 'clarify':
      return [clarifyReply(decision.candidates, phrases.clarifyPart(text))];
    default:
      return [textReply(phrases.notKnownPart(text))];
  }
}

/** The best of each part in turn, then the next of each, each id once. */
function bestOfEach(parts: readonly Part[]): readonly Candidate[] {
  const most = Math.max(...parts.map(({ understanding }) => understanding.candidates.length));
  const byRank = Array.from({ length: most }, (_, rank) =>
    parts.flatMap(({ understanding }) => understanding.candidates[rank] ?? []),
  ).flat();
  return byRank.filter(({ id }, index) => byRank.findIndex((other) => other.id === id) === index);
}
