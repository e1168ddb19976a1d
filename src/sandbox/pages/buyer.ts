import type { NoticeDesk } from '../notices/desk.ts'
import type { NoticeDelivery } from '../notices/queue.ts'
import {
  APPROVAL_PATH,
  accountFields,
  approvedFields,
  depositedFields,
  type Fields,
  issuedFields,
} from '../notices/result-fields.ts'
import { toKoreanTime } from '../request/korean-time.ts'
import type { ApprovalScenarioName } from '../response/approval-scenarios.ts'
import type { Charset } from '../response/charset.ts'
import type { BuyerChoice } from '../state/authentications.ts'
import type { SandboxState } from '../state/index.ts'
import type { SmsPayment } from '../state/sms-payments.ts'
import type { VirtualAccount } from '../state/types.ts'

/** Where the buyer's browser goes next, and with what. */
export interface HandOver {
  readonly url: string
  readonly method: 'POST' | 'GET'
  readonly fields: Fields
  readonly charset: Charset
}

/** What may be otherwise when a buyer pays. */
export interface PayOptions extends Partial<BuyerChoice> {
  /** How the approval is answered; properly unless given. */
  readonly approval?: ApprovalScenarioName | undefined
  /** How the browser comes to `P_NEXT_URL`; POST unless given. */
  readonly method?: HandOver['method']
  /** How the notice comes, where the payment is approved in one step. */
  readonly notice?: NoticeDelivery | undefined
}

/** What may be otherwise at a deposit. */
export interface DepositOptions {
  /** Won; what the link asks for unless given. */
  readonly amount?: string
  readonly notice?: NoticeDelivery | undefined
}

/** What the buyer's side works on. */
export interface BuyerWorld {
  readonly state: SandboxState
  readonly desk: NoticeDesk
  /** Epoch milliseconds. */
  readonly clock: () => number
}

const HOLDER = '웰컴페이먼츠'
const FAILED = '01'
const ACCOUNT_LIFE_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000
const PAGE_KINDS = { card: 'CARD', hpp: 'HPP_', bank: 'BANK', vbank: 'VBNK' } as const
const USUAL = { card: '06', bank: '04', vbank: '04', hpp: '' } as const

/** The buyer cannot do that now. */
export class NotNow extends Error {}

/** The buyer of one payment, and the buyer's bank. */
export class Buyer {
  readonly payment: SmsPayment
  readonly #world: BuyerWorld

  constructor(payment: SmsPayment, world: BuyerWorld) {
    this.payment = payment
    this.#world = world
  }

  /** Whether the link is too old to pay at. */
  get isExpired(): boolean {
    return this.#world.desk.queue.now() >= this.payment.expiresAt
  }

  /** Whether the buyer may still pay, fail or give up. A link that was opened again may be tried again. */
  get mayPay(): boolean {
    return !this.isExpired && ['open', 'authenticated', 'failed'].includes(this.payment.status)
  }

  /**
   * Authenticates a card, a phone or a bank account. Where the merchant has to approve, nothing is charged yet; else it
   * is charged at once and told by a notice.
   */
  async pay(options: PayOptions = {}): Promise<HandOver> {
    const { payment } = this
    const { payType, price } = payment
    if (payType === 'vbank' || !this.mayPay) throw new NotNow()
    const { state, desk } = this.#world
    const at = this.#world.clock()
    const choice = this.#choice(options)
    if (payment.isTwoStep) {
      const { id, tid } = state.authentications.open(payment, choice, options.approval, at)
      payment.status = 'authenticated'
      const url = `${payment.request.approvalOrigin}${APPROVAL_PATH}/${id}`
      return this.#toShop('00', '인증되었습니다.', { P_TID: tid, P_REQ_URL: url }, options.method)
    }
    const approvalNumber = state.ids.approval()
    const tid = this.charge(at)
    await desk.result(
      payment,
      approvedFields({ payment, tid, amount: price, at, choice, approvalNumber }),
      options.notice,
    )
    return { url: payment.request.returnUrl, method: 'GET', fields: {}, charset: payment.request.charset }
  }

