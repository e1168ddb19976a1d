import { expect, it } from 'vitest'
import { SCENARIOS } from '../../../src/sandbox/response/scenarios.ts'
import { overBothStores } from '../../support/journal/both-stores.ts'
import {
  aCharge,
  type Fields,
  type JournaledFacade,
  scenario,
  startJournaledFacade,
} from '../../support/journal/facade.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'
import { Random } from '../../support/payapi/random.ts'

// Whatever happens to payments, the graph tells what became of the money: it is held against the sandbox's books.

/** What may befall the answer of a cancel, and whether it was processed nevertheless. Those that hang take too long. */
const TROUBLES = SCENARIOS.filter(
  ({ name, outcome }) => outcome !== 'SUCCESS' && !/^(?:timeout|drip|slow)/.test(name),
).map(({ name, processed }) => ({ name, processed }))

const STEPS = 25

interface Asked {
  readonly input: object
  readonly trouble: (typeof TROUBLES)[number] | undefined
}

/** One life of some payments, as two instances see it. */
class Life {
  readonly #random: Random
  readonly #instances: readonly [JournaledFacade, JournaledFacade]
  readonly #payments: { readonly transactionId: string; readonly amount: bigint }[] = []
  /** What a person would find in the merchant console, by the operations of unknown outcome. */
  readonly #truth = new Map<string, boolean>()
  readonly #keyed: { readonly asked: Asked; readonly ending: Fields }[] = []
  #keys = 0

  constructor(seed: number, instances: readonly [JournaledFacade, JournaledFacade]) {
    this.#random = new Random(seed)
    this.#instances = instances
  }

