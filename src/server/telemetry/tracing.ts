import type { IncomingMessage } from 'node:http'
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { TracingConfig } from '../../config/telemetry.ts'
import { type CallResult, isFailure, type PreparedCall } from '../../payapi/index.ts'
import type { RequestEnd, RequestObserver, Send } from './observer.ts'
import { openExport } from './otlp-exporter.ts'
import { formatTraceparent, parseTraceparent, TRACEPARENT } from './trace-context.ts'

interface Tracing {
  readonly observer: RequestObserver
  /** Sends what is left, for no longer than a few seconds. Never rejects. */
  close(): Promise<void>
}

/**
 * The traces of one facade: a span for each request for GraphQL, within the caller's trace where it names one, and
 * within it a span for each call to PayAPI. What a span says is written here, name by name: nothing of an input, and
 * nothing that a caller chose.
 */
export function createTracing(config: TracingConfig, onFault: (fault: unknown) => void): Tracing {
  const { tracer, close } = openExport(config, onFault)
  const spans = new WeakMap<IncomingMessage, Span>()
  return {
    observer: {
      begin(request) {
        const span = tracer.startSpan('graphql request', { kind: SpanKind.SERVER }, callerOf(request))
        spans.set(request, span)
        return (end) => endRequest(span, end)
      },
      send: (request, call, send) => sendTraced(tracer, spans.get(request), call, send, config.payApiHeaders),
    },
    close,
  }
}

function callerOf({ headers }: IncomingMessage): Context {
  const value = headers[TRACEPARENT]
  const caller = typeof value === 'string' ? parseTraceparent(value) : undefined
  return caller === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, caller)
}

function endRequest(span: Span, { operation, status }: RequestEnd): void {
  if (operation !== 'none') span.updateName(`graphql ${operation}`).setAttribute('graphql.operation.type', operation)
  if (status !== undefined) span.setAttribute('http.response.status_code', status)
  if (status === undefined || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

async function sendTraced(
  tracer: Tracer,
  parent: Span | undefined,
  call: PreparedCall,
  send: Send,
  payApiHeaders: boolean,
): Promise<CallResult> {
  const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent)
  const { service, merchant } = call
  const span = tracer.startSpan(`payapi ${service.name}`, { kind: SpanKind.CLIENT }, context)
  span.setAttribute('payapi.service', service.name).setAttribute('payapi.merchant_id', merchant.mid)
  try {
    const headers = { ...call.headers, [TRACEPARENT]: formatTraceparent(span.spanContext()) }
    const result = await send(payApiHeaders ? { ...call, headers } : call)
    describe(span, result)
    return result
  } catch (fault) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw fault
  } finally {
    span.end()
  }
}

function describe(span: Span, result: CallResult): void {
  span.setAttribute('payapi.ending', result.type)
  if (!isFailure(result)) {
    span.setAttribute('payapi.outcome', 'SUCCESS')
    return
  }
  span.setAttribute('payapi.outcome', result.outcome)
  if ('httpStatus' in result) span.setAttribute('http.response.status_code', result.httpStatus)
  // That PayAPI refused is no error of a call, but an answer to it.
  if (result.type !== 'PgFailure') {
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'reason' in result ? result.reason : result.type })
  }
}
