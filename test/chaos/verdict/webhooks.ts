import { ALL_SERVICES, type Service, stepOf } from '../../../src/payapi/index.ts'
import type { LivesReport } from '../lives.ts'
import type { EndedOperation, ToldEvent, WebhooksReport } from '../webhooks.ts'

/** How the graph names the types of events. */
const named = (type: string): string => type.replaceAll('.', '_').toUpperCase()

/** What a success of each step is told as. */
const TOLD = {
  APPROVAL: 'PAYMENT_APPROVED',
  CANCEL: 'PAYMENT_CANCELED',
  PARTIAL_CANCEL: 'PAYMENT_CANCELED',
  ESCROW: 'ESCROW_CHANGED',
} as const

/**
 * Holds what was told against the journal, and what came against what was told: a sentence for everything that must not
 * be. For every change there is the event that belongs to it, and no other.
 */
export function webhookContradictions(report: WebhooksReport, lives: LivesReport): readonly string[] {
  return [...ofOperations(report), ...ofLinks(report, lives), ...ofDeliveries(report)]
}

const countOf = (events: readonly ToldEvent[], type: string): number =>
  events.filter((event) => event.type === type).length

function ofOperations({ operations, deliveries }: WebhooksReport): readonly string[] {
  const found: string[] = []
  const known = new Set(operations.map(({ id }) => id))
  const eventsOf = groupBy(deliveries, ({ operationId }) => operationId ?? '')
  for (const operation of operations) {
    const events = (eventsOf.get(operation.id) ?? []).filter(({ noticeId }) => noticeId === null)
    for (const [type, expected] of expectedOf(operation, countOf(events, 'OPERATION_UNKNOWN'))) {
      const count = countOf(events, type)
      const { id, service, state } = operation
      if (count !== expected) found.push(`${service} ${id} is ${state}, and was told ${count} times as ${type}`)
    }
  }
  for (const [id, events] of eventsOf) {
    if (id === '' || known.has(id)) continue
    // Claimed and never acted upon: it is gone, and what was told of it was taken back.
    const types = events.map(({ type }) => type).sort()
    if (types.join() !== 'OPERATION_SETTLED,OPERATION_UNKNOWN') found.push(`${id} is not known, but ${types} was told`)
  }
  return found
}

/** How often each type must have been told of an operation. */
function expectedOf({ service: name, state, history }: EndedOperation, unknown: number): readonly [string, number][] {
  const isOpen = state === 'UNKNOWN'
  const wasSettled = history.some(({ processed }) => processed !== null)
  // What its owner finished after he was taken for dead was unknown before, too: the journal does not keep that.
  const wasUnknown = isOpen || wasSettled || unknown > 0
  const service: Service | undefined = Object.values<Service>(ALL_SERVICES).find((each) => each.name === name)
  const step = service && stepOf(service)
  const paidByLink = service?.protocol === 'mobile'
  return [
    ['OPERATION_UNKNOWN', wasUnknown ? 1 : 0],
    ['OPERATION_SETTLED', wasUnknown && !isOpen ? 1 : 0],
    ...Object.values(TOLD).flatMap((type): readonly [string, number][] =>
      // Of an account that was issued, the link is told of; which it was, the verdict on the links says.
      paidByLink && state === 'SUCCEEDED' ? [] : [[type, state === 'SUCCEEDED' && step && TOLD[step] === type ? 1 : 0]],
    ),
  ]
}

function ofLinks({ deliveries }: WebhooksReport, { links }: LivesReport): readonly string[] {
  const found: string[] = []
  const eventsOf = groupBy(deliveries, ({ orderId }) => orderId ?? '')
  for (const { orderId, status } of links) {
    const events = eventsOf.get(orderId) ?? []
    const expect = (type: string, expected: number) => {
      const count = countOf(events, type)
      if (count !== expected) found.push(`link ${orderId} is ${status}, and was told ${count} times as ${type}`)
    }
    expect('SMS_PAYMENT_PAID', status === 'PAID' ? 1 : 0)
    expect('PAYMENT_APPROVED', status === 'PAID' ? 1 : 0)
    if (status === 'AWAITING_DEPOSIT') expect('SMS_PAYMENT_AWAITING_DEPOSIT', 1)
    // A deposit may have overtaken the account's issue.
    else if (countOf(events, 'SMS_PAYMENT_AWAITING_DEPOSIT') > 0) expect('SMS_PAYMENT_AWAITING_DEPOSIT', 1)
  }
  return found
}

function ofDeliveries({ deliveries, received, forged }: WebhooksReport): readonly string[] {
  const found: string[] = forged === 0 ? [] : [`${forged} webhooks were not signed as they must be`]
  for (const { webhookId, type, state } of deliveries)
    if (state !== 'DELIVERED') found.push(`${type} ${webhookId} is ${state}`)
  const came = new Map<string, ToldEvent>()
  for (const event of received) if (!came.has(event.webhookId)) came.set(event.webhookId, event)
  const told = new Map(deliveries.map((event) => [event.webhookId, event]))
  for (const { webhookId, type } of deliveries) if (!came.has(webhookId)) found.push(`${type} ${webhookId} never came`)
  for (const event of received) {
    const known = told.get(event.webhookId)
    if (known === undefined) found.push(`${event.type} ${event.webhookId} came, but was not told`)
    else if (known.type !== named(event.type) || known.sequence !== event.sequence || known.orderId !== event.orderId)
      found.push(`${known.type} ${event.webhookId} came as another event`)
  }
  const subjects = groupBy([...came.values()], ({ merchantId, orderId, transactionId, operationId, noticeId }) =>
    JSON.stringify([merchantId, orderId ?? [transactionId ?? [operationId ?? noticeId]]]),
  )
  for (const [subject, events] of subjects) {
    const sequences = events.map(({ sequence }) => sequence)
    if (sequences.some((sequence, index) => sequence !== index + 1))
      found.push(`the events of ${subject} came as ${sequences}`)
  }
  return found
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
