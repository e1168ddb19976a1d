import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { FormFault } from './errors.ts'
import { checkMerchants, type SandboxMerchant } from './merchants.ts'
import { NoticeDesk, type NoticeUrls } from './notices/desk.ts'
import type { Deposit } from './notices/merchant-notices.ts'
import { type NoticeDelivery, NoticeQueue } from './notices/queue.ts'
import { NoticeGuard } from './notices/send.ts'
import { Buyer } from './pages/buyer.ts'
import { pageTarget, servePage } from './pages/serve.ts'
import { parseForm } from './request/form.ts'
import { checkProtocol, findService, readBody, requestedScenario } from './request/http.ts'
import { checkForm } from './request/verify.ts'
import { carryOut, DECLINED, sendFault, sendJson } from './response/answer.ts'
import { type ApprovalWorld, approvalId, serveApproval } from './response/approval.ts'
import { deliver, deliverLateAnswer } from './response/deliveries.ts'
import { type FaultOptions, faultSource, randomSource } from './response/random-faults.ts'
import type { KnownScenario } from './response/scenarios.ts'
import { SandboxState } from './state/index.ts'
import type { Books } from './state/types.ts'

export type { SandboxMerchant } from './merchants.ts'
export type { NoticeUrls } from './notices/desk.ts'
export type { Books } from './state/types.ts'

/** Where the books can be read as JSON, by GET. */
const BOOKS_PATH = '/sandbox/books'

const DEFAULT_SLOW_MS = 2000

/** How long a notice waits for its answer, milliseconds. */
const NOTICE_TIMEOUT_MS = 10_000

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
  /** Where browsers reach the sandbox, for its short URLs; its own URL unless given. Asked for each. */
  readonly publicUrl?: string | (() => string | undefined)
  /** By merchant, where the notices go that are registered once. Those of a link go to where the link says. */
  readonly noticeUrls?: Readonly<Record<string, NoticeUrls>>
  /**
   * Origins that notices may be sent to, beside this machine's own while the sandbox listens on loopback only. Notices
   * to anywhere else are written in the books and not sent.
   */
  readonly noticeOrigins?: readonly string[]
  /** Random notices come twice, late or never; none unless given. */
  readonly noticeFaults?: NoticeFaultOptions
}

/** How many notices meet a random fault, and which. */
export interface NoticeFaultOptions extends FaultOptions {
  /** `twice` and `late` unless given. */
  readonly deliveries?: readonly NoticeDelivery[]
}

/** A sandbox that listens. */
export interface Sandbox {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  /** What happened so far; the lists grow as it goes on. */
  readonly books: Books
  /** The buyer at the latest short URL of an order; of any merchant where none is named. Throws where there is none. */
  buyer(orderId: string, merchantId?: string): Buyer
  /** A deposit to an account that the PC window has issued, of which the sandbox knows nothing: the notice alone. */
  notifyDeposit(deposit: Deposit, delivery?: NoticeDelivery): Promise<void>
  /** Moves the clock of notices and links ahead. Resolves when every notice that fell due was answered, or not. */
  advance(ms: number): Promise<void>
  /** Resolves when no notice is on its way. Those that wait for their next try are not. */
  noticesSent(): Promise<void>
  /** Registers addresses of a merchant for its notices, as it does with the PG once. */
  registerNotices(merchantId: string, urls: NoticeUrls): void
  /** Answers a request for the page of a short URL that came to another server; false for any other request. */
  handlePage(request: IncomingMessage, response: ServerResponse): boolean
  /** What befalls every request from now on that names no scenario itself; undefined for nothing. */
  play(scenario: KnownScenario | undefined): void
  /** Lets somebody else answer on this port whatever they say is theirs: where buyers come back to, and notices go. */
  serveAlso(take: (request: IncomingMessage, response: ServerResponse) => boolean): void
  /** Stops listening and ends every connection. Resolves when all is over; may be called twice. */
  close(): Promise<void>
}

