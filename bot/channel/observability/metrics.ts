import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { GuideMove } from '../../guide-move';
import type { OutcomeKind } from '../../outcome-kind';
import type { Stage } from '../../stage';
import { CHANNEL_LABELS, channelLabel } from './channel-label';

/** Why a call to a channel's connector failed: no answer in time; no connection or a 5xx; or the channel did not want it. */
export type ConnectorFault = 'timeout' | 'down' | 'refused';

/** What Prometheus is given. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Counts and times what operators watch. No label has a value that people make up: channels that are not known count as `other`,
 * guides, questions and outcomes are those of the content, and nothing names a person or a conversation.
 */
export interface Metrics {
  /** A turn that was answered, `seconds` after it began. Confidence, 0 to 1, counts for answers only. */
  turnAnswered(turn: {
    readonly channel: string;
    readonly outcome: OutcomeKind;
    readonly confidence: number;
    readonly seconds: number;
  }): void;
  /** A turn that was not: for want of the channel, or by our own fault. */
  turnFailed(channel: string, cause: 'channel' | 'bot'): void;
  stageTook(stage: Stage, seconds: number): void;
  guideMoved(move: GuideMove): void;
  /** One operation on the store. `operation` is one of a few names in the code. */
  storageCall(operation: string, seconds: number, ok: boolean): void;
  /** Until it is called, the store counts as up. */
  storageUp(isUp: boolean): void;
  /** One call to a channel's connector; `fault` is `undefined` where it went well. */
  connectorCall(channel: string, seconds: number, fault: ConnectorFault | undefined): void;
  /** An activity that was answered before. */
  duplicateDropped(channel: string): void;
  /** A request that was refused as one too many: on which route, counted for whom. */
  rateLimited(route: string, kind: 'address' | 'conversation' | 'user'): void;
  /** A message of the embedded Direct Line. */
  directLineMessage(from: 'user' | 'bot'): void;
  /** Tells where to read how much is open in the embedded Direct Line, whenever somebody looks; until then: nothing. */
  readDirectLine(counts: () => { readonly conversations: number; readonly sockets: number }): void;
  contentReloaded(ok: boolean): void;
  /** All of it as it is now. */
  exposition(): Promise<Exposition>;
}

export interface MetricsOptions {
  /** Of the bot, for `bot_build_info`. */
  readonly version: string;
  /** Whether the process is watched too (memory, garbage collection, event loop); once in a process. Default: no. */
  readonly watchProcess?: boolean;
}

/** From what a turn takes by words alone to what a person gives up at. */
const TURN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CALL_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CONFIDENCES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

