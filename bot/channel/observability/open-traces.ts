import type { Config } from '../../config';
import type { Logger } from '../../log';
import { NO_TRACES, type Traces } from './traces';

/** Sends traces to the collector that is set; without one, nothing of it is even loaded. */
export async function openTraces(config: Pick<Config, 'traces'>, version: string, log: Logger): Promise<Traces> {
  if (config.traces === undefined) return NO_TRACES;
  const { openOtlpTraces } = await import('./otlp-traces.js');
  return openOtlpTraces({ ...config.traces, version, log });
}
