import { parse } from 'graphql'
import { afterAll } from 'vitest'
import { createPayApiClient, type PayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { createApp } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'

/** Paths of the sandbox behind the two entities. */
export const PREFIX_PATH = '/search/card/prefix'
export const ESCROW_PATH = '/escrow/checkstatus'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
export type Json = any

/** An answer of GraphQL over HTTP. */
export interface Answer {
  readonly data?: Json
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[]
  readonly extensions?: Json
}

/** Whatever answers GraphQL by fetch: our app, or one of a test's own. */
export interface Fetches {
  fetch(url: string, init: RequestInit): Response | Promise<Response>
}

/** Asks an app as a gateway does: a POST of JSON. */
export async function ask(
  app: Fetches,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await app.fetch('http://facade.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

/** Resolves references, as a gateway does. */
export function entities(
  app: Fetches,
  representations: readonly unknown[],
  selection: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`
  return ask(app, query, { representations }, headers)
}

/** Our SDL, as a gateway's composition fetches it. */
export async function servedSdl(app: Fetches): Promise<string> {
  return (await ask(app, '{ _service { sdl } }')).data._service.sdl
}

/** The same without descriptions and layout, so that a test can look for one line of it. */
export async function servedDocument(app: Fetches) {
  return parse(await servedSdl(app))
}

/** A facade over a sandbox of its own. */
export interface TestFacade {
  readonly app: Fetches
  readonly client: PayApiClient
  readonly sandbox: Sandbox
  /** How many requests the sandbox got at a path so far. */
  calls(path: string): number
}

/** Starts a facade that ends with the tests of its file. */
export async function facadeForTests(): Promise<TestFacade> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, slowMs: 1 })
  const patient = { timeoutMs: 60_000, connectTimeoutMs: 60_000 }
  const client = createPayApiClient({ baseUrl: sandbox.url, merchants: DEMO_MERCHANTS, ...patient })
  afterAll(async () => {
    await client.close()
    await sandbox.close()
  })
  return {
    // A client that reaches nobody would be for the scenario `refused`; any lets the app hear scenarios.
    app: createApp({ client, log: createLogger('silent'), unreachable: client }),
    client,
    sandbox,
    calls: (path) => sandbox.books.requests[path] ?? 0,
  }
}
