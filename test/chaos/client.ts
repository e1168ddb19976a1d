import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { requestOf, type Wish } from './wishes.ts'

/** What a caller was answered. */
export interface Answer {
  readonly __typename: string
  readonly outcome?: string
  readonly retryable?: boolean
  readonly reason?: string
  readonly resultCode?: string
  readonly transactionId?: string | null
  readonly operationId: string | null
}

/** Asks for a wish; undefined where no answer came, or one that says nothing of the wish. */
export async function ask(url: string, wish: Wish): Promise<Answer | undefined> {
  const body = await post(url, requestOf(wish))
  return body === undefined ? undefined : ((JSON.parse(body).data?.wish ?? undefined) as Answer | undefined)
}

/** An operation as the journal has it. */
export interface JournalEntry {
  readonly id: string
  readonly state: string
  readonly orderId: string | null
  readonly transactionId: string | null
}

const OPERATIONS = `query Operations($after: String) {
  paymentOperations(first: 100, after: $after) {
    edges { node { id state orderId transactionId } }
    pageInfo { hasNextPage endCursor }
  }
}`

/** Everything in the journal. */
export const readJournal = (url: string): Promise<readonly JournalEntry[]> =>
  readAll<JournalEntry>(url, 'paymentOperations', OPERATIONS)

const PAUSE_MS = 500

/** Reads again and again until it is as wanted, or until that time of the wall clock; resolves to what was read last. */
export async function readUntil<Read>(
  giveUpAt: number,
  read: () => Promise<Read>,
  isWanted: (seen: Read) => boolean,
): Promise<Read> {
  for (;;) {
    const seen = await read()
    if (isWanted(seen) || Date.now() > giveUpAt) return seen
    await delay(PAUSE_MS)
  }
}

/** What a query or mutation gives; throws where there is no answer or an error. */
export async function askGraph(
  url: string,
  query: string,
  variables: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<object> {
  const { data, errors } = JSON.parse(
    (await post(url, { query, variables }, headers)) ?? '{"errors":[{"message":"none"}]}',
  )
  if (errors !== undefined || data === undefined) throw new Error(`no answer to ${query}: ${errors?.[0]?.message}`)
  return data
}

/** Longer than any answer may take; a caller that waits for ever would hide that none comes. */
const PATIENCE_MS = 30_000

/** Posts JSON; resolves to the whole answer, or undefined where the connection ended before it came. */
function post(
  url: string,
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const none = () => resolve(undefined)
    const call = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        agent: false,
        timeout: PATIENCE_MS,
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve(answer.complete ? text : undefined)).on('error', none)
      },
    )
    call.on('timeout', () => call.destroy())
    call.on('error', none).end(JSON.stringify(payload))
  })
}

/** All nodes of a connection, whose query takes `$after`. */
export async function readAll<Row>(
  url: string,
  field: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let after: string | null = null; ; ) {
    const page: Page<Row> | undefined = (
      (await askGraph(url, query, { ...variables, after })) as Record<string, Page<Row>>
    )[field]
    if (page === undefined) return rows
    rows.push(...page.edges.map(({ node }) => node))
    if (!page.pageInfo.hasNextPage) return rows
    after = page.pageInfo.endCursor
  }
}

interface Page<Row> {
  readonly edges: readonly { readonly node: Row }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}
