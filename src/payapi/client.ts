import { inspect } from 'node:util'
import { newId } from '../lib/ids.ts'
import { redact } from '../lib/redact.ts'
import { Secret } from '../lib/secret.ts'
import type { Service, ServiceInput, ServiceResult } from './definition/service.ts'
import { Merchant, type MerchantCredentials } from './merchant.ts'
import type { CallMetadata, CallResult, InvalidInput } from './result.ts'
import { SERVICES, type ServiceName, type Services } from './services/index.ts'
import { type Exchange, Transport, type TransportOptions } from './transport/transport.ts'
import { type Classified, classify, type SentCall, unreadable } from './wire/classify.ts'
import { isoInstant, koreanTimestamp } from './wire/korean-time.ts'
import { SensitiveData } from './wire/sensitive-data.ts'
import { type Beside, checkInput, type InputIssue, type WireForm } from './wire/validate-input.ts'

/** How a client is set up. Times are milliseconds. */
export interface PayApiOptions extends Pick<TransportOptions, 'baseUrl' | 'ca'> {
  /** The merchants that may act, at least one; the first is the default. */
  readonly merchants: readonly MerchantCredentials[]
  /** The whole call; 60,000 by default. */
  readonly timeoutMs?: number
  /** To connect; 5,000 by default, and never more than the whole call. */
  readonly connectTimeoutMs?: number
  /** How many calls may be under way, lookups and changes counted apart; 512 each by default. */
  readonly maxInFlight?: number
  /**
   * What keeps its connections for the next call: `lookups` by default. `all` is faster, at the risk that an answer too
   * many on a connection is taken for the next call's: a payment may then look like another's.
   */
  readonly keepAlive?: 'lookups' | 'all'
  /** Other paths for single services, where PayAPI has agreed on them. */
  readonly paths?: Partial<Readonly<Record<ServiceName, string>>>
  /** Is told of every call that ended; what was rejected before is none. What it throws becomes a process warning. */
  readonly onCall?: (record: CallRecord) => void
  /** Gives the time in milliseconds since 1970; the system's by default. */
  readonly now?: () => number
}

/** Options of one call. */
export interface CallOptions {
  /** Which of the configured merchants acts; the default one where left out. */
  readonly merchantId?: string | null | undefined
  /** Further headers of the form POST, e.g. for a sandbox. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the caller found wrong with the request already; reported together with what is wrong with the input. */
  readonly issues?: readonly InputIssue[]
  readonly ignoredFields?: Beside
}

/** What may be logged of a call. Nothing else of it may. */
export interface CallRecord {
  readonly requestId: string
  readonly service: ServiceName
  readonly merchantId: string | null
  /** The operation in the journal, where one is kept. */
  readonly operationId?: string
  readonly durationMs: number
  /** The type of the ending: a success type or a failure. */
  readonly ending: string
  readonly outcome?: string
  readonly reason?: string
  readonly httpStatus?: number
  /** Wire names of a success's fields that were missing or made no sense. */
  readonly missingFields?: readonly string[]
}

/** A call whose input is checked and whose merchant is known: ready to be sent, once. */
export interface PreparedCall<S extends Service = Service> {
  readonly service: S
  readonly metadata: CallMetadata
  /** The request in clear, in wire names, without what is added at sending (`mid`, `timestamp`, `signature`). */
  readonly form: WireForm
  readonly merchant: Merchant
  /** When the call was taken, in milliseconds since 1970. */
  readonly requestedAt: number
  readonly headers: Readonly<Record<string, string>>
}

/** What the method of a service takes and returns. */
export type ServiceMethod<S extends Service> = (
  input: ServiceInput<S>,
  options?: CallOptions,
) => Promise<CallResult<ServiceResult<S>>>

type ServiceMethods = { readonly [Name in ServiceName]: ServiceMethod<Services[Name]> }

/** The PayAPI client: a method for each service, which never rejects for anything that happens on the way. */
export type PayApiClient = CoreClient & ServiceMethods

/** Takes the options; returns a client. Throws where base URL or credentials cannot work. */
export function createPayApiClient(options: PayApiOptions): PayApiClient {
  const client = new CoreClient(options)
  const methods = Object.values(SERVICES).map((service) => [
    service.name,
    (input: unknown, callOptions?: CallOptions) => client.call(service, input, callOptions),
  ])
  return Object.assign(client, Object.fromEntries(methods) as ServiceMethods)
}

