import type { GuideState } from '../dialogs/guide-state';
import type { Topic } from './topic';

/** A button of the last reply: typing its label does the same as clicking it. */
export interface Offer {
  readonly label: string;
  readonly action: string;
}

/**
 * What the bot remembers of one conversation: plain JSON data that survives a restart and a deploy. Stamped with a version;
 * memory of an unknown version is read as a new conversation.
 */
export interface Memory {
  readonly version: 3;
  readonly greeted: boolean;
  /** The guided dialog the person is in, if any. */
  readonly guide: GuideState | undefined;
  /** Guides that were put aside unfinished, the last first, one state a guide. At most {@link MAX_SUSPENDED}. */
  readonly suspended: readonly GuideState[];
  /** How often in a row the active guide did not understand the reply. */
  readonly unclear: number;
  /** The buttons of the last reply. */
  readonly offers: readonly Offer[];
  /** How many turns in a row ended without an answer. */
  readonly misses: number;
  /** What was last asked outside a guide, or in the middle of one. */
  readonly topic: Topic | undefined;
  /** The action of the button that was pressed last, if nothing else was said since: a double click counts once. */
  readonly pressed: string | undefined;
}

/** So many unfinished guides are kept; the oldest go first. */
export const MAX_SUSPENDED = 5;

/** The memory of a conversation that has just begun. */
export const NEW_MEMORY: Memory = {
  version: 3,
  greeted: false,
  guide: undefined,
  suspended: [],
  unclear: 0,
  offers: [],
  misses: 0,
  topic: undefined,
  pressed: undefined,
};

/**
 * Memory as it came out of a store. That of the version before is carried over, so that nobody loses a guide to an update;
 * `undefined`, so a new conversation, for anything else.
 */
export function readMemory(stored: unknown): Memory | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { version } = stored as { readonly version?: unknown };
  if (version === NEW_MEMORY.version) return stored as Memory;
  if (version !== 2) return undefined;
  const before = stored as Omit<Memory, 'version'>;
  const guide = before.guide && { ...before.guide, assumed: [], facts: {}, picked: [], ticked: [] };
  return { ...before, version: 3, guide, suspended: [], pressed: undefined };
}
