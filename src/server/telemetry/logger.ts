import { type DestinationStream, type Logger, pino } from 'pino'
import type { RequestLog } from '../../graphql/context.ts'
import { redactCardNumbers } from '../../lib/redact.ts'
import type { CallRecord } from '../../payapi/index.ts'
import { isoInstant } from '../../payapi/wire/korean-time.ts'
import { standardOutput } from './standard-output.ts'

/**
 * Lines go to standard output by default. Whatever is logged, the last step hides what looks like a card number. Times
 * are ISO 8601: as milliseconds, one in ten would look like one itself.
 */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${isoInstant(Date.now())}"`,
    },
    stream === undefined ? standardOutput() : { write: (line) => stream.write(redactCardNumbers(line)) },
  )
}

/** Logs one call to PayAPI: a line at `info`, at `warn` where what became of it is unknown. */
export function logCall(log: Logger, record: CallRecord): void {
  if (record.outcome === 'UNKNOWN') log.warn(record, 'payapi call')
  else log.info(record, 'payapi call')
}

/** What happens in a request beside calls, as lines of a log: ids, and who did it. */
export function requestLog(log: Logger): RequestLog {
  const recorded =
    (what: 'resolved' | 'reopened'): RequestLog['resolved'] =>
    (operation, caller) => {
      if ('type' in operation) {
        const { requestId, reason } = operation
        log.warn({ requestId, caller, reason }, `operation not ${what}`)
      } else {
        const { id, service, merchantId, state } = operation
        log.info({ operationId: id, service, merchantId, state, caller }, `operation ${what}`)
      }
    }
  return {
    rejected: (service, { requestId, merchantId }) => log.info({ requestId, service, merchantId }, 'input rejected'),
    resolved: recorded('resolved'),
    reopened: recorded('reopened'),
  }
}

const FRAME = /^ {4}at .*(?:[:/\\][\w.-]+:\d+:\d+|<anonymous>|native)\)?$/

/** What may be logged of whatever was thrown: its name, its message without values, where it came from. */
export function describeFault(fault: unknown) {
  const error = thrownError(fault)
  // The message stands before the frames, and may have lines that look like one.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => FRAME.test(line))
  return { name: withoutValues(error.name), reason: withoutValues(error.message), frames }
}

/** What a resolver throws, graphql wraps into an error of its own. */
function thrownError(fault: unknown): Error {
  const { originalError } = (fault ?? {}) as { originalError?: unknown }
  if (originalError instanceof Error) return thrownError(originalError)
  return fault instanceof Error ? fault : new Error(String(fault))
}

/**
 * A message from anywhere, without whatever may be a value in it: what stands in quotes, every word that has a digit or
 * is no plain word, and every long one but an error's code, which is of capitals.
 */
export function withoutValues(message: string): string {
  return message.replace(/(["'`])[\s\S]*?\1|\S*[\d=+/\\%]\S*|(?![A-Z_]+(?!\S))\S{25,}/g, '[hidden]')
}

const logged = new WeakSet<object>()

/** Logs a fault of our own, once: yoga reports some of them twice. */
export function logFault(log: Logger, fault: unknown): void {
  const error = thrownError(fault)
  if (logged.has(error)) return
  logged.add(error)
  log.error({ fault: describeFault(error) }, 'unexpected fault')
}
