import type { Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import { plainWords } from './foundation/normalise-text';
import { changeOfGuide } from './guide-switch';
import type { HeardFollowUp, HeardText } from './heard';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { onlyTurnedDown } from './rejection';
import { answerReply, clarifyReply, entryChoice, humanButtons, textReply, waysToGuides } from './replies';
import { clarifyQuestion, explainTerm, leadOf, notKnown, type Said, showEntry, wantsMeaning, withGuide } from './said';
import { answerSeveral } from './several-turn';
import { rejectedFor, type Topic, topicOf, turnedDown, withoutRejected } from './topic';

/** Longest question, in words, by which a follow-up is read; of a longer one the title of its answer says it better. */
const MAX_TOPIC_WORDS = 20;

/** A question that is to be answered, in one of its readings. */
interface Reading {
  /** As the person put it. */
  readonly asked: string;
  /** In words that mean something alone; `undefined` where the title of its answer says it better. */
  readonly question: string | undefined;
  readonly understanding: Understanding;
  readonly decision: Decision;
  /** Ids that were turned down for this question before. */
  readonly rejected: readonly string[];
  /** True where something would have been given, had it not been turned down. */
  readonly onlyRejected: boolean;
}

/**
 * Answers a text outside any guide. Several questions are answered one by one where each has an answer of its own. A follow-up
 * is read by the last topic where alone it means nothing, or where the text alone finds no answer. What a term means is told
 * where no entry answers. What was turned down is not given again.
 */
export function sayToQuestion(memory: Memory, heard: HeardText, content: Content): Said {
  const several = answerSeveral(memory, heard, content);
  if (several !== undefined) return { ...several, rule: 'several' };
  const { understanding, followUp, definition } = heard;
  const topic = followUp?.corrects && memory.topic !== undefined ? turnedDown(memory.topic) : memory.topic;
  const lead = leadOf(understanding);
  const short = plainWords(understanding.text).split(' ').length <= MAX_TOPIC_WORDS;
  const alone = readingOf(understanding, understanding.text, short ? understanding.text : undefined, topic);
  const explained =
    definition === undefined || !wantsMeaning(definition, alone.decision)
      ? undefined
      : explainTerm(definition, alone.asked, content);
  // A term alone goes on with an answer ("IKEv2?"); where none was given it asks what it means ("and PFS?" after "what is BGP?").
  if (explained !== undefined && topic?.entry === undefined) return explained;
  const byTopic = followUp && topic && sayByTopic(followUp, alone, topic, memory, content);
  if (byTopic !== undefined) return { ...byTopic, rule: 'follow-up' };
  if (explained !== undefined) return explained;
  const said = sayTo(alone, lead, memory, content);
  // What was taken back stays so, even if nothing else is found.
  return said.memory === undefined && topic !== memory.topic ? { ...said, memory: { topic } } : said;
}

function readingOf(
  understanding: Understanding,
  asked: string,
  question: string | undefined,
  topic: Topic | undefined,
): Reading {
  const fresh = withoutRejected(understanding, topic);
  const rejected = rejectedFor(topic, understanding);
  const decision = decide(fresh);
  const onlyRejected = decision.kind === 'fallback' && rejected.length > 0 && decide(understanding).kind !== 'fallback';
  return { asked, question, understanding: fresh, decision, rejected, onlyRejected };
}

/** The follow-up read by the topic, where that reading counts; `undefined` where the text alone does. */
function sayByTopic(
  followUp: HeardFollowUp,
  alone: Reading,
  topic: Topic,
  memory: Memory,
  content: Content,
): Said | undefined {
  const leans = followUp.alone === 'nothing';
  if (!leans && alone.decision.kind === 'answer') return undefined;
  // Mixed from two questions it would only grow: from here on the new answer's title says what is talked about.
  const mixed = followUp.query.includes(topic.question);
  const reading = readingOf(
    { ...followUp.understanding, intent: undefined },
    alone.asked,
    mixed ? undefined : followUp.query,
    topic,
  );
  const isOn = ({ id }: { readonly id: string }): boolean => followUp.onIt.includes(id);
  if (reading.decision.kind === 'answer') {
    const { candidate } = reading.decision;
    const again = candidate.kind === 'entry' && candidate.id === topic.entry;
    if (!again && (leans || isOn(candidate))) return sayTo(reading, '', memory, content);
    if (again && isOn(candidate) && followUp.about !== '') return sayTo(reading, phrases.sameAnswer, memory, content);
  }
  if (!leans) return undefined;
  if (followUp.about === '') return nothingMore(topic, memory, content);
  const offers = reading.decision.kind === 'clarify' && reading.decision.candidates.some(isOn);
  return offers ? sayTo(reading, '', memory, content) : undefined;
}

/** "Why?" after an answer that says all we know: what else there is, and nothing twice. After a choice: the choice again. */
function nothingMore(topic: Topic, memory: Memory, content: Content): Said {
  const offered = topic.shown.flatMap((id) => content.entries.get(id) ?? []);
  if (topic.entry === undefined && offered.length > 0) {
    return { kind: 'clarify', replies: [entryChoice(phrases.clarify, offered)], confidence: 0, considered: [] };
  }
  const entry = topic.entry === undefined ? undefined : content.entries.get(topic.entry);
  if (entry === undefined) return { ...notKnown(memory, content), considered: [] };
  const near = answerReply(entry, content, '').buttons;
  const reply =
    near.length > 0
      ? textReply(phrases.nothingMore, [...near, ...humanButtons(content)])
      : textReply(phrases.nothingMoreAlone, [...waysToGuides(content), ...humanButtons(content)]);
  return { kind: 'fallback', replies: [reply], confidence: 0, considered: [], memory: { misses: memory.misses } };
}

function sayTo(reading: Reading, lead: string, memory: Memory, content: Content): Said {
  const { decision, understanding, asked, rejected } = reading;
  const considered = understanding.candidates;
  switch (decision.kind) {
    case 'answer': {
      const { id, kind, title, confidence } = decision.candidate;
      if (kind === 'guide') return { ...changeOfGuide(id, memory, content, asked, lead), confidence, considered };
      const topic = topicOf(reading.question ?? title, [id], { asked, entry: id, candidates: considered, rejected });
      const { guide } = decision;
      return {
        ...withGuide(showEntry(id, content, lead), guide?.id, content),
        guidesOffered: guide === undefined ? [] : [guide.id],
        confidence,
        considered,
        memory: { topic },
      };
    }
    case 'clarify': {
      const { candidates } = decision;
      const shown = candidates.map(({ id }) => id);
      return {
        kind: 'clarify',
        replies: [clarifyReply(candidates, clarifyQuestion(decision, lead))],
        guidesOffered: candidates.filter(({ kind }) => kind === 'guide').map(({ id }) => id),
        confidence: candidates[0]!.confidence,
        considered,
        memory: { topic: topicOf(reading.question ?? asked, shown, { asked, candidates: considered, rejected }) },
      };
    }
    default: {
      const said = reading.onlyRejected
        ? onlyTurnedDown(memory, content)
        : notKnown(memory, content, decision.kind === 'fallback' ? decision : undefined);
      return { ...said, considered, ...(reading.onlyRejected ? { rule: 'turned-down' as const } : {}) };
    }
  }
}