  /** Enters what was paid; returns its tid. */
  charge(at: number, amount = this.payment.price): string {
    const { mid, oid, payType } = this.payment
    const { state } = this.#world
    const tid = state.ids.pageTransaction(mid, PAGE_KINDS[payType], at)
    const type = payType === 'vbank' ? 'deposit' : 'approval'
    state.payments.charge({ path: APPROVAL_PATH, mid, oid, payType, price: BigInt(amount), at, tid, type })
    this.payment.tid = tid
    this.payment.status = 'paid'
    return tid
  }

  /** The authentication fails. */
  fail(method?: HandOver['method']): HandOver {
    return this.#end('인증에 실패하였습니다.', method)
  }

  /** The buyer gives up. */
  giveUp(method?: HandOver['method']): HandOver {
    return this.#end('사용자가 결제를 취소하였습니다.', method)
  }

  /** Issues a virtual account: no money yet. */
  async issue(
    options: Partial<BuyerChoice> & { readonly notice?: NoticeDelivery | undefined } = {},
  ): Promise<HandOver> {
    const { payment } = this
    if (payment.payType !== 'vbank' || !this.mayPay) throw new NotNow()
    const { mid, oid, price } = payment
    const { state, desk } = this.#world
    const at = this.#world.clock()
    const { name, institution } = this.#choice(options)
    const tid = state.ids.pageTransaction(mid, PAGE_KINDS.vbank, at)
    const number = state.ids.account()
    const account = { number, bankCode: institution, holder: HOLDER, payer: name, expiresAt: lastSecond(at) }
    payment.account = account
    payment.tid = tid
    payment.status = 'awaiting-deposit'
    state.emit({ type: 'issue', mid, tid, oid, payType: 'vbank', amount: price, at })
    await desk.result(payment, issuedFields(payment, account, tid, at), options.notice)
    return this.withAccount()
  }

  /** Where the browser goes from a page that shows the account. */
  withAccount(): HandOver {
    const { account, tid } = this.payment
    if (account === null || tid === null) throw new NotNow()
    return this.#toShop('00', '가상계좌가 발급되었습니다.', { P_TID: tid, ...accountFields(account) })
  }

  /** Money comes to the account. A bank that is asked twice pays twice. */
  async deposit({ amount = this.payment.price, notice }: DepositOptions = {}): Promise<void> {
    const { payment } = this
    const account = this.#account()
    const at = this.#world.clock()
    const tid = this.charge(at, amount)
    payment.status = 'deposited'
    await this.#world.desk.result(payment, depositedFields(payment, account, { tid, amount, at }), notice)
  }

  /** The bank takes the last deposit back; throws Refusal where there is none or it was canceled. Only the deposit notice of the PC window tells of it. */
  async withdraw(notice?: NoticeDelivery): Promise<void> {
    const { payment } = this
    const account = this.#account()
    const { mid, oid, tid } = payment
    const at = this.#world.clock()
    const amount = this.#world.state.payments.withdraw(mid, tid ?? '')
    payment.status = 'withdrawn'
    await this.#world.desk.deposit({ type: 'withdrawal', mid, oid, tid: tid ?? '', amount, account, at }, notice)
  }

  #account(): VirtualAccount {
    if (this.payment.account === null) throw new NotNow()
    return this.payment.account
  }

  #choice({ name = '김하나', institution, months = '00' }: Partial<BuyerChoice>): BuyerChoice {
    return { name, institution: institution ?? USUAL[this.payment.payType], months }
  }

  #end(message: string, method: HandOver['method'] | undefined): HandOver {
    if (!this.mayPay) throw new NotNow()
    this.payment.status = 'failed'
    return this.#toShop(FAILED, message, { P_TID: '' }, method)
  }

  #toShop(status: string, message: string, more: Fields, method: HandOver['method'] = 'POST'): HandOver {
    const { request, price } = this.payment
    const fields = { P_STATUS: status, P_RMESG1: message, ...more, P_NOTI: '', P_AMT: price }
    return { url: request.nextUrl, method, fields, charset: request.charset }
  }
}

/** The end of a day in Korea, a week later. */
function lastSecond(at: number): number {
  const { time } = toKoreanTime(at)
  const [hours, minutes, seconds] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)].map(Number) as [
    number,
    number,
    number,
  ]
  const midnight = at - (at % 1000) - ((hours * 60 + minutes) * 60 + seconds) * 1000
  return midnight + (ACCOUNT_LIFE_DAYS + 1) * DAY_MS - 1000
}
