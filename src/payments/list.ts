import type { Journal } from '../journal/journal.ts'
import type { FoundPayments } from '../journal/procedures/notices/of-payment.ts'
import {
  type OperationCursor,
  type OperationFilter,
  type OperationRange,
  StoreUnavailableError,
} from '../journal/store.ts'
import { monotonicMs } from '../lib/timeout.ts'
import { ALL_SERVICES, CHAPTERS, type Service, stepOf } from '../payapi/index.ts'
import type { PaymentStatus } from './payment.ts'
import { type KnownPayment, readPayments } from './read.ts'

/** Which payments; what is left out does not restrict. */
export interface PaymentFilter
  extends Pick<OperationFilter, 'merchantIds' | 'orderId' | 'createdFrom' | 'createdBefore'> {
  readonly statuses?: readonly PaymentStatus[]
}

/** A payment at its place in the list: where its approval, or the first notice of it, stands in time. */
export interface ListedPayment extends OperationCursor {
  readonly payment: KnownPayment
}

const APPROVALS = Object.values<Service>(ALL_SERVICES).flatMap((service) =>
  stepOf(service) === 'APPROVAL' ? [service.name] : [],
)

/** How many are looked at together where many may not fit. */
const LOOKED_AT = 100

/** A search takes so long at most. */
const DEADLINE_MS = 3_000

/** Payments that were approved here, and those that notices alone tell of, newest first, or backwards, at most `limit` of a range. */
export async function findPayments(
  journal: Journal,
  filter: PaymentFilter,
  limit: number,
  range: OperationRange,
): Promise<readonly ListedPayment[]> {
  const found: ListedPayment[] = []
  const sources = [approvedPayments(journal, filter, limit, range), toldPayments(journal, filter, limit, range)]
  for await (const each of inOrder(sources, range.backwards === true)) {
    found.push(each)
    if (found.length === limit) break
  }
  return found
}

type Source = AsyncGenerator<ListedPayment, undefined>

/** The payments of several sources, each of which is in the order. */
async function* inOrder(sources: readonly Source[], backwards: boolean): Source {
  const heads = await Promise.all(sources.map(async (source) => ({ source, head: (await source.next()).value })))
  const isNewer = (one: ListedPayment, other: ListedPayment) =>
    one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt
  for (;;) {
    const left = heads.filter(({ head }) => head !== undefined)
    const first = left.reduce<(typeof left)[number] | undefined>((best, each) => {
      if (best?.head === undefined || each.head === undefined) return each
      return isNewer(each.head, best.head) === backwards ? best : each
    }, undefined)
    if (first?.head === undefined) return
    yield first.head
    first.head = (await first.source.next()).value
  }
}

async function* toldPayments(
  journal: Journal,
  { statuses, merchantIds, orderId, createdFrom, createdBefore }: PaymentFilter,
  limit: number,
  range: OperationRange,
): Source {
  const until = monotonicMs() + DEADLINE_MS
  const together = statuses === undefined ? limit : LOOKED_AT
  const times = { receivedFrom: createdFrom, receivedBefore: createdBefore }
  const asked = { merchantIds, orderId, ...times, approvals: APPROVALS, limit: together }
  for (let rest: OperationRange | undefined = range; rest !== undefined; ) {
    const { found, next }: FoundPayments = await journal.store.run('paymentsOfNotices', { ...asked, range: rest })
    const keys = found.map(({ merchantId, transactionId }) => ({ merchantId, transactionId: transactionId ?? '' }))
    const payments = await readPayments(journal, keys)
    for (const [index, { id, receivedAt: createdAt }] of found.entries()) {
      const payment = payments[index]
      if (payment === undefined) continue
      if (statuses === undefined || statuses.some((status) => status === payment.status))
        yield { id, createdAt, payment }
    }
    if (next !== undefined && monotonicMs() > until)
      throw new StoreUnavailableError('The search takes too long; a shorter time helps')
    rest = next
  }
}

async function* approvedPayments(
  journal: Journal,
  { statuses, ...filter }: PaymentFilter,
  limit: number,
  range: OperationRange,
): Source {
  const until = monotonicMs() + DEADLINE_MS
  const together = statuses === undefined ? limit : LOOKED_AT
  const approvals: OperationFilter = {
    ...filter,
    ...canceledOrNot(statuses),
    services: APPROVALS,
    states: ['SUCCEEDED'],
  }
  for (let rest = range; ; ) {
    const operations = await journal.store.find(approvals, together, rest)
    const keys = operations.map(({ merchantId, transactionId }) => ({ merchantId, transactionId: transactionId ?? '' }))
    const payments = await readPayments(journal, keys)
    for (const [index, { id, createdAt }] of operations.entries()) {
      const payment = payments[index]
      // A transaction id that two charges were recorded with is one payment.
      if (payment === undefined || payment.approval?.id !== id) continue
      if (statuses === undefined || statuses.some((status) => status === payment.status))
        yield { id, createdAt, payment }
    }
    const last = operations.at(-1)
    if (last === undefined || operations.length < together) return
    if (monotonicMs() > until) throw new StoreUnavailableError('The search takes too long; a shorter time helps')
    rest = { ...rest, [range.backwards === true ? 'before' : 'after']: { createdAt: last.createdAt, id: last.id } }
  }
}

const AFTER_CANCELS: readonly PaymentStatus[] = ['PARTIALLY_CANCELED', 'CANCELED']

/** What the status says of an approval's row alone, so that not every payment need be computed to be left out. */
function canceledOrNot(statuses: readonly PaymentStatus[] | undefined): Pick<OperationFilter, 'canceled'> {
  if (statuses?.every((status) => AFTER_CANCELS.includes(status))) return { canceled: { by: CANCELS, is: true } }
  if (statuses?.every((status) => status === 'APPROVED')) return { canceled: { by: CANCELS, is: false } }
  return {}
}

const CANCELS = Object.values<Service>(CHAPTERS.cancel).map(({ name }) => name)
