import type { LookupFunction } from 'node:net'
import { createSecureContext } from 'node:tls'
import { buildConnector, Client, type Dispatcher, Pool } from 'undici'
import { publicLookup } from '../../lib/network/public-lookup.ts'
import { parseBaseUrl } from '../../lib/network/url.ts'
import { type Exchange, type NotSentReason, PendingExchange } from './exchange.ts'
import { passOverInterimResponses } from './interim-responses.ts'
import { type Preconnection, Preconnections } from './preconnections.ts'
import { SingleUseClients, telling } from './single-use-clients.ts'

/** Which connections a request takes: `single-use` ones, never used before nor again, or `pooled` ones. */
type ConnectionUse = 'single-use' | 'pooled'

/** How the transport behaves. Times are milliseconds. */
export interface TransportOptions {
  /** Where PayAPI is, e.g. `https://payapi.paywelcome.co.kr`; a path in it stands before each service's. */
  readonly baseUrl: string
  /** The whole call, from the first attempt to connect to the last byte of the answer. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** How many requests may be under way of each connection use; one more is refused at once. */
  readonly maxInFlight: number
  /** Certificates (PEM) to trust instead of the system's, for a PayAPI inside a test. */
  readonly ca?: string
  /** Whether an address that comes with a request may lead into a private network, as a sandbox's does. */
  readonly privateAddresses?: boolean
  /** Looks up the name of such an address; the system by default. */
  readonly lookup?: LookupFunction
}

/** A form, and where it is posted. */
export interface FormRequest {
  /** A path at PayAPI, or an address that came with the request: for that, no connection is used twice. */
  readonly target: string | URL
  readonly form: string
  readonly headers?: Readonly<Record<string, string>>
  /** What of the answer is read: its media type, and its charset where it declares none. */
  readonly accept?: string
  readonly charset?: string
}

/**
 * The one road to PayAPI: posts a form and tells how that ended. It never retries, never follows a redirect, never
 * throws, and knows for sure whether a request was begun.
 */
export class Transport {
  readonly #pathPrefix: string
  readonly #options: TransportOptions
  readonly #pooled: Pool
  readonly #singleUse: SingleUseClients
  readonly #preconnections: Preconnections
  readonly #openElsewhere: (origin: string) => Client
  readonly #elsewhere = new Set<Client>()
  readonly #inFlight: Record<ConnectionUse, number> = { 'single-use': 0, pooled: 0 }
  #stopped: Promise<void> | undefined
  #lastEnded = () => {}

