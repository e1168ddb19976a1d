import { type Currency, parseAmount } from './amount.ts'
import type { BillingKeyKind, EscrowState, PayType } from './types.ts'

/** A payment that exists because its tid says so. */
export interface NamedPayment {
  readonly oid: string
  readonly payType: PayType
  readonly currency: Currency
  /** Won or cents. */
  readonly price: bigint
  readonly escrow: EscrowState | null
}

/** A documented beginning of ids, for lists in documents. */
interface NamedIdPrefix {
  readonly prefix: string
  /** What an id with this prefix names: a payment (`tid`) or a billing key (`billkey`). */
  readonly names: 'transaction' | 'billingKey'
  readonly description: string
}

interface PaymentPrefix extends NamedIdPrefix {
  readonly names: 'transaction'
  readonly payType: PayType
  readonly currency: Currency
  readonly price: string
  readonly escrow: EscrowState | null
}

interface KeyPrefix extends NamedIdPrefix {
  readonly names: 'billingKey'
  readonly kind: BillingKeyKind
}

const payment = (
  prefix: string,
  payType: PayType,
  description: string,
  other: { currency?: Currency; price?: string; escrow?: EscrowState } = {},
): PaymentPrefix => ({
  prefix,
  names: 'transaction',
  description,
  payType,
  currency: other.currency ?? 'WON',
  price: other.price ?? '50000',
  escrow: other.escrow ?? null,
})

const PAYMENTS: readonly PaymentPrefix[] = [
  payment('SANDBOX-CARD-', 'card', 'A card payment of 50000 WON.'),
  payment('SANDBOX-MOBILE-', 'hpp', 'A mobile-phone payment of 50000 WON.'),
  payment('SANDBOX-VBANK-', 'vbank', 'A virtual-account payment of 50000 WON.'),
  payment('SANDBOX-BANK-', 'bank', 'A bank transfer of 50000 WON.'),
  payment('SANDBOX-USD-', 'card', 'A card payment of 50.00 USD.', { currency: 'USD', price: '50.00' }),
  payment('SANDBOX-ESCROW-', 'bank', 'An escrow payment of 50000 WON by bank transfer, approved.', {
    escrow: 'approved',
  }),
  payment('SANDBOX-DELIVERED-', 'bank', 'The same with delivery number 1 registered.', { escrow: 'delivered' }),
  payment('SANDBOX-DENIED-', 'bank', 'The same, delivered and then denied by the buyer.', {
    escrow: 'purchase-denied',
  }),
]

const KEYS: readonly KeyPrefix[] = [
  { prefix: 'SANDBOX-CARDKEY-', names: 'billingKey', description: 'A card billing key.', kind: 'card' },
  { prefix: 'SANDBOX-MOBILEKEY-', names: 'billingKey', description: 'A mobile-phone billing key.', kind: 'mobile' },
]

/**
 * The beginnings of magic ids, which exist for every merchant, from the first use on.
 * The order number of such a payment is `ORDER-` and what stands behind the prefix.
 */
export const NAMED_ID_PREFIXES: readonly NamedIdPrefix[] = [...PAYMENTS, ...KEYS].map(
  ({ prefix, names, description }) => ({ prefix, names, description }),
)

const withPrefix = <T extends NamedIdPrefix>(list: readonly T[], id: string): T | undefined =>
  list.find(({ prefix }) => id.startsWith(prefix) && id.length > prefix.length)

/** The payment that a tid describes by its name (a magic id); undefined where it describes none. */
export function namedPayment(tid: string): NamedPayment | undefined {
  const found = withPrefix(PAYMENTS, tid)
  if (!found) return undefined
  const { payType, currency, escrow } = found
  const price = parseAmount(found.price, currency) ?? 0n
  return { oid: `ORDER-${tid.slice(found.prefix.length)}`, payType, currency, price, escrow }
}

/** The kind that a billing key describes by its name (a magic id); undefined where it describes none. */
export function namedBillingKey(key: string): BillingKeyKind | undefined {
  return withPrefix(KEYS, key)?.kind
}
