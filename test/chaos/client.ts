import { request } from 'node:http'

/** A charge as a caller wants it: the same order, key and amount however often it is sent. */
export interface Wish {
  readonly orderId: string
  /** Null for a caller that sends none and relies on the order number. */
  readonly idempotencyKey: string | null
  readonly amount: string
}

/** What a caller was answered. */
export interface Answer {
  readonly __typename: string
  readonly outcome?: string
  readonly retryable?: boolean
  readonly reason?: string
  readonly transactionId?: string | null
  readonly operationId: string | null
}

const CHARGE = `mutation Charge($input: ChargeCardBillingKeyInput!) {
  chargeCardBillingKey(input: $input) {
    __typename
    ... on CardPayment { transactionId operationId }
    ... on PayApiFailure { outcome retryable operationId }
    ... on PayApiTransportError { reason }
    ... on PayApiIdempotencyConflict { conflict: reason }
  }
}`

/** Takes where GraphQL is and a wish; returns the answer, or undefined where none came. */
export async function charge(url: string, { orderId, idempotencyKey, amount }: Wish): Promise<Answer | undefined> {
  const input = { orderId, amount, idempotencyKey, billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
  const body = await post(url, { query: CHARGE, variables: { input } })
  return body === undefined ? undefined : (JSON.parse(body).data.chargeCardBillingKey as Answer)
}

/** An operation as the journal has it. */
export interface JournalEntry {
  readonly id: string
  readonly state: string
  readonly orderId: string
  readonly transactionId: string | null
}

const OPERATIONS = `query Operations($after: String) {
  operations(first: 100, after: $after) {
    edges { node { id state orderId transactionId } }
    pageInfo { hasNextPage endCursor }
  }
}`

/** Takes where GraphQL is; returns everything in the journal. */
export async function readJournal(url: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (let after: string | null = null; ; ) {
    const body = await post(url, { query: OPERATIONS, variables: { after } })
    const { edges, pageInfo } = JSON.parse(body ?? '').data.operations
    entries.push(...edges.map(({ node }: { node: JournalEntry }) => node))
    if (!pageInfo.hasNextPage) return entries
    after = pageInfo.endCursor
  }
}

/** Posts JSON; resolves to the whole answer, or undefined where the connection ended before it came. */
function post(url: string, payload: unknown): Promise<string | undefined> {
  return new Promise((resolve) => {
    const none = () => resolve(undefined)
    const call = request(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve(answer.complete ? text : undefined)).on('error', none)
      },
    )
    call.on('error', none).end(JSON.stringify(payload))
  })
}
