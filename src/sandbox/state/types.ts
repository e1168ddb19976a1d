import type { Currency } from './amount.ts'
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

/** How far the buyer got at a short URL. A payment that failed may be tried again. */
export type SmsPaymentStatus =
  | 'open'
  | 'authenticated'
  | 'failed'
  | 'paid'
  | 'awaiting-deposit'
  | 'deposited'
  | 'withdrawn'

/** A virtual account that was issued for one payment. */
export interface VirtualAccount {
  readonly number: string
  readonly bankCode: string
  /** Whose account it is: the PG's. */
  readonly holder: string
  /** Who shall deposit. */
  readonly payer: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** A payment at a short URL. */
export interface SmsPaymentEntry {
  readonly mid: string
  readonly oid: string
  readonly payType: PayType
  /** Won, digits only. */
  readonly price: string
  /** The last part of the short URL. */
  readonly path: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly status: SmsPaymentStatus
  /** Of the approval, of the account's issue, or of its last deposit; null before. */
  readonly tid: string | null
  readonly account: VirtualAccount | null
}

/**
 * `result`: mobile result notice (N1). `deposit`: deposit notice of the PC window (N2). `escrow`: escrow change (N3).
 * `transaction`: transaction notice (N4).
 */
export type NoticeKind = 'result' | 'deposit' | 'escrow' | 'transaction'

/** One time that a notice was sent. */
export interface NoticeAttempt {
  /** Epoch milliseconds, by the clock of notices. */
  readonly at: number
  /** Null where no answer came. */
  readonly status: number | null
  /** The first characters of the answer, or why none came. */
  readonly answer: string
  readonly accepted: boolean
}

/** A notice to a merchant, and what became of it. */
export interface NoticeEntry {
  readonly kind: NoticeKind
  readonly mid: string
  readonly oid: string
  readonly tid: string
  /** `P_STATUS`, `type_msg`, `cl_status` or `transType`. */
  readonly event: string
  /**
   * `waiting`: to be sent, or sent again. `accepted`: answered as the PG wants it. `given-up`: every try was in vain.
   * `never`: lost on purpose. `forbidden`: its address is none that this sandbox may send to.
   */
  readonly state: 'waiting' | 'accepted' | 'given-up' | 'never' | 'forbidden'
  readonly attempts: readonly NoticeAttempt[]
  /** When it is sent next, epoch milliseconds by the clock of notices; null where it is not. */
  readonly dueAt: number | null
}

/** What happened at the sandbox, in the order in which it happened. It holds no card data. */
export interface Books {
  readonly charges: readonly ChargeEntry[]
  readonly cancellations: readonly CancellationEntry[]
  readonly billingKeys: readonly BillingKeyEntry[]
  readonly escrow: readonly EscrowEntry[]
  readonly smsPayments: readonly SmsPaymentEntry[]
  readonly notices: readonly NoticeEntry[]
  /** Requests received by path of the contract, refused ones as well. */
  readonly requests: Readonly<Record<string, number>>
}

/**
 * Where an escrow payment stands. The wire shows less: a registered delivery is still `0`, a confirmed denial still
 * `10`.
 */
export type EscrowState =
  | 'approved'
  | 'delivered'
  | 'purchase-confirmed'
  | 'purchase-denied'
  | 'denial-confirmed'
  | 'canceled-same-day'
  | 'canceled-next-day'

/** An escrow payment in the books. */
export interface EscrowEntry {
  readonly mid: string
  readonly tid: string
  readonly oid: string
  readonly state: EscrowState
  /** Sequence numbers (soid) of the registered deliveries. */
  readonly deliveries: readonly number[]
  /** The buyer's reason for a denial, empty without one. */
  readonly denialReason: string
}
