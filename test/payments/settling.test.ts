import { expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/journal/store.ts'
import { createPayApiClient } from '../../src/payapi/index.ts'
import { SettleSchedule } from '../../src/payments/settling/schedule.ts'
import { settleOperation } from '../../src/payments/settling/settling.ts'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { overBothStores, type TestJournal } from '../support/journal/both-stores.ts'
import {
  aCharge,
  type Fields,
  type JournaledFacade,
  scenario,
  startJournaledFacade,
} from '../support/journal/facade.ts'
import { KEYS } from '../support/journal/operations.ts'
import { startHeldPayApi } from '../support/payapi/held-payapi.ts'
import { httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What may befall the call of a try, before or after PayAPI has processed it. */
const FAULTS = [
  'decline',
  'http-400',
  'http-500',
  'http-500-processed',
  'reset',
  'reset-unprocessed',
  'close',
  'truncated',
  'unreadable',
  'no-result-code',
  'mismatch',
  'redirect',
  'two-codes',
]

const FULL_CANCEL = '/cancel/cancel'
const ALL = ['confirmEscrowPurchase', 'denyEscrowPurchase', 'cancelPayment']

let count = 0
/** A payment that the sandbox knows by its name, and no other test. */
const named = (kind: string): string => `SANDBOX-${kind}-${Date.now()}${++count}`

const aCancel = (transactionId = named('CARD')) => ({
  paymentMethod: 'CARD',
  currency: 'KRW',
  transactionId,
  amount: '50000',
})

const aConfirmation = (transactionId = named('DELIVERED')) => ({
  clientIp: '127.0.0.1',
  transactionId,
  processedBy: '홍길동',
})

const aDenial = () => ({ ...aConfirmation(), refundAccount: { holderName: '홍길동' } })

interface World extends JournaledFacade {
  readonly clock: { now: number }
  /** What settles by itself, in front of a facade's journal; a scenario befalls its calls. */
  schedule(services?: readonly string[], on?: JournaledFacade, scenarioName?: string): SettleSchedule
  operation(id: unknown): Promise<Fields>
}

async function world(
  newJournal: () => Promise<TestJournal>,
  options: Parameters<typeof startJournaledFacade>[0] = {},
): Promise<World> {
  const { url } = await newJournal()
  const clock = { now: Date.now() }
  const facade = await startJournaledFacade({ storeUrl: url, keys: KEYS, now: () => clock.now, ...options })
  const client = createPayApiClient({ baseUrl: facade.sandbox.url, merchants: DEMO_MERCHANTS })
  return {
    ...facade,
    clock,
    schedule: (services = ALL, { journal } = facade, scenarioName = undefined) =>
      new SettleSchedule({
        journal,
        client,
        services,
        headers: scenarioName === undefined ? {} : scenario(scenarioName),
        onFault: (fault) => {
          throw fault
        },
      }),
    async operation(id) {
      const { data, errors } = await facade.send(
        `query ($id: ID!) { paymentOperation(id: $id) { id state failure { message outcome }
          resolution { processed resolvedBy } history { kind recordedBy processed answer note } } }`,
        { id },
      )
      if (!data?.['paymentOperation']) throw new Error(JSON.stringify(errors))
      return data['paymentOperation']
    },
  }
}

const requests = ({ sandbox }: JournaledFacade, path: string): number => sandbox.books.requests[path] ?? 0

const tries = (operation: Fields): readonly Fields[] => operation['history'] as readonly Fields[]

/** From now on the journal takes no end of a try. */
function goAwayBehindTheTry({ journal: { store } }: JournaledFacade): void {
  const run = store.run.bind(store)
  const away = () => Promise.reject(new StoreUnavailableError('the disk is away'))
  store.run = ((name, input) => (name === 'endSettleTry' ? away() : run(name, input))) as typeof run
}

overBothStores('settlePaymentOperation', (newJournal) => {
  it('where the journal is away behind a cancel that was sent again, it never says that nothing was processed', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    goAwayBehindTheTry(facade)
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({
      __typename: 'PayApiTransportError',
      reason: 'JOURNAL_UNAVAILABLE',
      outcome: 'UNKNOWN',
      retryable: true,
      operationId,
      message: expect.stringContaining('may have been processed'),
    })
    expect(facade.sandbox.books.cancellations).toHaveLength(1)
  })

  it('where the journal is away behind a look at an escrow payment, nothing was processed', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('confirmEscrowPurchase', aConfirmation(), scenario('reset'))
    goAwayBehindTheTry(facade)
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({
      reason: 'JOURNAL_UNAVAILABLE',
      outcome: 'NOT_PROCESSED',
    })
  })

  it('SUCCEEDED: a full cancel that was processed is answered "canceled already"', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset'))
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toEqual({
      __typename: 'PayApiOperation',
      id: operationId,
      state: 'SUCCEEDED',
      transactionId: expect.any(String),
      resolution: { processed: true, resolvedBy: 'anonymous', note: null },
      history: [{ kind: 'SETTLE_TRY', recordedBy: 'anonymous', processed: true, note: null, answer: '01' }],
    })
    expect(facade.sandbox.books.cancellations).toHaveLength(1)
  })

  it('SUCCEEDED: a full cancel that was not processed is processed now, and its key answers so', async () => {
    const facade = await world(newJournal)
    const cancel = { ...aCancel(), idempotencyKey: 'cancel-1' }
    const { operationId } = await facade.mutate('cancelPayment', cancel, scenario('reset-unprocessed'))
    expect(facade.sandbox.books.cancellations).toHaveLength(0)
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({ state: 'SUCCEEDED' })
    expect(facade.sandbox.books.cancellations).toHaveLength(1)
    expect(await facade.mutate('cancelPayment', cancel)).toMatchObject({
      __typename: 'PaymentCancellation',
      transactionId: cancel.transactionId,
      amount: '50000',
      operationId,
    })
    expect(requests(facade, FULL_CANCEL)).toBe(2)
  })

  it.each(FAULTS)('UNKNOWN: a try that is lost itself (%s) settles nothing, and the next one does', async (fault) => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const lost = await facade.mutate('settlePaymentOperation', { operationId }, scenario(fault))
    expect(lost).toMatchObject({ state: 'UNKNOWN', resolution: null })
    expect(tries(lost)).toMatchObject([{ kind: 'SETTLE_TRY', processed: null, answer: expect.any(String) }])
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({ state: 'SUCCEEDED' })
    expect(facade.sandbox.books.cancellations).toHaveLength(1)
  })

  it('UNKNOWN: a refusal of the second full cancel says nothing of the first', async () => {
    const facade = await world(newJournal)
    const cancel = aCancel()
    const { operationId } = await facade.mutate('cancelPayment', cancel, scenario('reset-unprocessed'))
    const part = { ...cancel, amount: '10000', remainingAmount: '40000' }
    await facade.mutate('cancelPaymentPartially', part)
    const settled = await facade.mutate('settlePaymentOperation', { operationId })
    expect(settled).toMatchObject({ state: 'UNKNOWN' })
    expect(tries(settled)).toMatchObject([{ processed: null, answer: expect.stringMatching(/^\w+$/) }])
  })

  it.each([
    ['confirmEscrowPurchase', aConfirmation, 'PURCHASE_CONFIRMED'],
    ['denyEscrowPurchase', aDenial, 'PURCHASE_DENIED'],
  ] as const)('SUCCEEDED: the state of the payment shows that %s was processed', async (name, input, state) => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate(name, input(), scenario('reset'))
    const settled = await facade.mutate('settlePaymentOperation', { operationId })
    expect(settled).toMatchObject({ state: 'SUCCEEDED', history: [{ processed: true, answer: state }] })
  })

  it.each(FAULTS)(
    'UNKNOWN: a state that was asked for in vain (%s) settles nothing, and the next answer does',
    async (fault) => {
      const facade = await world(newJournal)
      const { operationId } = await facade.mutate('confirmEscrowPurchase', aConfirmation(), scenario('reset'))
      facade.clock.now += HOUR
      expect(await facade.mutate('settlePaymentOperation', { operationId }, scenario(fault))).toMatchObject({
        state: 'UNKNOWN',
        history: [{ processed: null, answer: expect.any(String) }],
      })
      expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({ state: 'SUCCEEDED' })
    },
  )

  it.each([
    ['confirmEscrowPurchase', aConfirmation],
    ['denyEscrowPurchase', aDenial],
  ] as const)('FAILED: the state shows after five minutes that %s was not processed', async (name, input) => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate(name, input(), scenario('reset-unprocessed'))
    facade.clock.now += 5 * MINUTE - 1
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({ state: 'UNKNOWN' })
    facade.clock.now += 1
    expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({
      state: 'FAILED',
      resolution: { processed: false },
    })
    const { failure } = await facade.operation(operationId)
    expect(failure).toMatchObject({ outcome: 'NOT_PROCESSED', message: expect.stringContaining('PayAPI showed') })
  })

  it('is refused for charges, partial cancels and billing keys: nothing is sent', async () => {
    const facade = await world(newJournal)
    const { transactionId, ...cancel } = aCancel()
    const lost = [
      await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset')),
      await facade.mutate(
        'cancelPaymentPartially',
        { ...cancel, transactionId, amount: '1000', remainingAmount: '49000' },
        scenario('reset'),
      ),
      await facade.mutate('deleteCardBillingKey', { billingKey: named('CARDKEY') }, scenario('reset')),
    ]
    const before = { ...facade.sandbox.books.requests }
    for (const { operationId } of lost) {
      expect(await facade.mutate('settlePaymentOperation', { operationId })).toMatchObject({
        __typename: 'PayApiInvalidInput',
        issues: [{ path: ['operationId'], code: 'OUT_OF_RANGE' }],
      })
      expect(await facade.operation(operationId)).toMatchObject({ state: 'UNKNOWN', history: [] })
    }
    expect(facade.sandbox.books.requests).toEqual(before)
  })

  it('is refused for what is settled, and for what there is not', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel())
    for (const id of [operationId, 'none'])
      expect(await facade.mutate('settlePaymentOperation', { operationId: id })).toMatchObject({
        __typename: 'PayApiInvalidInput',
      })
    expect(requests(facade, FULL_CANCEL)).toBe(1)
  })

  it('is tried by one of many that ask at once, on two instances', async () => {
    const facade = await world(newJournal)
    const other = await facade.another()
    const held = await startHeldPayApi(facade.sandbox.url)
    const client = createPayApiClient({ baseUrl: held.url, merchants: DEMO_MERCHANTS })
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const ask = ({ journal }: JournaledFacade) =>
      settleOperation({ journal, client }, { operationId: String(operationId), by: 'operator', schedule: null })
    const asked = Array.from({ length: 10 }, (_, index) => ask(index % 2 === 0 ? facade : other))
    await held.held()
    // All others are told so while the one is under way.
    const others = await Promise.all([ask(facade), ask(other)])
    expect(others).toEqual(['UNDER_WAY', 'UNDER_WAY'])
    held.release()
    const outcomes = await Promise.all(asked)
    expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toMatchObject([{ state: 'SUCCEEDED' }])
    expect(tries(await facade.operation(operationId))).toHaveLength(1)
    expect(requests(facade, FULL_CANCEL)).toBe(2)
    await client.close()
  })

  it('and a person who resolves meanwhile do not contradict each other: the try goes first', async () => {
    const facade = await world(newJournal)
    const held = await startHeldPayApi(facade.sandbox.url)
    const client = createPayApiClient({ baseUrl: held.url, merchants: DEMO_MERCHANTS })
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const request = { operationId: String(operationId), by: 'operator', schedule: null }
    const settling = settleOperation({ journal: facade.journal, client }, request)
    await held.held()
    expect(await facade.mutate('resolvePaymentOperation', { operationId, processed: false })).toMatchObject({
      __typename: 'PayApiInvalidInput',
      issues: [{ path: ['operationId'], code: 'OUT_OF_RANGE' }],
    })
    held.release()
    expect(await settling).toMatchObject({ state: 'SUCCEEDED' })
    expect(await facade.operation(operationId)).toMatchObject({
      state: 'SUCCEEDED',
      history: [{ kind: 'SETTLE_TRY', processed: true }],
    })
    await client.close()
  })

  it('that ends long after its time, when a person has resolved otherwise, is told as a contradiction, and nothing moves', async () => {
    // A try is taken to be under way for as long as a call takes and half a minute: here no time at all.
    const facade = await world(newJournal, { callTimeoutMs: -60_000 })
    const held = await startHeldPayApi(facade.sandbox.url)
    const client = createPayApiClient({ baseUrl: held.url, merchants: DEMO_MERCHANTS })
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const request = { operationId: String(operationId), by: 'operator', schedule: null }
    const settling = settleOperation({ journal: facade.journal, client }, request)
    await held.held()
    await facade.mutate('resolvePaymentOperation', { operationId, processed: false })
    held.release()
    expect(await settling).toMatchObject({ state: 'FAILED' })
    expect(await facade.operation(operationId)).toMatchObject({
      state: 'FAILED',
      resolution: { processed: false },
      history: [
        { kind: 'SETTLE_TRY', processed: true },
        { kind: 'RESOLVED', processed: false },
      ],
    })
    expect(facade.events.at(-1)).toMatchObject({ kind: 'settle-contradicted', operationId, state: 'FAILED' })
    await client.close()
  })

  it('after a person has resolved it sends nothing', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset'))
    await facade.mutate('resolvePaymentOperation', { operationId, processed: true })
    const settled = await facade.mutate('settlePaymentOperation', { operationId })
    expect(settled).toMatchObject({ __typename: 'PayApiInvalidInput' })
    expect(requests(facade, FULL_CANCEL)).toBe(1)
  })
})

