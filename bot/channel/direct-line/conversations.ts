import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes } from 'botbuilder';
import { type Change, newETag, type Storage } from '../storage/storage';
import { appendTo, boundLog, toNarrowJson } from './activity-log';
import {
  activityId,
  type Conversation,
  type ConversationState,
  conversationToJson,
  MAX_MARKS,
  MAX_TURNS_IN_HAND,
  namesOf,
  nextNumber,
  type Progress,
  readConversation,
  readProgress,
  WAITING,
} from './conversation';
import type { ConversationBus } from './conversation-bus';
import { buildActivity, buildArrival, type IncomingActivity } from './incoming-activity';
import { waitingToJson } from './waiting-activity';

/** What came of an activity that a page sent. */
export type Taken =
  /** It is kept, and waits for its turn. */
  | { readonly kind: 'taken'; readonly activityId: string }
  /** It came before. */
  | { readonly kind: 'known'; readonly activityId: string }
  /** Too many wait already. */
  | { readonly kind: 'full' }
  /** There is no such conversation. */
  | { readonly kind: 'gone' }
  /** Too many others came at the same time. */
  | { readonly kind: 'busy' };

/** A conversation as it was when it was looked for. */
export interface Found {
  readonly state: ConversationState;
  /** Of its document; `null` where there is none. */
  readonly eTag: string | null;
  readonly progress: Progress;
}

/** Conversations as they are kept. All functions reject with a StorageFault where the storage does not work. */
export interface Conversations {
  /** Looks a conversation up. Where it is over, pages that do not know it yet are hung up on. */
  find(id: string): Promise<Found>;
  /** Begins a conversation where there is none, with the arrival of its person as the first activity that waits. */
  open(
    id: string,
    userId: string,
  ): Promise<
    | { readonly kind: 'begun'; readonly activityId: string }
    /** It was begun before; `waits` where something seems to wait for its turn. */
    | { readonly kind: 'open'; readonly waits: boolean }
    | { readonly kind: 'deleted' | 'busy' }
  >;
  /** Keeps an activity for its turn, and shows it to its page. A mark tells one that comes again. `found` may be of a while ago. */
  take(id: string, found: Found, incoming: IncomingActivity, mark: string | undefined): Promise<Taken>;
  /** Says something outside a turn. Resolves to its id, empty where the conversation is gone. */
  say(id: string, activity: Partial<Activity>): Promise<string>;
}

/** How often something is tried while others change the same conversation. */
const MAX_TRIES = 50;
/** More than may wait. */
const MAX_INBOX = 2 * MAX_TURNS_IN_HAND;

