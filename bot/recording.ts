import type { TurnResult } from './turn-result';
import type { UserMessage } from './user-message';

/** A conversation that is taken down while it goes on. */
export interface Recording {
  /** Adds a turn; what was said so far is then safe. Rejects where it cannot be written. */
  add(message: UserMessage, turn: RecordedTurn): Promise<void>;
}

/** What came of a message. */
export interface RecordedTurn extends Pick<TurnResult, 'replies' | 'effect'> {
  /** What carrying out the effect said, before the replies; `undefined` for nothing. */
  readonly done?: string | undefined;
}

/** Begins to record into a file, or says in a sentence why that file cannot be had. */
export type StartRecording = (
  file: string,
) => Promise<{ readonly ok: true; readonly recording: Recording } | { readonly ok: false; readonly fault: string }>;
