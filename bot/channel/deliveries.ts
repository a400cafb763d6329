import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';

/** One delivery of an activity by its channel. */
export interface Delivery {
  /** The channel's id; `undefined` where it gave none. */
  readonly id: string | undefined;
  /** The same for the same words or the same press of the same person, whatever the id. */
  readonly content: string;
  /** When the channel says that it was said, as it wrote it. */
  readonly saidAt: string | undefined;
  /** When it came here, in milliseconds since 1970. */
  readonly cameAt: number;
  /** Whether it is a question of its own: typed, outside a guide, and too long for a command or an assent. */
  readonly isQuestion: boolean;
}

/** What of a conversation was answered. */
export interface Deliveries {
  /** The last ids, the newest last; of a conversation that was deleted, what {@link unnamed} makes of them. */
  readonly ids: readonly string[];
  /** The last few, the newest last, with when each was answered. */
  readonly lately: readonly Lately[];
}

interface Lately {
  readonly content: string;
  readonly saidAt?: string | undefined;
  readonly doneAt: number;
}

export const NO_DELIVERIES: Deliveries = { ids: [], lately: [] };

const MAX_IDS = 30;
const MAX_LATELY = 3;
/** Channels send an activity again that got no answer for 15 s. */
const RESENT_WITHIN_MS = 30_000;
/** A question has so many words at least: "yes", "more" and "go back" may well be said twice. */
const MIN_QUESTION_WORDS = 3;
/** Clients that never send anything again by themselves. */
const CLIENTS_OF_OUR_OWN: ReadonlySet<string> = new Set(['emulator', 'test']);

/** An activity that came at `cameAt`. */
export function readDelivery(activity: Activity, cameAt: number): Delivery {
  const { id, from, type, name, text, value, timestamp, channelId } = activity;
  // Where nothing is sent again, the same words are said again.
  const isResent = !CLIENTS_OF_OUR_OWN.has(channelId);
  const what = JSON.stringify([from?.id, type, name, text, value]);
  return {
    id: typeof id === 'string' && id !== '' ? id : undefined,
    content: hashOf(what),
    saidAt: timestamp === undefined || !isResent ? undefined : String(timestamp),
    cameAt,
    isQuestion:
      typeof text === 'string' &&
      value === undefined &&
      isResent &&
      text.trim().split(/\s+/).length >= MIN_QUESTION_WORDS,
  };
}

/**
 * Whether a delivery was answered already. By its id; and where the channel sent it again under a new one, by its content: said at
 * the same moment, or come before the first was answered, or, for a question outside a guide, within half a minute. The same word
 * said again to the next step of a guide is no repetition.
 */
export function wasAnswered({ ids, lately }: Deliveries, delivery: Delivery, isInGuide: boolean): boolean {
  if (delivery.id !== undefined && (ids.includes(delivery.id) || ids.includes(hashOf(delivery.id)))) return true;
  return lately.some(({ content, saidAt, doneAt }) => {
    if (content !== delivery.content) return false;
    if (saidAt !== undefined && delivery.saidAt !== undefined && saidAt === delivery.saidAt) return true;
    if (delivery.cameAt < doneAt) return true;
    return delivery.isQuestion && !isInGuide && delivery.cameAt - doneAt < RESENT_WITHIN_MS;
  });
}

/** With one more that is answered now. */
export function withDelivery({ ids, lately }: Deliveries, delivery: Delivery, doneAt: number): Deliveries {
  const { id, content, saidAt } = delivery;
  return {
    ids: id === undefined ? ids : [...ids, id].slice(-MAX_IDS),
    lately: [...lately, { content, saidAt, doneAt }].slice(-MAX_LATELY),
  };
}

/**
 * What has to outlive a conversation that was deleted with `last`, so that what is delivered again then begins no new one: hashes of the
 * ids, and of the last activity alone its content and time. A question that was asked before may be asked again.
 */
export function unnamed(deliveries: Deliveries, last: Delivery, doneAt: number): Deliveries {
  const { ids } = withDelivery(deliveries, last, doneAt);
  const { content, saidAt } = last;
  return { ids: ids.map(hashOf), lately: [{ content, saidAt, doneAt }] };
}

/** 96 bits. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Deliveries as they came out of a store; whatever is none of ours is left out. */
export function readDeliveries(value: unknown): Deliveries {
  if (typeof value !== 'object' || value === null) return NO_DELIVERIES;
  const { ids, lately } = value as Readonly<Record<'ids' | 'lately', unknown>>;
  return {
    ids: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
    lately: Array.isArray(lately) ? lately.filter(isLately) : [],
  };
}

function isLately(value: unknown): value is Lately {
  if (typeof value !== 'object' || value === null) return false;
  const { content, saidAt, doneAt } = value as Readonly<Record<keyof Lately, unknown>>;
  return (
    typeof content === 'string' && typeof doneAt === 'number' && (saidAt === undefined || typeof saidAt === 'string')
  );
}
