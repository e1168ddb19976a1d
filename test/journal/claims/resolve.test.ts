import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { aCharge, type JournaledFacade, scenario, startJournaledFacade } from '../../support/journal/facade.ts'
import { operation } from '../../support/journal/operations.ts'
import { temporaryFolder, whenReady } from '../../support/journal/store.ts'
import { SHORT_TIMEOUT_MS } from '../../support/server/facade.ts'

const OPERATION = `query Operation($id: ID!) {
  paymentOperation(id: $id) {
    id service state merchantId orderId transactionId amount idempotencyKey createdAt finishedAt
    failure { __typename outcome operationId }
    resolution { processed transactionId note resolvedBy }
  }
}`

const look = async ({ send }: JournaledFacade, id: unknown) =>
  (await send(OPERATION, { id })).data?.['paymentOperation']

describe('an operation of unknown outcome', () => {
  it('an operation of unknown outcome can be looked up', async () => {
    const facade = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const { operationId } = await facade.mutate('chargeCardBillingKey', charge, scenario('reset'))
    expect(await look(facade, operationId)).toMatchObject({
      id: operationId,
      service: 'chargeCardBillingKey',
      state: 'UNKNOWN',
      merchantId: 'welcometst',
      orderId: charge.orderId,
      transactionId: null,
      amount: '1004',
      idempotencyKey: 'key-1',
      failure: { __typename: 'PayApiTransportError', outcome: 'UNKNOWN', operationId },
      resolution: null,
    })
  })

  it.each(['4000000000000002', '4000-0000-0000-0002'])(
    'is not resolved with a card number (%s) in the place of a transaction id',
    async (transactionId) => {
      const facade = await startJournaledFacade()
      const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
      const record = { operationId, processed: true, transactionId }
      const answer = await facade.mutate('resolvePaymentOperation', record)
      expect(answer).toMatchObject({ issues: [{ path: ['transactionId'], code: 'INVALID_FORMAT' }] })
      expect(JSON.stringify([answer, facade.lines])).not.toContain(transactionId)
      expect(await look(facade, operationId)).toMatchObject({ state: 'UNKNOWN', transactionId: null })
    },
  )

  it('names no payment where it was not processed, whatever transaction id was given', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    await facade.mutate('resolvePaymentOperation', { operationId, processed: false, transactionId: 'T-1' })
    expect(await look(facade, operationId)).toMatchObject({ state: 'FAILED', transactionId: null })
  })

  it('answers its key with a success once a person recorded that it was processed', async () => {
    const facade = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const { operationId } = await facade.mutate('chargeCardBillingKey', charge, scenario('reset'))
    const record = { operationId, processed: true, transactionId: 'T-1', note: 'seen in the console' }
    expect(await facade.mutate('resolvePaymentOperation', record)).toMatchObject({
      __typename: 'PayApiOperation',
      state: 'SUCCEEDED',
      transactionId: 'T-1',
      resolution: { processed: true, transactionId: 'T-1', note: 'seen in the console', resolvedBy: 'anonymous' },
    })
    expect(await facade.mutate('chargeCardBillingKey', charge)).toEqual({
      __typename: 'CardPayment',
      transactionId: 'T-1',
      amount: '1004',
      orderId: charge.orderId,
      operationId,
    })
    expect(await facade.mutate('chargeCardBillingKey', { ...charge, idempotencyKey: 'key-2' })).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
    })
  })

  it('leaves a line in the log for what a person recorded and one for what was rejected, with nothing of the input', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const record = { operationId, processed: true, transactionId: 'T-1', note: 'seen by Alice' }
    await facade.mutate('resolvePaymentOperation', record)
    const { requestId } = await facade.mutate('resolvePaymentOperation', record)
    const time = expect.any(String)
    expect(facade.lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'info',
        time,
        operationId,
        service: 'chargeCardBillingKey',
        merchantId: 'welcometst',
        state: 'SUCCEEDED',
        caller: 'anonymous',
        msg: 'operation resolved',
      },
      { level: 'info', time, requestId, service: 'resolvePaymentOperation', merchantId: null, msg: 'input rejected' },
    ])
  })

  it('leaves a line in the log where the journal is away', async () => {
    const facade = await startJournaledFacade()
    await facade.journal.close()
    const { requestId, reason } = await facade.mutate('resolvePaymentOperation', { operationId: 'x', processed: false })
    expect(reason).toBe('JOURNAL_UNAVAILABLE')
    expect(facade.lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', requestId, caller: 'anonymous', reason, msg: 'operation not resolved' },
    ])
  })

  it('answers its key with a failure, and frees its order, once a person recorded that it was not processed', async () => {
    const facade = await startJournaledFacade()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const { operationId } = await facade.mutate('chargeCardBillingKey', charge, scenario('reset-unprocessed'))
    expect(await facade.mutate('resolvePaymentOperation', { operationId, processed: false })).toMatchObject({
      state: 'FAILED',
    })
    expect(await facade.mutate('chargeCardBillingKey', charge)).toMatchObject({
      __typename: 'PayApiTransportError',
      outcome: 'NOT_PROCESSED',
      retryable: false,
      operationId,
    })
    expect(await facade.mutate('chargeCardBillingKey', { ...charge, idempotencyKey: 'key-2' })).toMatchObject({
      __typename: 'CardPayment',
    })
  })

  it('is told apart from one that a person cannot settle', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge())
    const settle = (input: object) => facade.mutate('resolvePaymentOperation', { processed: false, ...input })
    expect(await settle({ operationId })).toMatchObject({
      __typename: 'PayApiInvalidInput',
      issues: [{ path: ['operationId'], code: 'OUT_OF_RANGE' }],
    })
    expect(await settle({ operationId: 'none' })).toMatchObject({
      issues: [{ path: ['operationId'], code: 'UNKNOWN_VALUE' }],
    })
    const lost = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    expect(await settle({ operationId: lost['operationId'], processed: true })).toMatchObject({
      issues: [{ path: ['transactionId'], code: 'REQUIRED' }],
    })
  })

  it('an operation that two persons settle at once is settled by one of them', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const both = await Promise.all([
      facade.mutate('resolvePaymentOperation', { operationId, processed: true, transactionId: 'T-1' }),
      facade.mutate('resolvePaymentOperation', { operationId, processed: false }),
    ])
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['PayApiInvalidInput', 'PayApiOperation'])
  })
})

