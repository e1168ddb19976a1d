import type { Logger } from 'pino'
import type { WebhooksConfig } from '../config/webhooks.ts'
import type { OperationStore } from '../journal/operation-store.ts'
import { newId } from '../lib/ids.ts'
import { type Attempt, WebhookDeliveries, type WebhookNews } from '../webhooks/deliveries.ts'
import { describeFault } from './telemetry/logger.ts'

/** Is told what becomes of webhooks, for metrics. */
export type WebhookObserver = (attempt: Attempt) => void

interface WebhooksOptions {
  readonly config: WebhooksConfig
  readonly store: Pick<OperationStore, 'run' | 'watch'>
  readonly log: Logger
  readonly observer: WebhookObserver | undefined
}

/** Tells endpoints what happens. */
export function openWebhooks({ config, store, log, observer }: WebhooksOptions): WebhookDeliveries {
  return new WebhookDeliveries({
    ...config,
    store,
    owner: newId(),
    onNews(news) {
      logNews(log, news)
      if (news.kind === 'attempt') observer?.(news)
    },
  })
}

/** Never an address: it may hold what only its owner knows. */
function logNews(log: Logger, { kind, ...news }: WebhookNews): void {
  if ('fault' in news) log.warn({ fault: describeFault(news.fault) }, 'webhooks could not be delivered')
  else if ('result' in news) log[LEVELS[news.result]](news, SENTENCES[news.result])
  else log.error(news, 'webhook endpoint answered 410: it is sent nothing more')
}

const LEVELS = { DELIVERED: 'info', FAILED: 'warn', GIVEN_UP: 'error' } as const
const SENTENCES = { DELIVERED: 'webhook delivered', FAILED: 'webhook failed', GIVEN_UP: 'webhook given up' } as const
