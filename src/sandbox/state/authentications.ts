import type { ApprovalScenarioName } from '../response/approval-scenarios.ts'
import type { IdSource } from './ids.ts'
import type { SmsPayment } from './sms-payments.ts'

/** What a buyer chose at the payment page. */
export interface BuyerChoice {
  readonly name: string
  /** Code of the card company or of the bank; empty for a phone. */
  readonly institution: string
  /** Two digits; `00` is a lump sum. */
  readonly months: string
}

/** What a buyer did at the payment page: allow one approval. */
export interface Authentication {
  /** The last part of P_REQ_URL. */
  readonly id: string
  readonly tid: string
  readonly payment: SmsPayment
  readonly choice: BuyerChoice
  /** How the approval is answered; properly where there is none. */
  readonly scenario: ApprovalScenarioName | undefined
  /** Set by the first request for the approval that is carried out. */
  isUsed: boolean
}

/** Authentications by their id. One payment may have several: a buyer who comes back may try again. */
export class Authentications {
  readonly #ids: IdSource
  readonly #byId = new Map<string, Authentication>()

  constructor(ids: IdSource) {
    this.#ids = ids
  }

  open(
    payment: SmsPayment,
    choice: BuyerChoice,
    scenario: ApprovalScenarioName | undefined,
    at: number,
  ): Authentication {
    const id = this.#ids.shortPath()
    const tid = this.#ids.pageTransaction(payment.mid, 'AUTH', at)
    const authentication = { id, tid, payment, choice, scenario, isUsed: false }
    this.#byId.set(id, authentication)
    return authentication
  }

  find(id: string): Authentication | undefined {
    return this.#byId.get(id)
  }
}
