/** Activities of a conversation after a watermark, each as JSON text, oldest first. */
export interface ActivitySet {
  readonly activities: readonly string[];
  /** Where to go on from. */
  readonly watermark: string;
}

/** What an {@link ActivityLog} holds, as it outlives the process. */
export interface SavedLog {
  /** The watermark right after each activity, growing. */
  readonly at: readonly number[];
  /** Each as JSON text, as many as `at` has. */
  readonly activities: readonly string[];
}

/** Where a clock was put back, a log that comes back goes on this much above what it knows: more than was said since it was saved. */
const UNSAVED_AT_MOST = 1_000_000;

/**
 * The last activities of one conversation. The watermark grows with every activity there ever was, so it stays right when old
 * ones are dropped: whoever comes back with a watermark from before the oldest one gets all that are kept.
 */
export class ActivityLog {
  private readonly kept: string[] = [];
  private readonly at: number[] = [];
  private keptSize = 0;
  private last: number;

  /**
   * `maxSize` is in UTF-16 code units; the newest activity is kept whatever its size. Watermarks begin above `after` and above
   * those of `saved`. For a log that was saved, `after` should be a clock that ticks more often than the log grows: then nobody has
   * heard a watermark above it, not even one that was given after the log was saved.
   */
  constructor(
    private readonly limits: { readonly maxActivities: number; readonly maxSize: number },
    after = 0,
    saved: SavedLog = { at: [], activities: [] },
  ) {
    this.last = after;
    for (const [index, activity] of saved.activities.entries()) this.keep(activity, saved.at[index]!);
    const lastSaved = saved.at.at(-1);
    if (lastSaved !== undefined && lastSaved >= after) this.last = lastSaved + UNSAVED_AT_MOST;
  }

  /** Size of what is kept, in UTF-16 code units. */
  get size(): number {
    return this.keptSize;
  }

  /** The watermark of somebody who has seen everything. */
  get watermark(): string {
    return String(this.last);
  }

  append(activity: string): void {
    this.last += 1;
    this.keep(activity, this.last);
  }

  /** What came after `watermark`; all that is kept for 0, nothing for a watermark from the future. */
  since(watermark: number): ActivitySet {
    const from = this.at.findIndex((at) => at > watermark);
    return { activities: from < 0 ? [] : this.kept.slice(from), watermark: this.watermark };
  }

  dump(): SavedLog {
    return { at: this.at, activities: this.kept };
  }

  private keep(activity: string, at: number): void {
    this.kept.push(activity);
    this.at.push(at);
    this.keptSize += activity.length;
    while (
      this.kept.length > 1 &&
      (this.kept.length > this.limits.maxActivities || this.keptSize > this.limits.maxSize)
    ) {
      this.keptSize -= this.kept.shift()!.length;
      this.at.shift();
    }
  }
}

/** The watermark that a client sent; 0 for none and for anything that is not a whole number of at most 15 digits. */
export function parseWatermark(text: string | null | undefined): number {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The message of Direct Line's HTTP and WebSocket protocols that carries activities. */
export function formatActivitySet({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.join(',')}],"watermark":${JSON.stringify(watermark)}}`;
}
