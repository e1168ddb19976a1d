import { describe, expect, it, vi } from 'vitest'
import { aCharge, type JournaledFacade, scenario, startJournaledFacade } from '../../support/journal/facade.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'

const charged = async ({ mutate }: JournaledFacade, fields: object = {}) => {
  const charge = aCharge(fields)
  const { transactionId, operationId } = await mutate('chargeCardBillingKey', charge)
  return { transactionId: transactionId as string, operationId, orderId: charge.orderId }
}

describe('a payment', () => {
  it('is what its charge says, before anything else happened', async () => {
    const facade = await startJournaledFacade()
    const { transactionId, operationId, orderId } = await charged(facade)
    expect(await lookUpPayment(facade, transactionId)).toEqual({
      merchantId: 'welcometst',
      transactionId,
      orderId,
      paymentMethod: 'CARD',
      currency: 'KRW',
      status: 'APPROVED',
      amount: '1004',
      canceledAmount: '0',
      unsettledAmount: '0',
      remainingAmount: '1004',
      approvedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      approvalNumber: expect.stringMatching(/^\d{8}$/),
      cardCompany: null,
      history: [
        {
          at: expect.any(String),
          kind: 'APPROVAL',
          amount: '1004',
          operation: { id: operationId, state: 'SUCCEEDED' },
          processed: null,
          recordedBy: null,
          note: null,
        },
      ],
      operations: [{ id: operationId, service: 'chargeCardBillingKey', state: 'SUCCEEDED' }],
    })
  })

  it('is null where nothing names it, and where another merchant has it', async () => {
    const facade = await startJournaledFacade()
    const { transactionId } = await charged(facade)
    expect(await lookUpPayment(facade, 'none')).toBeNull()
    expect(await lookUpPayment(facade, transactionId, 'welcometwo')).toBeNull()
    expect(await lookUpPayment(facade, transactionId, 'welcometst')).not.toBeNull()
  })

  it('shows the cancels that succeeded, were refused, and are of unknown outcome', async () => {
    const facade = await startJournaledFacade()
    const { transactionId } = await charged(facade)
    await refund(facade, { transactionId, amount: '100' })
    await refund(facade, { transactionId, amount: '200' }, scenario('decline'))
    await refund(facade, { transactionId, amount: '300' }, scenario('reset'))
    const payment = await lookUpPayment(facade, transactionId)
    expect(payment).toMatchObject({
      status: 'PARTIALLY_CANCELED',
      canceledAmount: '100',
      unsettledAmount: '300',
      remainingAmount: '904',
    })
    expect(payment?.history).toMatchObject([
      { kind: 'APPROVAL' },
      { kind: 'PARTIAL_CANCEL', amount: '100', operation: { state: 'SUCCEEDED' } },
      { kind: 'PARTIAL_CANCEL', amount: '200', operation: { state: 'FAILED' } },
      { kind: 'PARTIAL_CANCEL', amount: '300', operation: { state: 'UNKNOWN' } },
    ])
  })

  it('whose charge was lost is there once a person recorded its transaction id, by the answer that was sought', async () => {
    const facade = await startJournaledFacade()
    const lost = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const transactionId = facade.sandbox.books.charges.at(-1)?.tid
    expect(await lookUpPayment(facade, transactionId)).toBeNull()
    const record = { operationId: lost['operationId'], processed: true, transactionId, note: 'console' }
    await facade.mutate('resolvePaymentOperation', record)
    expect(await lookUpPayment(facade, transactionId)).toMatchObject({
      status: 'APPROVED',
      amount: '1004',
      paymentMethod: 'CARD',
      approvedAt: null,
      history: [{ kind: 'APPROVAL' }, { kind: 'RESOLUTION', processed: true, note: 'console' }],
    })
    expect(await refund(facade, { transactionId })).toMatchObject({ __typename: 'PaymentCancellation' })
  })

  it('that was made elsewhere shows what was done to it here, and what that tells', async () => {
    const facade = await startJournaledFacade()
    const part = { paymentMethod: 'CARD', currency: 'USD', transactionId: 'SANDBOX-USD-1', amount: '12.50' }
    await facade.mutate('cancelPaymentPartially', { ...part, remainingAmount: '37.50' })
    expect(await lookUpPayment(facade, 'SANDBOX-USD-1')).toMatchObject({
      status: 'PARTIALLY_CANCELED',
      paymentMethod: 'CARD',
      currency: 'USD',
      amount: null,
      canceledAmount: '12.50',
      remainingAmount: null,
    })
  })

  it('of a billing key is none: its transaction id names no payment', async () => {
    const facade = await startJournaledFacade()
    const key = await facade.mutate('issueCardBillingKeyWithoutAuth', {
      card: { number: '4000000000000002', expiryYear: '30', expiryMonth: '12' },
      buyer: { name: '홍길동' },
      memo: 'a note',
    })
    const query = 'query ($id: ID!) { paymentOperation(id: $id) { transactionId payment { status } } }'
    const { data } = await facade.send(query, { id: key['operationId'] })
    expect(data?.['paymentOperation']).toEqual({ transactionId: expect.any(String), payment: null })
    expect(await lookUpPayment(facade, data?.['paymentOperation']?.['transactionId'])).toBeNull()
  })

  it('of an escrow step leads to the escrow payment, which PayAPI is asked for', async () => {
    const facade = await startJournaledFacade()
    const step = `mutation { confirmEscrowPurchase(input: {
      clientIp: "127.0.0.1", transactionId: "SANDBOX-DELIVERED-1", processedBy: "홍길동" }) { __typename } }`
    await facade.send(step)
    const { data } = await facade.send(
      `{ payment(transactionId: "SANDBOX-DELIVERED-1") {
        status amount history { kind amount }
        escrow { transactionId status { ... on EscrowStatus { state } } }
      } }`,
    )
    expect(data?.['payment']).toEqual({
      status: null,
      amount: null,
      history: [{ kind: 'ESCROW', amount: null }],
      escrow: { transactionId: 'SANDBOX-DELIVERED-1', status: { state: 'PURCHASE_CONFIRMED' } },
    })
    const { transactionId } = await charged(facade)
    const plain = await facade.send(`{ payment(transactionId: "${transactionId}") { escrow { transactionId } } }`)
    expect(plain.data?.['payment']).toEqual({ escrow: null })
  })

  it('is found from each of its operations', async () => {
    const facade = await startJournaledFacade()
    const { transactionId, operationId } = await charged(facade)
    const { operationId: refunded } = await refund(facade, { transactionId, amount: '4' })
    for (const id of [operationId, refunded]) {
      const { data } = await facade.send(
        'query ($id: ID!) { paymentOperation(id: $id) { payment { transactionId remainingAmount } } }',
        { id },
      )
      expect(data?.['paymentOperation']).toEqual({ payment: { transactionId, remainingAmount: '1000' } })
    }
  })

  it('an operation of which nobody knows yet what it paid for has none', async () => {
    const facade = await startJournaledFacade()
    const { operationId: id } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const query = 'query ($id: ID!) { paymentOperation(id: $id) { state payment { status } } }'
    expect((await facade.send(query, { id })).data).toEqual({ paymentOperation: { state: 'UNKNOWN', payment: null } })
  })

  it.each([' x', 'x\n', ''])('an id that can be none (%j) is an error, and not nothing', async (transactionId) => {
    const { send } = await startJournaledFacade()
    const { errors } = await send('query ($id: ID!) { payment(transactionId: $id) { status } }', { id: transactionId })
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' })
  })
})

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly orderId: string; status: string } }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

