import { BANKS, COURIERS } from '../../payapi/definition/code-tables.ts'
import { Refusal, type RefusalKind } from '../errors.ts'
import { toKoreanTime } from '../request/korean-time.ts'
import type { EscrowEntry, EscrowState, PayType } from './types.ts'
/** `clStatus` of each state (payapi06 6.5). */
export const STATUS_CODES: Readonly<Record<EscrowState, string>> = {
  approved: '0',
  delivered: '0',
  'canceled-same-day': '1',
  'canceled-next-day': '2',
  'purchase-confirmed': '3',
  'purchase-denied': '10',
  'denial-confirmed': '10',
}

/** `clPaymethod` (payapi06 6.5); a mobile-phone payment is never an escrow payment. */
export const PAY_METHODS: Readonly<Record<PayType, string>> = { card: '0', bank: '16', vbank: '17', hpp: '' }

const STEPS = {
  confirm: { from: 'delivered', to: 'purchase-confirmed' },
  deny: { from: 'delivered', to: 'purchase-denied' },
  confirmDenial: { from: 'purchase-denied', to: 'denial-confirmed' },
} as const

/** The steps after the delivery, each from one state to one other. */
export type EscrowStep = keyof typeof STEPS

/** An escrow payment on its way. */
export class Escrow implements EscrowEntry {
  readonly mid: string
  readonly tid: string
  readonly oid: string
  readonly deliveries: number[]
  state: EscrowState
  denialReason = ''

  /** A payment that is past the delivery has it registered as number 1. */
  constructor(payment: { mid: string; tid: string; oid: string }, state: EscrowState) {
    this.mid = payment.mid
    this.tid = payment.tid
    this.oid = payment.oid
    this.state = state
    this.deliveries = state === 'approved' ? [] : [1]
  }

  /** Registers or changes a delivery. Throws Refusal where order number, courier, state or sequence do not fit. */
  deliver(delivery: { oid: string; soid: string; report: string; courier: string }): void {
    refuseIf(delivery.oid !== this.oid, 'orderDiffers')
    refuseIf(!Object.hasOwn(COURIERS, delivery.courier), 'unknownCourier')
    refuseIf(this.state !== 'approved' && this.state !== 'delivered', 'escrowState')
    const sequence = Number(delivery.soid)
    const exists = this.deliveries.includes(sequence)
    if (delivery.report === 'U') {
      refuseIf(!exists, 'noDelivery')
    } else {
      refuseIf(exists, 'deliveryExists')
      this.deliveries.push(sequence)
      this.state = 'delivered'
    }
  }

  /** Carries out a step after the delivery. Throws Refusal where the payment does not stand where that step begins. */
  advance(step: EscrowStep): void {
    const { from, to } = STEPS[step]
    refuseIf(this.state !== from, 'escrowState')
    this.state = to
  }

  /** The buyer's denial. Throws Refusal for an unknown bank or a wrong state. */
  deny(reason = '', bank?: string): void {
    refuseIf(bank !== undefined && !Object.hasOwn(BANKS, bank), 'unknownBank')
    this.advance('deny')
    this.denialReason = reason
  }

  /** Throws Refusal where the money is the seller's already. */
  checkCancelable(): void {
    refuseIf(this.state === 'purchase-confirmed', 'purchaseConfirmed')
  }

  /** The whole payment was canceled. Both times are milliseconds since 1970. */
  cancel(approvedAt: number, at: number): void {
    this.state = toKoreanTime(approvedAt).date === toKoreanTime(at).date ? 'canceled-same-day' : 'canceled-next-day'
  }
}

function refuseIf(condition: boolean, kind: RefusalKind): void {
  if (condition) throw new Refusal(kind)
}
