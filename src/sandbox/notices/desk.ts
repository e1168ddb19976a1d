import type { SandboxMerchant } from '../merchants.ts'
import { encodeForm } from '../response/charset.ts'
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

/** Where a merchant has its notices sent: what it registers with the PG once. A notice without an address is not sent. */
export interface NoticeUrls {
  /** Deposits of the PC window, withdrawals of any. */
  readonly deposit?: string
  readonly escrow?: string
  readonly transaction?: string
}

/** Writes the notices of what happens, and hands them to the queue. */
export class NoticeDesk {
  readonly queue: NoticeQueue
  readonly #merchants: ReadonlyMap<string, SandboxMerchant>
  readonly #urls: ReadonlyMap<string, NoticeUrls>

  constructor(
    queue: NoticeQueue,
    merchants: ReadonlyMap<string, SandboxMerchant>,
    urls: Readonly<Record<string, NoticeUrls>>,
  ) {
    this.queue = queue
    this.#merchants = merchants
    this.#urls = new Map(Object.entries(urls))
  }

  /** The mobile result notice of a link, to where the link says. */
  async result(payment: SmsPayment, fields: Fields, delivery?: NoticeDelivery): Promise<void> {
    const { notificationUrl, charset } = payment.request
    if (notificationUrl === undefined) return
    const { mid, oid } = payment
    const { P_TID: tid = '', P_STATUS: event = '' } = fields
    const body = encodeForm(fields, charset)
    await this.queue.add({ kind: 'result', mid, oid, tid, event, url: new URL(notificationUrl), body }, delivery)
  }

  /** The deposit notice of the PC window. */
  async deposit(deposit: Deposit, delivery?: NoticeDelivery): Promise<void> {
    const url = this.#urls.get(deposit.mid)?.deposit
    if (url === undefined) return
    const { mid, oid, tid } = deposit
    const body = encodeForm(depositNotice(deposit), 'euc-kr')
    const event = DEPOSIT_CODES[deposit.type]
    await this.queue.add({ kind: 'deposit', mid, oid, tid, event, url: new URL(url), body }, delivery)
  }

  /** The escrow or transaction notice of what happened, if the merchant wants it. */
  async tell(event: PaymentEvent): Promise<void> {
    const { mid, oid, tid } = event
    const merchant = this.#merchants.get(mid)
    const urls = this.#urls.get(mid)
    if (event.type === 'escrow') {
      if (urls?.escrow === undefined) return
      const body = encodeForm(escrowNotice(event), 'euc-kr')
      const code = ESCROW_CODES[event.step]
      await this.queue.add({ kind: 'escrow', mid, oid, tid, event: code, url: new URL(urls.escrow), body })
    } else {
      if (urls?.transaction === undefined || merchant === undefined) return
      const body = encodeForm(transactionNotice(event, merchant), 'euc-kr')
      const code = TRANSACTION_CODES[event.type]
      await this.queue.add({ kind: 'transaction', mid, oid, tid, event: code, url: new URL(urls.transaction), body })
    }
  }
}
