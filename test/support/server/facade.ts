import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { afterAll, onTestFinished } from 'vitest'
import { createPayApiClient, type PayApiClient, type PayApiOptions } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { SCENARIO_HEADER } from '../../../src/sandbox/response/scenarios.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts'
import { type App, type AppOptions, createApp } from '../../../src/server/app.ts'
import { UNREACHABLE_URL } from '../../../src/server/sandbox/scenario-list.ts'
import { createLogger, logCall } from '../../../src/server/telemetry/logger.ts'

/** Where the app takes GraphQL. Nothing listens there: requests are handed over in the process. */
const ENDPOINT = 'http://facade.test/graphql'

/** What a test may set up otherwise. */
export interface FacadeOptions {
  readonly sandbox?: Partial<SandboxOptions>
  readonly client?: Partial<PayApiOptions>
  readonly app?: Partial<AppOptions>
  readonly logLevel?: string
}

/** The body of an answer. */
export interface Answer<Data = Readonly<Record<string, unknown>>> {
  readonly data?: Data | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }[]
}

/** How one operation is sent. */
export interface SendOptions {
  /** Which scenario the sandbox plays. */
  readonly scenario?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A facade that does not listen, in front of a sandbox that does. */
export interface Facade {
  readonly app: App
  readonly client: PayApiClient
  readonly sandbox: Sandbox
  /** Everything that was logged, one text for each write. */
  readonly output: readonly string[]
  /** The lines that tell of calls, parsed. */
  calls(): readonly Readonly<Record<string, unknown>>[]
  /** Hands over any request. */
  fetch(init: RequestInit, query?: string): Promise<Response>
  /** Posts a body as JSON; returns the answer's. */
  post(body: unknown, options?: SendOptions): Promise<Answer>
  /** Sends a typed document. Throws where the answer has top-level errors; a failure in a union is no error. */
  send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: SendOptions,
  ): Promise<Data>
  close(): Promise<void>
}

/** Starts a sandbox and a facade before it. Whoever calls it closes it. */
export async function openFacade(options: FacadeOptions = {}): Promise<Facade> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, slowMs: 1, ...options.sandbox })
  const output: string[] = []
  const log = createLogger(options.logLevel ?? 'trace', { write: (line) => void output.push(line) })
  const connect = (baseUrl: string) =>
    createPayApiClient({
      baseUrl,
      merchants: DEMO_MERCHANTS,
      onCall: (record) => logCall(log, record),
      ...options.client,
    })
  const client = connect(sandbox.url)
  const unreachable = connect(UNREACHABLE_URL)
  const app = createApp({ client, unreachable, log, ...options.app })

  // Headers of its own for each request: what is given as an object, it writes into.
  const fetch: Facade['fetch'] = async (init, query = '') =>
    app.fetch(`${ENDPOINT}${query}`, { ...init, headers: new Headers(init.headers) })
  const post: Facade['post'] = async (body, { scenario, headers } = {}) => {
    const response = await fetch({
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(scenario === undefined ? {} : { [SCENARIO_HEADER]: scenario }),
        ...headers,
      },
    })
    return (await response.json()) as Answer
  }
  return {
    app,
    client,
    sandbox,
    output,
    calls: () => output.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'payapi call'),
    fetch,
    post,
    async send(document, variables, sendOptions) {
      const { data, errors } = await post({ query: print(document), variables }, sendOptions)
      if (errors !== undefined) throw new Error(`Unexpected errors: ${errors.map(({ message }) => message).join('; ')}`)
      return withoutNullOperation(data) as never
    },
    async close() {
      await Promise.all([client.close(), unreachable.close(), sandbox.close()])
    },
  }
}

/** The same client, with what shall happen instead of sending. */
export function clientThatSends(client: PayApiClient, send: PayApiClient['send']): PayApiClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === 'send') return send
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** A facade for all tests of a file. */
export async function facadeForFile(options: FacadeOptions = {}): Promise<Facade> {
  const facade = await openFacade(options)
  afterAll(() => facade.close())
  return facade
}

/** A facade for the test that runs: nothing has happened at its sandbox yet. */
export async function facadeForTest(options: FacadeOptions = {}): Promise<Facade> {
  const facade = await openFacade(options)
  onTestFinished(() => facade.close())
  return facade
}

/** The scenarios whose answer never ends. */
const ENDLESS = ['timeout', 'timeout-unprocessed', 'drip']

/** Time enough to send a request, however busy the machine is, and little enough to wait for its end. */
export const SHORT_TIMEOUT_MS = 3_000

/** A facade for the test that runs and a scenario, whose end does not take a minute. */
export const facadeForScenario = (scenario: string | undefined): Promise<Facade> =>
  facadeForTest(ENDLESS.includes(scenario ?? '') ? { client: { timeoutMs: SHORT_TIMEOUT_MS } } : {})

/** Where no journal is kept, an answer's `operationId` is null and says nothing: it is left out of what is compared. */
function withoutNullOperation(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  const fields = Object.entries(data).map(([name, value]) => {
    const { operationId, ...rest } = (value ?? {}) as Record<string, unknown>
    return [name, operationId === null ? rest : value]
  })
  return Object.fromEntries(fields)
}
