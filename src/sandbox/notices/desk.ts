import type { SandboxMerchant } from '../merchants.ts'
import { type Charset, encodeForm, encodeText } from '../response/charset.ts'
import type { PaymentEvent } from '../state/events.ts'
import type { SmsPayment } from '../state/sms-payments.ts'
import {
  DEPOSIT_CODES,
  type Deposit,
  depositNotice,
  ESCROW_CODES,
  escrowNotice,
  TRANSACTION_CODES,
  transactionNotice,
} from './merchant-notices.ts'
import type { NoticeDelivery, NoticeQueue } from './queue.ts'
import type { Fields } from './result-fields.ts'

/** An address that a merchant has registered, and how it wants to be told there; EUC-KR and a form unless it says so. */
export interface NoticeAddress {
  readonly url: string
  readonly charset?: Charset
  readonly format?: 'form' | 'json'
}

/** Where a merchant has its notices sent: what it registers with the PG once. A notice without an address is not sent. */
export interface NoticeUrls {
  /** Deposits of the PC window, withdrawals of any. */
  readonly deposit?: string | NoticeAddress
  readonly escrow?: string | NoticeAddress
  readonly transaction?: string | NoticeAddress
}

/** Writes the notices of what happens, and hands them to the queue. */
export class NoticeDesk {
  readonly queue: NoticeQueue
  readonly #merchants: ReadonlyMap<string, SandboxMerchant>
  readonly #addresses = new Map<string, NoticeAddress>()

  constructor(queue: NoticeQueue, merchants: ReadonlyMap<string, SandboxMerchant>) {
    this.queue = queue
    this.#merchants = merchants
  }

  /** Registers addresses of a merchant: there, notices may go. */
  register(mid: string, urls: NoticeUrls): void {
    for (const [kind, registered] of Object.entries(urls) as [keyof NoticeUrls, string | NoticeAddress][]) {
      const address = typeof registered === 'string' ? { url: registered } : registered
      this.#addresses.set(`${mid} ${kind}`, address)
      this.queue.guard.allow(address.url)
    }
  }

  /** The mobile result notice of a link, to where the link says. */
  async result(payment: SmsPayment, fields: Fields, delivery?: NoticeDelivery): Promise<void> {
    const { notificationUrl, charset } = payment.request
    if (notificationUrl === undefined) return
    const { mid, oid } = payment
    const { P_TID: tid = '', P_STATUS: event = '' } = fields
    const body = Buffer.from(encodeForm(fields, charset))
    const url = new URL(notificationUrl)
    await this.queue.add({ kind: 'result', mid, oid, tid, event, url, body, isJson: false }, delivery)
  }

  /** The deposit notice of the PC window. */
  async deposit(deposit: Deposit, delivery?: NoticeDelivery): Promise<void> {
    await this.#send('deposit', deposit, DEPOSIT_CODES[deposit.type], depositNotice(deposit), delivery)
  }

  /** The escrow or transaction notice of what happened, if the merchant wants it. */
  async tell(event: PaymentEvent): Promise<void> {
    const merchant = this.#merchants.get(event.mid)
    if (event.type === 'escrow') await this.#send('escrow', event, ESCROW_CODES[event.step], escrowNotice(event))
    else if (merchant)
      await this.#send('transaction', event, TRANSACTION_CODES[event.type], transactionNotice(event, merchant))
  }

  async #send(
    kind: keyof NoticeUrls,
    { mid, oid, tid }: Pick<PaymentEvent, 'mid' | 'oid' | 'tid'>,
    event: string,
    fields: Fields,
    delivery?: NoticeDelivery,
  ): Promise<void> {
    const address = this.#addresses.get(`${mid} ${kind}`)
    if (address === undefined) return
    const { url, charset = 'euc-kr', format = 'form' } = address
    const isJson = format === 'json'
    const body = isJson ? encodeText(JSON.stringify(fields), charset) : Buffer.from(encodeForm(fields, charset))
    await this.queue.add({ kind, mid, oid, tid, event, url: new URL(url), body, isJson }, delivery)
  }
}
