import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { TestJournal } from '../journal/both-stores.ts'
import { KEYS } from '../journal/operations.ts'
import { formFields } from '../payapi/client.ts'
import { httpAnswer, type RawServer, startRawServer } from '../payapi/raw-server.ts'
import { startTestFacade, type TestFacade, untilReady, usingPayApi } from './running-facade.ts'

/** Fields of a form by wire name. */
export type Fields = Readonly<Record<string, string>>

/** What the PG does about an approval: answers a text, or cuts the connection once it has processed it. */
export type Approve = (form: Fields) => string | Buffer | 'CUT' | Promise<string | Buffer | 'CUT'>

/** A link as the PG was asked for it. */
export interface AskedLink {
  readonly orderId: string
  /** The form that came for it. */
  readonly form: Fields
  /** The token of the address that the buyer comes back to. */
  readonly token: string
}

/** The payment's facts, as `smsPayment` tells them. */
export type State = Readonly<Record<string, unknown>> | null

const STATE = `query State($orderId: ID!, $merchantId: ID) { smsPayment(orderId: $orderId, merchantId: $merchantId) {
  merchantId orderId paymentUrl expiresAt amount paymentMethod goodsName status exception createdAt paidAt approvalOperationId
  virtualAccount { bank { code name } number holderName expiresAt } payment { transactionId status amount }
} }`

const CREATE = `mutation Create($input: CreateSmsPaymentUrlInput!) { result: createSmsPaymentUrl(input: $input) {
  __typename ... on SmsPaymentUrl { paymentUrl operationId } ... on PayApiFailure { message outcome operationId }
  ... on PayApiInvalidInput { issues { path code message } } ... on PayApiTransportError { reason }
  ... on PayApiIdempotencyConflict { reason }
} }`

/** A facade before a PG of the test's own. */
export class SmsWorld {
  /** The one that is asked; a test may put another in its place. */
  facade: Pick<TestFacade, 'url' | 'origin' | 'lines'>
  readonly pg: RawServer
  /** The approvals that came to the PG. */
  readonly approvals: Fields[] = []
  readonly #approve: { now: Approve }
  readonly #forms: Fields[]

  constructor(
    facade: SmsWorld['facade'],
    pg: RawServer,
    approve: { now: Approve },
    approvals: Fields[],
    forms: Fields[],
  ) {
    this.facade = facade
    this.pg = pg
    this.approvals = approvals
    this.#approve = approve
    this.#forms = forms
  }

  /** What the PG does about approvals from now on. */
  approveWith(approve: Approve): void {
    this.#approve.now = approve
  }