  get #any(): JournaledFacade {
    return this.#random.pick(this.#instances)
  }

  async run(): Promise<void> {
    await this.#charge()
    for (let step = 0; step < STEPS; step++) {
      const next = [
        () => this.#charge(),
        () => this.#refunds(1),
        () => this.#refunds(2 + this.#random.below(4)),
      ] as const
      const others = [() => this.#cancelPartly(), () => this.#settleOne(), () => this.#askAgain()] as const
      await this.#random.pick([...next, ...others])()
      await this.#check()
    }
    while (this.#truth.size > 0) await this.#settleOne()
    await this.#giveAllBack()
  }

  async #charge(): Promise<void> {
    const amount = 1 + this.#random.below(20_000)
    const { transactionId } = await this.#any.mutate('chargeCardBillingKey', aCharge({ amount: String(amount) }))
    this.#payments.push({ transactionId: String(transactionId), amount: BigInt(amount) })
  }

  /** Some at once, over both instances, with keys that some of them share. */
  async #refunds(count: number): Promise<void> {
    const { transactionId, amount } = this.#payment
    const whole = { transactionId, amount: this.#random.below(4) === 0 ? null : this.#part(amount) }
    const all = Array.from({ length: count }, (): Asked => {
      const trouble = this.#random.below(3) === 0 ? this.#random.pick(asTuple(TROUBLES)) : undefined
      const isKeyed = this.#random.below(2) === 0
      return { input: { ...whole, idempotencyKey: isKeyed ? `key-${this.#keys++}` : null }, trouble }
    })
    const [first, ...rest] = all as [Asked, ...Asked[]]
    const together = this.#random.below(2) === 0 ? [first, ...rest.map(() => first)] : all
    const endings = await Promise.all(together.map((asked) => this.#ask(asked, this.#any)))
    for (const [index, ending] of endings.entries()) {
      const asked = together[index] as Asked
      if ('idempotencyKey' in asked.input && asked.input.idempotencyKey !== null && ending['operationId'] !== null)
        this.#keyed.push({ asked, ending })
    }
  }

  async #ask({ input, trouble }: Asked, facade: JournaledFacade): Promise<Fields> {
    const ending = await refund(facade, input, trouble && scenario(trouble.name))
    const { operationId, outcome, __typename } = ending
    if (outcome === 'UNKNOWN') this.#truth.set(String(operationId), trouble?.processed ?? false)
    // PayAPI refuses what does not fit what remains: that it is never asked to is the facade's part.
    if (__typename === 'PgFailure') expect(trouble?.name).toBe('decline')
    expect(__typename).not.toBe('PayApiInvalidInput')
    if (__typename === 'PayApiRefundRefused') expect(ending['reason']).not.toBe('PAYMENT_NOT_KNOWN')
    return ending
  }

  /** The ordinary way, with what its caller computed. */
  async #cancelPartly(): Promise<void> {
    const { transactionId } = this.#payment
    const { remainingAmount, unsettledAmount } = (await lookUpPayment(this.#any, transactionId)) ?? {}
    if (unsettledAmount !== '0' || remainingAmount === '0') return
    const left = BigInt(remainingAmount ?? 0)
    const amount = this.#part(left)
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount }
    const rest = String(left - BigInt(amount))
    await this.#any.mutate('cancelPaymentPartially', { ...cancel, remainingAmount: rest })
  }

  /** A person looks into the merchant console. */
  async #settleOne(): Promise<void> {
    const [found] = this.#truth
    if (found === undefined) return
    const [operationId, processed] = found
    this.#truth.delete(operationId)
    const record = { operationId, processed }
    expect(await this.#any.mutate('resolvePaymentOperation', record)).toMatchObject({ __typename: 'PayApiOperation' })
  }

  /** A key is answered as before, but for what a person recorded meanwhile and what was never sent. */
  async #askAgain(): Promise<void> {
    const earlier = this.#keyed.at(this.#random.below(this.#keyed.length || 1))
    if (earlier === undefined) return
    const { asked, ending } = earlier
    const again = await refund(this.#any, asked.input)
    if (ending['outcome'] === undefined) expect(again).toEqual(ending)
    else if (ending['__typename'] !== 'PayApiRefundRefused') expect(again['operationId']).toBe(ending['operationId'])
  }

  /** From the graph alone, and against the books. */
  async #check(): Promise<void> {
    for (const { transactionId, amount } of this.#payments) {
      const payment = await lookUpPayment(this.#any, transactionId)
      if (payment === null) throw new Error('a payment is gone')
      const [canceled, remaining, unsettled] = [
        BigInt(payment.canceledAmount),
        BigInt(payment.remainingAmount ?? -1),
        BigInt(payment.unsettledAmount),
      ]
      expect(payment.amount).toBe(String(amount))
      expect(canceled + remaining).toBe(amount)
      expect(remaining).toBeGreaterThanOrEqual(0n)
      expect(unsettled).toBeLessThanOrEqual(remaining)
      const given = this.#given(transactionId)
      expect(given).toBeLessThanOrEqual(amount)
      expect(given).toBeGreaterThanOrEqual(canceled)
      expect(given).toBeLessThanOrEqual(canceled + unsettled)
      const paths = this.#cancellationsOf(transactionId).map(({ path }) => path)
      expect(paths.slice(1), 'after a first cancel there are only partial ones').not.toContain('/cancel/cancel')
      const status = canceled === 0n ? 'APPROVED' : remaining === 0n ? 'CANCELED' : 'PARTIALLY_CANCELED'
      expect(payment.status).toBe(status)
      const moments = payment.history.map(({ at }) => String(at))
      expect(moments).toEqual(moments.toSorted())
    }
  }

  async #giveAllBack(): Promise<void> {
    for (const { transactionId, amount } of this.#payments) {
      const left = (await lookUpPayment(this.#any, transactionId))?.remainingAmount
      const ending = await refund(this.#any, { transactionId })
      expect(ending).toMatchObject(left === '0' ? { reason: 'NOTHING_LEFT' } : { amount: left })
      expect(this.#given(transactionId)).toBe(amount)
      expect(await lookUpPayment(this.#any, transactionId)).toMatchObject({ status: 'CANCELED', remainingAmount: '0' })
    }
  }

  /** What the sandbox gave back. */
  #given(transactionId: string): bigint {
    return this.#cancellationsOf(transactionId).reduce((total, { price }) => total + BigInt(price), 0n)
  }

  #cancellationsOf(transactionId: string) {
    return this.#instances[0].sandbox.books.cancellations.filter(({ tid }) => tid === transactionId)
  }

  get #payment() {
    return this.#random.pick(asTuple(this.#payments))
  }

  #part(of: bigint): string {
    return String(1n + (of * BigInt(this.#random.below(60))) / 100n)
  }
}

const asTuple = <Item>(items: readonly Item[]) => items as readonly [Item, ...Item[]]

overBothStores('payments, whatever happens to them', (newJournal) => {
  it.each([1, 2, 3, 4, 5, 6])(
    'amount = canceled + remaining, never more given back than was there, over two instances (seed %i)',
    async (seed) => {
      const { url: storeUrl } = await newJournal()
      const one = await startJournaledFacade({ storeUrl })
      await new Life(seed, [one, await one.another()]).run()
    },
    120_000,
  )
})
