import type { Activity } from 'botbuilder';
import type { LogEntry } from '../storage/storage';

/** An activity that waits for its turn, as it lies in its conversation's inbox. */
export interface WaitingActivity {
  /** Which of all that were taken in its conversation it is, from 1. */
  readonly seq: number;
  readonly id: string;
  readonly activity: Partial<Activity>;
}

export function waitingToJson(seq: number, activityJson: string): string {
  return `{"seq":${seq},"activity":${activityJson}}`;
}

/** The activity of an entry, with its time; `undefined` for anything else. Never throws. */
export function readWaiting({ at, text }: LogEntry): WaitingActivity | undefined {
  try {
    const { seq, activity } = JSON.parse(text) as { readonly seq: unknown; readonly activity: Partial<Activity> };
    const isWhole = typeof activity.type === 'string' && typeof activity.conversation?.id === 'string';
    if (!Number.isSafeInteger(seq) || typeof activity.id !== 'string' || !isWhole) return undefined;
    // JSON has no dates: channels send the time as text.
    const timestamp = new Date(at).toISOString() as unknown as Date;
    return { seq: seq as number, id: activity.id, activity: { ...activity, timestamp } };
  } catch {
    return undefined;
  }
}
