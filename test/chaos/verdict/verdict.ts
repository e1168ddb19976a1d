import type { CampaignReport } from '../campaign.ts'
import type { Answer, JournalEntry } from '../client.ts'
import { livesContradictions } from './lives.ts'
import { webhookContradictions } from './webhooks.ts'

/** What PayAPI did for a wish. */
interface Effect {
  readonly tid: string
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * Holds PayAPI's books, the wire, the journal and every answer against each other. A sentence for everything that must
 * not be, so an empty list is a good one.
 */
export function contradictions(report: CampaignReport): readonly string[] {
  const { answers, delayedEndings, wishes } = report
  const names = new Set(wishes.map(({ name }) => name))
  const journal = report.journal.filter(({ orderId, transactionId }) => names.has(orderId ?? transactionId ?? ''))
  const sent = [...report.sent].filter(([name]) => names.has(name))
  const charges = report.books.charges.filter(({ oid }) => names.has(oid))
  const cancellations = report.books.cancellations.filter(({ tid }) => names.has(tid))
  const found: string[] = [
    ...livesContradictions(report.lives, report.books),
    ...webhookContradictions(report.webhooks, report.lives),
  ]
  const effects = new Map<string, Effect[]>()
  const addEffect = (name: string, effect: Effect) => effects.set(name, [...(effects.get(name) ?? []), effect])
  for (const { oid, tid, at } of charges) addEffect(oid, { tid, at })
  for (const { tid, at } of cancellations) addEffect(tid, { tid, at })
  for (const [name, made] of effects) if (made.length > 1) found.push(`${name} was carried out ${made.length} times`)

  const entriesOf = new Map<string, JournalEntry[]>()
  for (const entry of journal) {
    const name = entry.orderId ?? entry.transactionId ?? ''
    entriesOf.set(name, [...(entriesOf.get(name) ?? []), entry])
  }
  for (const name of effects.keys()) {
    const states = (entriesOf.get(name) ?? []).map(({ state }) => state)
    // One of the operations of an order carried it out; others of the same order may have failed before.
    if (!states.some((state) => state === 'SUCCEEDED' || state === 'UNKNOWN'))
      found.push(`${name} is in the books, but in the journal ${states.join(', ') || 'not at all'}`)
  }
  for (const [name, times] of sent) {
    const known = entriesOf.get(name)?.length ?? 0
    if (times > known) found.push(`${name} was sent ${times} times, but the journal knows ${known} operations of it`)
  }
  for (const { id, orderId, transactionId, state } of journal) {
    const name = orderId ?? transactionId ?? ''
    if (state === 'SUCCEEDED' && !effects.has(name))
      found.push(`${name} succeeded in the journal (${id}), but is not in the books`)
    if (state === 'IN_PROGRESS') found.push(`${name} is still in progress (${id})`)
  }

  const byId = new Map(journal.map((entry) => [entry.id, entry]))
  const answered = new Set<string>()
  for (const { wish, answer, askedAt, during } of answers) {
    const { name } = wish
    const [effect] = effects.get(name) ?? []
    const say = (sentence: string) => found.push(`${name}, asked when ${during?.name ?? 'all was well'}: ${sentence}`)
    const isRetryable = answer.retryable === true
    if (saysNothingHappened(answer) && effect !== undefined && effect.at < askedAt)
      say(`'not processed' (${answer.__typename}), but it had been carried out before it was asked`)
    if (isRetryable) continue
    answered.add(name)
    const entry = byId.get(answer.operationId ?? '')
    const expected = expectedState(answer)
    // A conflict names another request's operation, which is gone where it was withdrawn before anything was sent.
    if (entry === undefined) {
      if (expected !== undefined)
        say(`for an operation that is not in the journal, at ${askedAt}: ${JSON.stringify(answer)}`)
    } else if (
      expected !== undefined &&
      entry.state !== expected &&
      !isLateTruth(answer, entry.state) &&
      !(delayedEndings.has(entry.id) && entry.state === 'UNKNOWN')
    )
      say(`${answer.__typename} ${answer.outcome ?? ''}, but the journal says ${entry.state}`)
    // Without a key, another request for the same order may have been carried out where this one was refused.
    if (expected === 'FAILED' && effect !== undefined && !isOthers(entriesOf.get(name), answer))
      say(`'not processed', but it is in the books`)
    if (expected === 'SUCCEEDED' && effect === undefined) say('a success, but it is not in the books')
    if (expected === 'SUCCEEDED' && effect !== undefined && answer.transactionId !== effect.tid)
      say(`transaction ${answer.transactionId}, but in the books it is ${effect.tid}`)
  }
  for (const { name } of wishes) if (!answered.has(name)) found.push(`${name} was never answered`)
  return found
}

/** Whether another operation than the one that an answer names may have done what the books say. */
const isOthers = (entries: readonly JournalEntry[] = [], { operationId }: Answer): boolean =>
  entries.some(({ id, state }) => id !== operationId && (state === 'SUCCEEDED' || state === 'UNKNOWN'))

/** A conflict speaks of another request, every other failure of this one. */
const saysNothingHappened = ({ __typename, outcome }: Answer): boolean =>
  __typename !== 'PayApiIdempotencyConflict' && outcome === 'NOT_PROCESSED'

/** An answer that did not know may be followed by one that does: the call ended after the caller was told. */
const isLateTruth = ({ outcome }: Answer, state: string): boolean =>
  outcome === 'UNKNOWN' && (state === 'SUCCEEDED' || state === 'FAILED')

/** What the journal must say of the operation that an answer names; nothing where the answer speaks of another request. */
function expectedState({ __typename, outcome }: Answer): string | undefined {
  if (__typename === 'PayApiIdempotencyConflict') return undefined
  if (outcome === undefined) return 'SUCCEEDED'
  return outcome === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'
}
