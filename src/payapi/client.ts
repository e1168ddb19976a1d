import { inspect } from 'node:util'
import { type CallOptions, type PreparedCall, prepareCall, repeatedCall, type SentCall, sentCall } from './call.ts'
import type { Service, ServiceInput, ServiceResult } from './definition/service.ts'
import { Merchant, type MerchantCredentials } from './merchant.ts'
import type { CallMetadata, CallResult, InvalidInput } from './result.ts'
import { type AnyServiceName, SERVICES, type ServiceName, type Services } from './services/index.ts'
import { type AddressFault, type ApprovalPlace, parseApprovalAddress } from './transport/approval-address.ts'
import type { Exchange } from './transport/exchange.ts'
import type { Preconnection } from './transport/preconnections.ts'
import { Transport, type TransportOptions } from './transport/transport.ts'
import { type Classified, classify, unreadable } from './wire/classify.ts'
import { koreanTimestamp } from './wire/korean-time.ts'
import { PROTOCOLS } from './wire/protocols.ts'

/** How a client is set up. Times are milliseconds. */
export interface PayApiOptions extends Pick<TransportOptions, 'baseUrl' | 'ca' | 'lookup'> {
  /** The merchants that may act, at least one; the first is the default. */
  readonly merchants: readonly MerchantCredentials[]
  /** The whole call; 60,000 by default. */
  readonly timeoutMs?: number
  /** To connect; 5,000 by default, and never more than the whole call. */
  readonly connectTimeoutMs?: number
  /** How many calls may be under way, lookups and changes counted apart; 512 each by default. */
  readonly maxInFlight?: number
  /**
   * What keeps its connections for the next call: `lookups` by default. `all` is faster, at the risk that a stray
   * response on a connection is taken for the next call's: a payment may then look like another's.
   */
  readonly keepAlive?: 'lookups' | 'all'
  /** In front of a sandbox: payments are approved there alone, instead of at the PG's hosts. */
  readonly sandbox?: boolean
  /** Other paths for single services, where PayAPI has agreed on them. */
  readonly paths?: Partial<Readonly<Record<ServiceName, string>>>
  /** Is told of every call that ended; what was rejected before is none. What it throws becomes a process warning. */
  readonly onCall?: (record: CallRecord) => void
  /** Gives the time in milliseconds since 1970; the system's by default. */
  readonly now?: () => number
}

/** What may be logged of a call. Nothing else of it may. */
export interface CallRecord {
  readonly requestId: string
  readonly service: AnyServiceName
  readonly merchantId: string | null
  /** The operation in the journal, where one is kept. */
  readonly operationId?: string
  readonly durationMs: number
  /** The type of the result: a success type or a failure. */
  readonly ending: string
  readonly outcome?: string
  readonly reason?: string
  readonly httpStatus?: number
  /** Wire names of a success's fields that were missing or made no sense. */
  readonly unread?: readonly string[]
}

/** The PG's own: the pages on which buyers pay, and what belongs to them, are under it. */
const PG_DOMAIN = 'paywelcome.co.kr'

type ServiceMethod<S extends Service> = (
  input: ServiceInput<S>,
  options?: CallOptions,
) => Promise<CallResult<ServiceResult<S>>>

type ServiceMethods = { readonly [Name in ServiceName]: ServiceMethod<Services[Name]> }

/** The PayAPI client: a method for each service, which never rejects for anything that happens on the way. */
export type PayApiClient = CoreClient & ServiceMethods

