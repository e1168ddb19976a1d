import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { Journal, type JournalEvent, type JournalOptions } from '../../../src/journal/journal.ts'
import { Keyring } from '../../../src/journal/keys/keyring.ts'
import { openStore } from '../../../src/journal/open-store.ts'
import { newId } from '../../../src/lib/ids.ts'
import { createPayApiClient, type PayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { createApp } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { PATIENT_MS, temporaryFolder } from './store.ts'

/** What differs from the defaults. */
type FacadeOptions = Partial<JournalOptions> & {
  /** The journal's keys, the current one first; one that all facades on this journal have where left out. */
  readonly keys?: readonly Uint8Array[]
  /** How long PayAPI may take to answer, in milliseconds; long enough for a busy machine unless that matters. */
  readonly timeoutMs?: number
  /** Another PayAPI than the sandbox. */
  readonly payApiUrl?: string
  /** Sends in place of the client. */
  readonly send?: PayApiClient['send']
}

/** A facade with a journal, in process, before a sandbox of its own. */
export interface JournaledFacade {
  readonly sandbox: Sandbox
  readonly journal: Journal
  readonly events: readonly JournalEvent[]
  /** What was logged so far, one JSON text each. */
  readonly lines: readonly string[]
  /** Sends a GraphQL document; returns the answer. */
  send(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<GraphQLAnswer>
  /** Sends a mutation by its name and input; returns what it answered. */
  mutate(name: string, input: object, headers?: Readonly<Record<string, string>>): Promise<Fields>
  /** Starts another facade on the same journal, as after a restart or on another machine. */
  another(options?: FacadeOptions): Promise<JournaledFacade>
}

/** The fields of an answer, whatever they are. */
export type Fields = Readonly<Record<string, unknown>>

export interface GraphQLAnswer {
  readonly data?: Readonly<Record<string, Fields | null>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Fields }[]
}

interface Shared {
  readonly sandbox: Sandbox
  readonly storeUrl: string
  readonly key: Buffer
}

const FAILURE = `... on PayApiFailure { __typename message outcome retryable operationId orderId transactionId requestId }
  ... on PayApiTransportError { reason }
  ... on PayApiIdempotencyConflict { reason }
  ... on PayApiInvalidInput { issues { path code } }
  ... on PgFailure { resultCode }`

const RECORDED = `id state transactionId resolution { processed resolvedBy note }
  history { kind recordedBy processed note answer }`

/** What changes what is known of an operation: the same failures for all. */
const RECORDING = ['resolvePaymentOperation', 'settlePaymentOperation', 'reopenPaymentOperation']

const SUCCESS: Readonly<Record<string, string>> = {
  chargeCardBillingKey: 'CardPayment { transactionId amount orderId operationId }',
  issueCardBillingKeyWithoutAuth: 'CardBillingKey { billingKey operationId }',
  cancelPayment: 'PaymentCancellation { transactionId orderId amount operationId }',
  cancelPaymentPartially: 'PartialPaymentCancellation { transactionId operationId }',
  chargeMobileBillingKey: 'MobilePayment { transactionId operationId }',
  deleteCardBillingKey: 'DeletedBillingKey { operationId }',
  confirmEscrowPurchase: 'EscrowPurchaseConfirmation { transactionId confirmedAt operationId }',
  denyEscrowPurchase: 'EscrowPurchaseDenial { transactionId operationId }',
  settlePaymentOperation: `PayApiOperation { ${RECORDED} }`,
  reopenPaymentOperation: `PayApiOperation { ${RECORDED} }`,
  resolvePaymentOperation:
    'PayApiOperation { id state transactionId resolution { processed transactionId note resolvedBy } }',
}

/** Starts a sandbox and a facade with a journal in a temporary file. */
export async function startJournaledFacade({
  storeUrl = newStoreUrl(),
  ...options
}: FacadeOptions & { readonly storeUrl?: string } = {}): Promise<JournaledFacade> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, slowMs: 300 })
  onTestFinished(() => sandbox.close())
  return startOn({ sandbox, storeUrl, key: randomBytes(32) }, options)
}

const newStoreUrl = (): string => pathToFileURL(join(temporaryFolder(), 'journal.db')).href

async function startOn(
  shared: Shared,
  {
    keys = [shared.key],
    timeoutMs = 30_000,
    payApiUrl = shared.sandbox.url,
    send: sendInstead,
    ...options
  }: FacadeOptions,
): Promise<JournaledFacade> {
  const owner = newId()
  const events: JournalEvent[] = []
  const store = openStore(shared.storeUrl, { owner, keys, deadlineMs: PATIENT_MS })
  const journal = new Journal({
    store,
    keyring: new Keyring(keys),
    owner,
    callTimeoutMs: timeoutMs,
    orderGuard: true,
    waitMs: 30_000,
    retentionMs: 30 * 24 * 60 * 60 * 1000,
    onEvent: (event) => events.push(event),
    ...options,
  })
  // Whoever opens a new journal first makes it, and its keys: in the order of the test, however busy the machine is.
  await journal.refusal()
  const connect = (baseUrl: string) => createPayApiClient({ baseUrl, merchants: DEMO_MERCHANTS, timeoutMs })
  const client = connect(payApiUrl)
  if (sendInstead !== undefined) Object.assign(client, { send: sendInstead })
  const unreachable = connect('http://127.0.0.1:1')
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const app = createApp({ client, unreachable, journal, log })
  onTestFinished(async () => {
    await journal.close()
    await client.close()
    await unreachable.close()
  })
  const send: JournaledFacade['send'] = async (query, variables = {}, headers = {}) => {
    const response = await app.fetch('http://facade/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as GraphQLAnswer
  }
  return {
    sandbox: shared.sandbox,
    journal,
    events,
    lines,
    send,
    async mutate(name, input, headers) {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
      const success = SUCCESS[name] ?? ''
      const document = `mutation M($input: ${type}!) { ${name}(input: $input) { __typename ... on ${success} ${RECORDING.includes(name) ? RESOLVE_FAILURE : FAILURE} } }`
      const answer = await send(document, { input }, headers)
      const fields = answer.data?.[name]
      if (!fields) throw new Error(JSON.stringify(answer))
      return fields
    },
    another: (more = {}) => startOn(shared, { keys, timeoutMs, ...options, ...more }),
  }
}

const RESOLVE_FAILURE = FAILURE.replace(/\.\.\. on (?:PgFailure|PayApiIdempotencyConflict) \{ \w+ \}/g, '')

/** A charge of a billing key that the sandbox knows; takes what differs. */
export const aCharge = (fields: object = {}) => ({
  orderId: `ORDER-${newId()}`,
  amount: '1004',
  billingKey: 'SANDBOX-CARDKEY-1',
  buyer: { name: '홍길동' },
  ...fields,
})

/** The header that asks the sandbox for a scenario. */
export const scenario = (name: string) => ({ 'x-sandbox-scenario': name })
