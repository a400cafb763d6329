import { tellingWords } from '../knowledge/filler';
import type { Candidate, Understanding } from '../knowledge/understanding';
import { parseAction } from './action';
import type { Reply } from './reply';

/**
 * What the conversation is about: enough to read "and on Basic?" by it, and not to give a rejected answer again. Plain JSON of
 * bounded size.
 */
export interface Topic {
  /** The question in words that mean something alone; a follow-up is read by it. At most 240 characters. */
  readonly question: string;
  /** The question as the person put it. At most 240 characters. */
  readonly asked: string;
  /** The entry that was given as the answer; `undefined` where none was. */
  readonly entry: string | undefined;
  /** The term that was explained; `undefined` where none was. */
  readonly term: string | undefined;
  /** Entries that may answer it, best first, at most six. */
  readonly candidates: readonly string[];
  /** Ids that were given or offered for it and not turned down, at most six. */
  readonly shown: readonly string[];
  /** Ids that the person turned down, at most nine; they are not given again for this topic. */
  readonly rejected: readonly string[];
}

const MAX_QUESTION = 240;
const MAX_CANDIDATES = 6;
const MAX_SHOWN = 6;
const MAX_REJECTED = 9;
/** Confidence down to which candidates are worth a second offer, once the first was turned down. */
const SECOND_OFFER_AT = 0.1;
/** So many of a question's best candidates tell whether it is about the topic that answers were rejected for. */
const MAX_KIN = 5;

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu;

/** Makes a topic; its texts and lists are cut to their bounds. */
export function topicOf(
  question: string,
  shown: readonly string[],
  more: Partial<Omit<Topic, 'candidates'>> & { readonly candidates?: readonly Candidate[] } = {},
): Topic {
  return {
    question: boundedQuestion(question),
    asked: boundedQuestion(more.asked ?? question),
    entry: more.entry,
    term: more.term,
    candidates: worthOffering(more.candidates ?? []),
    shown: shown.slice(0, MAX_SHOWN),
    rejected: (more.rejected ?? []).slice(-MAX_REJECTED),
  };
}

/** The topic after an entry's button was pressed: what it was offered for is still known, so that it can be turned down. */
export function topicPressed(
  before: Topic | undefined,
  { id, title }: { readonly id: string; readonly title: string },
): Topic {
  const offered = before?.candidates.includes(id) || before?.shown.includes(id) ? before : undefined;
  const topic = topicOf(title, [id], { asked: offered?.asked ?? title, entry: id });
  const rejected = (offered?.rejected ?? []).filter((one) => one !== id);
  return { ...topic, candidates: offered?.candidates ?? [], rejected };
}

/** The topic after a text in the middle of a guide, by the entries whose answers or buttons were shown; `undefined` for none. */
export function topicShown(
  asked: string,
  candidates: readonly Candidate[],
  replies: readonly Reply[],
): Topic | undefined {
  const given = replies.flatMap((reply) => (reply.kind === 'answer' ? reply.entryId : []));
  const offered = replies
    .flatMap(({ buttons }) => buttons)
    .flatMap(({ action }) => {
      const parsed = parseAction(action);
      return parsed?.kind === 'entry' ? parsed.entry : [];
    });
  const shown = given.length > 0 ? given : offered;
  return shown.length === 0 ? undefined : topicOf(asked, shown, { entry: given[0], candidates });
}

/** The topic after the person has turned down all that was shown for it. */
export function turnedDown(topic: Topic): Topic {
  const rejected = [...new Set([...topic.rejected, ...topic.shown])].slice(-MAX_REJECTED);
  return { ...topic, entry: undefined, shown: [], rejected };
}

/** Entries not yet shown or rejected, best first, at most three. */
export function leftToOffer(topic: Topic): readonly string[] {
  return topic.candidates.filter((id) => !topic.rejected.includes(id) && !topic.shown.includes(id)).slice(0, 3);
}

/**
 * What must not be given for a question because it was turned down: all of it where one of the best five was, so that it is the
 * same question in other words. Once another answer has been let stand, only a question with half of its words is the same.
 */
export function rejectedFor(topic: Topic | undefined, { text, candidates }: Understanding): readonly string[] {
  if (topic === undefined || (topic.entry !== undefined && !areAkin(topic.asked, text))) return [];
  return candidates.slice(0, MAX_KIN).some(({ id }) => topic.rejected.includes(id)) ? topic.rejected : [];
}

function areAkin(one: string, other: string): boolean {
  const [a, b] = [new Set(tellingWords(one)), new Set(tellingWords(other))];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && common >= Math.min(a.size, b.size) / 2;
}

/** An understanding without the candidates that were turned down for the same question. */
export function withoutRejected(understanding: Understanding, topic: Topic | undefined): Understanding {
  const rejected = rejectedFor(topic, understanding);
  if (rejected.length === 0) return understanding;
  return { ...understanding, candidates: understanding.candidates.filter(({ id }) => !rejected.includes(id)) };
}

function worthOffering(candidates: readonly Candidate[]): readonly string[] {
  return candidates
    .filter(({ kind, confidence }) => kind === 'entry' && confidence >= SECOND_OFFER_AT)
    .slice(0, MAX_CANDIDATES)
    .map(({ id }) => id);
}

/** A text as it may be kept: on one line, at most 240 characters. */
export function boundedQuestion(text: string): string {
  return text.slice(0, MAX_QUESTION).replace(UNPRINTABLE, ' ').trim();
}
