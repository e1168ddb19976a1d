import type { Language, TextName } from './texts.ts'

// What the shop's server answers.

export interface Shop {
  readonly products: readonly {
    readonly id: string
    readonly name: Readonly<Record<Language, string>>
    readonly price: number
  }[]
  /** Empty where money moves. */
  readonly scenarios: readonly TextName[]
}

interface Operation {
  readonly id: string
  readonly service: string
  readonly state: string
}

export interface Order {
  readonly id: string
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
  readonly amount: number
  readonly payment: {
    readonly status: string | null
    readonly remainingAmount: string | null
    readonly approvalNumber: string | null
    readonly operations: readonly Operation[]
  } | null
  /** What has the order, so that nothing else may pay it. */
  readonly operation: Operation | null
  readonly link: { readonly status: string; readonly paymentUrl: string } | null
}

export const isOpen = ({ state }: Operation): boolean => state === 'UNKNOWN' || state === 'IN_PROGRESS'
