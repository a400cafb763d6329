import http from 'node:http';
import type { AnswerLedger } from './answer-ledger';
import { channelPerson } from './channel-person';
import { directLinePerson } from './direct-line-person';
import type { Outage, Person } from './people';
import { newTally, type Tally } from './tally';

export interface CrowdOptions {
  readonly botUrl: string;
  readonly connector: AnswerLedger;
  /** People on pages: of each three, one polls and one sends three messages at once. */
  readonly pages: number;
  /** People behind a channel. */
  readonly channel: number;
  /** When the bot was killed; default: never. */
  readonly kills?: () => readonly number[];
  /** When something that the bot needs was away; may grow. */
  readonly outages?: readonly Outage[];
  readonly thinkMs?: number;
  readonly patienceMs?: number;
  /** Web sockets of pages break after so many messages; default: never by themselves. */
  readonly breaksAfter?: number;
  /** What is said behind a channel is delivered twice at the same time. */
  readonly isDoubleDelivered?: boolean;
}

/** People who talk at the same time. */
export interface Crowd {
  /** Counts while they talk; its faults are complete after {@link stop}. */
  readonly tally: Tally;
  /** Lets everybody finish what was said last, and looks all of it over. */
  stop(): Promise<Tally>;
  /** Lets everybody fall silent, whatever becomes of what they said. Does nothing after {@link stop}. */
  abandon(): void;
}

/** Lets people talk until they are told to stop. */
export function startCrowd({
  pages,
  channel,
  connector,
  kills = () => [],
  breaksAfter = 0,
  ...options
}: CrowdOptions): Crowd {
  const tally = newTally();
  const agent = new http.Agent({ keepAlive: true });
  const abandonment = new AbortController();
  const around = { ...options, tally, agent, abandoned: abandonment.signal };
  const people: readonly Person[] = [
    ...Array.from({ length: pages }, (_, number) =>
      directLinePerson({
        ...around,
        number,
        breaksAfter,
        hears: number % 3 === 1 ? 'polling' : 'socket',
        burst: number % 3 === 2 ? 3 : 1,
      }),
    ),
    ...Array.from({ length: channel }, (_, number) => channelPerson({ ...around, number, connector, kills })),
  ];
  const talking = Promise.all(people.map((person) => person.talk()));
  // Heard when they are told to stop.
  talking.catch(() => undefined);
  return {
    tally,
    async stop() {
      for (const person of people) person.stop();
      await talking;
      agent.destroy();
      return tally;
    },
    abandon() {
      abandonment.abort();
      for (const person of people) person.stop();
      agent.destroy();
    },
  };
}
