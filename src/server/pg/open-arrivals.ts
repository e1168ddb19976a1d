import type { Logger } from 'pino'
import type { Journal } from '../../journal/journal.ts'
import type { AddressList } from '../../lib/network/addresses.ts'
import type { PayApiClient } from '../../payapi/index.ts'
import { SmsArrivals } from '../../payments/sms-arrivals.ts'
import { logFault } from '../telemetry/logger.ts'
import { createArrivalHandler } from './arrivals.ts'

interface OpenOptions {
  readonly client: PayApiClient
  readonly journal: Journal
  readonly log: Logger
  readonly trustedProxies: AddressList | undefined
  readonly behindTls: boolean
}

/** Takes buyers in who come back from the PG's pages. */
export function openArrivals({ client, journal, log, trustedProxies, behindTls }: OpenOptions) {
  const arrivals = new SmsArrivals({
    client,
    journal,
    onEvent: (event) => log.warn(event, 'sms arrival refused'),
  })
  return createArrivalHandler({ arrivals, trustedProxies, behindTls, onFault: (fault) => logFault(log, fault) })
}
