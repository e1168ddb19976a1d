import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Config } from '../../config/index.ts'
import type { Journal } from '../../journal/journal.ts'
import type { PayApiClient } from '../../payapi/index.ts'
import type { MerchantCredentials } from '../../payapi/merchant.ts'
import { SettleSchedule } from '../../payments/settling/schedule.ts'
import { openArrivals } from '../pg/open-arrivals.ts'
import { type NoticeObserver, openNotices } from '../pg/open-notices.ts'
import type { SandboxEndpoint } from '../sandbox/embedded-sandbox.ts'
import { describeFault } from '../telemetry/logger.ts'
import { openWebhooks, type WebhookObserver } from '../webhooks.ts'

interface WorkOptions {
  readonly config: Pick<Config, 'notices' | 'exposure' | 'journal' | 'webhooks'>
  /** Addresses for notices of the embedded sandbox, in place of those that are configured. */
  readonly sandboxEndpoints: readonly SandboxEndpoint[] | undefined
  readonly journal: Journal
  readonly client: PayApiClient
  readonly merchants: readonly MerchantCredentials[]
  readonly log: Logger
  readonly telemetry: { readonly notices?: NoticeObserver; readonly webhooks?: WebhookObserver }
}

type Take = (request: IncomingMessage, response: ServerResponse) => boolean

/** What goes on beside requests for GraphQL, on a journal: notices, buyers who come back, settling and webhooks. */
interface Work {
  /** Each says whether the request was for it. */
  readonly takeNotice: Take
  readonly takeArrival: Take
  /** How many webhooks wait to be sent, by endpoint. */
  countWebhooks(): Promise<Readonly<Record<string, number>>>
  start(): void
  close(): Promise<void>
}

export function openWork(options: WorkOptions): Work {
  const { config, sandboxEndpoints, journal, client, merchants, log, telemetry } = options
  const notices = openNotices({
    config: sandboxEndpoints ? { ...config.notices, endpoints: sandboxEndpoints } : config.notices,
    journal,
    client,
    merchants,
    log,
    observer: telemetry.notices,
  })
  const settling = new SettleSchedule({
    journal,
    client,
    services: config.journal?.autoSettle ?? [],
    onFault: (fault) => log.warn({ fault: describeFault(fault) }, 'operations could not be settled'),
  })
  const webhooks = openWebhooks({
    config: config.webhooks,
    store: journal.store,
    log,
    observer: telemetry.webhooks,
  })
  return {
    takeNotice: notices.handle,
    takeArrival: openArrivals({
      client,
      journal,
      log,
      trustedProxies: config.notices.trustedProxies,
      behindTls: config.exposure.behindTls,
    }),
    countWebhooks: () => webhooks.countPending(),
    start() {
      notices.start()
      settling.start()
      webhooks.start()
    },
    close: async () => void (await Promise.all([notices.close(), settling.close(), webhooks.close()])),
  }
}
