import { REFUSALS } from '../../../src/sandbox/errors.ts'
import type { Books } from '../../../src/sandbox/server.ts'
import type { LivesReport } from '../lives.ts'

/** The codes with which the sandbox refuses a cancel of more than remains. */
const CANCELED_ALREADY = REFUSALS.alreadyCanceled[0]
const AMOUNT_DIFFERS = REFUSALS.amountDiffers[0]

type LifeBooks = Pick<Books, 'charges' | 'cancellations' | 'notices'>

/** Holds PayAPI's books against what the graph says of refunds, links and notices: a sentence for all that must not be. */
export function livesContradictions(report: LivesReport, books: LifeBooks): readonly string[] {
  return [
    ...ofRefunds(report, books),
    ...ofLinks(report, books),
    ...ofNotices(report, books),
    ...ofTries(report.settledAtOnce),
  ]
}

/** Of each pair one tries, and the other is told that it does. */
function ofTries(pairs: LivesReport['settledAtOnce']): readonly string[] {
  const together = pairs.filter((answers) => answers.every((type) => type === 'PayApiOperation'))
  return together.length === 0 ? [] : [`${together.length} of ${pairs.length} operations were settled by two at once`]
}

function ofRefunds({ payments, answers }: LivesReport, { charges, cancellations }: LifeBooks): readonly string[] {
  const found: string[] = []
  for (const { transactionId, amount, canceledAmount, unsettledAmount, remainingAmount } of payments) {
    const say = (sentence: string) => found.push(`payment ${transactionId}: ${sentence}`)
    const charged = BigInt(charges.find(({ tid }) => tid === transactionId)?.price ?? 0)
    const canceled = sum(cancellations.filter(({ tid }) => tid === transactionId).map(({ price }) => price))
    const [total, gone, open, left] = [amount, canceledAmount, unsettledAmount, remainingAmount].map(wonOf)
    if (canceled > charged) say(`${canceled} given back of ${charged}`)
    if (total !== charged) say(`amount ${amount}, but ${charged} in the books`)
    if (gone !== canceled) say(`canceled ${canceledAmount}, but ${canceled} in the books`)
    if (open !== 0n) say(`${unsettledAmount} is still unsettled`)
    if (total !== (gone ?? 0n) + (left ?? 0n)) say(`${amount} is not ${canceledAmount} and ${remainingAmount}`)
  }
  for (const { wish, answer } of answers) {
    const { __typename, outcome, resultCode } = answer
    const tid = String(wish.input['transactionId'])
    const isRefunded = cancellations.some((entry) => entry.tid === tid)
    if (wish.kind !== 'refund') continue
    if (outcome === undefined && !isRefunded) found.push(`payment ${tid}: ${__typename}, but nothing was given back`)
    // Decided by what the payment was, and sent when it was that no more: two at once.
    if (resultCode === CANCELED_ALREADY || resultCode === AMOUNT_DIFFERS)
      found.push(`payment ${tid}: a refund was refused with ${resultCode}`)
  }
  return found
}

function ofLinks({ links }: LivesReport, { charges }: LifeBooks): readonly string[] {
  const found: string[] = []
  for (const { orderId, status, exception } of links) {
    const paid = charges.filter(({ oid }) => oid === orderId)
    const say = (sentence: string) => found.push(`link ${orderId}: ${sentence}`)
    if (paid.length > 1) say(`was charged ${paid.length} times`)
    // The one is what was forged, the other what the sandbox answers falsely now and then.
    if (exception !== null && exception !== 'AMOUNT_DIFFERS' && exception !== 'APPROVAL_DIFFERS')
      say(`has ${exception}`)
    if (status === 'PAID' && paid.length === 0) say('is PAID, but not in the books')
    if (status !== 'PAID' && paid.length > 0 && exception === null) say(`is ${status}, but was paid`)
  }
  return found
}

function ofNotices({ notices }: LivesReport, books: LifeBooks): readonly string[] {
  const found: string[] = []
  const seen = new Set<string>()
  for (const { transactionId, event, amount, state } of notices) {
    const name = `${transactionId} ${event} ${amount}`
    if (seen.has(name)) found.push(`notice ${name} is there twice`)
    seen.add(name)
    if (state === 'RECEIVED' || state === 'WAITING') found.push(`notice ${name} is ${state}`)
    if (transactionId?.startsWith('FORGED') === true && state === 'APPLIED') found.push(`notice ${name} was believed`)
  }
  const told = new Set(notices.map(({ transactionId }) => transactionId))
  for (const { tid, event, state, attempts } of books.notices) {
    if (state !== 'accepted') found.push(`notice ${tid} ${event} was never taken: ${attempts.at(-1)?.answer}`)
    else if (!told.has(tid)) found.push(`notice ${tid} ${event} was answered with OK and is not there`)
  }
  return found
}

const wonOf = (amount: string | null): bigint | undefined => (amount === null ? undefined : BigInt(amount))

const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n)
