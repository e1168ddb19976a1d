import { Refusal } from '../errors.ts'
import { type Currency, formatAmount } from './amount.ts'
import { Escrow } from './escrow.ts'
import type { Emit } from './events.ts'
import type { IdSource } from './ids.ts'
import { type NamedPayment, namedPayment } from './seed-ids.ts'
import type { CancellationEntry, ChargeEntry, PayType } from './types.ts'

/** A payment that can be canceled. */
export interface Transaction {
  readonly mid: string
  readonly tid: string
  readonly oid: string
  readonly payType: PayType
  readonly currency: Currency
  /** What was paid, won or cents. */
  readonly price: bigint
  /** Epoch milliseconds. */
  readonly approvedAt: number
  readonly escrow: Escrow | null
  /** What is left to cancel, won or cents. */
  remaining: bigint
}

/** A charge to be entered. `price` is in won, `at` in epoch milliseconds. */
interface Charge {
  readonly path: string
  readonly mid: string
  readonly oid: string
  readonly payType: PayType
  readonly price: bigint
  readonly at: number
  /** One of its own unless given. */
  readonly tid?: string
  /** A deposit to a virtual account is money as well. */
  readonly type?: 'approval' | 'deposit'
}

/**
 * A cancel to be entered. Both amounts are in won or cents; `rest` is what shall be left afterwards, nothing for a full
 * one.
 */
interface Cancel {
  readonly path: string
  readonly payType: string
  readonly currency: Currency
  readonly amount: bigint
  readonly rest: bigint
  readonly cancellationTid: string | null
  readonly at: number
}

const TID_KINDS: Readonly<Record<PayType, string>> = { card: 'CD', hpp: 'HP', vbank: 'VB', bank: 'BK' }

/** Payments and cancels. It records what it is told: one order number charged twice makes two entries. */
export class Payments {
  readonly charges: ChargeEntry[] = []
  readonly cancellations: CancellationEntry[] = []
  readonly escrow: Escrow[] = []
  readonly #ids: IdSource
  readonly #emit: Emit
  readonly #transactions = new Map<string, Transaction>()
  /** Whose each tid of a charge is. */
  readonly #owners = new Map<string, string>()

  constructor(ids: IdSource, emit: Emit) {
    this.#ids = ids
    this.#emit = emit
  }

  /** Enters a charge. */
  charge(charge: Charge): Transaction {
    const { path, mid, oid, payType, price, at, type = 'approval' } = charge
    const tid = charge.tid ?? this.#ids.transaction(mid, TID_KINDS[payType], at)
    this.charges.push({ path, mid, oid, tid, price: String(price), at })
    this.#owners.set(tid, mid)
    this.#emit({ type, mid, tid, oid, payType, amount: String(price), at })
    return this.#add(mid, tid, { oid, payType, currency: 'WON', price, escrow: null }, at)
  }

  /** Throws Refusal where the tid is unknown or another merchant's. The time is milliseconds since 1970. */
  find(mid: string, tid: string, at: number): Transaction {
    const known = this.#transactions.get(`${mid} ${tid}`)
    if (known) return known
    const named = namedPayment(tid)
    if (named) return this.#add(mid, tid, named, at)
    throw new Refusal(this.#owners.has(tid) ? 'otherMerchant' : 'unknownTransaction')
  }

  /** Enters a cancel. Throws Refusal where means, currency or amounts do not fit or nothing remains. */
  cancel(transaction: Transaction, cancel: Cancel): void {
    const { path, amount, rest, cancellationTid, at } = cancel
    const { mid, tid, currency } = transaction
    if (cancel.payType !== transaction.payType) throw new Refusal('payTypeDiffers')
    if (cancel.currency !== currency) throw new Refusal('currencyDiffers')
    if (transaction.remaining === 0n) throw new Refusal('alreadyCanceled')
    transaction.escrow?.checkCancelable()
    if (amount + rest !== transaction.remaining) throw new Refusal('amountDiffers')
    transaction.remaining = rest
    if (rest === 0n) transaction.escrow?.cancel(transaction.approvedAt, at)
    const price = formatAmount(amount, currency)
    this.cancellations.push({
      path,
      mid,
      tid,
      cancellationTid,
      currency,
      price,
      remaining: formatAmount(rest, currency),
      at,
    })
    const told = { mid, tid, oid: transaction.oid, payType: transaction.payType, amount: price, at }
    this.#emit({ ...told, type: cancellationTid === null ? 'cancel' : 'partial-cancel' })
    if (rest === 0n && transaction.escrow) this.#emit({ ...told, type: 'escrow', step: 'cancel', reason: '' })
  }

  /** The bank takes a deposit back; returns what is gone. Nothing of it can be canceled then. */
  withdraw(mid: string, tid: string): string {
    const transaction = this.#transactions.get(`${mid} ${tid}`)
    if (transaction === undefined) throw new Refusal('unknownTransaction')
    if (transaction.remaining !== transaction.price) throw new Refusal('alreadyCanceled')
    transaction.remaining = 0n
    return formatAmount(transaction.price, transaction.currency)
  }

  #add(mid: string, tid: string, payment: NamedPayment, at: number): Transaction {
    const { oid, payType, currency, price } = payment
    const escrow = payment.escrow && new Escrow({ mid, tid, oid }, payment.escrow)
    if (escrow) this.escrow.push(escrow)
    const transaction = { mid, tid, oid, payType, currency, price, approvedAt: at, escrow, remaining: price }
    this.#transactions.set(`${mid} ${tid}`, transaction)
    return transaction
  }
}
