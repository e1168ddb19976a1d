import type { Sandbox } from '../../src/sandbox/server.ts'
import { type Answer, ask, askGraph, readAll, readUntil } from './client.ts'
import { linkOf, refundOf, type Wish } from './wishes.ts'

/** Longer than a server that was killed is taken to be looking at a notice. */
const LONG_AFTER_TAKEN_MS = 120_000

/** Longer than a server that was killed is taken to be settling an operation, which nobody resolves meanwhile. */
const LONG_AFTER_TRIES_MS = 120_000

/** A link, and how far its buyer has got. */
interface Link {
  readonly orderId: string
  readonly isAccount: boolean
  /** What the buyer's browser brings until somebody has taken it. */
  arrival: { readonly url: string; readonly fields: Readonly<Record<string, string>> } | undefined
  stage: 'NOT_SEEN' | 'ISSUED' | 'OVER'
}

/** What a caller was answered about a refund or a link. */
interface LifeAnswer {
  readonly wish: Wish
  readonly answer: Answer
}

/** What the graph says at the end. */
export interface LivesReport {
  readonly answers: readonly LifeAnswer[]
  readonly payments: readonly GraphPayment[]
  readonly links: readonly GraphLink[]
  readonly notices: readonly GraphNotice[]
  /** How two servers answered each that were asked at once to settle one operation, while PayAPI did not answer. */
  readonly settledAtOnce: readonly (readonly string[])[]
}

interface GraphPayment {
  readonly transactionId: string
  readonly status: string | null
  readonly amount: string | null
  readonly canceledAmount: string | null
  readonly unsettledAmount: string | null
  readonly remainingAmount: string | null
}

interface GraphLink {
  readonly orderId: string
  readonly status: string
  readonly exception: string | null
}

interface GraphNotice {
  readonly transactionId: string | null
  readonly event: string | null
  readonly amount: string | null
  readonly state: string
  readonly timesReceived: number
}

interface OpenOperation {
  readonly id: string
  readonly service: string
  readonly orderId: string | null
  readonly transactionId: string | null
}

interface Settled {
  readonly settlePaymentOperation: { readonly __typename: string }
}

/** Some of them, so that it takes no longer than one. */
const AT_ONCE = 6
const LINK_AMOUNT = '33000'
const A_DAY_MS = 24 * 60 * 60 * 1000
const PARTS = ['300', '704', '1004', undefined] as const

/** Payments that go on after their call: refunds of what was charged, and links with their buyers and notices. */
export class Lives {
  readonly #sandbox: Sandbox
  readonly #random: () => number
  readonly #answers: LifeAnswer[] = []
  readonly #links: Link[] = []
  readonly #refunded = new Set<string>()
  readonly #settledAtOnce: (readonly string[])[] = []
  #open: Wish[] = []
  #made = 0

  constructor(sandbox: Sandbox, random: () => number) {
    this.#sandbox = sandbox
    this.#random = random
  }

