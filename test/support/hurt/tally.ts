/** What became of all that people said. Each fault is a line that says whose and which message. */
export interface Tally {
  /** Messages that were taken with a 2xx. */
  acknowledged: number;
  /** Times that something was sent again because no good answer came. */
  resent: number;
  conversations: number;
  /** Web sockets and talks that went on after a break. */
  reconnected: number;
  /** From the first try to the answer, in milliseconds, of messages that were taken at once. */
  readonly latencies: number[];
  /** Acknowledged, and not in the history or never answered. */
  readonly lost: string[];
  /** Twice in the history, or answered twice. */
  readonly doubled: string[];
  /** Answered once more after a kill that came between the connector's taking of the answer and the bot's note of it. */
  readonly doubledOverKill: string[];
  readonly disordered: string[];
  /** Heard twice on web sockets or by polling, or never. */
  readonly misheard: string[];
  /** Answered with something else, such as a guide that is at another step. */
  readonly wrong: string[];
  readonly apologies: string[];
  /** Answered by a channel with something else or an apology in a talk during which something that the bot needs was away. */
  readonly excused: string[];
  /** Greeted not at all, twice, or with something else. */
  readonly greetings: string[];
  /** Answers to requests that clients would not try again. */
  readonly refused: string[];
}

/** A tally before anything was said. */
export function newTally(): Tally {
  return {
    acknowledged: 0,
    resent: 0,
    conversations: 0,
    reconnected: 0,
    latencies: [],
    lost: [],
    doubled: [],
    doubledOverKill: [],
    disordered: [],
    misheard: [],
    wrong: [],
    apologies: [],
    excused: [],
    greetings: [],
    refused: [],
  };
}

const FAULTS_SHOWN = 6;

/** The first faults of a tally by kind; kinds without any are left out. `doubledOverKill` is none: nobody can avoid it. */
export function faultsOf(tally: Tally): Readonly<Record<string, readonly string[]>> {
  const { lost, doubled, disordered, misheard, wrong, apologies, greetings, refused } = tally;
  const all = { lost, doubled, disordered, misheard, wrong, apologies, greetings, refused };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, faults]) => faults.length > 0)
      .map(([kind, faults]) => [kind, [`${faults.length} in all`, ...faults.slice(0, FAULTS_SHOWN)]]),
  );
}

/** How many of each, in one line. */
export function tallyText(tally: Tally): string {
  return Object.entries(tally)
    .filter(([name]) => name !== 'latencies')
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : value}`)
    .join(', ');
}
