import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import { cleanMessage } from '../graphql/clean-error.ts'
import type { CallRecord } from '../payapi/index.ts'
import { scrubCardNumbers } from '../payapi/scrub.ts'

/**
 * Takes a level and where lines go (standard output by default); returns the logger. Whatever is logged, the last step
 * hides what looks like a card number. Times are ISO 8601: as milliseconds, one in ten would look like one itself.
 */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: stdTimeFunctions.isoTime,
      hooks: { streamWrite: scrubCardNumbers },
    },
    stream ?? pino.destination(1),
  )
}

/** Logs one call to PayAPI: a line at `info`, at `warn` where what became of it is unknown. */
export function logCall(log: Logger, record: CallRecord): void {
  if (record.outcome === 'UNKNOWN') log.warn(record, 'payapi call')
  else log.info(record, 'payapi call')
}

/** Logs a fault of our own: its name, its message without values, and where it came from. */
export function logFault(log: Logger, fault: unknown): void {
  const error = fault instanceof Error ? fault : new Error(String(fault))
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  log.error({ fault: error.name, reason: cleanMessage(error.message), frames }, 'unexpected fault')
}
