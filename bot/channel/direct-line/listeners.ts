import type { Logger } from '../../log';
import type { Storage } from '../storage/storage';
import { formatActivitySet, readActivities, toActivity } from './activity-log';
import { isOpen, namesOf } from './conversation';
import type { ConversationBus, Notice } from './conversation-bus';

/** Somebody who hears a conversation as it goes on. */
export interface Listener {
  /** Takes one message of Direct Line's stream. Must not throw. */
  hear(message: string): void;
  /** The conversation is over. Must not throw. */
  end(): void;
}

/** Those who listen in this process. */
export interface Listeners {
  /**
   * Lets a listener hear what was said after `watermark` and what is said from now on: everything once and in order. Resolves to
   * the function that ends it. Of more than `maxPerConversation` the oldest gives way. Rejects where
   * the storage or the bus do not work.
   */
  join(conversationId: string, listener: Listener, watermark: number): Promise<() => void>;
  /** Hangs up on those whose conversation is not there any more. Never rejects. */
  purge(): Promise<void>;
  /** How many conversations somebody listens to. */
  count(): number;
  close(): void;
}

/** The listeners of one conversation, each with what it has heard: the oldest first. */
interface Room {
  readonly heard: Map<Listener, number>;
  readonly subscription: Promise<{ end(): void }>;
  /** How many are about to listen. */
  joining: number;
  isReading: boolean;
  /** Something was said since the log was read. */
  isBehind: boolean;
  /** When something was said, or it was seen that the conversation is there; monotonic, in milliseconds. */
  aliveAt: number;
}

/** After a storage that did not answer. */
const RETRY_MS = 1_000;

/**
 * What is told is only that something was said: what it was is read from the log, by everybody from where they are, so that a notice
 * that is lost or comes twice, or late, does no harm. `idleMs` is how long a conversation is kept without a message; `now` a monotonic time.
 */
export function buildListeners({
  storage,
  bus,
  log,
  idleMs,
  maxPerConversation,
  now = () => performance.now(),
}: {
  readonly storage: Storage;
  readonly bus: ConversationBus;
  readonly log: Logger;
  readonly idleMs: number;
  readonly maxPerConversation: number;
  readonly now?: () => number;
}): Listeners {
  const rooms = new Map<string, Room>();

  function hear(id: string, notice: Notice): void {
    const room = rooms.get(id);
    if (room === undefined) return;
    switch (notice.kind) {
      case 'said':
        room.aliveAt = now();
        void relay(id, room);
        break;
      case 'live':
        tellAll(room, [notice.activity]);
        break;
      case 'over':
        if (notice.activities.length > 0) tellAll(room, notice.activities);
        end(id, room);
    }
  }

  function tellAll(room: Room, activities: readonly string[]): void {
    for (const [listener, heard] of room.heard) {
      listener.hear(formatActivitySet({ activities, watermark: String(heard) }));
    }
  }

  function closeEmpty(id: string, room: Room): void {
    if (room.heard.size === 0 && room.joining === 0) close(id, room);
  }

  function end(id: string, room: Room): void {
    close(id, room);
    for (const listener of room.heard.keys()) listener.end();
    room.heard.clear();
  }

  function close(id: string, room: Room): void {
    if (rooms.get(id) === room) rooms.delete(id);
    room.subscription.then(
      (subscription) => subscription.end(),
      () => undefined,
    );
  }

  /** Reads on for those who have heard least, until nothing is new. Once at a time: so everybody hears all in order. */
  async function relay(id: string, room: Room): Promise<void> {
    room.isBehind = true;
    if (room.isReading) return;
    room.isReading = true;
    try {
      while (room.isBehind && room.heard.size > 0) {
        room.isBehind = false;
        const from = Math.min(...room.heard.values());
        const entries = (await storage.readLog(namesOf(id).log, from)).map((entry) => ({
          ...entry,
          activity: toActivity(entry),
        }));
        const last = entries.at(-1)?.at ?? from;
        for (const [listener, heard] of room.heard) {
          // Who has come meanwhile and has heard less is served by the next reading.
          if (heard < from || heard >= last) continue;
          const activities = entries.filter(({ at }) => at > heard).map(({ activity }) => activity);
          room.heard.set(listener, last);
          listener.hear(formatActivitySet({ activities, watermark: String(last) }));
        }
      }
    } catch (error) {
      log.warn({ err: error, conversation: id }, 'pages wait for what was said: the storage does not work');
      setTimeout(() => void relay(id, room), RETRY_MS).unref();
    } finally {
      room.isReading = false;
    }
  }

  function roomOf(id: string): Room {
    const known = rooms.get(id);
    if (known !== undefined) return known;
    const room: Room = {
      heard: new Map(),
      subscription: bus.listen(id, (notice) => hear(id, notice)),
      joining: 0,
      isReading: false,
      isBehind: false,
      aliveAt: now(),
    };
    rooms.set(id, room);
    return room;
  }

  const gaps = bus.watchGaps(() => {
    for (const [id, room] of rooms) void relay(id, room);
  });

  return {
    count: () => rooms.size,
    async join(id, listener, watermark) {
      const room = roomOf(id);
      room.joining += 1;
      try {
        await room.subscription;
        const backlog = await readActivities(storage, id, watermark);
        if (rooms.get(id) !== room) {
          listener.end();
          return () => undefined;
        }
        if (room.heard.size >= maxPerConversation) {
          const [oldest] = room.heard.keys();
          room.heard.delete(oldest!);
          oldest!.end();
        }
        room.heard.set(listener, Number(backlog.watermark));
        if (backlog.activities.length > 0) listener.hear(formatActivitySet(backlog));
        // What came while the backlog was read.
        void relay(id, room);
        return () => {
          room.heard.delete(listener);
          closeEmpty(id, room);
        };
      } finally {
        room.joining -= 1;
        closeEmpty(id, room);
      }
    },
    async purge() {
      const idle = [...rooms].filter(([, { aliveAt }]) => now() - aliveAt >= idleMs);
      if (idle.length === 0) return;
      try {
        const documents = await storage.read(idle.map(([id]) => namesOf(id).document));
        for (const [id, room] of idle) {
          if (isOpen(documents.get(namesOf(id).document)?.json)) room.aliveAt = now();
          else end(id, room);
        }
      } catch (error) {
        log.debug({ err: error }, 'not known which conversations are over');
      }
    },
    close() {
      gaps.end();
      for (const [id, room] of rooms) close(id, room);
    },
  };
}
