import type { Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'
import type { TracingConfig } from '../../config/telemetry.ts'
import { withTimeout } from '../../lib/timeout.ts'

/** How long what is left may take to be sent at the end, milliseconds. */
const LAST_EXPORT_MS = 3_000

/** What makes spans that are sent to a collector. */
interface Export {
  readonly tracer: Tracer
  /** Sends what is left, for no longer than a few seconds. Never rejects. */
  close(): Promise<void>
}

/**
 * Makes spans; `onFault` is told of what could not be sent. Nothing is registered globally, so that several facades of
 * one process do not mix.
 */
export function openExport(config: TracingConfig, onFault: (fault: unknown) => void): Export {
  const url = `${config.endpoint.replace(/\/+$/, '').replace(/\/v1\/traces$/, '')}/v1/traces`
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': config.serviceName })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.samplePercent / 100) }),
    spanProcessors: [new BatchSpanProcessor(reporting(new OTLPTraceExporter({ url }), onFault))],
  })
  return {
    tracer: provider.getTracer('payapi-graphql'),
    close: () =>
      withTimeout(LAST_EXPORT_MS, provider.shutdown()).then((isSent) => {
        if (!isSent) onFault(new Error('The last traces were not taken in time'))
      }, onFault),
  }
}

/** OpenTelemetry keeps to itself what it could not send. */
function reporting(exporter: SpanExporter, onFault: (fault: unknown) => void): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined) onFault(result.error)
        done(result)
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  }
}
