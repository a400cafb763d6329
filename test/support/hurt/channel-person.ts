import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerLedger } from './answer-ledger';
import { isNotice, judgeAnswer, judgeNumber } from './audit-history';
import { requestJson } from './http-json';
import { holdsWithin, insist, type Person, type Surroundings, sawOutage } from './people';
import { type Line, talkScript } from './talk-script';

export interface ChannelPersonOptions extends Surroundings {
  readonly number: number;
  readonly connector: AnswerLedger;
  /** When the bot was killed (`performance.now()`). */
  readonly kills: () => readonly number[];
  /** Delivers every message twice at the same time. */
  readonly isDoubleDelivered?: boolean;
}

interface Said {
  readonly line: Line;
  readonly id: string;
  readonly first: boolean;
}

/** An answer may be on the wire for so long when its sender is killed. */
const ON_THE_WIRE_MS = 500;

/** Somebody behind a channel: each activity is delivered under the same id until it is acknowledged, and answers go to a connector. */
export function channelPerson(options: ChannelPersonOptions): Person {
  const { botUrl, tally, agent, number, connector, kills, isDoubleDelivered = false } = options;
  const { thinkMs = 0, patienceMs = 20_000, abandoned } = options;
  const url = `${botUrl}/api/messages`;
  let isStopped = false;

  function activity(conversation: string, id: string, text: string): object {
    return {
      type: 'message',
      id,
      timestamp: new Date().toISOString(),
      channelId: 'emulator',
      serviceUrl: connector.url,
      from: { id: `user-${number}`, name: 'User', role: 'user' },
      recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
      conversation: { id: conversation },
      text,
      textFormat: 'plain',
      locale: 'en-US',
    };
  }

  async function say(conversation: string, line: Line): Promise<Said | undefined> {
    const id = randomUUID();
    const body = activity(conversation, id, line.text);
    const startedAt = performance.now();
    const again = isDoubleDelivered
      ? requestJson({ method: 'POST', url, body, agent }).catch(() => undefined)
      : undefined;
    const taken = await insist({ method: 'POST', url, body, agent }, options, line.text);
    await again;
    if (taken === undefined) return undefined;
    tally.acknowledged += 1;
    const isAnswered = (): boolean =>
      connector.answersOf(conversation).some(({ replyTo }) => replyTo === id) || abandoned?.aborted === true;
    if ((await holdsWithin(patienceMs, isAnswered)) && taken.first) tally.latencies.push(performance.now() - startedAt);
    return { line, id, first: taken.first };
  }

  function audit(conversation: string, said: readonly Said[], isExcused: boolean): void {
    const answers = connector.answersOf(conversation);
    for (const { line, id, first } of said) {
      const where = `channel person ${number}, ${id}: ${line.text}`;
      const own = answers.filter(({ replyTo, json }) => replyTo === id && !isNotice(json));
      if (own.length > 0) {
        const said = JSON.stringify(own.map(({ json }) => json));
        judgeAnswer(where, line, said, isExcused, tally);
      }
      const texts = own.map(({ json }) => String((JSON.parse(json) as { readonly text?: unknown }).text));
      const verdict = judgeNumber(texts, line, isExcused);
      if (verdict === 'right') continue;
      const times = own.map(({ at }) => `${(at / 1_000).toFixed(2)} s`).join(', ');
      const fault = `${where} (${own.length} answers: ${times}${first ? '; acknowledged at once' : ''})`;
      // A kill between two answers: nobody can tell the bot whether the first was taken.
      const wasKilled =
        verdict === 'doubled' && kills().some((at) => at > own[0]!.at - ON_THE_WIRE_MS && at < own.at(-1)!.at);
      if (wasKilled && !first) tally.doubledOverKill.push(fault);
      else tally[verdict].push(fault);
    }
  }

  async function talkOnce(script: readonly Line[]): Promise<void> {
    const conversation = `${randomUUID()}|livechat`;
    const startedAt = performance.now();
    tally.conversations += 1;
    const said: Said[] = [];
    for (const line of script) {
      if (isStopped) break;
      const one = await say(conversation, line);
      if (one !== undefined) said.push(one);
      if (thinkMs > 0) await delay(thinkMs);
    }
    audit(conversation, said, sawOutage(startedAt, options.outages));
    connector.forget(conversation);
  }

  return {
    async talk() {
      for (let talk = number; !isStopped; talk += 1) await talkOnce(talkScript(talk));
    },
    stop() {
      isStopped = true;
    },
  };
}
