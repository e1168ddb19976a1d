import { CONTRACT } from '../contract.ts'
import { Authentications } from './authentications.ts'
import { BillingKeys } from './billing-keys.ts'
import type { PaymentEvent } from './events.ts'
import { IdSource } from './ids.ts'
import { Payments } from './payments.ts'
import { SmsPayments } from './sms-payments.ts'
import type { Books, NoticeEntry } from './types.ts'

/** What the handlers work on: everything that one sandbox remembers. */
export class SandboxState {
  readonly ids = new IdSource()
  readonly payments = new Payments(this.ids, (event) => this.emit(event))
  readonly billingKeys = new BillingKeys(this.ids)
  readonly smsPayments = new SmsPayments(this.ids)
  readonly authentications = new Authentications(this.ids)
  readonly notices: NoticeEntry[] = []
  readonly books: Books
  readonly #requests: Record<string, number>
  readonly #listeners: ((event: PaymentEvent) => unknown)[] = []

  /** Begins with empty books. */
  constructor() {
    const { payments, billingKeys, smsPayments, notices } = this
    this.#requests = Object.fromEntries(CONTRACT.map(({ path }) => [path, 0]))
    this.books = {
      charges: payments.charges,
      cancellations: payments.cancellations,
      billingKeys: billingKeys.entries,
      escrow: payments.escrow,
      smsPayments: smsPayments.entries,
      notices,
      requests: this.#requests,
    }
  }

  /** Counts a request to a path of the contract, or for an approval. */
  countRequest(path: string): void {
    this.#requests[path] = (this.#requests[path] ?? 0) + 1
  }

  /** Calls back with everything that happens to payments. */
  onEvent(listener: (event: PaymentEvent) => unknown): void {
    this.#listeners.push(listener)
  }

  /** Tells that something happened to a payment. */
  emit(event: PaymentEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
