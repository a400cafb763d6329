import type { Activity } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import type { RatedAnswer } from '../feedback';
import type { Reply } from '../reply';

/** What a message of ours answered: what a person rates who rates the message. */
export interface SentAnswer {
  readonly about: readonly RatedAnswer[];
  /** As it was put; `undefined` where it was not typed, as at the end of a guide. */
  readonly question: string | undefined;
}

/** What one turn sent. */
export interface SentTurn {
  /** The activity that was answered. */
  readonly activity: Pick<Activity, 'conversation' | 'channelId'>;
  readonly question: string;
  readonly replies: readonly Reply[];
  /** By message that was sent, the id that the channel gave it; `undefined` where it gave none. */
  readonly sentIds: readonly (string | undefined)[];
}

/** Remembers which answers were given: how often each, since the start, and lately in which message. */
export interface SentAnswers {
  add(turn: SentTurn): void;
  /** How often an entry was given as an answer. */
  countOf(entryId: string): number;
  /** What the message answered that an activity refers to with `replyToId`; `undefined` where that is not known. */
  find(activity: Pick<Activity, 'conversation' | 'channelId' | 'replyToId'>): SentAnswer | undefined;
}

/** So many messages are remembered; the oldest goes first. */
export const MAX_SENT_ANSWERS = 5_000;

/** Nothing sent yet. In memory only, and bounded: counts by the content, messages by {@link MAX_SENT_ANSWERS}. */
export function buildSentAnswers(max = MAX_SENT_ANSWERS): SentAnswers {
  const counts = new Map<string, number>();
  const messages = new LRUCache<string, SentAnswer>({ max });
  return {
    add({ activity, question, replies, sentIds }) {
      for (const { kind, id } of replies.flatMap(ratedAnswer)) {
        if (kind === 'entry') counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      sentIds.forEach((sentId, index) => {
        // A channel may be sent several replies in one message, which are then rated together.
        const shown = sentIds.length === replies.length ? replies.slice(index, index + 1) : replies;
        const about = shown.flatMap(ratedAnswer);
        if (sentId === undefined || about.length === 0) return;
        const isAsked = question !== '' && about.some(({ kind }) => kind === 'entry');
        messages.set(keyOf(activity, sentId), { about, question: isAsked ? question : undefined });
      });
    },
    countOf: (entryId) => counts.get(entryId) ?? 0,
    find: (activity) =>
      typeof activity.replyToId === 'string' ? messages.get(keyOf(activity, activity.replyToId)) : undefined,
  };
}

function ratedAnswer(reply: Reply): RatedAnswer[] {
  switch (reply.kind) {
    case 'answer':
      return [{ kind: 'entry', id: reply.entryId }];
    case 'outcome':
      return [{ kind: 'guide', id: reply.guideId }];
    default:
      return [];
  }
}

/** In a channel of Teams, the id of a conversation may name a message in it after a semicolon. */
function keyOf({ channelId, conversation }: Pick<Activity, 'conversation' | 'channelId'>, sentId: string): string {
  return JSON.stringify([channelId, conversation.id.split(';')[0], sentId]);
}
