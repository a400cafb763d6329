import { createHash } from 'node:crypto';
import type { Memory } from '../memory';
import { readMemory } from '../memory';
import { type Deliveries, NO_DELIVERIES, readDeliveries } from './deliveries';
import { parseJson } from './parse-json';
import { type Change, newETag, type Storage } from './storage/storage';

/** The turn before: what an edited message is answered by anew, and one whose replies may never have been sent. */
export interface LastTurn {
  /** The channel's id of the activity that was answered. */
  readonly id: string;
  /** Whether the person typed it. */
  readonly isTyped: boolean;
  /** What was remembered before it; `undefined` for a new conversation. */
  readonly before: Memory | undefined;
}

/** What is kept of a conversation from turn to turn. */
export interface ConversationRecord {
  readonly memory: Memory | undefined;
  readonly last: LastTurn | undefined;
  readonly answered: Deliveries;
}

export interface StoredRecord extends ConversationRecord {
  /** `null` for a conversation that is not known. */
  readonly eTag: string | null;
}

/** The records of conversations, each under its `conversationKey`. */
export interface ConversationRecords {
  /** What is kept, of a conversation that was forgotten lately what it had answered; a record that cannot be read counts as none, so that the person can go on, and is said with `onDamage`. */
  read(conversation: string): Promise<StoredRecord>;
  /** The change that writes a record in the place of the one with this eTag. */
  writing(conversation: string, record: ConversationRecord, replaces: string | null): Change & { readonly kind: 'put' };
  /** The changes that forget a conversation, with the note of what was sent to it last. */
  forgetting(conversation: string): readonly Change[];
  /** The change that keeps for an hour which deliveries a conversation that is forgotten has answered; it names nobody. */
  notingForgotten(conversation: string, answered: Deliveries): Change;
  /** The change that lets {@link within} find a conversation. */
  entering(place: string, conversation: string): Change;
  /** The conversations of a place. */
  within(place: string): Promise<readonly string[]>;
}

/** Records in `storage`, each forgotten when nothing was said for `idleMs`. */
export function buildConversationRecords({
  storage,
  idleMs,
  onDamage,
}: {
  readonly storage: Pick<Storage, 'read' | 'members'>;
  readonly idleMs: number;
  readonly onDamage: (conversation: string) => void;
}): ConversationRecords {
  const keyOf = (conversation: string): string => `state/${conversation}`;
  const setOf = (place: string): string => `state-of/${place}`;
  async function answeredBefore(conversation: string): Promise<Deliveries> {
    const key = forgottenKey(conversation);
    const noted = (await storage.read([key])).get(key);
    return noted === undefined ? NO_DELIVERIES : readDeliveries(parseJson(noted.json));
  }
  return {
    async read(conversation) {
      const key = keyOf(conversation);
      const stored = (await storage.read([key])).get(key);
      if (stored === undefined) return { ...NO_RECORD, answered: await answeredBefore(conversation), eTag: null };
      const record = readRecord(stored.json);
      if (record === undefined) onDamage(conversation);
      return { ...(record ?? NO_RECORD), eTag: stored.eTag };
    },
    writing: (conversation, record, replaces) => ({
      kind: 'put',
      key: keyOf(conversation),
      json: JSON.stringify({ version: 1, ...record }),
      eTag: newETag(),
      replaces,
      ttlMs: idleMs,
    }),
    forgetting: (conversation) => [
      { kind: 'delete', key: keyOf(conversation) },
      { kind: 'delete', key: sentKey(conversation) },
      { kind: 'unmark', set: setOf(placeOf(conversation)), member: conversation },
    ],
    notingForgotten: (conversation, answered) => ({
      kind: 'put',
      key: forgottenKey(conversation),
      json: JSON.stringify(answered),
      eTag: newETag(),
      ttlMs: FORGOTTEN_NOTE_MS,
    }),
    entering: (place, conversation) => ({ kind: 'mark', set: setOf(place), member: conversation, ttlMs: idleMs }),
    within: (place) => storage.members(setOf(place)),
  };
}

/** The key of the document that says which turn of a conversation was sent last. */
export function sentKey(conversation: string): string {
  return `sent/${conversation}`;
}

/** The key of a conversation may hold the id of a person. */
function forgottenKey(conversation: string): string {
  return `forgotten/${createHash('sha256').update(conversation).digest('base64url')}`;
}

/** A channel gives up sending an activity again long before. */
const FORGOTTEN_NOTE_MS = 60 * 60 * 1000;
const NO_RECORD: ConversationRecord = { memory: undefined, last: undefined, answered: NO_DELIVERIES };

/** `undefined` for what is no record of ours. */
function readRecord(json: string): ConversationRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || (value as { version?: unknown }).version !== 1) return undefined;
  const { memory, last, answered } = value as Readonly<Record<'memory' | 'last' | 'answered', unknown>>;
  return { memory: readMemory(memory), last: readLast(last), answered: readDeliveries(answered) };
}

function readLast(value: unknown): LastTurn | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, isTyped, before } = value as Readonly<Record<'id' | 'isTyped' | 'before', unknown>>;
  return typeof id === 'string' ? { id, isTyped: isTyped === true, before: readMemory(before) } : undefined;
}

/** The place of a conversation's key: without the thread and the person. */
function placeOf(conversation: string): string {
  return conversation.split(/;|\/users\//)[0]!;
}
