import type { Activity } from 'botbuilder';
import * as v from 'valibot';
import type { LogEntry } from '../storage/storage';

/** An activity that waits for its turn, as it lies in its conversation's inbox. */
export interface WaitingActivity {
  /** Which of all that were taken in its conversation it is, from 1. */
  readonly seq: number;
  readonly id: string;
  readonly activity: Partial<Activity>;
}

const WaitingSchema = v.object({
  seq: v.pipe(v.number(), v.safeInteger()),
  activity: v.looseObject({ id: v.string(), type: v.string(), conversation: v.looseObject({ id: v.string() }) }),
});

export function waitingToJson(seq: number, activityJson: string): string {
  return `{"seq":${seq},"activity":${activityJson}}`;
}

/** The activity of an entry, with its time; `undefined` for anything else. Never throws. */
export function readWaiting({ at, text }: LogEntry): WaitingActivity | undefined {
  try {
    const { seq, activity } = v.parse(WaitingSchema, JSON.parse(text));
    // JSON has no dates: channels send the time as text.
    const timestamp = new Date(at).toISOString() as unknown as Date;
    return { seq, id: activity.id, activity: { ...(activity as unknown as Partial<Activity>), timestamp } };
  } catch {
    return undefined;
  }
}
