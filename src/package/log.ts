import type { Logger } from 'pino'
import { inOptions } from '../config/options/names.ts'
import type { Log } from '../config/options/types.ts'
import { createLogger } from '../server/telemetry/logger.ts'

/** Tells a log what happens; nobody, where there is none. What looks like a card number is hidden before. */
export function logTo(log: Log | undefined): Logger {
  if (log === undefined) return createLogger('silent', { write() {} })
  return createLogger('info', {
    write(line) {
      const { level, time: _, msg, ...fields } = JSON.parse(line) as Readonly<Record<string, string>>
      const message = inOptions(msg ?? '')
      if (level === 'info') log.info(fields, message)
      else if (level === 'warn') log.warn(fields, message)
      else log.error(fields, message)
    },
  })
}
