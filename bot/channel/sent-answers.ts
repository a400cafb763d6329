import type { Activity } from 'botbuilder';
import * as v from 'valibot';
import type { RatedAnswer } from '../feedback';
import type { Reply } from '../reply';
import { placeKey } from './conversation-key';
import { parseJson } from './parse-json';
import { type Change, newETag, type Storage } from './storage/storage';

const SentAnswerSchema = v.object({
  about: v.array(v.object({ kind: v.picklist(['entry', 'guide']), id: v.string() })),
  question: v.optional(v.string()),
});
const SentSchema = v.object({
  ...SentAnswerSchema.entries,
  /** When it was sent, in milliseconds since 1970. */
  at: v.optional(v.number(), 0),
  /** The channel's id of the activity that asked. */
  to: v.optional(v.string()),
});

/** What a message of ours answered: what a person rates who rates the message. */
export interface SentAnswer {
  readonly about: readonly RatedAnswer[];
  /** As it was put; `undefined` where it was not typed, as at the end of a guide. */
  readonly question?: string | undefined;
}

/** What one turn sent. */
export interface SentTurn {
  /** The activity that was answered. */
  readonly activity: Pick<Activity, 'conversation' | 'channelId'> & { readonly id?: string | undefined };
  /** Whose conversation it was. */
  readonly conversation: string;
  readonly question: string;
  readonly replies: readonly Reply[];
  /** By message that was sent, the id that the channel gave it; `undefined` where it gave none. */
  readonly sentIds: readonly (string | undefined)[];
}

/** Remembers which answers were given: how often each by this process, and lately in which message. */
export interface SentAnswers {
  /** Rejects where it could not be kept. */
  add(turn: SentTurn): Promise<void>;
  /** How often an entry was given as an answer. */
  countOf(entryId: string): number;
  /** What the message answered that an activity refers to with `replyToId`; `undefined` where that is not known. */
  find(activity: Pick<Activity, 'conversation' | 'channelId' | 'replyToId'>): Promise<SentAnswer | undefined>;
  /** The changes that forget the question of a message, while what answered it can still be rated. */
  droppingQuestion(conversation: string, activityId: string): Promise<readonly Change[]>;
  /** The changes that forget what was answered in a conversation; up to a time in milliseconds since 1970, by default ever. */
  forgetting(conversation: string, upTo?: number): Promise<readonly Change[]>;
}

/** The one channel on which people rate messages. */
const RATED_CHANNEL = 'msteams';

/** Answers in `storage`, each forgotten after `idleMs`. `counts` is how often each was given so far, and is counted on; default: never. */
export function buildSentAnswers(
  storage: Pick<Storage, 'read' | 'members' | 'commit'>,
  idleMs: number,
  counts: Map<string, number> = new Map(),
): SentAnswers {
  const setOf = (conversation: string): string => `answered-in/${conversation}`;
  return {
    async add({ activity, conversation, question, replies, sentIds }) {
      for (const { kind, id } of replies.flatMap(ratedAnswer)) {
        if (kind === 'entry') counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      if (activity.channelId !== RATED_CHANNEL) return;
      const changes = sentIds.flatMap((sentId, index): Change[] => {
        // A channel may be sent several replies in one message, which are then rated together.
        const shown = sentIds.length === replies.length ? replies.slice(index, index + 1) : replies;
        const about = shown.flatMap(ratedAnswer);
        if (sentId === undefined || about.length === 0) return [];
        const isAsked = question !== '' && about.some(({ kind }) => kind === 'entry');
        const answer: SentAnswer = { about, question: isAsked ? question : undefined };
        const key = keyOf(activity, sentId);
        const json = JSON.stringify({ ...answer, at: Date.now(), to: isAsked ? activity.id : undefined });
        return [
          { kind: 'put', key, json, eTag: newETag(), ttlMs: idleMs },
          { kind: 'mark', set: setOf(conversation), member: key, ttlMs: idleMs },
        ];
      });
      if (changes.length > 0) await storage.commit(changes);
    },
    countOf: (entryId) => counts.get(entryId) ?? 0,
    async find(activity) {
      if (typeof activity.replyToId !== 'string') return undefined;
      const key = keyOf(activity, activity.replyToId);
      const sent = readSent((await storage.read([key])).get(key)?.json);
      return sent && { about: sent.about, question: sent.question };
    },
    async droppingQuestion(conversation, activityId) {
      const kept = await storage.read(await storage.members(setOf(conversation)));
      return [...kept].flatMap(([key, { json }]): Change[] => {
        const { to, question, ...rest } = readSent(json) ?? {};
        if (to !== activityId || question === undefined) return [];
        return [{ kind: 'put', key, json: JSON.stringify(rest), eTag: newETag(), ttlMs: idleMs }];
      });
    },
    async forgetting(conversation, upTo) {
      const set = setOf(conversation);
      const keys = await storage.members(set);
      const kept = upTo === undefined ? new Map() : await storage.read(keys);
      const isSentSince = (key: string): boolean =>
        upTo !== undefined && (readSent(kept.get(key)?.json)?.at ?? 0) > upTo;
      const old = keys.filter((key) => !isSentSince(key));
      return old.flatMap((key): Change[] => [
        { kind: 'delete', key },
        { kind: 'unmark', set, member: key },
      ]);
    },
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

/** `undefined` for none and for what is none of ours. */
function readSent(json: string | undefined): v.InferOutput<typeof SentSchema> | undefined {
  const parsed = v.safeParse(SentSchema, json === undefined ? undefined : parseJson(json));
  return parsed.success ? parsed.output : undefined;
}

/** In a channel of Teams, the id of a conversation may name a message in it after a semicolon. */
function keyOf(activity: Pick<Activity, 'conversation' | 'channelId'>, sentId: string): string {
  return `answer/${placeKey(activity)}/${sentId}`;
}