describe('the list of payments', () => {
  const LIST = `query ($filter: PayApiPaymentFilter, $first: Int, $after: String, $last: Int, $before: String) {
    payments(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { orderId status } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`
  const list = async ({ send }: JournaledFacade, variables: object = {}) => {
    const { data, errors } = await send(LIST, variables)
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return data?.['payments'] as unknown as Connection
  }
  const ordersOf = ({ edges }: Connection) => edges.map(({ node }) => node.orderId)

  /** Seven charges, oldest first: two canceled, two in part, one refused, one lost. */
  async function withSeven() {
    const facade = await startJournaledFacade()
    const orders: string[] = []
    for (let index = 0; index < 5; index++) {
      const { transactionId, orderId } = await charged(facade)
      orders.push(orderId)
      if (index % 2 === 0 && index < 4) await refund(facade, { transactionId })
      if (index % 2 === 1) await refund(facade, { transactionId, amount: '4' })
    }
    await facade.mutate('chargeCardBillingKey', aCharge(), scenario('decline'))
    await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    return { facade, orders: orders as [string, string, string, string, string] }
  }

  it('goes from page to page, newest first, forwards and backwards, without gap or repetition', async () => {
    const { facade, orders } = await withSeven()
    const newestFirst = orders.toReversed()
    expect(ordersOf(await list(facade))).toEqual(newestFirst)
    const forwards: string[][] = []
    for (let after: string | null = null; ; ) {
      const page = await list(facade, { first: 2, after })
      forwards.push(ordersOf(page))
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(forwards).toEqual([newestFirst.slice(0, 2), newestFirst.slice(2, 4), newestFirst.slice(4)])
    const backwards: string[][] = []
    for (let before: string | null = null; ; ) {
      const page = await list(facade, { last: 2, before })
      backwards.unshift(ordersOf(page))
      if (!page.pageInfo.hasPreviousPage) break
      before = page.pageInfo.startCursor
    }
    expect(backwards).toEqual([newestFirst.slice(0, 1), newestFirst.slice(1, 3), newestFirst.slice(3)])
  })

  it.each([
    [['APPROVED'], [4]],
    [['PARTIALLY_CANCELED'], [3, 1]],
    [['CANCELED'], [2, 0]],
    [
      ['CANCELED', 'PARTIALLY_CANCELED'],
      [3, 2, 1, 0],
    ],
    [
      ['APPROVED', 'CANCELED'],
      [4, 2, 0],
    ],
    [['AWAITING_DEPOSIT', 'DEPOSIT_WITHDRAWN'], []],
    [[], []],
  ])('of status %j holds those alone, in pages as well', async (statuses, expected) => {
    const { facade, orders } = await withSeven()
    const filter = { statuses }
    const wanted = expected.map((index) => orders[index])
    expect(ordersOf(await list(facade, { filter }))).toEqual(wanted)
    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await list(facade, { filter, first: 1, after })
      seen.push(...ordersOf(page))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(wanted)
    expect(ordersOf(await list(facade, { filter, last: 1 }))).toEqual(wanted.slice(-1))
  })

  it('holds only what the other parts of its filter let through', async () => {
    const facade = await startJournaledFacade()
    const one = await charged(facade)
    const two = await charged(facade, { merchantId: 'welcometwo' })
    const orders = async (filter: object) => ordersOf(await list(facade, { filter }))
    expect(await orders({})).toEqual([two.orderId, one.orderId])
    expect(await orders({ orderId: one.orderId })).toEqual([one.orderId])
    expect(await orders({ merchantId: 'welcometwo' })).toEqual([two.orderId])
    expect(await orders({ merchantId: 'welcometwo', orderId: one.orderId })).toEqual([])
    expect(await orders({ createdFrom: '2020-01-01T00:00:00Z' })).toHaveLength(2)
    expect(await orders({ createdBefore: '2020-01-01T00:00:00Z' })).toEqual([])
  })

  it('holds a payment once, also where two charges were recorded as the same', async () => {
    const facade = await startJournaledFacade()
    const { transactionId, orderId } = await charged(facade)
    const lost = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const record = { operationId: lost['operationId'], processed: true, transactionId }
    await facade.mutate('resolvePaymentOperation', record)
    expect(ordersOf(await list(facade))).toEqual([orderId])
  })

  it.each(['after', 'before'])(
    'refuses a cursor of another filter (%s), and of the list of operations',
    async (name) => {
      const { facade } = await withSeven()
      const filter = { statuses: ['APPROVED', 'CANCELED'], createdFrom: '2020-01-01T00:00:00Z' }
      const { pageInfo } = await list(facade, { filter, first: 2 })
      for (const other of [
        {},
        { ...filter, statuses: ['APPROVED'] },
        { ...filter, createdFrom: '2020-01-01T00:00:01Z' },
        { ...filter, orderId: 'x' },
        { ...filter, merchantId: 'welcometst' },
      ]) {
        expect(await facade.send(LIST, { filter: other, [name]: pageInfo.endCursor })).toMatchObject({
          data: { payments: null },
          errors: [{ message: `${name} is a cursor of another filter: begin without one.` }],
        })
      }
      const same = { createdFrom: '2020-01-01T09:00:00+09:00', statuses: ['CANCELED', 'APPROVED', 'CANCELED'] }
      expect((await facade.send(LIST, { filter: same, [name]: pageInfo.endCursor })).errors).toBeUndefined()
      const operations = await facade.send('{ paymentOperations { pageInfo { endCursor } } }')
      const listed = operations.data?.['paymentOperations'] as unknown as Connection | undefined
      const cursor = listed?.pageInfo.endCursor
      expect((await facade.send(LIST, { [name]: cursor })).errors?.[0]?.message).toMatch(/another filter/)
    },
  )

  it.each([
    [{ first: 0 }, 'first must be 1 to 100.'],
    [{ first: 1, last: 1 }, 'first or last, not both'],
    [{ after: 'nonsense' }, 'after is not a cursor'],
    [{ filter: { createdFrom: 'yesterday' } }, 'createdFrom must be'],
    [{ filter: { orderId: ' x' } }, 'filter.orderId is no id'],
  ])('refuses %j', async (variables, message) => {
    const { send } = await startJournaledFacade()
    expect((await send(LIST, variables)).errors?.[0]?.message).toContain(message)
  })
})

describe('a payment that another subgraph refers to', () => {
  const refer = ({ send }: Pick<JournaledFacade, 'send'>, keys: readonly object[]) =>
    send(
      `query ($all: [_Any!]!) { _entities(representations: $all) {
        __typename ... on PayApiPayment { transactionId merchantId status remainingAmount } } }`,
      { all: keys.map((key) => ({ __typename: 'PayApiPayment', ...key })) },
    )

  it('tells how it stands; one that nothing names is null, and takes nothing from the others', async () => {
    const facade = await startJournaledFacade()
    const merchantId = 'welcometst'
    const { transactionId } = await charged(facade)
    await refund(facade, { transactionId, amount: '4' })
    const { data, errors } = await refer(facade, [
      { merchantId, transactionId: 'none' },
      { merchantId, transactionId },
      { merchantId: 'welcometwo', transactionId },
    ])
    expect(errors).toBeUndefined()
    const known = { __typename: 'PayApiPayment', merchantId, transactionId }
    expect(data?.['_entities']).toEqual([
      null,
      { ...known, status: 'PARTIALLY_CANCELED', remainingAmount: '1000' },
      null,
    ])
  })

  it.each([
    ['without a merchant', {}],
    ['with a merchant that can be none', { merchantId: ' x' }],
    ['with an id that is not exact', { merchantId: 'welcometst', transactionId: 9_007_199_254_740_992 }],
    ['with an object for an id', { merchantId: 'welcometst', transactionId: {} }],
    ['with an empty id', { merchantId: 'welcometst', transactionId: '' }],
  ])('%s, fails alone', async (_, key) => {
    const facade = await startJournaledFacade()
    const { transactionId } = await charged(facade)
    expect(
      await refer(facade, [
        { merchantId: 'welcometst', transactionId },
        { transactionId, ...key },
      ]),
    ).toMatchObject({
      data: { _entities: [{ transactionId }, null] },
      errors: [{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('is read with all others at once, however many references name it', async () => {
    const facade = await startJournaledFacade()
    const { transactionId } = await charged(facade)
    const run = vi.spyOn(facade.journal.store, 'run')
    const keys = Array.from({ length: 40 }, () => ({ merchantId: 'welcometst', transactionId }))
    const { data } = await refer(facade, [...keys, { merchantId: 'welcometst', transactionId: 'another' }])
    expect(data?.['_entities']).toHaveLength(41)
    expect(run.mock.calls.filter(([name]) => name === 'readPayments')).toHaveLength(1)
  })
})
