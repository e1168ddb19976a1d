import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { createPayApiClient, type PayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { type AppOptions, createApp, createHandler } from '../../../src/server/app.ts'
import type { SecurityOptions } from '../../../src/server/security/index.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'

// Every guard has to hold on every way through the server, and to say the same.

/** The ways through the server: without a socket, and over one the short way and the ordinary one. */
export const WAYS = ['without a socket', 'over a socket, the short way', 'over a socket, the ordinary way'] as const

/** One way through the server. */
export type Way = (typeof WAYS)[number]

/** An answer as it came. */
export interface Answer {
  readonly status: number
  /** By lower-case name, without what differs from one answer to the next. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
  readonly json: any
}

/** What a test sends: the fields of a GraphQL request, and headers. */
export interface Sent {
  readonly query?: string | undefined
  readonly variables?: object
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is, in place of the fields; a stream in chunks of which nobody knows how many. */
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream
  /** What else the body has. */
  readonly more?: object
}

/** A facade of one test. */
export interface Facade {
  /** Posts a request. */
  post(sent: Sent): Promise<Answer>
  /** Sends anything, to a path behind the facade's address. */
  fetch(path: string, init?: RequestInit): Promise<Answer>
  /** What was logged so far. */
  readonly lines: readonly string[]
}

/** A sandbox, and facades before it. */
export interface Bench {
  /** How many requests the sandbox got so far. */
  sent(): number
  /** A facade that is asked by one way through the server. */
  facade(way: Way, security?: SecurityOptions, more?: Partial<AppOptions>): Promise<Facade>
}

/** Starts a sandbox for the tests of a file; it ends with them. */
export function bench(): Bench {
  let sandbox: Sandbox
  let client: PayApiClient
  const servers: Server[] = []
  beforeAll(async () => {
    sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, slowMs: 1 })
    client = createPayApiClient({ baseUrl: sandbox.url, merchants: DEMO_MERCHANTS, timeoutMs: 60_000 })
  })
  afterAll(async () => {
    for (const server of servers) server.close().closeAllConnections()
    await client.close()
    await sandbox.close()
  })
  return {
    sent: () => Object.values(sandbox.books.requests).reduce<number>((sum, count) => sum + (count ?? 0), 0),
    async facade(way, security = {}, more = {}) {
      const lines: string[] = []
      const log = createLogger('trace', { write: (line) => void lines.push(line) })
      const options: AppOptions = { client, log, security, ...more }
      const base = way === 'without a socket' ? undefined : await listen(options, servers)
      const app = base === undefined ? createApp(options) : undefined
      const fetchIt = async (path: string, init: RequestInit = {}) => {
        // Headers of its own for each request: what is given as an object, it writes into.
        const own = { ...init, headers: new Headers(init.headers) }
        return answerOf(await (app ? app.fetch(`http://facade.test${path}`, own) : fetch(`${base}${path}`, own)))
      }
      return {
        lines,
        fetch: fetchIt,
        post: ({ headers, body, more: fields, ...request }) =>
          // The short way takes the plain address only. The query must hold something: `fetch` drops a bare `?`.
          fetchIt(way === 'over a socket, the ordinary way' ? '/graphql?way=ordinary' : '/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: body ?? JSON.stringify({ ...request, ...fields }),
            ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
          }),
      }
    },
  }
}

async function listen(options: AppOptions, servers: Server[]): Promise<string> {
  const server = createServer(createHandler(options))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const OF_THE_CONNECTION = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.text()
  const named = [...response.headers].map(([name, value]) => [name.toLowerCase(), value] as const)
  const headers = Object.fromEntries(named.filter(([name]) => !OF_THE_CONNECTION.includes(name)))
  return {
    status: response.status,
    headers,
    body,
    get json() {
      return JSON.parse(body)
    },
  }
}
