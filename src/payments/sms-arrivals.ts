import type { Journal } from '../journal/journal.ts'
import type { SmsLink, SmsLinkException, SmsLinkStatus, VirtualAccount } from '../journal/records/sms-link.ts'
import { StoreUnavailableError } from '../journal/store.ts'
import { ALL_SERVICES, type CallResult, isFailure, type PayApiClient } from '../payapi/index.ts'
import { koreanInstant } from '../payapi/wire/korean-time.ts'

/** What is read of what a buyer's browser brings. */
export const ARRIVAL_FIELDS: ReadonlySet<string> = new Set([
  'P_STATUS',
  'P_TID',
  'P_REQ_URL',
  'P_MID',
  'P_OID',
  'P_AMT',
  'P_VACT_NUM',
  'P_VACT_BANK_CODE',
  'P_VACT_DATE',
  'P_VACT_TIME',
])

/** It, by the PG's names. Anybody may have written it. */
export type ArrivalFields = ReadonlyMap<string, string>

/** An arrival that somebody should know of: nothing was sent for it. Holds nothing of what came. */
export interface ArrivalEvent {
  readonly linkId: string
  readonly merchantId: string
  readonly exception: SmsLinkException
  /** What is wrong with the address to approve at. */
  readonly fault?: string
}

interface ArrivalOptions {
  readonly client: Pick<PayApiClient, 'prepare' | 'preconnect' | 'send' | 'approvalAddress'>
  readonly journal: Pick<Journal, 'store' | 'runGuarded'>
  readonly onEvent: (event: ArrivalEvent) => void
  readonly now?: () => number
}

/** Under this name the journal remembers what the server approves itself: no caller has it. */
const CALLER = 'sms-links'

const { approveSmsPayment } = ALL_SERVICES

/** Whose money has moved, or will never: for these nothing is done any more. */
const ENDED: readonly SmsLinkStatus[] = ['PAID', 'DEPOSIT_WITHDRAWN', 'AWAITING_DEPOSIT', 'EXPIRED']

/** What to do about an arrival. */
type Decision =
  | { readonly kind: 'SHOW' }
  | { readonly kind: 'FAIL'; readonly exception: SmsLinkException | null; readonly fault?: string }
  | { readonly kind: 'ACCOUNT'; readonly account: VirtualAccount; readonly transactionId: string | null }
  | { readonly kind: 'APPROVE'; readonly address: URL; readonly authenticationId: string }

/** Takes buyers in who come back from the PG's page, and approves what they have authenticated: once for each link. */
export class SmsArrivals {
  readonly #options: ArrivalOptions
  readonly #now: () => number

  constructor(options: ArrivalOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** A link as it stands; undefined where nobody has such a token. Rejects where the journal cannot be read. */
  find(token: string): Promise<SmsLink | undefined> {
    return this.#options.journal.store.run('smsLinkOfToken', { token, now: this.#now() })
  }

  /**
   * The link as it stands after the arrival, whose outcome is the first one's however often it comes. Rejects with
   * `StoreUnavailableError` where the journal cannot be used: then nothing was sent.
   */
  async arrive(link: SmsLink, fields: ArrivalFields): Promise<SmsLink> {
    const decision = this.#decide(link, fields)
    switch (decision.kind) {
      case 'SHOW':
        return link
      case 'FAIL':
        return this.#fail(link, decision.exception, decision.fault)
      case 'ACCOUNT':
        return this.#account(link, decision)
      case 'APPROVE':
        return this.#approve(link, decision)
    }
  }

  #decide(link: SmsLink, fields: ArrivalFields): Decision {
    const status = fields.get('P_STATUS')
    if (status === undefined || ENDED.includes(link.status)) return { kind: 'SHOW' }
    // Nobody knows what became of the approval, and another one may be a second charge.
    if (link.status === 'UNKNOWN' && link.approvalOperationId !== null) return { kind: 'SHOW' }
    // Some of the PG's pages have two digits, one has four.
    if (status !== '00' && status !== '0000') return { kind: 'FAIL', exception: null }
    const differs = differenceTo(link, fields)
    if (differs !== undefined) return { kind: 'FAIL', exception: differs }
    const transactionId = fields.get('P_TID') ?? ''
    const text = fields.get('P_REQ_URL')
    if (text === undefined && link.paymentMethod === 'VIRTUAL_ACCOUNT') {
      const account = claimedAccount(fields)
      return account === undefined
        ? { kind: 'SHOW' }
        : { kind: 'ACCOUNT', account, transactionId: transactionId || null }
    }
    const address = this.#options.client.approvalAddress(text ?? '')
    return address instanceof URL
      ? { kind: 'APPROVE', address, authenticationId: transactionId }
      : { kind: 'FAIL', exception: 'APPROVAL_ADDRESS_REFUSED', fault: address }
  }

