import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Config, readConfig } from '../../../src/config/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type RunningFacade, startFacade } from '../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { type FacadeProcess, startFacadeProcess } from '../../chaos/world/facade-process.ts'
import { eventually, PATIENT_MS } from '../journal/store.ts'

/** For a test that starts processes: on a busy machine each takes its time. */
export const STARTS_PROCESSES = { timeout: 300_000 }

/** A card number that passes Luhn, and must be seen nowhere. */
export const CARD_NUMBER = '4000000000000002'

/** A facade of the test that runs. */
export interface TestFacade extends RunningFacade {
  /** Where it listens, without a path. */
  readonly origin: string
  /** What it logged so far, one JSON text each. */
  readonly lines: readonly string[]
}

/** Starts the facade in this process, on a free port, and waits until it is ready. It ends with the test. */
export async function startTestFacade(
  env: Readonly<Record<string, string>> = {},
  differing: Partial<Config> = {},
): Promise<TestFacade> {
  return await openTestFacade(env, (facade) => onTestFinished(() => facade.close()), differing)
}

/** On a busy machine a store takes its time, which no caller is to be told of here. */
function patientConfig(env: Readonly<Record<string, string>>): Config {
  const { journal, ...config } = readConfig({ PORT: '0', ...env })
  return { ...config, journal: journal && { ...journal, storeDeadlineMs: PATIENT_MS } }
}

/** The same for whoever closes it. */
export async function openTestFacade(
  env: Readonly<Record<string, string>> = {},
  onStarted: (facade: RunningFacade) => void = () => {},
  differing: Partial<Config> = {},
): Promise<TestFacade> {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const facade = await startFacade({ ...patientConfig(env), ...differing }, log)
  onStarted(facade)
  if (hasOwnStore(env)) await untilReady(facade.url)
  return { ...facade, origin: new URL(facade.url).origin, lines }
}

/** Over a connection of its own, which is closed behind it. */
async function statusOf(url: URL): Promise<number | undefined> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  await once(response.resume(), 'close')
  return response.statusCode
}

/** Waits for a facade's journal, which is not there with the first request; in pauses, which are what its thread works in. */
export const untilReady = (url: string): Promise<void> =>
  eventually(async () => {
    if ((await statusOf(new URL('/health/ready', url))) !== 200) throw new Error('not ready yet')
  })

/** A remote store is none of ours to wait for. */
const hasOwnStore = (env: Readonly<Record<string, string>>): boolean => !('PAYAPI_STORE_URL' in env)

/** Starts the compiled facade as a process of its own. It ends with the test. */
export async function startTestProcess(env: Readonly<Record<string, string>> = {}): Promise<FacadeProcess> {
  const facade = await startFacadeProcess(env)
  onTestFinished(() => {
    facade.process.kill('SIGKILL')
  })
  if (hasOwnStore(env)) await untilReady(facade.url)
  return facade
}

/** The variables of a facade that uses a PayAPI of the test's own, with a journal that ends with the test. */
export function usingPayApi(baseUrl: string): Record<string, string> {
  return { PAYAPI_BASE_URL: baseUrl, PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS), PAYAPI_DATA_DIR: dataFolder() }
}

/** A new folder that ends with the test. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const FAILURE = `... on PayApiFailure { message outcome retryable operationId }
  ... on PayApiTransportError { reason }`

const CHARGE = `mutation Charge($input: ChargeKeyedInCardInput!) {
  result: chargeKeyedInCard(input: $input) { __typename ... on CardPayment { transactionId orderId operationId } ${FAILURE} }
}`

const LOOKUP = `query LookUp($prefix: String!) {
  result: cardPrefix(prefix: $prefix) { __typename ${FAILURE} }
}`

/** A request for a charge; `more` is what else the input shall hold. */
export function charge(orderId: string, more: object = {}) {
  const card = { number: CARD_NUMBER, expiryYear: '29', expiryMonth: '12' }
  const buyer = { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' }
  const input = {
    orderId,
    amount: '1004',
    goodsName: '커피',
    buyer,
    card,
    installmentMonths: 0,
    interestFree: false,
    ...more,
  }
  return { query: CHARGE, variables: { input } }
}

/** A request for a lookup. */
export const LOOK_UP = { query: LOOKUP, variables: { prefix: '949094' } }

/** How a charge or a lookup ended: the fields that the requests above ask for. */
export type Result = Readonly<Record<string, unknown>>

/** The result in the body of an answer. */
export function resultOf(body: string): Result {
  const { data, errors } = JSON.parse(body) as { data?: { result: Result } | null; errors?: unknown }
  if (!data?.result) throw new Error(`no result, but ${JSON.stringify(errors)}`)
  return data.result
}

/** Posts a request to a facade; returns the result. */
export async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Result> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return resultOf(await answer.text())
}
