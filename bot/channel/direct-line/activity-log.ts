/** Activities of a conversation after a watermark, each as JSON text, oldest first. */
export interface ActivitySet {
  readonly activities: readonly string[];
  /** Where to go on from. */
  readonly watermark: string;
}

/**
 * The last activities of one conversation. The watermark counts every activity there ever was, so it stays right when old ones
 * are dropped: whoever comes back with a watermark from before the oldest one gets all that are kept.
 */
export class ActivityLog {
  private readonly kept: string[] = [];
  private keptSize = 0;
  private appended = 0;

  /** `maxSize` is in UTF-16 code units. The newest activity is kept whatever its size. */
  constructor(private readonly limits: { readonly maxActivities: number; readonly maxSize: number }) {}

  /** Size of what is kept, in UTF-16 code units. */
  get size(): number {
    return this.keptSize;
  }

  /** The watermark of somebody who has seen everything. */
  get watermark(): string {
    return String(this.appended);
  }

  append(activity: string): void {
    this.kept.push(activity);
    this.keptSize += activity.length;
    this.appended += 1;
    while (
      this.kept.length > 1 &&
      (this.kept.length > this.limits.maxActivities || this.keptSize > this.limits.maxSize)
    ) {
      this.keptSize -= this.kept.shift()!.length;
    }
  }

  /** What came after `watermark`; all that is kept for 0, nothing for a watermark from the future. */
  since(watermark: number): ActivitySet {
    const dropped = this.appended - this.kept.length;
    return { activities: this.kept.slice(Math.max(0, watermark - dropped)), watermark: this.watermark };
  }
}

/** The watermark that a client sent; 0 for none and for anything that is not a whole number from 0 to 999,999,999,999. */
export function parseWatermark(text: string | null | undefined): number {
  return text && /^\d{1,12}$/.test(text) ? Number(text) : 0;
}

/** The message of Direct Line's HTTP and WebSocket protocols that carries activities. */
export function formatActivitySet({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.join(',')}],"watermark":${JSON.stringify(watermark)}}`;
}
