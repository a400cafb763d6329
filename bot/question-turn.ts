import type { Understanding } from '../knowledge/understanding';
import type { Content } from './content';
import { type Decision, decide } from './decide';
import { plainWords } from './foundation/normalise-text';
import { startGuide } from './guide-turn';
import type { HeardDefinition, HeardFollowUp, HeardText } from './hear';
import type { Memory } from './memory';
import { phrases } from './phrases';
import { onlyTurnedDown } from './rejection';
import { answerReply, clarifyReply, entryButton, guideButtons, humanButtons, textReply } from './replies';
import { notKnown, type Said, showEntry } from './said';
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
}

/**
 * Answers a text outside any guide. Several questions are answered one by one where each has an answer of its own. A follow-up
 * is read by the last topic where alone it means nothing, or where the text alone finds no answer. What a term means is told
 * where no entry answers. What was turned down is not given again.
 */
export function sayToQuestion(memory: Memory, heard: HeardText, content: Content): Said {
  const several = answerSeveral(memory, heard, content);
  if (several !== undefined) return several;
  const { understanding, followUp, definition } = heard;
  const topic = followUp?.corrects && memory.topic !== undefined ? turnedDown(memory.topic) : memory.topic;
  const lead = understanding.courtesy === 'greeting' ? phrases.hello : '';
  const short = plainWords(understanding.text).split(' ').length <= MAX_TOPIC_WORDS;
  const alone = readingOf(understanding, understanding.text, short ? understanding.text : undefined, topic);
  const byTopic = followUp && topic && sayByTopic(followUp, alone, topic, memory, content);
  if (byTopic !== undefined) return byTopic;
  if (definition !== undefined && alone.decision.kind !== 'answer')
    return explainTerm(definition, alone.asked, content);
  return sayTo(alone, lead, memory, content);
}

/** What a term means, with the entries that speak of it under it. */
export function explainTerm(definition: HeardDefinition, asked: string, content: Content): Said {
  const { item, said, onIt } = definition;
  const entries = onIt.flatMap(({ id }) => content.entries.get(id) ?? []).slice(0, 3);
  const meaning = phrases.definition(said, item.term, item.meaning);
  const text = entries.length > 0 ? `${meaning}\n\n${phrases.moreOnIt}` : meaning;
  const shown = entries.map(({ id }) => id);
  return {
    kind: 'clarify',
    replies: [textReply(text, entries.map(entryButton))],
    memory: { topic: topicOf(said, shown, { asked, term: item.term, candidates: onIt }) },
  };
}

function readingOf(
  understanding: Understanding,
  asked: string,
  question: string | undefined,
  topic: Topic | undefined,
): Reading {
  const fresh = withoutRejected(understanding, topic);
  const rejected = rejectedFor(topic, understanding.candidates);
  return { asked, question, understanding: fresh, decision: decide(fresh), rejected };
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
  if (followUp.about === '') return topic.entry === undefined ? undefined : nothingMore(topic, memory, content);
  const offers = reading.decision.kind === 'clarify' && reading.decision.candidates.some(isOn);
  return offers ? sayTo(reading, '', memory, content) : undefined;
}

/** "Why?" after an answer that says all we know: what else there is, and nothing twice. */
function nothingMore(topic: Topic, memory: Memory, content: Content): Said {
  const entry = topic.entry === undefined ? undefined : content.entries.get(topic.entry);
  const near = entry === undefined ? [] : answerReply(entry, content, '').buttons;
  const reply =
    near.length > 0
      ? textReply(phrases.nothingMore, [...near, ...humanButtons(content)])
      : textReply(phrases.nothingMoreAlone, [...guideButtons(content), ...humanButtons(content)]);
  return { kind: 'fallback', replies: [reply], confidence: 0, memory: { misses: memory.misses }, considered: [] };
}

function sayTo(reading: Reading, lead: string, memory: Memory, content: Content): Said {
  const { decision, understanding, asked, rejected } = reading;
  const considered = understanding.candidates;
  switch (decision.kind) {
    case 'answer': {
      const { id, kind, title, confidence } = decision.candidate;
      if (kind === 'guide') return { ...startGuide(id, content, lead), confidence, considered };
      const topic = topicOf(reading.question ?? title, [id], { asked, entry: id, candidates: considered, rejected });
      return { ...showEntry(id, content, lead), confidence, considered, memory: { topic } };
    }
    case 'clarify': {
      const { candidates } = decision;
      const shown = candidates.map(({ id }) => id);
      return {
        kind: 'clarify',
        replies: [clarifyReply(candidates)],
        guidesOffered: candidates.filter(({ kind }) => kind === 'guide').map(({ id }) => id),
        confidence: candidates[0]!.confidence,
        considered,
        memory: { topic: topicOf(reading.question ?? asked, shown, { asked, candidates: considered, rejected }) },
      };
    }
    default: {
      const said = rejected.length > 0 ? onlyTurnedDown(memory, content) : notKnown(memory, content);
      return { ...said, considered };
    }
  }
}
