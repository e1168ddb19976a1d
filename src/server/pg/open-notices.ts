import type { Logger } from 'pino'
import type { NoticesConfig } from '../../config/notices.ts'
import type { Journal } from '../../journal/journal.ts'
import type { NoticeKind } from '../../journal/records/notices.ts'
import { type PayApiClient, SERVICES } from '../../payapi/index.ts'
import type { MerchantCredentials } from '../../payapi/merchant.ts'
import { isoInstant } from '../../payapi/wire/korean-time.ts'
import { type ApplierEvent, NoticeApplier } from '../../payments/notices/applier.ts'
import { endpointFinder, type NoticeAddress } from '../../payments/notices/endpoints.ts'
import { NoticeInbox, type NoticeSource, sourceOfLink } from '../../payments/notices/inbox.ts'
import { isToken } from '../../payments/sms-links.ts'
import { createRateLimit } from '../security/rate-limit.ts'
import { describeFault } from '../telemetry/logger.ts'
import { createNoticeHandler, type NoticeRefusal } from './notices.ts'

/** Is told what becomes of notices, for metrics. */
export interface NoticeObserver {
  received(kind: NoticeKind, isNew: boolean): void
  refused(kind: NoticeKind | undefined): void
  unmatched(kind: NoticeKind): void
  applied(kind: NoticeKind, seconds: number): void
}

interface NoticesOptions {
  readonly config: NoticesConfig
  readonly journal: Journal
  readonly client: PayApiClient
  readonly merchants: readonly MerchantCredentials[]
  readonly log: Logger
  readonly observer: NoticeObserver | undefined
}

/** Takes notices of the PG in, and lets them have their effects. */
export function openNotices({ config, journal, client, merchants, log, observer }: NoticesOptions) {
  const store = journal.store
  const inbox = new NoticeInbox({
    store,
    signKeyOf: (merchantId) => merchants.find(({ mid }) => mid === merchantId)?.signKey,
  })
  const applier = new NoticeApplier({
    store,
    settle: config.settle,
    settleOperation: (operationId, transactionId, noticeId) =>
      journal.resolve(operationId, {
        processed: true,
        transactionId,
        note: null,
        resolvedBy: `notice:${noticeId}`,
        resolvedAt: isoInstant(Date.now()),
      }),
    askEscrow: (merchantId, transactionId) =>
      client.call(SERVICES.checkEscrowStatus, { transactionId }, { merchantId }),
    onEvent: (event) => tell(event, log, observer),
  })
  const findEndpoint = endpointFinder(config.endpoints)
  const sourceOf = async (address: NoticeAddress): Promise<NoticeSource | undefined> => {
    if (address.registered !== undefined) {
      const endpoint = findEndpoint(address)
      return endpoint && { ...endpoint, linkId: null }
    }
    // What is no token of ours need not be looked for.
    if (!isToken(address.token)) return undefined
    const link = await store.run('linkOfNotices', { token: address.token })
    return link && sourceOfLink(link)
  }
  const handle = createNoticeHandler({
    sourceOf,
    take: (source, sent) => inbox.take(source, sent),
    onTaken({ id, kind, merchantId, isNew, isDue }) {
      log.info({ noticeId: id, kind, merchantId }, isNew ? 'notice received' : 'notice received again')
      observer?.received(kind, isNew)
      if (isDue) void applier.apply(id)
    },
    onRefused(refusal, kind, fault) {
      logRefusal(log, refusal, kind, fault)
      observer?.refused(kind)
    },
    rateLimit: config.rateLimitPerMinute > 0 ? createRateLimit(config.rateLimitPerMinute) : undefined,
    addresses: config.addresses,
    trustedProxies: config.trustedProxies,
  })
  return { handle, start: () => applier.start(), close: () => applier.close() }
}

function logRefusal(log: Logger, reason: NoticeRefusal, kind: NoticeKind | undefined, fault: unknown): void {
  if (fault === undefined) log.warn({ reason, kind }, 'notice refused')
  else log.error({ reason, kind, fault: describeFault(fault) }, 'notice refused')
}

function tell(event: ApplierEvent, log: Logger, observer: NoticeObserver | undefined): void {
  if (event.kind === 'failed')
    return void log.warn({ fault: describeFault(event.fault) }, 'notices could not be applied')
  const { id, kind, event: told, merchantId, state, exception, isNews, tookMs } = event.application
  if (isNews) {
    const line = { noticeId: id, kind, event: told, merchantId, state, exception }
    if (exception === null) log.info(line, 'notice applied')
    else log.warn(line, 'notice needs a person')
    if (state === 'WAITING') observer?.unmatched(kind)
  }
  if (tookMs !== null) observer?.applied(kind, tookMs / 1_000)
}
