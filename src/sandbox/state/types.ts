import type { Currency } from './amount.ts'
import type { EscrowEntry } from './escrow.ts'

/** Payment means as the wire names them. */
export type PayType = 'card' | 'hpp' | 'vbank' | 'bank'

/** Money taken through PayAPI. Two entries with one `oid` are a double charge. */
export interface ChargeEntry {
  /** Path of the service that took it. */
  readonly path: string
  readonly mid: string
  readonly oid: string
  readonly tid: string
  /** Won, digits only. */
  readonly price: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Money given back through PayAPI, in full or in part. */
export interface CancellationEntry {
  /** Path of the service that gave it back. */
  readonly path: string
  readonly mid: string
  readonly tid: string
  /** The id of a partial cancel (C_Tid); a full cancel has none of its own. */
  readonly cancellationTid: string | null
  readonly currency: Currency
  /** The amount given back, as the wire writes it. */
  readonly price: string
  /** What is left to cancel afterwards. */
  readonly remaining: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Card keys and mobile-phone keys are different things and charge on different paths. */
export type BillingKeyKind = 'card' | 'mobile'

/** A billing key in the books. */
export interface BillingKeyEntry {
  readonly mid: string
  readonly billkey: string
  readonly kind: BillingKeyKind
  /** When it was issued, or first used where it is a magic id; epoch milliseconds. */
  readonly at: number
  /** When it was deleted, epoch milliseconds; null while it can be charged. */
  readonly deletedAt: number | null
}

/** What happened at the sandbox, in the order in which it happened. It holds no card data. */
export interface Books {
  readonly charges: readonly ChargeEntry[]
  readonly cancellations: readonly CancellationEntry[]
  readonly billingKeys: readonly BillingKeyEntry[]
  readonly escrow: readonly EscrowEntry[]
  /** Requests received by path of the contract, refused ones as well. */
  readonly requests: Readonly<Record<string, number>>
}
