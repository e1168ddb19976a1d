import { hash, timingSafeEqual } from 'node:crypto'
import pino from 'pino'

// What a server in production has beside its schema.

const hashOfKey = Buffer.from(process.env.BENCH_KEY_HASH, 'hex')

/** Takes what stands in `x-api-key`; returns whether that is the key of the run. As the facade, it knows the hash only. */
export const isKnown = (key) =>
  typeof key === 'string' && timingSafeEqual(Buffer.from(hash('sha256', key, 'hex'), 'hex'), hashOfKey)

/** One line of JSON for each request, as the facade writes one for each call. */
export const logger = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
