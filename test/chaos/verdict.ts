import type { CampaignReport } from './campaign.ts'

/**
 * Holds PayAPI's books, the journal and the callers' answers against each other.
 * Takes a report; returns a sentence for everything that must not be, so an empty list is a good one.
 */
export function contradictions({ answers, charges, journal, wishes }: CampaignReport): readonly string[] {
  const found: string[] = []
  const times = new Map<string, number>()
  for (const { oid } of charges) times.set(oid, (times.get(oid) ?? 0) + 1)
  for (const [order, count] of times) if (count > 1) found.push(`${order} was charged ${count} times`)

  const statesOf = new Map<string, string[]>()
  for (const { orderId, state } of journal) statesOf.set(orderId, [...(statesOf.get(orderId) ?? []), state])
  for (const order of times.keys()) {
    const states = statesOf.get(order) ?? []
    // One of an order's operations charged it; others of the same order may have failed before.
    if (!states.some((state) => state === 'SUCCEEDED' || state === 'UNKNOWN')) {
      found.push(`${order} is in the books, but in the journal ${states.join(', ') || 'not at all'}`)
    }
  }
  for (const { id, orderId, state } of journal) {
    if (state === 'SUCCEEDED' && !times.has(orderId))
      found.push(`${orderId} succeeded in the journal (${id}), but is not in the books`)
    if (state === 'IN_PROGRESS') found.push(`${orderId} is still in progress (${id})`)
  }

  const byId = new Map(journal.map((entry) => [entry.id, entry]))
  const answered = new Set<string>()
  for (const { wish, answer } of answers) {
    const { orderId } = wish
    answered.add(orderId)
    const entry = byId.get(answer.operationId ?? '')
    const expected = expectedState(answer)
    if (entry === undefined)
      found.push(`${orderId} was answered ${answer.__typename} for an operation that is not in the journal`)
    else if (expected !== undefined && entry.state !== expected) {
      found.push(
        `${orderId} was answered ${answer.__typename} ${answer.outcome ?? ''}, but the journal says ${entry.state}`,
      )
    }
    if (expected === 'FAILED' && times.has(orderId))
      found.push(`${orderId} was answered 'not processed', but is in the books`)
    const booked = charges.find(({ oid }) => oid === orderId)
    if (expected === 'SUCCEEDED' && booked !== undefined && answer.transactionId !== booked.tid) {
      found.push(
        `${orderId} was answered with transaction ${answer.transactionId}, but in the books it is ${booked.tid}`,
      )
    }
    if (expected === 'SUCCEEDED' && !times.has(orderId))
      found.push(`${orderId} was answered with a success, but is not in the books`)
  }
  for (const { orderId } of wishes) if (!answered.has(orderId)) found.push(`${orderId} was never answered`)
  return found
}

/** What the journal must say of the operation that an answer names; nothing where the answer speaks of another request. */
function expectedState({ __typename, outcome }: { __typename: string; outcome?: string }): string | undefined {
  if (__typename === 'PayApiIdempotencyConflict') return undefined
  if (outcome === undefined) return 'SUCCEEDED'
  return outcome === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'
}
