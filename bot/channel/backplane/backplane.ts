/** How often something may happen, for each of many keys. */
export interface SharedRateLimit {
  /** Counts one for `key`: `undefined` where it may happen, else the whole seconds until it may. Never rejects: where nobody can count, this process counts for itself. */
  take(key: string): Promise<number | undefined>;
}

/** What the processes that serve the same bot share besides the storage. */
export interface Backplane {
  /**
   * Runs `work` while no other work of the same key runs, in this process or in another, after all that this process was asked for
   * earlier. Settles as `work` does. A process that dies holds nobody up for longer than its lease. Where the others cannot be asked,
   * the order of this process alone holds.
   */
  exclusively<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Lets everybody who listens on a topic hear a text, in every process, in this one too. Never throws; where it fails, others hear nothing. */
  publish(topic: string, text: string): void;
  /** Hears what is published on a topic from when the promise resolves on, until `end` is called. */
  subscribe(topic: string, hear: (text: string) => void): Promise<{ end(): void }>;
  /** Calls `onGap` whenever something may have been published that was not heard, until `end` is called. */
  watchGaps(onGap: () => void): { end(): void };
  /** A bucket for each key that holds `perMinute` and fills up evenly in a minute. `name` tells limits apart. */
  rateLimit(name: string, perMinute: number): SharedRateLimit;
  /** How many works of this process run or wait. */
  size(): number;
  /** Resolves as soon as no work of this process runs or waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
