import type { PayType } from './types.ts'

/** Money that moved, or an account that was issued: what a merchant's transaction notice tells of. */
export interface TransactionEvent {
  readonly type: 'approval' | 'cancel' | 'partial-cancel' | 'deposit' | 'issue'
  readonly mid: string
  readonly tid: string
  readonly oid: string
  readonly payType: PayType
  /** As the wire writes it. */
  readonly amount: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** A step of an escrow payment: what a merchant's escrow notice tells of. */
export interface EscrowEvent {
  readonly type: 'escrow'
  readonly step: 'delivery' | 'confirm' | 'deny' | 'confirmDenial' | 'cancel'
  readonly mid: string
  readonly tid: string
  readonly oid: string
  readonly payType: PayType
  /** What was approved or, for a cancel, given back. */
  readonly amount: string
  readonly reason: string
  /** Epoch milliseconds. */
  readonly at: number
}

export type PaymentEvent = TransactionEvent | EscrowEvent

/** Hears of everything that happens to payments. */
export type Emit = (event: PaymentEvent) => void
