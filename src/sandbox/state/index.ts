import { CONTRACT } from '../contract.ts'
import { BillingKeys } from './billing-keys.ts'
import { IdSource } from './ids.ts'
import { Payments } from './payments.ts'
import type { Books } from './types.ts'

/** What the handlers work on: everything that one sandbox remembers. */
export class SandboxState {
  readonly ids = new IdSource()
  readonly ledger = new Payments(this.ids)
  readonly billingKeys = new BillingKeys(this.ids)
  readonly books: Books
  readonly #requests: Record<string, number>

  /** Begins with empty books. */
  constructor() {
    const { ledger, billingKeys } = this
    this.#requests = Object.fromEntries(CONTRACT.map(({ path }) => [path, 0]))
    this.books = {
      charges: ledger.charges,
      cancellations: ledger.cancellations,
      billingKeys: billingKeys.entries,
      escrow: ledger.escrow,
      requests: this.#requests,
    }
  }

  /** Counts a request to a path of the contract. */
  countRequest(path: string): void {
    this.#requests[path] = (this.#requests[path] ?? 0) + 1
  }
}
