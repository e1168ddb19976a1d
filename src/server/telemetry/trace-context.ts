import type { SpanContext } from '@opentelemetry/api'

// Trace Context of the W3C, level 1: https://www.w3.org/TR/trace-context/

/** The header that names a trace and the caller's part of it. */
export const TRACEPARENT = 'traceparent'

const PATTERN = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

/** The caller's span as a `traceparent` header names it; undefined for a value that is none. */
export function parseTraceparent(value: string): SpanContext | undefined {
  const [, version, traceId, spanId, flags, more] = PATTERN.exec(value) ?? []
  if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined) return undefined
  // Later versions may say more behind what is known of this one; version ff never will be one.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
}

/** The value of the `traceparent` header that names a span. */
export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & 1}`
}