  /** Throws where the base URL is not one, or is plain HTTP to anywhere but loopback. */
  constructor(options: TransportOptions) {
    const base = parseBaseUrl(options.baseUrl)
    this.#pathPrefix = base.pathname.replace(/\/+$/, '')
    this.#options = options
    const { connectTimeoutMs, timeoutMs, ca } = options
    const connecting = {
      timeout: Math.min(connectTimeoutMs, timeoutMs),
      rejectUnauthorized: true,
      // Made once: for each connection anew it would cost more than the handshake that resumes a session. And not at all
      // for a sandbox on loopback: it reads every certificate authority there is.
      ...(base.protocol === 'https:' && {
        secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) }),
      }),
    }
    // The call's own deadline covers both: undici's body timeout starts anew with every byte that drips in.
    const deadlines = { headersTimeout: 0, bodyTimeout: 0 }
    // One connector for all, because it keeps the TLS sessions that fresh connections resume.
    const shared = { connect: connectorPassingOverInterimResponses(connecting), ...deadlines }
    const elsewhere = options.privateAddresses
      ? shared
      : {
          connect: connectorPassingOverInterimResponses({ ...connecting, lookup: publicLookup(options.lookup) }),
          ...deadlines,
        }
    this.#openElsewhere = (origin) => new Client(origin, { ...elsewhere, pipelining: 0 })
    // No more connections than calls: one that has just answered is waited for, a few microseconds, instead of one more.
    this.#pooled = new Pool(base.origin, { ...shared, connections: options.maxInFlight })
    this.#singleUse = new SingleUseClients(
      shared.connect,
      (connect) => new Client(base.origin, { ...shared, connect, pipelining: 0 }),
    )
    const { protocol, host, port } = base
    const target = { protocol, host, hostname: base.hostname.replace(/^\[|\]$/g, ''), port }
    this.#preconnections = new Preconnections((callback) => shared.connect(target, callback))
  }

  /** How many requests are under way. */
  get inFlight(): number {
    return this.#inFlight['single-use'] + this.#inFlight.pooled
  }

  /**
   * Opens a single-use connection to PayAPI for a request that may be posted soon. Nothing is sent over it before; give
   * it to `post`, or close it. Undefined where there is no sense, or no room, in that.
   */
  preconnect(): Preconnection | undefined {
    const open = this.#inFlight['single-use'] + this.#preconnections.size
    return this.#stopped !== undefined || open >= this.#options.maxInFlight ? undefined : this.#preconnections.open()
  }

  /** Posts an encoded form. Never rejects: what went wrong is in the exchange. */
  post(use: ConnectionUse, request: FormRequest, preconnection?: Preconnection): Promise<Exchange> {
    const reason = this.#refusal(use)
    const ended =
      reason === undefined
        ? this.#post(use, request, preconnection)
        : Promise.resolve<Exchange>({ sent: false, reason })
    // Unless it was used.
    return preconnection === undefined ? ended : ended.finally(() => preconnection.close())
  }

  #refusal(use: ConnectionUse): NotSentReason | undefined {
    if (this.#stopped !== undefined) return 'SHUTTING_DOWN'
    return this.#inFlight[use] >= this.#options.maxInFlight ? 'OVERLOADED' : undefined
  }

  #post(
    use: ConnectionUse,
    { target, form, headers, accept, charset = 'utf-8' }: FormRequest,
    preconnection: Preconnection | undefined,
  ): Promise<Exchange> {
    const request = {
      method: 'POST',
      path: typeof target === 'string' ? this.#pathPrefix + target : target.pathname + target.search,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        accept: accept ?? 'application/json',
        ...headers,
      },
      body: form,
    } as const
    if (typeof target !== 'string') return this.#exchangeElsewhere(target.origin, request, charset)
    if (use === 'pooled') return this.#exchange(use, this.#pooled, request, charset)
    return this.#exchangeOnce(request, charset, preconnection)
  }

  async #exchangeOnce(
    request: Dispatcher.DispatchOptions,
    charset: string,
    preconnection: Preconnection | undefined,
  ): Promise<Exchange> {
    this.#preconnections.requested()
    const client = this.#singleUse.take(preconnection)
    const ended = await this.#exchange('single-use', client, request, charset, () => this.#singleUse.disconnect(client))
    this.#singleUse.giveBack(client, 'status' in ended)
    return ended
  }

  async #exchangeElsewhere(origin: string, request: Dispatcher.DispatchOptions, charset: string): Promise<Exchange> {
    const client = this.#openElsewhere(origin)
    this.#elsewhere.add(client)
    const ended = await this.#exchange('single-use', client, request, charset)
    this.#elsewhere.delete(client)
    void client.destroy()
    return ended
  }

  #exchange(
    use: ConnectionUse,
    dispatcher: Dispatcher,
    request: Dispatcher.DispatchOptions,
    charset: string,
    endedWell = () => {},
  ): Promise<Exchange> {
    return new Promise((resolve) => {
      this.#inFlight[use]++
      const call = new PendingExchange(this.#options.timeoutMs, charset, (exchange) => {
        this.#inFlight[use]--
        if ('status' in exchange) endedWell()
        if (this.#stopped !== undefined && this.inFlight === 0) this.#lastEnded()
        resolve(exchange)
      })
      try {
        dispatcher.dispatch(request, call)
      } catch (error) {
        call.fail(error)
      }
    })
  }

  /** Begins no further request: each ends as not sent, `SHUTTING_DOWN`. Resolves once none is under way. */
  stop(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      this.#lastEnded = resolve
    })
    if (this.inFlight === 0) this.#lastEnded()
    return this.#stopped
  }

  /** Ends all connections; requests under way end as lost, and none is begun any more. */
  async close(): Promise<void> {
    this.#stopped ??= Promise.resolve()
    this.#preconnections.close()
    const elsewhere = [...this.#elsewhere].map((client) => client.destroy())
    await Promise.all([this.#pooled.destroy(), this.#singleUse.destroy(), ...elsewhere])
  }
}

const connectorPassingOverInterimResponses = (options: buildConnector.BuildOptions) =>
  telling(buildConnector(options), passOverInterimResponses)