describe('the message of a lost answer', () => {
  it('the message of a lost charge says to look for it by its order number', async () => {
    const { mutate } = await startJournaledFacade({ timeoutMs: SHORT_TIMEOUT_MS })
    const { message } = await mutate('chargeCardBillingKey', aCharge(), scenario('timeout'))
    expect(message).toMatch(/merchant console by its order number and time/)
  })

  it('the message of a lost cancel says to look for it by its transaction id', async () => {
    const { mutate } = await startJournaledFacade({ timeoutMs: SHORT_TIMEOUT_MS })
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId: 'SANDBOX-CARD-1', amount: '50000' }
    const { message } = await mutate('cancelPayment', cancel, scenario('timeout'))
    expect(message).toMatch(/merchant console by its transaction id/)
  })
})

describe('the list of operations', () => {
  const LIST = `query Operations($filter: PayApiOperationFilter, $first: Int, $after: String, $last: Int, $before: String) {
    paymentOperations(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { orderId state } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`
  interface Connection {
    readonly edges: readonly {
      readonly cursor: string
      readonly node: { readonly orderId: string; readonly state: string }
    }[]
    readonly pageInfo: {
      readonly hasNextPage: boolean
      readonly hasPreviousPage: boolean
      readonly startCursor: string
      readonly endCursor: string
    }
  }
  const list = async ({ send }: JournaledFacade, variables: object) =>
    (await send(LIST, variables)).data?.['paymentOperations'] as unknown as Connection

  it('goes from page to page, newest first, without gap or repetition', async () => {
    const facade = await startJournaledFacade()
    const orders: string[] = []
    for (let count = 0; count < 5; count++) {
      const charge = aCharge()
      await facade.mutate('chargeCardBillingKey', charge)
      orders.unshift(charge.orderId)
    }
    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await list(facade, { first: 2, after })
      seen.push(...edges.map(({ node }) => node.orderId))
      if (!pageInfo.hasNextPage) break
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor)
      after = pageInfo.endCursor
    }
    expect(seen).toEqual(orders)
  })

  const withFive = async () => {
    const facade = await startJournaledFacade()
    const orders: string[] = []
    for (let count = 0; count < 5; count++) {
      const charge = aCharge()
      await facade.mutate('chargeCardBillingKey', charge)
      orders.unshift(charge.orderId)
    }
    return { facade, orders }
  }
  const ordersOf = ({ edges }: Connection) => edges.map(({ node }) => node.orderId)

  it('goes backwards from page to page, each in the order of the list', async () => {
    const { facade, orders } = await withFive()
    const seen: string[][] = []
    for (let before: string | null = null; ; ) {
      const page = await list(facade, { last: 2, before })
      seen.unshift(ordersOf(page))
      expect(page.pageInfo.hasNextPage).toBe(before !== null)
      if (!page.pageInfo.hasPreviousPage) break
      expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor)
      before = page.pageInfo.startCursor
    }
    expect(seen).toEqual([orders.slice(0, 1), orders.slice(1, 3), orders.slice(3)])
  })

  it('gives a part between two cursors, from either end', async () => {
    const { facade, orders } = await withFive()
    const cursors = (await list(facade, {})).edges.map(({ cursor }) => cursor)
    const between = { after: cursors[0], before: cursors[4] }
    expect(ordersOf(await list(facade, between))).toEqual(orders.slice(1, 4))
    expect(ordersOf(await list(facade, { ...between, first: 2 }))).toEqual(orders.slice(1, 3))
    expect(ordersOf(await list(facade, { ...between, last: 2 }))).toEqual(orders.slice(2, 4))
    expect(ordersOf(await list(facade, { before: cursors[4] }))).toEqual(orders.slice(0, 4))
  })

  it('has no cursors where there is nothing', async () => {
    const nothing = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
    const facade = await startJournaledFacade()
    expect(await list(facade, {})).toEqual({ edges: [], pageInfo: nothing })
    expect(await list(facade, { last: 1 })).toEqual({ edges: [], pageInfo: nothing })
  })

  it.each(['after', 'before'])(
    'refuses a cursor of another filter (%s), and takes one of the same',
    async (argument) => {
      const { facade } = await withFive()
      const filter = { states: ['SUCCEEDED', 'FAILED'], createdFrom: '2020-01-01T00:00:00Z' }
      const { pageInfo } = await list(facade, { filter, first: 2 })
      const again = (other: object) => facade.send(LIST, { filter: other, [argument]: pageInfo.endCursor })
      for (const other of [
        {},
        { ...filter, states: ['SUCCEEDED'] },
        { ...filter, createdFrom: '2020-01-01T00:00:01Z' },
        { ...filter, orderId: 'x' },
        { ...filter, merchantId: 'welcometst' },
        { ...filter, services: ['chargeCardBillingKey'] },
      ]) {
        expect(await again(other)).toMatchObject({
          data: { paymentOperations: null },
          errors: [
            {
              message: `${argument} is a cursor of another filter: begin without one.`,
              extensions: { code: 'BAD_USER_INPUT' },
            },
          ],
        })
      }
      const same = { createdFrom: '2020-01-01T09:00:00+09:00', states: ['FAILED', 'SUCCEEDED', 'FAILED'] }
      expect((await again(same)).errors).toBeUndefined()
    },
  )

  it('the list of operations holds only what its filter lets through', async () => {
    const facade = await startJournaledFacade()
    const lost = aCharge()
    await facade.mutate('chargeCardBillingKey', aCharge())
    await facade.mutate('chargeCardBillingKey', lost, scenario('reset'))
    const orders = async (filter: object) => (await list(facade, { filter })).edges.map(({ node }) => node.orderId)
    expect(await orders({ states: ['UNKNOWN'] })).toEqual([lost.orderId])
    expect(await orders({ orderId: lost.orderId })).toEqual([lost.orderId])
    expect(await orders({ services: ['cancelPayment'] })).toEqual([])
    expect(await orders({ merchantId: 'welcometwo' })).toEqual([])
    expect(await orders({ createdFrom: '2020-01-01T00:00:00Z' })).toHaveLength(2)
    expect(await orders({ createdBefore: '2020-01-01T00:00:00Z' })).toEqual([])
  })

  it('refuses a service that there is not, rather than find nothing of it', async () => {
    const { send } = await startJournaledFacade()
    const { errors } = await send(LIST, { filter: { services: ['chargeKeyedInCrad'] } })
    expect(errors?.[0]?.message).toContain('PayApiServiceName')
  })

  it('tells an operation of a service that this version does not have, but for its name', async () => {
    const storeUrl = pathToFileURL(join(temporaryFolder(), 'journal.db')).href
    const keys = [randomBytes(32)]
    const later = await whenReady(openStore(storeUrl, { owner: 'later', keys }))
    await later.claim(operation({ id: 'op-1', service: 'payByFace', owner: 'later' }))
    await later.close()
    const { send } = await startJournaledFacade({ storeUrl, keys })
    const { data, errors } = await send('{ paymentOperations { edges { node { id service amount } } } }')
    expect(errors).toBeUndefined()
    expect(data).toEqual({ paymentOperations: { edges: [{ node: { id: 'op-1', service: null, amount: '1004' } }] } })
  })

  it.each([
    [{ first: 0 }, 'first must be 1 to 100.'],
    [{ first: 101 }, 'first must be 1 to 100.'],
    [{ first: -1 }, 'first must be 1 to 100.'],
    [{ last: 0 }, 'last must be 1 to 100.'],
    [{ last: 101 }, 'last must be 1 to 100.'],
    [{ first: 1, last: 1 }, 'first or last, not both'],
    [{ after: 'nonsense' }, 'after is not a cursor'],
    [{ before: 'nonsense' }, 'before is not a cursor'],
    [{ after: Buffer.from('1 x').toString('base64url') }, 'after is not a cursor'],
    [{ filter: { createdFrom: 'yesterday' } }, 'createdFrom must be'],
  ])('refuses %j', async (variables, message) => {
    const { send } = await startJournaledFacade()
    const { errors } = await send(LIST, variables)
    expect(errors?.[0]?.message).toContain(message)
  })
})