interface Service extends ApprovalWorld {
  readonly merchants: ReadonlyMap<string, SandboxMerchant>
  /** Before what is drawn. */
  played: KnownScenario | undefined
  readonly draw: () => KnownScenario | undefined
  /** The options' one, or else the sandbox's own URL. */
  readonly publicUrl: () => string
}

async function servePayApi(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const { state: gateway, merchants, slowMs, clock, draw, desk, publicUrl } = service
  deliverLateAnswer(request.socket)
  const called = findService(request.url ?? '')
  gateway.countRequest(called.path)
  checkProtocol(request)
  const requested = requestedScenario(request)
  const body = await readBody(request)
  const form = checkForm(called, parseForm(body), merchants, clock())
  const scenario = requested ?? service.played ?? draw()
  const reachedAt = `http://${request.headers.host ?? new URL(publicUrl()).host}`
  const place = { publicUrl: publicUrl(), reachedAt, linkTime: desk.queue.now() }
  const answer = scenario?.processed === false ? DECLINED : carryOut(form, gateway, place)
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

function serve(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const target = request.url ?? ''
  const page = pageTarget(target)
  if (page !== undefined) return servePage(request, response, page, service)
  const approval = approvalId(target)
  if (approval !== undefined) return serveApproval(request, response, approval, service)
  return servePayApi(request, response, service)
}

function createService(options: SandboxOptions, host: string, publicUrl: () => string): Service {
  const state = new SandboxState()
  const merchants = new Map(checkMerchants(options.merchants).map((merchant) => [merchant.mid, merchant]))
  const clock = options.clock ?? Date.now
  const draw = faultSource(options.faults)
  const queue = new NoticeQueue({
    entries: state.notices,
    clock,
    guard: new NoticeGuard(host, options.noticeOrigins ?? []),
    timeoutMs: NOTICE_TIMEOUT_MS,
    drawDelivery: randomSource(options.noticeFaults, options.noticeFaults?.deliveries ?? ['twice', 'late']),
  })
  const desk = new NoticeDesk(queue, merchants)
  for (const [mid, urls] of Object.entries(options.noticeUrls ?? {})) desk.register(mid, urls)
  state.onEvent((event) => desk.tell(event))
  const slowMs = options.slowMs ?? DEFAULT_SLOW_MS
  return { state, merchants, slowMs, clock, desk, played: undefined, draw, drawFault: () => draw()?.name, publicUrl }
}

/**
 * Starts PayAPI's fifteen paths over plain HTTP, the pages of its short URLs, and the books behind them. Rejects with a
 * TypeError or RangeError for options that make no sense, and with the socket's error where it cannot listen.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1'
  let url = ''
  const publicUrl = () => (typeof options.publicUrl === 'function' ? options.publicUrl() : options.publicUrl) ?? url
  const service = createService(options, host, publicUrl)
  const { state, desk } = service
  let takeFirst: Parameters<Sandbox['serveAlso']>[0] = () => false
  const server = createServer((request, response) => {
    if (takeFirst(request, response)) return
    if (request.url === BOOKS_PATH) return serveBooks(request, response, state.books)
    serve(request, response, service).catch((error: unknown) => sendError(response, error))
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    url,
    books: state.books,
    buyer(orderId, merchantId) {
      const payment = state.smsPayments.findByOrder(orderId, merchantId)
      if (payment === undefined) throw new Error('no short URL was made for such an order')
      return new Buyer(payment, service)
    },
    registerNotices: (merchantId, urls) => desk.register(merchantId, urls),
    handlePage(request, response) {
      const page = pageTarget(request.url ?? '')
      if (page === undefined) return false
      servePage(request, response, page, service).catch((error: unknown) => sendError(response, error))
      return true
    },
    notifyDeposit: (deposit, delivery) => desk.deposit(deposit, delivery),
    advance: (ms) => desk.queue.advance(ms),
    noticesSent: () => desk.queue.idle(),
    play(scenario) {
      service.played = scenario
    },
    serveAlso(take) {
      takeFirst = take
    },
    close: () => {
      desk.queue.close()
      server.close()
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}
