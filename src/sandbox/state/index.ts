import { CONTRACT } from '../contract.ts'
import { BillingKeys } from './billing-keys.ts'
import { IdSource } from './ids.ts'
import { Payments } from './payments.ts'
import type { Books } from './types.ts'

/** What the handlers work on: everything that one sandbox remembers. */
export class SandboxState {
  readonly ids = new IdSource()
  readonly payments = new Payments(this.ids)
  readonly billingKeys = new BillingKeys(this.ids)
  readonly books: Books
  readonly #requests: Record<string, number>

  /** Begins with empty books. */
  constructor() {
    const { payments, billingKeys } = this
    this.#requests = Object.fromEntries(CONTRACT.map(({ path }) => [path, 0]))
    this.books = {
      charges: payments.charges,
      cancellations: payments.cancellations,
      billingKeys: billingKeys.entries,
      escrow: payments.escrow,
      requests: this.#requests,
    }
  }

  /** Counts a request to a path of the contract. */
  countRequest(path: string): void {
    this.#requests[path] = (this.#requests[path] ?? 0) + 1
  }
}