/** A conversation is forgotten `idleMs` after its page has sent something. */
export function buildConversations({
  storage,
  bus,
  idleMs,
}: {
  readonly storage: Storage;
  readonly bus: ConversationBus;
  readonly idleMs: number;
}): Conversations {
  async function load(id: string): Promise<Found> {
    const { document, progress } = namesOf(id);
    const documents = await storage.read([document, progress]);
    const stored = documents.get(document);
    return {
      state: readConversation(id, stored?.json),
      eTag: stored?.eTag ?? null,
      progress: readProgress(documents.get(progress)?.json),
    };
  }

  const put = (conversation: Conversation, replaces: string | null): Change => ({
    kind: 'put',
    key: namesOf(conversation.id).document,
    json: conversationToJson(conversation),
    eTag: newETag(),
    replaces,
    ttlMs: idleMs,
  });

  /** An activity in the inbox; marked as waiting in the same commit, so that whoever starts finds it. */
  const enqueue = (id: string, seq: number, activity: Partial<Activity>, json: string): readonly Change[] => [
    {
      kind: 'append',
      log: namesOf(id).inbox,
      texts: [waitingToJson(seq, json)],
      keep: MAX_INBOX,
      ttlMs: idleMs,
    },
    { kind: 'mark', set: WAITING, member: activity.id!, ttlMs: idleMs },
  ];

  async function tryOpen(id: string, userId: string) {
    const { state, eTag, progress } = await load(id);
    if (state.kind === 'open') {
      return { kind: 'open', waits: state.conversation.taken > progress.answered } as const;
    }
    if (state.kind === 'deleted') return { kind: 'deleted' } as const;
    const taken = progress.answered + 1;
    const lastNumber = nextNumber({ lastNumber: 0 });
    const arrival = buildArrival({ id, userId }, activityId(id, lastNumber));
    const committed = await storage.commit([
      put({ id, userId, lastNumber, taken, grown: 0, marks: [] }, eTag),
      // What may be left of one that was forgotten piece by piece.
      { kind: 'drop', log: namesOf(id).log },
      { kind: 'drop', log: namesOf(id).inbox },
      ...enqueue(id, taken, arrival, toNarrowJson(arrival)),
    ]);
    return committed.kind === 'committed' ? ({ kind: 'begun', activityId: arrival.id! } as const) : undefined;
  }

  async function tryTake(
    id: string,
    { state, eTag, progress }: Found,
    incoming: IncomingActivity,
    mark: string | undefined,
  ): Promise<Taken | undefined> {
    if (state.kind !== 'open') return { kind: 'gone' };
    const { conversation } = state;
    const earlier = mark === undefined ? undefined : conversation.marks.find(([known]) => known === mark);
    // A client that got no answer sends the same again.
    if (earlier !== undefined) return { kind: 'known', activityId: activityId(id, earlier[1]) };
    if (conversation.taken - progress.answered >= MAX_TURNS_IN_HAND && (await isFull(id))) return { kind: 'full' };

    const lastNumber = nextNumber(conversation);
    const activity = buildActivity(conversation, activityId(id, lastNumber), incoming);
    const json = toNarrowJson(activity);
    // Its own activity is how a client learns that it arrived; it stands before the bot's answer.
    const shown = activity.type === ActivityTypes.Message || activity.type === ActivityTypes.Event ? [json] : [];
    const bound = await boundLog(storage, id, conversation.grown, shown);
    const marks = mark === undefined ? conversation.marks : [...conversation.marks, [mark, lastNumber] as const];
    const taken = conversation.taken + 1;
    const committed = await storage.commit([
      put(
        { ...conversation, lastNumber, taken, grown: bound.grown, marks: marks.slice(-MAX_MARKS) },
        // `load` has found it.
        eTag,
      ),
      ...(shown.length > 0 ? [appendTo(id, shown, idleMs)] : []),
      ...bound.changes,
      ...enqueue(id, taken, activity, json),
    ]);
    if (committed.kind === 'conflict') return undefined;
    if (shown.length > 0) bus.tell(id, { kind: 'said' });
    return { kind: 'taken', activityId: activity.id! };
  }

  /** Counted only where many seem to wait: how far the bot has come may be forgotten. */
  async function isFull(id: string): Promise<boolean> {
    return (await storage.readLog(namesOf(id).inbox, 0)).length >= MAX_TURNS_IN_HAND;
  }

  async function trySay(id: string, activity: Partial<Activity>): Promise<string | undefined> {
    const { state, eTag } = await load(id);
    if (state.kind !== 'open') return '';
    const said = { ...activity, id: activity.id ?? `${id}|${randomUUID()}`, timestamp: undefined };
    const texts = [toNarrowJson(said)];
    const bound = await boundLog(storage, id, state.conversation.grown, texts);
    const committed = await storage.commit([
      // Written so that nothing is added to one that is deleted meanwhile.
      put({ ...state.conversation, grown: bound.grown }, eTag),
      appendTo(id, texts, idleMs),
      ...bound.changes,
    ]);
    if (committed.kind === 'conflict') return undefined;
    bus.tell(id, { kind: 'said' });
    return said.id;
  }

  return {
    async find(id) {
      const found = await load(id);
      if (found.state.kind !== 'open') bus.tell(id, { kind: 'over', activities: [] });
      return found;
    },
    open: async (id, userId) => (await tryAgain(() => tryOpen(id, userId))) ?? { kind: 'busy' },
    take: async (id, found, incoming, mark) =>
      (await tryTake(id, found, incoming, mark)) ??
      (await tryAgain(async () => tryTake(id, await load(id), incoming, mark))) ?? { kind: 'busy' },
    say: async (id, activity) => (await tryAgain(() => trySay(id, activity))) ?? '',
  };
}

/** Does something until it finds that nobody else came between; `undefined` where somebody always does. */
async function tryAgain<T>(attempt: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  return undefined;
}
