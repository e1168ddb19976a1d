import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { FormFault } from './errors.ts'
import { checkMerchants, type SandboxMerchant } from './merchants.ts'
import { parseForm } from './request/form.ts'
import { checkProtocol, findService, readBody, requestedScenario } from './request/http.ts'
import { checkForm } from './request/verify.ts'
import { carryOut, DECLINED, sendFault, sendJson } from './response/answer.ts'
import { deliver, deliverLateAnswer } from './response/deliveries.ts'
import { type FaultOptions, faultSource } from './response/random-faults.ts'
import type { KnownScenario } from './response/scenarios.ts'
import { SandboxState } from './state/index.ts'
import type { Books } from './state/types.ts'

export type { SandboxMerchant } from './merchants.ts'
export type { Books } from './state/types.ts'

/** Where the books can be read as JSON, by GET. */
const BOOKS_PATH = '/sandbox/books'

const DEFAULT_SLOW_MS = 2000

/** How a sandbox shall be. */
export interface SandboxOptions {
  readonly merchants: readonly SandboxMerchant[]
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** 127.0.0.1 unless given. */
  readonly host?: string
  /** How long the scenario `slow` waits, milliseconds; 2000 unless given. */
  readonly slowMs?: number
  /** The time, epoch milliseconds; the real one unless given. */
  readonly clock?: () => number
  /** Random faults for requests that name no scenario; none unless given. */
  readonly faults?: FaultOptions
}

/** A sandbox that listens. */
export interface Sandbox {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  /** What happened so far; the lists grow as it goes on. */
  readonly books: Books
  /** Stops listening and ends every connection. Resolves when all is over; may be called twice. */
  close(): Promise<void>
}

interface Service {
  readonly gateway: SandboxState
  readonly merchants: ReadonlyMap<string, SandboxMerchant>
  readonly slowMs: number
  readonly clock: () => number
  readonly drawFault: () => KnownScenario | undefined
}

async function servePayApi(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const { gateway, merchants, slowMs, clock, drawFault } = service
  deliverLateAnswer(request.socket)
  const called = findService(request.url ?? '')
  gateway.countRequest(called.path)
  checkProtocol(request)
  const requested = requestedScenario(request)
  const body = await readBody(request)
  const form = checkForm(called, parseForm(body), merchants, clock())
  const scenario = requested ?? drawFault()
  const answer = scenario?.processed === false ? DECLINED : carryOut(form, gateway)
  const succeeded = answer['ResultCode'] === called.success
  deliver(scenario?.name, { request, response, answer, succeeded, slowMs })
}

function serveBooks(request: IncomingMessage, response: ServerResponse, books: Books): void {
  if (request.method === 'GET') sendJson(response, 200, books)
  else sendFault(response, new FormFault('method', 'GET 방식만 지원합니다.'), { Allow: 'GET' })
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return
  if (error instanceof FormFault) {
    sendFault(response, error, error.kind === 'method' ? { Allow: 'POST' } : {})
  } else {
    // Nothing of the error itself: it may have come from anywhere, with anything in its message.
    sendJson(response, 500, { ResultCode: '9999', ResultMsg: '서버 내부 오류입니다.' })
  }
}

/**
 * Starts PayAPI's fifteen paths over plain HTTP, and the books behind them. Rejects with a TypeError or RangeError for
 * options that make no sense, and with the socket's error where it cannot listen.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const gateway = new SandboxState()
  const service: Service = {
    gateway,
    merchants: new Map(checkMerchants(options.merchants).map((merchant) => [merchant.mid, merchant])),
    slowMs: options.slowMs ?? DEFAULT_SLOW_MS,
    clock: options.clock ?? Date.now,
    drawFault: faultSource(options.faults),
  }
  const server = createServer((request, response) => {
    if (request.url === BOOKS_PATH) return serveBooks(request, response, gateway.books)
    servePayApi(request, response, service).catch((error: unknown) => sendError(response, error))
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    books: gateway.books,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
