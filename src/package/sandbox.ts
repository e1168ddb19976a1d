/** A PayAPI for test suites: it moves no money, and does what it is told. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MerchantOptions } from '../config/options/types.ts'
import { DEMO_MERCHANTS } from '../sandbox/merchants.ts'
import type { Buyer, HandOver } from '../sandbox/pages/buyer.ts'
import { encodeForm } from '../sandbox/response/charset.ts'
import { findScenario, type ScenarioName } from '../sandbox/response/scenarios.ts'
import { type Sandbox, startSandbox as start } from '../sandbox/server.ts'
import type { Books } from '../sandbox/state/types.ts'

export type { Books, ScenarioName }

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** The merchants it knows; the demonstration merchants by default. */
  readonly merchants?: readonly MerchantOptions[] | undefined
  /** A free one by default. */
  readonly port?: number | undefined
  /** Where merchants have notices sent that are registered once, by mid. Those of a link go where the link says. */
  readonly noticeUrls?:
    | Readonly<Record<string, { readonly deposit?: string; readonly escrow?: string; readonly transaction?: string }>>
    | undefined
  /** How long the scenario `slow` waits, milliseconds; 2,000 by default. */
  readonly slowMs?: number | undefined
  /** The time, in milliseconds since 1970; the system's by default. `advance` goes on from there. */
  readonly now?: (() => number) | undefined
}

/** The buyer behind a link that was made for a payment by SMS. */
export interface SandboxBuyer {
  /** Pays by card, phone or bank transfer; resolves to what the shop answers the browser that comes back. */
  pay(): Promise<Response>
  /** Fails to say who they are. */
  fail(): Promise<Response>
  /** Gives up. */
  giveUp(): Promise<Response>
  /** Has a virtual account issued. */
  issueAccount(): Promise<Response>
}

/** A sandbox that listens on this machine. */
export interface PayApiSandbox {
  /** For the option `baseUrl`. */
  readonly url: string
  /** For the option `merchants`. */
  readonly merchants: readonly MerchantOptions[]
  /**
   * What befalls every request from now on, e.g. `decline`, `timeout` or `http-500`; undefined for nothing. Throws a
   * `RangeError` for a name that is none.
   */
  scenario(name: ScenarioName | undefined): void
  /** The buyer at the latest link of an order. Throws where there is none. */
  buyer(orderId: string): SandboxBuyer
  /**
   * Money comes to the virtual account of an order's link, which is issued first where it was not. Resolves once the
   * notice of it was answered, or not. The amount is what the link asks for, unless given.
   */
  deposit(orderId: string, amount?: string): Promise<void>
  /** What happened so far, as a copy. It holds no card data. */
  books(): Books
  /** Moves the clock of notices and links ahead; resolves once every notice that fell due was answered, or not. */
  advance(ms: number): Promise<void>
  /**
   * Takes in what comes to `/pg/…` at this sandbox's address for a facade that listens nowhere itself. Its option
   * `publicUrl` is this `url` then.
   */
  mount(handler: (request: IncomingMessage, response: ServerResponse) => void): void
  /** Ends it, with every connection. May be called twice. */
  close(): Promise<void>
}

/** Starts a sandbox on loopback. Rejects where it cannot listen, and with a `TypeError` for options that make no sense. */
export async function startSandbox(options: SandboxOptions = {}): Promise<PayApiSandbox> {
  const { merchants = DEMO_MERCHANTS, port, noticeUrls, slowMs, now } = options
  const sandbox = await start({
    merchants,
    ...(port !== undefined && { port }),
    ...(noticeUrls !== undefined && { noticeUrls }),
    ...(slowMs !== undefined && { slowMs }),
    ...(now !== undefined && { clock: now }),
  })
  return { merchants, ...controls(sandbox) }
}

function controls(sandbox: Sandbox): Omit<PayApiSandbox, 'merchants'> {
  return {
    url: sandbox.url,
    scenario(name) {
      const known = name === undefined ? undefined : findScenario(name)
      if (name !== undefined && known === undefined) throw new RangeError('There is no such scenario')
      sandbox.play(known)
    },
    buyer: (orderId) => buyerOf(sandbox.buyer(orderId)),
    async deposit(orderId, amount) {
      const buyer = sandbox.buyer(orderId)
      if (buyer.payment.account === null) await buyer.issue()
      await buyer.deposit(amount === undefined ? {} : { amount })
      await sandbox.noticesSent()
    },
    books: () => structuredClone(sandbox.books),
    advance: (ms) => sandbox.advance(ms),
    mount: (handler) =>
      sandbox.serveAlso((request, response) => {
        if (request.url?.startsWith('/pg/') !== true) return false
        handler(request, response)
        return true
      }),
    close: () => sandbox.close(),
  }
}

function buyerOf(buyer: Buyer): SandboxBuyer {
  return {
    pay: async () => comeBack(await buyer.pay()),
    fail: () => comeBack(buyer.fail()),
    giveUp: () => comeBack(buyer.giveUp()),
    issueAccount: async () => comeBack(await buyer.issue()),
  }
}

/** What a browser does that is sent back to the shop. */
function comeBack({ url, method, fields, charset }: HandOver): Promise<Response> {
  const form = encodeForm(fields, charset)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return method === 'POST'
    ? fetch(url, { method, headers, body: form, redirect: 'manual' })
    : fetch(form === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${form}`, { redirect: 'manual' })
}
