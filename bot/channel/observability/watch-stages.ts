import type { TurnContext } from 'botbuilder';
import type { DuringStage } from '../../stage';
import type { Metrics } from './metrics';
import { type Span, spanOf } from './traces';

/** Watches the stages of one turn. */
export type WatchStages = (context: TurnContext) => DuringStage;

/** Times the stages of turns for the metrics, and shows them in the trace that a turn is a part of. Stages that fail count too. */
export function buildWatchStages(metrics: Pick<Metrics, 'stageTook'>): WatchStages {
  const timed: DuringStage = async (stage, work) => {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      metrics.stageTook(stage, (performance.now() - startedAt) / 1000);
    }
  };
  return (context) => {
    const span = spanOf(context);
    return span === undefined ? timed : (stage, work) => timed(stage, () => traced(span, stage, work));
  };
}

async function traced<T>(span: Span, stage: string, work: () => T | Promise<T>): Promise<T> {
  const child = span.child(stage);
  try {
    return await work();
  } catch (error) {
    child.fail(error);
    span.fail(error);
    throw error;
  } finally {
    child.end();
  }
}
