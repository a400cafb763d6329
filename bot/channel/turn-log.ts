import type { TurnContext } from 'botbuilder';
import type { Config } from '../config';
import type { Logger } from '../log';
import type { TurnResult } from '../turn-result';
import type { UserMessage } from '../user-message';
import { textOf } from './message-text';
import type { Metrics } from './observability/metrics';
import { spanOf } from './observability/traces';

export interface TurnLogParts {
  readonly log: Logger;
  readonly config: Pick<Config, 'logMessages'>;
  readonly metrics: Pick<Metrics, 'turnAnswered' | 'guideMoved' | 'duplicateDropped'>;
}

/**
 * Logs a turn in one line, and a miss in a second one, and counts it in the metrics. What people type stays out unless the operator
 * asked for it.
 */
export function logTurn(
  { log, config, metrics }: TurnLogParts,
  context: TurnContext,
  message: UserMessage,
  { outcome }: TurnResult,
  ms: number,
): void {
  const { activity } = context;
  const { kind, confidence } = outcome;
  const span = spanOf(context);
  span?.set('bot.outcome', kind);
  metrics.turnAnswered({ channel: activity.channelId, outcome: kind, confidence, seconds: ms / 1000 });
  for (const move of outcome.guideMoves ?? []) metrics.guideMoved(move);
  const where = { conversation: activity.conversation.id, channel: activity.channelId };
  log.info(
    {
      ...where,
      message: message.kind,
      outcome: kind,
      // A command is answered with no candidate.
      ...(kind === 'command' ? {} : { top: outcome.guide ?? outcome.answers[0]?.id }),
      confidence: Math.round(confidence * 1000) / 1000,
      ms: Math.round(ms * 100) / 100,
      ...(span === undefined ? {} : { trace: span.traceId }),
      ...(config.logMessages ? { text: textOf(message) } : {}),
    },
    'turn',
  );
  if (outcome.miss === undefined) return;
  const { candidates, question } = outcome.miss;
  log.info({ ...where, candidates, ...(config.logMessages ? { question } : {}) }, 'miss');
}

/** Logs and counts a delivery that had its answer already. */
export function logDuplicate({ log, metrics }: TurnLogParts, { activity }: TurnContext): void {
  metrics.duplicateDropped(activity.channelId);
  const where = { conversation: activity.conversation.id, channel: activity.channelId };
  log.info(where, 'delivered again: answered already');
}