/** Throws where base URL or credentials cannot work. */
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
  readonly #approvalPlace: ApprovalPlace
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
    const isSandbox = options.sandbox ?? false
    this.#approvalPlace = isSandbox ? { origin: new URL(options.baseUrl).origin } : { domain: PG_DOMAIN }
    this.#transport = new Transport({
      baseUrl: options.baseUrl,
      timeoutMs: options.timeoutMs ?? 60_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
      maxInFlight: options.maxInFlight ?? 512,
      privateAddresses: isSandbox,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
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

  /** Whether a payment may be approved at an address that came with a buyer's browser. */
  approvalAddress(text: string): URL | AddressFault {
    return parseApprovalAddress(text, this.#approvalPlace)
  }

  /** Checks an input and sends it. */
  async call(service: Service, input: unknown, options?: CallOptions): Promise<CallResult> {
    const prepared = this.prepare(service, input, options)
    return 'type' in prepared ? prepared : this.send(prepared)
  }

  /** Checks an input: the call is then ready to be sent, or nothing is sent of it. */
  prepare<S extends Service>(service: S, input: unknown, options: CallOptions = {}): PreparedCall<S> | InvalidInput {
    const merchant = this.#merchants.get(options.merchantId ?? this.#defaultMerchant.mid)
    return prepareCall(service, input, merchant, this.#now(), options)
  }

  /** A call of a form that was sent before; undefined where its merchant is not configured here (any more). */
  prepareAgain(
    service: Service,
    form: Readonly<Record<string, string>>,
    { merchantId, headers }: Pick<CallOptions, 'merchantId' | 'headers'>,
  ): PreparedCall | undefined {
    const merchant = this.#merchants.get(merchantId ?? this.#defaultMerchant.mid)
    return merchant && repeatedCall(service, form, merchant, this.#now(), headers)
  }

  /**
   * Opens the connection of a call that may be sent soon, where it takes one of its own to PayAPI; nothing is sent over
   * it. Give it to `send`, or close it.
   */
  preconnect({ service, address }: PreparedCall): Preconnection | undefined {
    // Where somebody else names the host, nobody is connected to before it is clear that something is to be sent.
    const isOurs = address === undefined && this.#connectionsOf(service) === 'single-use'
    return isOurs ? this.#transport.preconnect() : undefined
  }

  #connectionsOf({ effect }: Service): 'pooled' | 'single-use' {
    return effect === 'lookup' || this.#options.keepAlive === 'all' ? 'pooled' : 'single-use'
  }

  /**
   * Signs, encrypts and sends a prepared call. Rejects only for a fault of our own before the request was begun; from
   * then on every fault is a result.
   */
  async send(prepared: PreparedCall, preconnection?: Preconnection): Promise<CallResult> {
    const { service, metadata, requestedAt } = prepared
    const { encode, accept } = PROTOCOLS[service.protocol]
    const form = encode(prepared, koreanTimestamp(this.#now()))
    const { address, answerCharset: charset, headers } = prepared
    const target = address ?? this.#options.paths?.[service.name as ServiceName] ?? service.path
    const kind = service.effect === 'lookup' ? 'lookups' : 'changes'
    this.#underWay[kind]++
    const request = { target, form, headers, accept, ...(charset && { charset }) }
    const exchange = await this.#transport.post(this.#connectionsOf(service), request, preconnection)
    this.#underWay[kind]--
    const classified = classifySafely(sentCall(prepared), exchange)
    this.#record(service, metadata, requestedAt, classified)
    return classified.result
  }

  #record(service: Service, metadata: CallMetadata, startedAt: number, { result, missingFields }: Classified): void {
    const known = result as Partial<Record<'outcome' | 'reason', string> & { httpStatus: number }>
    const record: { -readonly [Name in keyof CallRecord]: CallRecord[Name] } = {
      requestId: metadata.requestId,
      service: service.name as AnyServiceName,
      merchantId: metadata.merchantId,
      durationMs: this.#now() - startedAt,
      ending: result.type,
    }
    if (metadata.operationId !== null) record.operationId = metadata.operationId
    if (known.outcome !== undefined) record.outcome = known.outcome
    if (known.reason !== undefined) record.reason = known.reason
    if (known.httpStatus !== undefined) record.httpStatus = known.httpStatus
    if (missingFields.length > 0) record.unread = missingFields
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

const warn = (error: unknown) => process.emitWarning(error instanceof Error ? error : inspect(error))

/** The request is out, so a fault of our own must not turn into an exception. */
function classifySafely(call: SentCall, exchange: Exchange): Classified {
  try {
    return classify(call, exchange)
  } catch {
    return { result: unreadable(call), missingFields: [] }
  }
}
