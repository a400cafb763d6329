import type { FaqSearch } from './faq-search';
import type { Memory } from './memory';
import type { DuringStage } from './stage';
import type { TurnResult } from './turn-result';
import type { UserMessage } from './user-message';

/** The whole brain behind one function: every surface talks to this and to nothing deeper. */
export interface Bot {
  /**
   * Answers one message of one conversation. `memory` is what the last call for this conversation returned; `undefined` starts
   * a new conversation. Turns of one conversation must not overlap. Memory is plain JSON data and is never changed in place.
   * `during` measures the understanding and the responding; default: nobody does.
   */
  respond(memory: Memory | undefined, message: UserMessage, during?: DuringStage): Promise<TurnResult>;
  /** Finds answers while somebody types, by their words alone; an empty query finds all, what is asked most first. */
  readonly search: FaqSearch;
}