  /** A round of it while something befalls the facades. `charged` are transaction ids of charges that succeeded. */
  async step(urls: readonly string[], charged: readonly string[]): Promise<void> {
    const fresh = [true, false].flatMap((isAccount) => [this.#newLink(isAccount), ...this.#newRefunds(charged)])
    const wishes = [...this.#open, ...fresh]
    await Promise.all([this.#ask(urls, wishes), this.#settleSome(urls), ...this.#links.map((link) => this.#goOn(link))])
  }

  /** Once all is well: everything is asked until it is answered, every notice is sent, and an operator settles the rest. */
  async finish(urls: readonly string[]): Promise<void> {
    while (this.#open.length > 0) await this.#ask(urls, this.#open)
    while (this.#links.some(({ stage, arrival }) => stage === 'ISSUED' || arrival !== undefined))
      for (const link of this.#links) await this.#goOn(link)
    await this.#sandbox.advance(2 * A_DAY_MS)
  }

  /** Settles what is unknown: what can settle itself, asked of two servers at once, the rest by what the books show. */
  async settle(urls: readonly string[]): Promise<void> {
    const [url = ''] = urls
    await this.#settleAtOnce(urls)
    for (const { id } of await this.#unknown(url, 'cancelPayment'))
      await Promise.all([url, urls.at(-1) ?? url].map((each) => askGraph(each, SETTLE, { id })))
    const giveUpAt = Date.now() + LONG_AFTER_TRIES_MS
    for (const service of ['cancelPayment', 'cancelPaymentPartially', 'approveSmsPayment'])
      for (const operation of await this.#unknown(url, service)) await this.#resolveOnceLetTo(url, operation, giveUpAt)
  }

  async report(url: string): Promise<LivesReport> {
    const notices = await this.#noticesOnceLookedAt(url)
    const payments: GraphPayment[] = []
    for (const transactionId of this.#refunded) {
      const { payment } = (await askGraph(url, PAYMENT, { transactionId })) as { payment: GraphPayment | null }
      if (payment !== null) payments.push(payment)
    }
    const links: GraphLink[] = []
    for (const { orderId } of this.#links) {
      const { smsPayment } = (await askGraph(url, LINK, { orderId })) as { smsPayment: GraphLink | null }
      links.push(smsPayment ?? { orderId, status: 'NOT_KNOWN', exception: null })
    }
    return { answers: this.#answers, payments, links, notices, settledAtOnce: this.#settledAtOnce }
  }

  /** Some of what is unknown is asked for while others are in trouble: an answer may not come, and nothing is owed one. */
  async #settleSome(urls: readonly string[]): Promise<void> {
    const unknown = await this.#unknown(urls.at(-1) ?? '', 'cancelPayment').catch(() => [])
    const asked = unknown.slice(0, 3).flatMap(({ id }) => urls.map((url) => askGraph(url, SETTLE, { id })))
    await Promise.allSettled(asked)
  }

  /** A try lasts as long as PayAPI is silent: whoever comes meanwhile must be told so. */
  async #settleAtOnce(urls: readonly string[]): Promise<void> {
    const found = await readAll<OpenOperation>(urls[0] ?? '', 'paymentOperations', UNKNOWN, {
      services: ['cancelPayment'],
    })
    const some = found.slice(0, AT_ONCE)
    const silent = { 'x-sandbox-scenario': 'timeout' }
    await Promise.all(
      some.map(async ({ id }) => {
        const answers = await Promise.all(urls.map((url) => askGraph(url, SETTLE, { id }, silent)))
        this.#settledAtOnce.push(answers.map((answer) => (answer as Settled).settlePaymentOperation.__typename))
      }),
    )
  }

  #newLink(isAccount: boolean): Wish {
    const orderId = `L-${++this.#made}-${Math.floor(this.#random() * 2 ** 32).toString(36)}`
    this.#links.push({ orderId, isAccount, arrival: undefined, stage: 'NOT_SEEN' })
    return linkOf(orderId, isAccount ? 'VIRTUAL_ACCOUNT' : 'CARD', LINK_AMOUNT)
  }

  /** Several at once of one payment: together they are more than there is. */
  #newRefunds(charged: readonly string[]): readonly Wish[] {
    const transactionId = charged[Math.floor(this.#random() * charged.length)]
    if (transactionId === undefined) return []
    this.#refunded.add(transactionId)
    return [1, 2, 3, 4].map(() =>
      refundOf(transactionId, PARTS[Math.floor(this.#random() * PARTS.length)], `R-${++this.#made}`),
    )
  }

  async #ask(urls: readonly string[], wishes: readonly Wish[]): Promise<void> {
    const open: Wish[] = []
    const askOne = async (wish: Wish, index: number) => {
      const answer = await ask(urls[index % urls.length] ?? '', wish)
      if (answer !== undefined) this.#answers.push({ wish, answer })
      if (answer === undefined || answer.retryable === true) open.push(wish)
    }
    await Promise.all(wishes.map(askOne))
    this.#open = open
  }

  /** The next thing that a link's buyer does. */
  async #goOn(link: Link): Promise<void> {
    const buyer = this.#buyerOf(link.orderId)
    if (buyer === undefined) return
    if (link.stage === 'NOT_SEEN') {
      link.stage = link.isAccount ? 'ISSUED' : 'OVER'
      // Some of the notices overtake those before them.
      if (link.isAccount) await buyer.issue({ notice: this.#random() < 0.5 ? 'late' : 'twice' })
      else link.arrival = await buyer.pay({ approval: this.#random() < 0.3 ? 'close' : undefined })
    } else if (link.stage === 'ISSUED') {
      link.stage = 'OVER'
      await this.#forge(buyer.payment.request.notificationUrl, link.orderId)
      await buyer.deposit({ notice: this.#random() < 0.5 ? 'late' : 'twice' })
    }
    if (link.arrival !== undefined) await this.#arrive(link)
  }

  #buyerOf(orderId: string) {
    try {
      return this.#sandbox.buyer(orderId)
    } catch {
      return undefined
    }
  }

  /** The buyer's browser comes twice at once, and again later where it was turned away. */
  async #arrive(link: Link): Promise<void> {
    const { url, fields } = link.arrival ?? { url: '', fields: {} }
    const body = new URLSearchParams(fields)
    const answers = await Promise.allSettled(
      [1, 2].map(() => fetch(url, { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(30_000) })),
    )
    const isTaken = answers.every((answer) => answer.status === 'fulfilled' && answer.value.status < 429)
    if (isTaken) link.arrival = undefined
  }

  /** A deposit of another amount that nobody made. */
  async #forge(url: string | undefined, orderId: string): Promise<void> {
    if (url === undefined) return
    const { mid } = this.#sandbox.buyer(orderId).payment
    const body = new URLSearchParams({ P_STATUS: '02', P_TYPE: 'VBANK', P_TID: `FORGED-${orderId}`, P_MID: mid })
    for (const [name, value] of Object.entries({ P_OID: orderId, P_AMT: '1', P_AUTH_DT: '20261126101502' }))
      body.append(name, value)
    await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(30_000) }).catch(() => undefined)
  }

  async #unknown(url: string, service: string): Promise<readonly OpenOperation[]> {
    const operations = await readAll<OpenOperation>(url, 'paymentOperations', UNKNOWN, { services: [service] })
    const isOurs = ({ orderId, transactionId }: OpenOperation) =>
      this.#links.some((link) => link.orderId === orderId) || this.#refunded.has(transactionId ?? '')
    return operations.filter(isOurs)
  }

  async #resolveOnceLetTo(url: string, operation: OpenOperation, giveUpAt: number): Promise<void> {
    const resolve = async () => {
      await this.#resolve(url, operation)
      return await this.#unknown(url, operation.service)
    }
    await readUntil(giveUpAt, resolve, (unknown) => unknown.every(({ id }) => id !== operation.id))
  }

  /** As an operator does who looks into the merchant console. */
  async #resolve(url: string, { id, service, orderId, transactionId }: OpenOperation): Promise<void> {
    const { charges, cancellations } = this.#sandbox.books
    if (service === 'approveSmsPayment') {
      const charge = charges.find(({ oid }) => oid === orderId)
      await askGraph(url, RESOLVE, { id, processed: charge !== undefined, transactionId: charge?.tid ?? null })
      return
    }
    const inBooks = cancellations.filter(({ tid }) => tid === transactionId).length
    const { paymentOperations } = (await askGraph(url, CANCELS, { transactionId })) as {
      paymentOperations: { operations: readonly { service: string; state: string }[] } | null
    }
    const known = (paymentOperations?.operations ?? []).filter(
      (operation) => operation.service.startsWith('cancelPayment') && operation.state === 'SUCCEEDED',
    )
    await askGraph(url, RESOLVE, { id, processed: inBooks > known.length, transactionId: null })
  }

  /** A notice is answered before it is looked at, and one that a killed server was looking at waits for another to take it. */
  #noticesOnceLookedAt(url: string): Promise<readonly GraphNotice[]> {
    return readUntil(
      Date.now() + LONG_AFTER_TAKEN_MS,
      () => readAll<GraphNotice>(url, 'notices', NOTICES),
      (notices) => notices.every(({ state }) => state !== 'RECEIVED' && state !== 'WAITING'),
    )
  }
}

const PAYMENT = `query Payment($transactionId: ID!) { payment(transactionId: $transactionId) {
  transactionId status amount canceledAmount unsettledAmount remainingAmount } }`
const CANCELS = `query Cancels($transactionId: ID!) {
  paymentOperations: payment(transactionId: $transactionId) { operations { service state } } }`
const LINK = 'query Link($orderId: ID!) { smsPayment(orderId: $orderId) { orderId status exception } }'
const UNKNOWN = `query Unknown($services: [PayApiServiceName!], $after: String) {
  paymentOperations(first: 100, after: $after, filter: { states: [UNKNOWN], services: $services }) {
    edges { node { id service orderId transactionId } } pageInfo { hasNextPage endCursor } } }`
const SETTLE = `mutation Settle($id: ID!) { settlePaymentOperation(input: { operationId: $id }) { __typename } }`
const RESOLVE = `mutation Resolve($id: ID!, $processed: Boolean!, $transactionId: ID) {
  resolvePaymentOperation(input: { operationId: $id, processed: $processed, transactionId: $transactionId }) {
    __typename ... on PayApiFailure { message } } }`
const NOTICES = `query Notices($after: String) { notices(first: 100, after: $after) {
  edges { node { transactionId event amount state timesReceived } } pageInfo { hasNextPage endCursor } } }`
