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
  readonly version: 2;
  readonly greeted: boolean;
  /** The guided dialog the person is in, if any. */
  readonly guide: GuideState | undefined;
  /** How often in a row the active guide did not understand the reply. */
  readonly unclear: number;
  /** The buttons of the last reply. */
  readonly offers: readonly Offer[];
  /** How many turns in a row ended without an answer. */
  readonly misses: number;
  /** What was last asked outside a guide, or in the middle of one. */
  readonly topic: Topic | undefined;
}

/** The memory of a conversation that has just begun. */
export const NEW_MEMORY: Memory = {
  version: 2,
  greeted: false,
  guide: undefined,
  unclear: 0,
  offers: [],
  misses: 0,
  topic: undefined,
};