/** Metrics in a registry of their own. Names and units follow Prometheus: `_total` for counters, seconds, bytes. */
export function buildMetrics({ version, watchProcess = false }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) });
  };
  const histogram = <T extends string>(name: string, help: string, labelNames: readonly T[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });

  const turns = counter('bot_turns_total', 'Turns that were answered, by what they came to.', ['channel', 'outcome']);
  const failures = counter('bot_turn_failures_total', 'Turns that failed, by what was at fault.', ['channel', 'cause']);
  const durations = histogram(
    'bot_turn_duration_seconds',
    'Time of a turn that was answered, from when it is its turn to when all is sent and saved.',
    ['channel'],
    TURN_SECONDS,
  );
  const stages = histogram('bot_turn_stage_duration_seconds', 'Time of the parts of turns.', ['stage'], TURN_SECONDS);
  const confidences = histogram('bot_answer_confidence_ratio', 'How sure answers were, 0 to 1.', [], CONFIDENCES);
  const starts = counter('bot_guide_starts_total', 'Guides that were begun.', ['guide']);
  const entered = counter('bot_guide_questions_entered_total', 'Questions of guides that were asked.', [
    'guide',
    'question',
  ]);
  const left = counter('bot_guide_questions_left_total', 'Questions of guides that were left, by the way out.', [
    'guide',
    'question',
    'way',
  ]);
  const outcomes = counter('bot_guide_outcomes_total', 'Outcomes of guides that were told.', ['guide', 'outcome']);
  const storageCalls = histogram(
    'bot_storage_call_duration_seconds',
    'Time of operations on the store.',
    ['operation'],
    CALL_SECONDS,
  );
  const storageErrors = counter('bot_storage_errors_total', 'Operations on the store that failed.', ['operation']);
  const connectorCalls = histogram(
    'bot_connector_call_duration_seconds',
    'Time of calls to the connectors of channels.',
    ['channel'],
    CALL_SECONDS,
  );
  const connectorErrors = counter('bot_connector_errors_total', 'Calls to connectors that failed.', [
    'channel',
    'kind',
  ]);
  const duplicates = counter('bot_duplicates_dropped_total', 'Activities that had been answered before.', ['channel']);
  const limited = counter('bot_rate_limited_total', 'Requests refused as one too many.', ['route', 'kind']);
  const messages = counter('bot_directline_messages_total', 'Messages of the embedded Direct Line.', ['from']);
  const reloads = counter('bot_content_reloads_total', 'Reloads of the content.', ['result']);

  let isStorageUp = true;
  let directLine = () => ({ conversations: 0, sockets: 0 });
  gauge('bot_storage_up', 'Whether the store can be used, 1 or 0.', () => Number(isStorageUp));
  gauge(
    'bot_directline_conversations',
    'Conversations of the embedded Direct Line that are open on a page.',
    () => directLine().conversations,
  );
  gauge('bot_directline_sockets', 'Open web sockets of the embedded Direct Line.', () => directLine().sockets);
  new Gauge({ name: 'bot_build_info', help: 'Always 1.', labelNames: ['version'], registers }).set({ version }, 1);
  // A series that begins at 1 hides that first one from rates, and here it is the first one that matters.
  for (const channel of CHANNEL_LABELS) {
    for (const cause of ['channel', 'bot']) failures.inc({ channel, cause }, 0);
  }
  for (const result of ['ok', 'failed']) reloads.inc({ result }, 0);
  if (watchProcess) collectDefaultMetrics({ register: registry });

  return {
    turnAnswered({ channel, outcome, confidence, seconds }) {
      const known = channelLabel(channel);
      turns.inc({ channel: known, outcome });
      durations.observe({ channel: known }, seconds);
      if (outcome === 'answer') confidences.observe(confidence);
    },
    turnFailed: (channel, cause) => failures.inc({ channel: channelLabel(channel), cause }),
    stageTook: (stage, seconds) => stages.observe({ stage }, seconds),
    guideMoved(move) {
      const { guide } = move;
      switch (move.kind) {
        case 'started':
          return starts.inc({ guide });
        case 'entered':
          return entered.inc({ guide, question: move.question });
        case 'left':
          return left.inc({ guide, question: move.question, way: move.way });
        case 'finished':
          return outcomes.inc({ guide, outcome: move.outcome });
      }
    },
    storageCall(operation, seconds, ok) {
      storageCalls.observe({ operation }, seconds);
      if (!ok) storageErrors.inc({ operation });
    },
    storageUp(isUp) {
      isStorageUp = isUp;
    },
    connectorCall(channel, seconds, fault) {
      const known = channelLabel(channel);
      connectorCalls.observe({ channel: known }, seconds);
      if (fault !== undefined) connectorErrors.inc({ channel: known, kind: fault });
    },
    duplicateDropped: (channel) => duplicates.inc({ channel: channelLabel(channel) }),
    rateLimited: (route, kind) => limited.inc({ route, kind }),
    directLineMessage: (from) => messages.inc({ from }),
    readDirectLine(counts) {
      directLine = counts;
    },
    contentReloaded: (ok) => reloads.inc({ result: ok ? 'ok' : 'failed' }),
    async exposition() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