class CoreClient {
  readonly #options: PayApiOptions
  readonly #merchants: ReadonlyMap<string, Merchant>
  readonly #defaultMerchant: Merchant
  readonly #transport: Transport
  readonly #now: () => number
  readonly #underWay = { changes: 0, lookups: 0 }

  constructor(options: PayApiOptions) {
    const merchants = options.merchants.map((credentials) => new Merchant(credentials))
    const [first] = merchants
    if (first === undefined) throw new Error('At least one merchant is needed')
    this.#options = options
    this.#defaultMerchant = first
    this.#merchants = new Map(merchants.map((merchant) => [merchant.mid, merchant]))
    this.#now = options.now ?? Date.now
    this.#transport = new Transport({
      baseUrl: options.baseUrl,
      timeoutMs: options.timeoutMs ?? 60_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
      maxInFlight: options.maxInFlight ?? 512,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    })
  }

  /** The `mid` of the merchant that acts where none is named. */
  get defaultMerchantId(): string {
    return this.#defaultMerchant.mid
  }

  /** How many calls are under way. */
  get inFlight(): number {
    return this.#transport.inFlight
  }

  /** How many calls are under way that change something, and how many that only look up. */
  get underWay(): Readonly<Record<'changes' | 'lookups', number>> {
    return this.#underWay
  }

  /** Checks an input and sends it. Takes a service, its input and options; returns how the call ended. */
  async call(service: Service, input: unknown, options?: CallOptions): Promise<CallResult> {
    const prepared = this.prepare(service, input, options)
    return 'type' in prepared ? prepared : this.send(prepared)
  }

  /** Checks an input. Takes a service, its input and options; returns the call ready to be sent, or what is wrong with it. */
  prepare<S extends Service>(service: S, input: unknown, options: CallOptions = {}): PreparedCall<S> | InvalidInput {
    const requestedAt = this.#now()
    const merchantId = options.merchantId ?? this.#defaultMerchant.mid
    const merchant = this.#merchants.get(merchantId)
    const checked = checkInput(service.request, service.rules, input, options.ignoredFields)
    if (merchant !== undefined && 'form' in checked && !options.issues?.length) {
      const { form } = checked
      const metadata = factsOf(service, requestedAt, merchant.mid, (wire) => form[wire])
      return { service, metadata, form, merchant, requestedAt, headers: options.headers ?? NO_HEADERS }
    }
    const issues: InputIssue[] = [...('issues' in checked ? checked.issues : []), ...(options.issues ?? [])]
    if (merchant === undefined) {
      issues.push({
        path: ['merchantId'],
        code: 'UNKNOWN_MERCHANT',
        message: '가맹점ID (`mid`) is not configured here',
      })
    }
    const metadata = factsOf(service, requestedAt, merchant?.mid ?? null, () => undefined)
    return {
      type: 'PayApiInvalidInput',
      message: `The input was rejected and nothing was sent: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
      outcome: 'NOT_PROCESSED',
      retryable: false,
      ...metadata,
      ...givenIds(input, issues),
      issues,
    }
  }

  /**
   * Signs, encrypts and sends a prepared call. Returns how it ended. Rejects only for a fault of our own before the
   * request was begun; from then on every fault is an ending.
   */
  async send(prepared: PreparedCall): Promise<CallResult> {
    const { service, metadata, form, merchant, requestedAt } = prepared
    const body = sealedForm(prepared, koreanTimestamp(this.#now()))
    const lane = service.effect === 'lookup' || this.#options.keepAlive === 'all' ? 'kept' : 'fresh'
    const path = this.#options.paths?.[service.name as ServiceName] ?? service.path
    const kind = service.effect === 'lookup' ? 'lookups' : 'changes'
    this.#underWay[kind]++
    const exchange = await this.#transport.post(lane, path, body, prepared.headers)
    this.#underWay[kind]--
    const call: SentCall = {
      service,
      metadata,
      requestedAt,
      sent: (wire) => (wire === 'mid' ? merchant.mid : clearText(form[wire])),
      sensitive: new SensitiveData(secretsOf(form)),
    }
    const classified = classifySafely(call, exchange)
    this.#record(service, metadata, requestedAt, classified)
    return classified.ending
  }

  #record(service: Service, metadata: CallMetadata, startedAt: number, { ending, missingFields }: Classified): void {
    const known = ending as Partial<Record<'outcome' | 'reason', string> & { httpStatus: number }>
    const record: { -readonly [Name in keyof CallRecord]: CallRecord[Name] } = {
      requestId: metadata.requestId,
      service: service.name as ServiceName,
      merchantId: metadata.merchantId,
      durationMs: this.#now() - startedAt,
      ending: ending.type,
    }
    if (metadata.operationId !== null) record.operationId = metadata.operationId
    if (known.outcome !== undefined) record.outcome = known.outcome
    if (known.reason !== undefined) record.reason = known.reason
    if (known.httpStatus !== undefined) record.httpStatus = known.httpStatus
    if (missingFields.length > 0) record.missingFields = missingFields
    this.#tell(record)
  }

  /** A listener's fault must not become the call's: by now the request may have been processed. */
  #tell(record: CallRecord): void {
    try {
      // A function that returns a promise may stand where the type asks for none.
      const told: unknown = this.#options.onCall?.(record)
      if (told instanceof Promise) told.catch(warn)
    } catch (error) {
      warn(error)
    }
  }

  /** Sends nothing from now on: each call ends as `SHUTTING_DOWN`, not processed. Resolves once none is under way. */
  stop(): Promise<void> {
    return this.#transport.stop()
  }

  /** Ends all connections. Calls under way end as lost. */
  close(): Promise<void> {
    return this.#transport.close()
  }
}

/** Adds what every form has, signs it and encrypts its card fields. Returns it url-encoded. */
function sealedForm({ service, form, merchant }: PreparedCall, timestamp: string): string {
  const clear = (wire: string) =>
    wire === 'mid' ? merchant.mid : wire === 'timestamp' ? timestamp : reveal(form[wire])
  const signature = merchant.sign(service.signed, clear)
  const sealed = Object.entries(form).map(([wire, value]) => [
    wire,
    value instanceof Secret ? merchant.encrypt(value.reveal()) : value,
  ])
  return new URLSearchParams([
    ...sealed,
    ['mid', merchant.mid],
    ['timestamp', timestamp],
    ['signature', signature],
  ]).toString()
}

const NO_HEADERS: Readonly<Record<string, string>> = {}

const warn = (error: unknown) => process.emitWarning(error instanceof Error ? error : inspect(error))

const reveal = (value: string | Secret | undefined) => (value instanceof Secret ? value.reveal() : value)

const clearText = (value: string | Secret | undefined) => (value instanceof Secret ? undefined : value)

const secretsOf = (form: WireForm) =>
  Object.values(form).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []))

/** The request is out, so a fault of our own must not turn into an exception. */
function classifySafely(call: SentCall, exchange: Exchange): Classified {
  try {
    return classify(call, exchange)
  } catch {
    return { ending: unreadable(call), missingFields: [] }
  }
}

function factsOf(
  service: Service,
  requestedAt: number,
  merchantId: string | null,
  formValue: (wire: string) => string | Secret | undefined,
): CallMetadata {
  const sent = (name: 'orderId' | 'transactionId') => {
    const entry = service.request[name]
    return entry === undefined || 'group' in entry ? null : (clearText(formValue(entry.wire)) ?? null)
  }
  return {
    requestId: newId(),
    requestedAt: isoInstant(requestedAt),
    merchantId,
    orderId: sent('orderId'),
    transactionId: sent('transactionId'),
    operationId: null,
  }
}

/** The ids of a rejected input, for the caller to know it by. One that is wrong itself is left out: it may hold the card number. */
function givenIds(input: unknown, issues: readonly InputIssue[]): Pick<CallMetadata, 'orderId' | 'transactionId'> {
  const given = (input ?? {}) as Readonly<Record<string, unknown>>
  const idText = (name: string) => {
    const value = given[name]
    return typeof value === 'string' && !issues.some(({ path }) => path[0] === name)
      ? redact(value.normalize('NFC'))
      : null
  }
  return { orderId: idText('orderId'), transactionId: idText('transactionId') }
}
