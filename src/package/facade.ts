import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { configFromOptions } from '../config/options/index.ts'
import { inOptions } from '../config/options/names.ts'
import type { PayApiGraphqlOptions } from '../config/options/types.ts'
import { schema } from '../graphql/schema.ts'
import { ENDPOINT } from '../server/app.ts'
import { type Facade, type FacadeConfig, type FacadePlace, openFacade } from '../server/facade.ts'
import { askable } from '../server/http/fetch.ts'
import { ownPaths } from '../server/http/own-paths.ts'
import { finishUnderWay } from '../server/lifecycle/shutdown.ts'
import { StartError } from '../server/lifecycle/start-error.ts'
import { logFault } from '../server/telemetry/logger.ts'
import { logTo } from './log.ts'
import { Requests } from './requests.ts'

/** What is known of a request beside itself. */
export interface RequestInfo {
  /**
   * The address from which it came, which a `Request` does not tell: of its connection, or as a proxy that you trust says
   * it. Without it, all callers are counted as one, and no notice is taken to be from the PG's own address.
   */
  readonly clientAddress?: string | undefined
}

/** A facade that is part of another server. */
export interface PayApiGraphql {
  /**
   * Answers a request: GraphQL, subscriptions and GraphiQL at the endpoint, `/pg/…` for notices and buyers who come back,
   * `/health/live` and `/health/ready`; 404 elsewhere. For Hono, Next.js and whatever else speaks the web's `Request`.
   */
  readonly fetch: (request: Request, info?: RequestInfo) => Promise<Response>
  /**
   * Answers the same for `node:http`, Express, Fastify and Nest. What is not for the facade goes on to `next` where there
   * is one, and is answered 404 where there is none.
   */
  readonly nodeHandler: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void
  /** The graph. */
  readonly schema: GraphQLSchema
  /**
   * Opens the journal, begins with what works by itself and, in the sandbox, starts that. The first request does so too,
   * and waits for it. Rejects with what is wrong, and from then on with the same.
   */
  ready(): Promise<void>
  /**
   * Takes no more requests, gives what is under way its time, and ends everything. Afterwards nothing keeps the process
   * alive. May be called twice. Never rejects.
   */
  close(): Promise<void>
}

/**
 * Makes a facade to mount in a server of your own; without options, before a sandbox of its own. Nothing is read from the
 * environment and no port is opened, but that of the sandbox, on loopback. Throws `OptionsError`, which names everything
 * that is wrong with the options.
 */
export function createPayApiGraphql(options: PayApiGraphqlOptions = {}): PayApiGraphql {
  return new MountedFacade(options)
}

class MountedFacade implements PayApiGraphql {
  readonly schema = schema
  readonly #config: FacadeConfig
  readonly #place: FacadePlace & { readonly endpoint: string; readonly basePath: string }
  readonly #log: Logger
  readonly #isOwn: (target: string) => boolean
  readonly #requests = new Requests()
  readonly #ask = askable((request, response) => this.nodeHandler(request, response))
  #facade: Facade | undefined
  #opening: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(options: PayApiGraphqlOptions) {
    this.#config = configFromOptions(options)
    const { endpoint = ENDPOINT, basePath = '', onCall } = options
    this.#place = { endpoint, basePath, leadsFromRoot: false, onCall }
    this.#log = logTo(options.log)
    this.#isOwn = ownPaths(endpoint, this.#config)
  }

  readonly fetch: PayApiGraphql['fetch'] = (request, info) => {
    const address: unknown = info?.clientAddress
    return this.#ask(request, typeof address === 'string' && isIP(address) > 0 ? address : undefined)
  }

  readonly nodeHandler: PayApiGraphql['nodeHandler'] = (request, response, next) => {
    const target = this.#behindBase(request.url ?? '')
    if (target === undefined || (next !== undefined && !this.#isOwn(target))) {
      if (next === undefined) refuse(response, 404, 'NOT_FOUND', 'There is nothing at this path.')
      else next()
      return
    }
    request.url = target
    this.#requests.add(response)
    if (this.#facade !== undefined && this.#closing === undefined) this.#facade.serve(request, response)
    else void this.#serveLater(request, response)
  }

  async #serveLater(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.ready()
    } catch {
      const [code, message] =
        this.#closing === undefined
          ? ['NOT_READY', 'The server cannot start. Nothing was sent.']
          : ['SHUTTING_DOWN', 'The server is stopping. Nothing was sent.']
      return refuse(response, 503, code, message)
    }
    if (!response.destroyed) this.#facade?.serve(request, response)
  }

  /** What stands behind the base of the paths; undefined for what does not begin with it. */
  #behindBase(target: string): string | undefined {
    const { basePath } = this.#place
    if (basePath === '') return target
    return target.startsWith(`${basePath}/`) ? target.slice(basePath.length) : undefined
  }

  ready(): Promise<void> {
    if (this.#closing !== undefined) return Promise.reject(new Error('The facade was closed'))
    this.#opening ??= this.#open()
    return this.#opening
  }

  async #open(): Promise<void> {
    try {
      const facade = await openFacade(this.#config, this.#log, this.#place)
      try {
        await facade.start()
      } catch (fault) {
        await facade.close()
        throw fault
      }
      reachThroughSandbox(facade)
      this.#facade = facade
    } catch (fault) {
      logFault(this.#log, fault)
      throw fault instanceof StartError ? new StartError(inOptions(fault.message)) : fault
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  async #stop(): Promise<void> {
    await this.#opening?.catch(() => {})
    const facade = this.#facade
    if (facade === undefined) return
    const { clients, streams, recorded } = facade
    facade.announceStop()
    streams.close()
    const { drainMs } = this.#config.serving
    await finishUnderWay({ clients, drainMs, log: this.#log, recorded }, () => this.#requests.settled())
    await facade.close()
  }
}

/** What comes to the embedded sandbox from buyers and for notices is the facade's: nobody knows where else it is reached. */
function reachThroughSandbox(facade: Facade): void {
  const { sandbox } = facade
  if (sandbox === undefined) return
  facade.reachedAt(sandbox.url)
  sandbox.serveAlso((request, response) => {
    if (request.url?.startsWith('/pg/') !== true) return false
    facade.serve(request, response)
    return true
  })
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  if (response.headersSent || response.destroyed) return
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '1' } : {}),
      // Whatever is left of the request, nobody reads.
      connection: 'close',
    })
    .end(body)
}
