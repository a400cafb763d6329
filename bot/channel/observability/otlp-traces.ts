import { setTimeout as delay } from 'node:timers/promises';
import {
  type Context,
  defaultTextMapGetter,
  type Span as RecordedSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from '../../log';
import type { Span, Traces } from './traces';

export interface OtlpOptions {
  /** Base address of the collector; spans are posted to `/v1/traces` under it. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** Of the bot. */
  readonly version: string;
  readonly log: Logger;
  /** How long one export may take with all its attempts, and so the last one at a stop; default: 3 s. */
  readonly exportMs?: number;
  /** How often spans are sent; default: every 5 s. */
  readonly everyMs?: number;
}

const EXPORT_MS = 3_000;
const EVERY_MS = 5_000;
const SPAN_KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL };

/**
 * Sends traces to an OpenTelemetry collector, by OTLP over HTTP, in the background. A collector that cannot be reached is logged once,
 * and again when it is back; at most 2,048 spans wait for it, those that come then are lost. Headers for the collector come from
 * `OTEL_EXPORTER_OTLP_HEADERS`, which its library reads by itself.
 */
export function openOtlpTraces(options: OtlpOptions): Traces {
  const { endpoint, serviceName, version, log, exportMs = EXPORT_MS, everyMs = EVERY_MS } = options;
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const exporter = reporting(new OTLPTraceExporter({ url, timeoutMillis: exportMs }), log);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    ),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: everyMs })],
  });
  const tracer = provider.getTracer('bot', version);
  const propagator = new W3CTraceContextPropagator();
  return {
    begin(name, kind, headers = {}) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      return spanFrom(tracer, tracer.startSpan(name, { kind: SPAN_KINDS[kind] }, parent), parent);
    },
    async close() {
      // Rejects where the last export fails, which the exporter has told.
      const closed = provider.shutdown().catch(() => undefined);
      await Promise.race([closed, delay(exportMs, undefined, { ref: false })]);
    },
  };
}

function spanFrom(tracer: Tracer, recorded: RecordedSpan, parent: Context): Span {
  return {
    traceId: recorded.spanContext().traceId,
    child(name) {
      const here = trace.setSpan(parent, recorded);
      return spanFrom(tracer, tracer.startSpan(name, {}, here), here);
    },
    set: (attribute, value) => void recorded.setAttribute(attribute, value),
    fail(error) {
      recorded.setStatus({ code: SpanStatusCode.ERROR });
      recorded.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    },
    end: () => recorded.end(),
  };
}

/** Logs when a collector goes and when it comes back, not each time that it is missed. */
function reporting(exporter: OTLPTraceExporter, log: Logger): SpanExporter {
  let isReached = true;
  const note = ({ code, error }: ExportResult): void => {
    const reached = code === ExportResultCode.SUCCESS;
    if (reached === isReached) return;
    isReached = reached;
    if (reached) log.info('traces reach their collector again');
    else log.warn({ reason: error?.message }, 'traces do not reach their collector: they are dropped until they do');
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        note(result);
        done(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