overBothStores('what settles itself', (newJournal) => {
  const AFTER = [5 * MINUTE, HOUR, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY]

  it('is tried after 5 minutes, an hour and daily for 5 days, and then no more', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const schedule = facade.schedule(ALL, facade, 'reset-unprocessed')
    const begun = facade.clock.now
    for (const [index, wait] of AFTER.entries()) {
      facade.clock.now = begun + wait - 1
      await schedule.run()
      expect(tries(await facade.operation(operationId))).toHaveLength(index)
      facade.clock.now = begun + wait
      await schedule.run()
      await schedule.run()
      const operation = await facade.operation(operationId)
      expect(operation['state']).toBe('UNKNOWN')
      expect(tries(operation)).toHaveLength(index + 1)
    }
    facade.clock.now = begun + 100 * DAY
    await schedule.run()
    expect(tries(await facade.operation(operationId))).toHaveLength(AFTER.length)
    expect(tries(await facade.operation(operationId))[0]).toMatchObject({ kind: 'SETTLE_TRY', recordedBy: 'settling' })
  })

  it('leaves full cancels alone unless they are named', async () => {
    const facade = await world(newJournal)
    const cancel = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    const confirmation = await facade.mutate('confirmEscrowPurchase', aConfirmation(), scenario('reset'))
    facade.clock.now += 5 * MINUTE
    await facade.schedule(['confirmEscrowPurchase', 'denyEscrowPurchase']).run()
    expect(await facade.operation(cancel['operationId'])).toMatchObject({ state: 'UNKNOWN', history: [] })
    expect(await facade.operation(confirmation['operationId'])).toMatchObject({ state: 'SUCCEEDED' })
    await facade.schedule().run()
    expect(await facade.operation(cancel['operationId'])).toMatchObject({ state: 'SUCCEEDED' })
  })

  it('is tried once however many instances look at the same time', async () => {
    const facade = await world(newJournal)
    const other = await facade.another()
    const lost: unknown[] = []
    for (let index = 0; index < 6; index++) {
      const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
      lost.push(operationId)
    }
    facade.clock.now += 5 * MINUTE
    const schedules = [facade, facade, other, other].map((each) => facade.schedule(ALL, each))
    await Promise.all(schedules.map((schedule) => schedule.run()))
    for (const id of lost) {
      const operation = await facade.operation(id)
      expect(operation['state']).toBe('SUCCEEDED')
      expect(tries(operation)).toHaveLength(1)
    }
    expect(requests(facade, FULL_CANCEL)).toBe(2 * lost.length)
  })

  it('begins nothing more once it is closed', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    facade.clock.now += 5 * MINUTE
    const schedule = facade.schedule()
    void schedule.run()
    await schedule.close()
    expect(await facade.operation(operationId)).toMatchObject({ state: 'UNKNOWN', history: [] })
    await facade.schedule().run()
    expect(await facade.operation(operationId)).toMatchObject({ state: 'SUCCEEDED' })
  })

  it('begins anew with its schedule where what was recorded is taken back', async () => {
    const facade = await world(newJournal)
    const { operationId } = await facade.mutate('cancelPayment', aCancel(), scenario('reset-unprocessed'))
    facade.clock.now += 5 * MINUTE
    await facade.schedule(ALL, facade, 'reset-unprocessed').run()
    await facade.mutate('resolvePaymentOperation', { operationId, processed: false })
    await facade.mutate('reopenPaymentOperation', { operationId, reason: 'another payment was looked at' })
    await facade.schedule().run()
    expect(await facade.operation(operationId)).toMatchObject({ state: 'UNKNOWN' })
    facade.clock.now += 5 * MINUTE
    await facade.schedule().run()
    expect(await facade.operation(operationId)).toMatchObject({ state: 'SUCCEEDED' })
  })
})

it.each([400, 404, 500, 503])(
  'UNKNOWN: HTTP %i says nothing of a cancel, also with the code of one that was canceled already',
  async (status) => {
    let asked = 0
    const payApi = await startRawServer(async (connection) => {
      for (;;) {
        await connection.request()
        if (asked++ === 0) return connection.reset()
        await connection.send(httpAnswer(status, JSON.stringify({ ResultCode: '01', ResultMsg: 'error' })))
      }
    })
    const facade = await startJournaledFacade({ payApiUrl: payApi.url })
    const { operationId } = await facade.mutate('cancelPayment', aCancel())
    const settled = await facade.mutate('settlePaymentOperation', { operationId })
    expect(settled).toMatchObject({
      state: 'UNKNOWN',
      history: [{ kind: 'SETTLE_TRY', processed: null, answer: '01' }],
    })
    expect(asked).toBe(2)
  },
)

it('what was given in the place of an operation does not come back where it is a card number', async () => {
  const facade = await startJournaledFacade()
  const answer = await facade.mutate('settlePaymentOperation', { operationId: '4000000000000002' })
  expect(answer).toMatchObject({ __typename: 'PayApiInvalidInput', operationId: '[hidden]' })
})
