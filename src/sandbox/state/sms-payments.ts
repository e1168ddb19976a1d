import type { Charset } from '../response/charset.ts'
import type { IdSource } from './ids.ts'
import type { PayType, SmsPaymentEntry, SmsPaymentStatus, VirtualAccount } from './types.ts'

/** How long a link works. */
const LIFETIME_MS = 72 * 60 * 60 * 1000

/** What a merchant asked a short URL for. `price` is in won, `createdAt` in epoch milliseconds. */
export interface SmsPaymentRequest {
  readonly mid: string
  readonly oid: string
  readonly payType: PayType
  readonly price: bigint
  readonly goodsName: string
  readonly createdAt: number
  readonly nextUrl: string
  readonly returnUrl: string
  readonly notificationUrl: string | undefined
  readonly charset: Charset
  /** Months from P_QUOTABASE; empty where none were named. */
  readonly installments: readonly string[]
  /** P_RESERVED. */
  readonly reserved: string
  /** The origin under which the merchant's server reached the sandbox, and shall ask for the approval. */
  readonly approvalOrigin: string
}

/** A payment at a short URL, and how far its buyer got. */
export class SmsPayment implements SmsPaymentEntry {
  readonly request: SmsPaymentRequest
  readonly path: string
  status: SmsPaymentStatus = 'open'
  tid: string | null = null
  account: VirtualAccount | null = null

  constructor(request: SmsPaymentRequest, path: string) {
    this.request = request
    this.path = path
  }

  get mid(): string {
    return this.request.mid
  }

  get oid(): string {
    return this.request.oid
  }

  get payType(): PayType {
    return this.request.payType
  }

  get price(): string {
    return String(this.request.price)
  }

  get createdAt(): number {
    return this.request.createdAt
  }

  get expiresAt(): number {
    return this.createdAt + LIFETIME_MS
  }

  /**
   * Whether the merchant's server has to approve after the authentication (mobile02 §2.2.6): a card and a bank transfer
   * otherwise may be approved at once and told of by a notice.
   */
  get isTwoStep(): boolean {
    const reserved = this.request.reserved.split('&')
    const needed: Readonly<Record<PayType, readonly string[]>> = {
      card: ['twotrs_isp=Y', 'block_isp=Y', 'twotrs_isp_noti=N'],
      bank: ['twotrs_bank=Y'],
      hpp: [],
      vbank: [],
    }
    return needed[this.payType].every((option) => reserved.includes(option))
  }

  /** What the books show; a getter is no property to JSON. */
  toJSON(): SmsPaymentEntry {
    const { mid, oid, payType, price, path, createdAt, expiresAt, status, tid, account } = this
    return { mid, oid, payType, price, path, createdAt, expiresAt, status, tid, account }
  }
}

/** All payments at short URLs, and the buyers' authentications that wait for an approval. */
export class SmsPayments {
  readonly entries: SmsPayment[] = []
  readonly #ids: IdSource
  readonly #byPath = new Map<string, SmsPayment>()
  readonly #latest = new Map<string, SmsPayment>()

  constructor(ids: IdSource) {
    this.#ids = ids
  }

  create(request: SmsPaymentRequest): SmsPayment {
    const payment = new SmsPayment(request, this.#ids.shortPath())
    this.entries.push(payment)
    this.#byPath.set(payment.path, payment)
    this.#latest.set(`${payment.mid} ${payment.oid}`, payment)
    this.#latest.set(payment.oid, payment)
    return payment
  }

  findByPath(path: string): SmsPayment | undefined {
    return this.#byPath.get(path)
  }

  /** The latest link for an order; of any merchant where none is named. */
  findByOrder(oid: string, mid?: string): SmsPayment | undefined {
    return this.#latest.get(mid === undefined ? oid : `${mid} ${oid}`)
  }
}
