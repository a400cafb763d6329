import type http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type JsonAnswer, type JsonRequest, requestJson } from './http-json';
import type { Tally } from './tally';

/** A time during which something was away (`performance.now()`), `to` infinite while it lasts. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** What people who talk to the bot have in common. */
export interface Surroundings {
  /** Where the bot is, or what stands before it. */
  readonly botUrl: string;
  readonly tally: Tally;
  readonly agent: http.Agent;
  /** How long they wait between hearing an answer and saying the next thing; default: not at all. */
  readonly thinkMs?: number;
  /** How long they wait for the answer to something that was acknowledged; default 20,000. */
  readonly patienceMs?: number;
  /** When something that the bot needs was away; default: never. What is lost or doubled then is no less a fault. */
  readonly outages?: readonly Outage[];
  /** Aborted where nobody waits for the people any more. */
  readonly abandoned?: AbortSignal;
  /** Statuses at which they try again; default: 429 and all from 500 on. */
  readonly isTransient?: (status: number) => boolean;
}

/** Somebody who talks to the bot, one conversation after the other. */
export interface Person {
  /** Talks until told to stop; resolves when what was said last is settled and everything is looked over. */
  talk(): Promise<void>;
  stop(): void;
}

const RETRY_AFTER_MS = 40;
/** Nothing is tried for longer: the machine would be at fault, or the test. */
const GIVE_UP_AFTER_MS = 90_000;

/**
 * Sends a request until it is answered with less than 400, as clients do that must not lose anything. `first` says whether that was at the
 * first try. `undefined` where it was refused for good, which the tally then says.
 */
export async function insist(
  request: JsonRequest,
  {
    tally,
    abandoned,
    isTransient = (status) => status === 429 || status >= 500,
  }: Pick<Surroundings, 'tally' | 'abandoned' | 'isTransient'>,
  what: string,
): Promise<{ readonly answer: JsonAnswer; readonly first: boolean } | undefined> {
  const startedAt = performance.now();
  for (let tries = 0; ; tries++) {
    if (abandoned?.aborted) return undefined;
    if (performance.now() - startedAt > GIVE_UP_AFTER_MS) {
      tally.refused.push(`${what}: nothing for ${GIVE_UP_AFTER_MS} ms`);
      return undefined;
    }
    if (tries > 0) {
      tally.resent += 1;
      await delay(RETRY_AFTER_MS);
    }
    let answer: JsonAnswer;
    try {
      answer = await requestJson(request);
    } catch {
      continue;
    }
    if (answer.status < 400) return { answer, first: tries === 0 };
    if (isTransient(answer.status)) continue;
    tally.refused.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return undefined;
  }
}

/** Whether something was away at any time from `from` until now. */
export function sawOutage(from: number, outages: readonly Outage[] = []): boolean {
  return outages.some(({ to }) => to > from);
}

/** Whether `condition` holds within the time; looked at every few milliseconds. */
export async function holdsWithin(ms: number, condition: () => boolean): Promise<boolean> {
  const startedAt = performance.now();
  while (!condition()) {
    if (performance.now() - startedAt > ms) return false;
    await delay(5);
  }
  return true;
}
