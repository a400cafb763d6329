import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { auditHistory, type HistoryActivity, type SaidLine } from './audit-history';
import { requestJson } from './http-json';
import { holdsWithin, insist, type Person, type Surroundings } from './people';
import { type Line, talkScript } from './talk-script';

export interface DirectLinePersonOptions extends Surroundings {
  /** Whose talks these are; people with other numbers ask in another order. */
  readonly number: number;
  /** How the bot is heard. */
  readonly hears: 'socket' | 'polling';
  /** So many messages are sent before an answer is waited for; default 1. */
  readonly burst?: number;
  /** The web socket breaks after so many messages; default: never by itself. */
  readonly breaksAfter?: number;
}

interface Talk {
  readonly id: string;
  readonly token: string;
  readonly said: SaidLine[];
  /** Activities by id, and how often each was heard. */
  readonly heard: Map<string, number>;
  readonly answered: Set<string>;
  watermark: string;
  isGreeted: boolean;
  isOver: boolean;
  socket: WebSocket | undefined;
}

const POLL_EVERY_MS = 60;
const RECONNECT_AFTER_MS = 40;

/** Somebody on a page: sends by HTTP until it is taken, hears by web socket or polling, and comes back with the watermark. */
export function directLinePerson(options: DirectLinePersonOptions): Person {
  const { botUrl, tally, agent, number, hears, burst = 1, breaksAfter = 0, thinkMs = 0, abandoned } = options;
  const { patienceMs = 20_000 } = options;
  const base = `${botUrl}/v3/directline`;
  let isStopped = false;

  async function open(): Promise<Talk | undefined> {
    const generated = await insist(
      { method: 'POST', url: `${base}/tokens/generate`, body: {}, agent },
      options,
      'token',
    );
    if (generated === undefined) return undefined;
    const { token } = generated.answer.body;
    const opened = await insist(
      { method: 'POST', url: `${base}/conversations`, body: {}, token, agent },
      options,
      'open',
    );
    if (opened === undefined) return undefined;
    tally.conversations += 1;
    return {
      id: opened.answer.body.conversationId,
      token,
      said: [],
      heard: new Map(),
      answered: new Set(),
      watermark: '0',
      isGreeted: false,
      isOver: false,
      socket: undefined,
    };
  }

  function hear(
    talk: Talk,
    set: { readonly activities: readonly HistoryActivity[]; readonly watermark?: string },
  ): void {
    for (const { id, type, replyToId, channelData } of set.activities) {
      if (type === 'typing') continue;
      talk.heard.set(id, (talk.heard.get(id) ?? 0) + 1);
      if (type !== 'message') continue;
      if (replyToId !== undefined) talk.answered.add(replyToId);
      else if (channelData?.clientActivityID === undefined) talk.isGreeted = true;
    }
    if (set.watermark !== undefined) talk.watermark = set.watermark;
  }

  async function listen(talk: Talk): Promise<void> {
    while (!talk.isOver) {
      try {
        if (hears === 'polling') await poll(talk);
        else await stream(talk);
      } catch {
        // The bot is away.
      }
      if (!talk.isOver) await delay(hears === 'polling' ? POLL_EVERY_MS : RECONNECT_AFTER_MS);
    }
  }

  async function poll(talk: Talk): Promise<void> {
    const url = `${base}/conversations/${talk.id}/activities?watermark=${talk.watermark}`;
    const { status, body } = await requestJson({ method: 'GET', url, token: talk.token, agent });
    if (status === 200) hear(talk, body);
  }

  /** One web socket, from its opening to its end. */
  async function stream(talk: Talk): Promise<void> {
    const url = `${base}/conversations/${talk.id}?watermark=${talk.watermark}`;
    const { status, body } = await requestJson({ method: 'GET', url, token: talk.token, agent });
    if (status !== 200 || talk.isOver) return;
    const socket = new WebSocket(body.streamUrl);
    talk.socket = socket;
    await new Promise<void>((resolve) => {
      socket.on('open', () => {
        tally.reconnected += 1;
      });
      socket.on('message', (data) => {
        const text = String(data);
        // What comes after this end let go of the socket is heard on the next one.
        if (text !== '' && talk.socket === socket) hear(talk, JSON.parse(text));
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  }

  function breakSocket(talk: Talk): void {
    const { socket } = talk;
    talk.socket = undefined;
    socket?.terminate();
  }

  async function say(talk: Talk, line: Line): Promise<SaidLine | undefined> {
    const mark = randomUUID();
    const startedAt = performance.now();
    const body = { type: 'message', text: line.text, channelData: { clientActivityID: mark } };
    const url = `${base}/conversations/${talk.id}/activities`;
    const taken = await insist({ method: 'POST', url, token: talk.token, body, agent }, options, line.text);
    if (taken === undefined) return undefined;
    tally.acknowledged += 1;
    const said = { line, mark, id: String(taken.answer.body?.id), first: taken.first, startedAt };
    talk.said.push(said);
    return said;
  }

  async function waitFor(talk: Talk, said: SaidLine): Promise<void> {
    const isOver = (): boolean => talk.answered.has(said.id) || abandoned?.aborted === true;
    if (!(await holdsWithin(patienceMs, isOver))) return;
    if (said.first && burst === 1) tally.latencies.push(performance.now() - said.startedAt);
  }

  async function finish(talk: Talk): Promise<void> {
    // Who is stopped as soon as the conversation is open is there before the greeting.
    await holdsWithin(patienceMs, () => talk.isGreeted || abandoned?.aborted === true);
    const url = `${base}/conversations/${talk.id}/activities`;
    const history = await insist({ method: 'GET', url, token: talk.token, agent }, options, 'history');
    const activities: readonly HistoryActivity[] = history?.answer.body?.activities ?? [];
    // What stands in the history is on its way to whoever listens.
    await holdsWithin(
      patienceMs,
      () => activities.every(({ id }) => talk.heard.has(id)) || abandoned?.aborted === true,
    );
    talk.isOver = true;
    breakSocket(talk);
    auditHistory({ name: `person ${number}`, said: talk.said, activities, heard: talk.heard }, tally);
  }

  async function talkOnce(script: readonly Line[]): Promise<void> {
    const talk = await open();
    if (talk === undefined) return;
    const listening = listen(talk);
    for (let at = 0; at < script.length && !isStopped; at += burst) {
      const said: SaidLine[] = [];
      for (const line of script.slice(at, at + burst)) {
        const one = await say(talk, line);
        if (one !== undefined) said.push(one);
      }
      if (breaksAfter > 0 && (at + 1) % breaksAfter === 0) breakSocket(talk);
      for (const one of said) await waitFor(talk, one);
      if (thinkMs > 0) await delay(thinkMs);
    }
    await finish(talk);
    await listening;
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