  async #fail(link: SmsLink, exception: SmsLinkException | null, fault?: string): Promise<SmsLink> {
    const { id: linkId, merchantId } = link
    if (exception !== null) {
      this.#options.onEvent({ linkId, merchantId, exception, ...(fault === undefined ? {} : { fault }) })
    }
    const input = { linkId, exception, now: this.#now() }
    return (await this.#options.journal.store.run('recordFailedArrival', input)) ?? link
  }

  async #account(link: SmsLink, { account, transactionId }: Extract<Decision, { kind: 'ACCOUNT' }>): Promise<SmsLink> {
    const { id: linkId, merchantId, orderId, amount } = link
    const step = { kind: 'ACCOUNT_ISSUED', account, isClaimed: true } as const
    const input = { linkId, at: this.#now(), merchantId, orderId, amount, transactionId, step }
    await this.#options.journal.store.run('advanceLink', input)
    return this.#again(link)
  }

  async #approve(
    link: SmsLink,
    { address, authenticationId }: Extract<Decision, { kind: 'APPROVE' }>,
  ): Promise<SmsLink> {
    const { client, journal } = this.#options
    const { id: linkId, merchantId, orderId, amount, paymentMethod, charset } = link
    const call = client.prepare(
      approveSmsPayment,
      { orderId, amount, paymentMethod, authenticationId },
      { merchantId, address, answerCharset: charset === 'UTF_8' ? 'utf-8' : 'euc-kr' },
    )
    if ('type' in call) return this.#fail(link, 'AUTHENTICATION_MALFORMED')
    const guard = {
      name: 'guardSmsApproval',
      input: { linkId, operationId: call.metadata.requestId, now: this.#now() },
    } as const
    // A buyer who loads the page again is only shown how the link stands, as in the graph: a wrong record of that can
    // still be taken back.
    const run = { caller: CALLER, idempotencyKey: linkId, actsOnAnswer: false }
    const result = await journal.runGuarded(call, run, guard, client)
    if (result === 'GUARDED') return this.#again(link)
    const reason = 'reason' in result ? result.reason : undefined
    if (reason === 'JOURNAL_UNAVAILABLE') throw new StoreUnavailableError('The approval could not be written down')
    if (reason === 'SAME_ORDER') return this.#fail(link, 'ORDER_CHARGED_BEFORE')
    if (result.type === 'PayApiIdempotencyConflict') return this.#again(link)
    return this.#approved(link, result, EXCEPTIONS[String(reason)])
  }

  /** What PayAPI has answered stands, whether or not the journal can be read again. */
  async #approved(link: SmsLink, result: CallResult, exception: SmsLinkException | undefined): Promise<SmsLink> {
    const { store } = this.#options.journal
    try {
      if (exception !== undefined) await this.#fail(link, exception)
      await store.run('recordSmsApproval', { linkId: link.id, now: this.#now() })
      return await this.#again(link)
    } catch (fault) {
      if (!(fault instanceof StoreUnavailableError)) throw fault
      return { ...link, status: statusAfter(link, result) }
    }
  }

  async #again(link: SmsLink): Promise<SmsLink> {
    const { store } = this.#options.journal
    return (await store.run('smsLink', { linkId: link.id, now: this.#now() })) ?? link
  }
}

const EXCEPTIONS: Readonly<Record<string, SmsLinkException>> = {
  ADDRESS_REFUSED: 'APPROVAL_ADDRESS_REFUSED',
  MISMATCHED_RESPONSE: 'APPROVAL_DIFFERS',
}

function statusAfter({ paymentMethod }: SmsLink, result: CallResult): SmsLinkStatus {
  if (isFailure(result)) return result.outcome === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED'
  return paymentMethod === 'VIRTUAL_ACCOUNT' ? 'AWAITING_DEPOSIT' : 'PAID'
}

/** What of an arrival is not the link's; what does not come is not compared. */
function differenceTo(link: SmsLink, fields: ArrivalFields): SmsLinkException | undefined {
  const differs = (name: string, value: string) => (fields.get(name) ?? value) !== value
  if (differs('P_MID', link.merchantId)) return 'MERCHANT_DIFFERS'
  if (differs('P_OID', link.orderId)) return 'ORDER_DIFFERS'
  const amount = fields.get('P_AMT') ?? ''
  return amount !== '' && amount.replace(/^0+(?=\d)/, '') !== link.amount ? 'AMOUNT_DIFFERS' : undefined
}

/** The account that a browser names: shown until the PG tells of one itself. */
function claimedAccount(fields: ArrivalFields): VirtualAccount | undefined {
  const number = fields.get('P_VACT_NUM') ?? ''
  if (!/^\d{6,20}$/.test(number)) return undefined
  const bankCode = fields.get('P_VACT_BANK_CODE') ?? ''
  const expiresAt = koreanInstant(fields.get('P_VACT_DATE') ?? '', (fields.get('P_VACT_TIME') ?? '').padEnd(6, '0'))
  return {
    number,
    bankCode: /^\w{1,4}$/.test(bankCode) ? bankCode : null,
    bankName: null,
    holderName: null,
    expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
  }
}
