import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js'
import { afterAll, beforeAll, vi } from 'vitest'
import { openTestFacade, startTestFacade, type TestFacade } from './running-facade.ts'

const encodeEucKr = createMultibyteEncoder('euc-kr')

/** The tokens of the merchant's registered addresses. */
export const TOKENS = {
  mobile: 'mobile-0123456789abcdef',
  deposit: 'deposit-0123456789abcdef',
  escrow: 'escrow-0123456789abcdef',
  transaction: 'transaction-0123456789abcdef',
} as const

export type KindName = keyof typeof TOKENS

export const MERCHANT = 'welcometst'

/** The variable that registers an address of each kind; takes what differs. */
export const registered = (more: Partial<Record<KindName, object>> = {}): { PAYAPI_NOTICES: string } => ({
  PAYAPI_NOTICES: JSON.stringify(
    Object.entries(TOKENS).map(([kind, token]) => ({ kind, mid: MERCHANT, token, ...more[kind as KindName] })),
  ),
})

export const pathOf = (kind: KindName): string => `/pg/notices/${kind}/${MERCHANT}/${TOKENS[kind]}`

/** A field of a form: a text is written in EUC-KR. */
type Fields = Readonly<Record<string, string | Buffer>> | readonly (readonly [string, string | Buffer])[]

/** The body of a form, percent-encoded from the bytes of a charset. */
export function form(fields: Fields, charset: 'euc-kr' | 'utf-8' = 'euc-kr'): string {
  const pairs = Array.isArray(fields) ? fields : Object.entries(fields)
  const bytes = (value: string | Buffer) =>
    typeof value === 'string' ? (charset === 'utf-8' ? Buffer.from(value) : encodeEucKr(value)) : value
  const escaped = (value: string | Buffer) =>
    Array.from(bytes(value), (byte) => {
      const character = String.fromCharCode(byte)
      return /[\w.-]/.test(character) && byte < 0x80
        ? character
        : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`
    }).join('')
  return pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
}

let numbers = 0
/** A number that no other notice of the process has. */
export const unique = (): number => ++numbers

/** A deposit of the PC payment window; takes what differs. */
export const aDeposit = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  no_tid: `WELVBNK${MERCHANT}2026112714100500${unique()}`,
  no_oid: `B-${unique()}`,
  id_merchant: MERCHANT,
  cd_bank: '00000004',
  cd_deal: '00000088',
  dt_trans: '20261127',
  tm_trans: '141005',
  no_vacct: '9400120055700',
  amt_input: '0000000120000',
  type_msg: '0200',
  nm_inputbank: '신한',
  nm_input: '김하나',
  ...more,
})

/** A transaction notice of an approval; takes what differs. */
export const anApproval = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  tid: `WELCARD${MERCHANT}${unique()}`,
  mid: MERCHANT,
  oid: `O-${unique()}`,
  transType: '00',
  transStatus: '00',
  transAmount: '1004',
  transDate: '20261127',
  transTime: '101112',
  ...more,
})

/** A change of an escrow payment; takes what differs. */
export const anEscrowChange = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  id_merchant: MERCHANT,
  no_oid: `C-${unique()}`,
  no_tid: `WELCARD${MERCHANT}${unique()}`,
  cl_status: '4',
  dt_req: '20261126161200',
  cl_paymethod: '0',
  msg_deny: '구매자 변심',
  price: '45000',
  tid_org: '',
  ...more,
})

export interface NoticeAnswer {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
type Json = any

/** A facade to which notices are sent. */
export interface NoticeFacade extends TestFacade {
  /** Posts a body to a path, or the fields of a form to the address of a kind. */
  post(path: string, body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<NoticeAnswer>
  send(kind: KindName, fields: Fields): Promise<NoticeAnswer>
  /** Runs a GraphQL operation; throws where the answer has errors. */
  query(query: string, variables?: object): Promise<Json>
  /** The notices that a filter finds, newest first, as soon as there are some that a check is content with. */
  notices(filter: object, isReady?: (notices: readonly Json[]) => boolean): Promise<readonly Json[]>
}

const FIELDS = `id kind timesReceived merchantId orderId transactionId amount event escrowEvent code occurredAt state appliedAt
  exception trust { token address signature matches } charsetDoubtful statedReason payerName
  virtualAccount { bank { code name } number expiresAt } fields { name value }
  acknowledgement { acknowledgedBy note } appliedTo { operation { id service state } }
  escrowStatus { __typename ... on EscrowStatus { state stateCode orderId amount } ... on PayApiFailure { message } }`

const NOTICES = `query Notices($filter: PayApiNoticeFilter) { notices(filter: $filter, first: 100) { edges { node { ${FIELDS} } } } }`

/** Starts a facade that has registered addresses, unless the environment says otherwise. It ends with the test. */
export const startNoticeFacade = async (env: Readonly<Record<string, string>> = {}): Promise<NoticeFacade> =>
  noticeFacade(await startTestFacade({ ...registered(), ...env }))

/** A facade for all tests of a file. */
export function noticeFacadeForFile(env: Readonly<Record<string, string>> = {}): () => NoticeFacade {
  let facade: NoticeFacade
  beforeAll(async () => {
    facade = noticeFacade(await openTestFacade({ ...registered(), ...env }))
  })
  afterAll(() => facade.close())
  return () => facade
}

function noticeFacade(facade: TestFacade): NoticeFacade {
  const { origin, url } = facade
  const post: NoticeFacade['post'] = async (path, body, headers = {}) => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : Uint8Array.from(body),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
    return { status: answer.status, body: await answer.text(), headers: answer.headers }
  }
  const query: NoticeFacade['query'] = async (text, variables = {}) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    })
    const { data, errors } = (await answer.json()) as Json
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return data
  }
  return {
    ...facade,
    post,
    send: (kind, fields) => post(pathOf(kind), form(fields)),
    query,
    notices: (filter, isReady = (found) => found.length > 0) =>
      vi.waitFor(
        async () => {
          const { notices } = await query(NOTICES, { filter })
          const found = notices.edges.map(({ node }: Json) => node)
          if (!isReady(found)) throw new Error(`not so yet: ${JSON.stringify(found)}`)
          return found
        },
        { timeout: 240_000, interval: 50 },
      ),
  }
}

/** Whether all of some notices were looked at. */
export const lookedAt = (notices: readonly Json[]): boolean =>
  notices.length > 0 && notices.every(({ state }) => state !== 'RECEIVED')
