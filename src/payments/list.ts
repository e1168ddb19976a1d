import type { Journal } from '../journal/journal.ts'
import {
  type OperationCursor,
  type OperationFilter,
  type OperationRange,
  StoreUnavailableError,
} from '../journal/store.ts'
import { monotonicMs } from '../lib/timeout.ts'
import { ALL_SERVICES, CHAPTERS, type Service } from '../payapi/index.ts'
import type { Payment, PaymentStatus } from './payment.ts'
import { readPayments, stepOf } from './read.ts'

/** Which payments; what is left out does not restrict. */
export interface PaymentFilter
  extends Pick<OperationFilter, 'merchantIds' | 'orderId' | 'createdFrom' | 'createdBefore'> {
  readonly statuses?: readonly PaymentStatus[]
}

/** A payment at its place in the list: where its approval stands among the operations. */
export interface ListedPayment extends OperationCursor {
  readonly payment: Payment
}

const APPROVALS = Object.values<Service>(ALL_SERVICES).flatMap((service) =>
  stepOf(service) === 'APPROVAL' ? [service.name] : [],
)

/** How many are looked at together where many may not fit. */
const LOOKED_AT = 100

/** A search takes so long at most. */
const DEADLINE_MS = 3_000

/** Payments that were approved here, newest first, or backwards, at most `limit` of a range. */
export async function findPayments(
  journal: Journal,
  filter: PaymentFilter,
  limit: number,
  range: OperationRange,
): Promise<readonly ListedPayment[]> {
  const found: ListedPayment[] = []
  for await (const each of approvedPayments(journal, filter, limit, range)) {
    found.push(each)
    if (found.length === limit) break
  }
  return found
}

async function* approvedPayments(
  journal: Journal,
  { statuses, ...filter }: PaymentFilter,
  limit: number,
  range: OperationRange,
): AsyncGenerator<ListedPayment, undefined> {
  const until = monotonicMs() + DEADLINE_MS
  const together = statuses === undefined ? limit : LOOKED_AT
  const approvals: OperationFilter = {
    ...filter,
    ...canceledOrNot(statuses),
    services: APPROVALS,
    states: ['SUCCEEDED'],
  }
  for (let rest = range; ; ) {
    const operations = await journal.operations.find(approvals, together, rest)
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