  async graphql(query: string, variables: object = {}, headers: Fields = {}) {
    const response = await fetch(this.facade.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as { data?: Record<string, unknown> | null; errors?: readonly { message: string }[] }
  }

  /** How `createSmsPaymentUrl` ends. */
  async create(input: object): Promise<Readonly<Record<string, unknown>>> {
    const { data, errors } = await this.graphql(CREATE, { input: { ...REQUEST, ...input } })
    if (errors !== undefined) throw new Error(errors[0]?.message)
    return data?.['result'] as Readonly<Record<string, unknown>>
  }

  /** Asks for a link, and returns it as the PG heard of it. */
  async link(input: Fields = {}): Promise<AskedLink> {
    const { orderId = `order-${randomUUID().slice(0, 18)}` } = input
    expect(await this.create({ ...input, orderId })).toMatchObject({ __typename: 'SmsPaymentUrl' })
    const form = this.#forms.findLast((each) => each['P_OID'] === orderId) ?? {}
    return { orderId, form, token: new URL(form['P_NEXT_URL'] ?? '').pathname.split('/').at(-1) ?? '' }
  }

  /** The forms of the links that the PG was asked for. */
  get forms(): readonly Fields[] {
    return this.#forms
  }

  /** The buyer's browser comes back with these fields, in a POST unless told otherwise; no redirect is followed. */
  next({ token }: Pick<AskedLink, 'token'>, fields: Fields, method: 'POST' | 'GET' = 'POST'): Promise<Response> {
    const text = new URLSearchParams(fields).toString()
    const url = `${this.facade.origin}/pg/next/${token}`
    return method === 'GET'
      ? fetch(`${url}?${text}`, { redirect: 'manual' })
      : fetch(url, {
          method,
          redirect: 'manual',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: text,
        })
  }

  /** What the browser brings once the buyer has authenticated. */
  authenticated(fields: Fields = {}): Fields {
    return {
      P_STATUS: '00',
      P_TID: 'WELMX_AUTH1',
      P_REQ_URL: `${this.pg.url}/approve?id=1`,
      P_AMT: '33000',
      P_RMESG1: 'ok',
      P_NOTI: '',
      ...fields,
    }
  }

  async state({ orderId }: Pick<AskedLink, 'orderId'>, headers: Fields = {}): Promise<State> {
    const { data, errors } = await this.graphql(STATE, { orderId }, headers)
    if (errors !== undefined) throw new Error(errors[0]?.message)
    return (data?.['smsPayment'] ?? null) as State
  }
}

const REQUEST = { paymentMethod: 'CARD', goodsName: '커피', amount: '33000' }

/** The answer to an approval that succeeded. */
export const approved = (orderId: string, more: Fields = {}): string =>
  Object.entries({
    P_STATUS: '00',
    P_TID: `WELMX_CARD_${orderId.slice(-12)}`,
    P_TYPE: 'CARD',
    P_AUTH_DT: '20261126101502',
    P_MID: 'welcometst',
    P_OID: orderId,
    P_AMT: '33000',
    P_AUTH_NO: '30001234',
    P_FN_CD1: '06',
    P_RMESG1: 'ok',
    ...more,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** A PG that makes links, and a facade before it that ends with the test; it is waited for unless told otherwise. */
export async function startSmsWorld(
  journal?: TestJournal,
  env: Fields = {},
  makeUrl: (form: Fields) => string | 'CUT' = () =>
    '{"ResultCode":"00","ResultMsg":"ok","MsgSend":"https://m.welpg.com/s/97T9"}',
  { waits = true, start = startTestFacade as (env: Fields) => Promise<SmsWorld['facade']> } = {},
): Promise<SmsWorld> {
  const approvals: Fields[] = []
  const forms: Fields[] = []
  const approve: { now: Approve } = { now: () => 'P_STATUS=01&P_RMESG1=no' }
  const pg = await startRawServer(async (connection) => {
    for (;;) {
      const { path, body } = await connection.request()
      const form = Object.fromEntries(formFields(body))
      const isApproval = path.startsWith('/approve')
      ;(isApproval ? approvals : forms).push(form)
      const answer = isApproval ? await approve.now(form) : makeUrl(form)
      if (answer === 'CUT') return connection.reset()
      const headers: Fields = isApproval ? { 'content-type': 'text/plain; charset=euc-kr' } : {}
      const isWhole = answer instanceof Buffer && answer.subarray(0, 5).toString() === 'HTTP/'
      await connection.send(isWhole ? answer : httpAnswer(200, answer, headers))
    }
  })
  const keys = { PAYAPI_JOURNAL_KEYS: Buffer.from(KEYS[0] as Uint8Array).toString('base64') }
  const { PAYAPI_DATA_DIR: folder = '', ...payApi } = usingPayApi(pg.url)
  const place: Fields = journal === undefined ? { PAYAPI_DATA_DIR: folder } : { PAYAPI_STORE_URL: journal.url }
  const facade = await start({ ...payApi, ...keys, ...('PAYAPI_STORE_URL' in env ? {} : place), ...env })
  if (waits) await untilReady(facade.url)
  return new SmsWorld(facade, pg, approve, approvals, forms)
}
