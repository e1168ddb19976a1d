'use client'

export { CardForm, type CardFormProps } from './card-form.tsx'
export type { CardInput } from './card-values.ts'
export { type Charge, type ChargeOptions, type Unsettled, useCharge } from './use-charge.ts'
export {
  type PaymentStatus,
  type PaymentStatusOptions,
  usePaymentStatus,
} from './use-payment-status.ts'
export type { StatusListener } from './watch-payment.ts'
