import type { TurnContext } from 'botbuilder';
import type { DuringStage } from '../../stage';
import type { Metrics } from './metrics';

/** Watches the stages of one turn. */
export type WatchStages = (context: TurnContext) => DuringStage;

/** Times the stages of turns for the metrics. Stages that fail count too. */
export function buildWatchStages(metrics: Pick<Metrics, 'stageTook'>): WatchStages {
  const during: DuringStage = async (stage, work) => {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      metrics.stageTook(stage, (performance.now() - startedAt) / 1000);
    }
  };
  return () => during;
}
