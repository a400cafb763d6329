import { deflateSync, inflateSync } from 'node:zlib';

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
  /** The activities, packed, in base64. */
  readonly packed: string;
}

/** Where a clock was put back, a log that comes back goes on this much above what it knows: more than was said since it was saved. */
const UNSAVED_AT_MOST = 1_000_000;
/** More than any log holds: a damaged file must not fill the memory. */
const MAX_UNPACKED_BYTES = 20_000_000;

/**
 * The last activities of one conversation, each a JSON text of one-byte characters. The watermark grows with every activity there ever was, so it stays right when old
 * ones are dropped: whoever comes back with a watermark from before the oldest one gets all that are kept.
 */
export class ActivityLog {
  /** `undefined` while the log is packed only. */
  private kept: string[] | undefined = [];
  /** The same, packed; `undefined` when something was appended since. */
  private packed: Buffer | undefined;
  private readonly at: number[] = [];
  private keptSize = 0;
  private last: number;

  /**
   * `maxSize` is in UTF-16 code units; the newest activity is kept whatever its size. Watermarks begin above `after` and above
   * those of `saved`. For a log that was saved, `after` should be a clock that ticks more often than the log grows: then nobody has
   * heard a watermark above it, not even one that was given after the log was saved.
   * @throws {Error} where `saved` is damaged
   */
  constructor(
    private readonly limits: { readonly maxActivities: number; readonly maxSize: number },
    after = 0,
    saved?: SavedLog,
  ) {
    this.last = after;
    if (saved === undefined || saved.at.length === 0) return;
    const packed = Buffer.from(saved.packed, 'base64');
    const activities = unpack(packed);
    if (activities.length !== saved.at.length) throw new Error('the log and its watermarks do not go together');
    this.at.push(...saved.at);
    this.kept = undefined;
    this.packed = packed;
    this.keptSize = activities.reduce((sum, { length }) => sum + length, 0);
    const lastSaved = saved.at.at(-1)!;
    if (lastSaved >= after) this.last = lastSaved + UNSAVED_AT_MOST;
  }

  /** What the log takes at the moment, in characters or bytes. */
  get size(): number {
    return (this.kept === undefined ? 0 : this.keptSize) + (this.packed?.length ?? 0);
  }

  /** The watermark of somebody who has seen everything. */
  get watermark(): string {
    return String(this.last);
  }

  append(activity: string): void {
    const kept = this.unpacked();
    this.kept = kept;
    this.packed = undefined;
    this.last += 1;
    kept.push(activity);
    this.at.push(this.last);
    this.keptSize += activity.length;
    while (kept.length > 1 && (kept.length > this.limits.maxActivities || this.keptSize > this.limits.maxSize)) {
      this.keptSize -= kept.shift()!.length;
      this.at.shift();
    }
  }

  /** What came after `watermark`; all that is kept for 0, nothing for a watermark from the future. */
  since(watermark: number): ActivitySet {
    const from = this.at.findIndex((at) => at > watermark);
    return { activities: from < 0 ? [] : this.unpacked().slice(from), watermark: this.watermark };
  }

  /** Makes the log small, at about a tenth of its size, until it is needed. */
  pack(): void {
    this.packed ??= pack(this.unpacked());
    this.kept = undefined;
  }

  dump(): SavedLog {
    this.packed ??= pack(this.unpacked());
    return { at: this.at, packed: this.packed.toString('base64') };
  }

  private unpacked(): string[] {
    return this.kept ?? unpack(this.packed!);
  }
}

/** JSON texts hold no line breaks of their own. */
function pack(activities: readonly string[]): Buffer {
  const packed = deflateSync(Buffer.from(activities.join('\n'), 'latin1'));
  // What zlib gives is the beginning of a piece of memory that is far larger.
  const exact = Buffer.allocUnsafeSlow(packed.length);
  packed.copy(exact);
  return exact;
}

function unpack(packed: Buffer): string[] {
  const text = inflateSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }).toString('latin1');
  return text === '' ? [] : text.split('\n');
}

/** The watermark that a client sent; 0 for none and for anything that is not a whole number of at most 15 digits. */
export function parseWatermark(text: string | null | undefined): number {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** The message of Direct Line's HTTP and WebSocket protocols that carries activities. */
export function formatActivitySet({ activities, watermark }: ActivitySet): string {
  return `{"activities":[${activities.join(',')}],"watermark":${JSON.stringify(watermark)}}`;
}
