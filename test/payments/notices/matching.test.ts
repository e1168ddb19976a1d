import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  aDeposit,
  anApproval,
  form,
  lookedAt,
  type NoticeFacade,
  pathOf,
  registered,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'
import { dataFolder } from '../../support/server/running-facade.ts'

// What a notice does to what is known here: it belongs to an operation, waits for one, or is for a person.

interface Charged {
  readonly operationId: string
  readonly transactionId: string | null
  readonly orderId: string
}

const CHARGE = `mutation ($input: ChargeCardBillingKeyInput!) { result: chargeCardBillingKey(input: $input) {
  ... on CardPayment { transactionId operationId } ... on PayApiFailure { operationId } } }`

const CANCEL = `mutation ($input: CancelPaymentInput!) { result: cancelPayment(input: $input) {
  ... on PaymentCancellation { operationId } ... on PayApiFailure { operationId message } } }`

const CANCEL_PARTIALLY = `mutation ($input: CancelPaymentPartiallyInput!) { result: cancelPaymentPartially(input: $input) {
  ... on PartialPaymentCancellation { operationId } ... on PayApiFailure { operationId message } } }`

async function mutate(facade: NoticeFacade, query: string, input: object, scenario = '') {
  const answer = await fetch(facade.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(scenario && { 'x-sandbox-scenario': scenario }) },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = (await answer.json()) as { data: { result: Record<string, string> }; errors?: unknown }
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data.result
}

/** Charges a billing key that the sandbox knows. */
async function charge(facade: NoticeFacade, scenario = '', orderId = `O-${unique()}`): Promise<Charged> {
  const input = { orderId, amount: '1004', billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
  const { operationId = '', transactionId = null } = await mutate(facade, CHARGE, input, scenario)
  return { operationId, transactionId, orderId }
}

const approvalOf = ({ orderId, transactionId }: Charged, more: Record<string, string> = {}) =>
  anApproval({ oid: orderId, ...(transactionId && { tid: transactionId }), ...more })

/** Sends a transaction notice; resolves to how it stands once it was looked at. */
async function told(facade: NoticeFacade, fields: Record<string, string>) {
  expect(await facade.send('transaction', fields)).toMatchObject({ status: 200, body: 'OK' })
  const [notice] = await facade.notices({ transactionId: fields['orgTid'] ?? fields['tid'] }, (found) =>
    lookedAt(found.slice(0, 1)),
  )
  return notice
}

const OPERATION = `query ($id: ID!) { paymentOperation(id: $id) { state transactionId
  resolution { processed resolvedBy transactionId } evidence { id event state trust { matches } } } }`

const operation = async (facade: NoticeFacade, id: string) => (await facade.query(OPERATION, { id })).paymentOperation

describe('an approval', () => {
  test('that we had an answer to belongs to its operation', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade)
    expect(await told(facade, approvalOf(charged))).toMatchObject({
      state: 'APPLIED',
      exception: null,
      trust: { token: true, address: null, signature: null, matches: true },
      appliedTo: { operation: { id: charged.operationId, service: 'chargeCardBillingKey' } },
    })
  })

  test('whose answer was lost is evidence, and a person confirms it', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade, 'reset')
    const approval = approvalOf(charged)
    expect(await told(facade, approval)).toMatchObject({ state: 'PROPOSED', exception: null })
    expect(await operation(facade, charged.operationId)).toMatchObject({
      state: 'UNKNOWN',
      evidence: [{ event: 'APPROVED', trust: { matches: true } }],
    })
    const payment = `query ($id: ID!) { payment(transactionId: $id) { status remainingAmount } }`
    expect(await facade.query(payment, { id: approval['tid'] })).not.toMatchObject({ payment: { status: 'APPROVED' } })
    const resolve = `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) { __typename } }`
    await mutate(facade, resolve, { operationId: charged.operationId, processed: true, transactionId: approval['tid'] })
    expect(await facade.query(payment, { id: approval['tid'] })).toMatchObject({ payment: { status: 'APPROVED' } })
    expect(await facade.notices({ orderId: charged.orderId, states: ['APPLIED'] })).toMatchObject([{ exception: null }])
  })

  test('that a person found not to have been processed contradicts that', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade, 'reset')
    const resolve = `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) { __typename } }`
    await mutate(facade, resolve, { operationId: charged.operationId, processed: false })
    expect(await told(facade, approvalOf(charged))).toMatchObject({ state: 'HELD', exception: 'CONTRADICTION' })
  })

  test.each([
    ['of another amount', { transAmount: '1005' }, 'AMOUNT_DIFFERS', false],
    ['of another order', { oid: 'ANOTHER' }, 'ORDER_DIFFERS', false],
    ['of another merchant', { mid: 'welcometwo' }, 'MERCHANT_DIFFERS', false],
    ['of a second charge for the order', { tid: 'T-SECOND' }, 'CONTRADICTION', false],
  ])('%s is for a person, and changes nothing', async (_, more, exception, matches) => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade)
    expect(await told(facade, approvalOf(charged, more))).toMatchObject({
      state: 'HELD',
      exception,
      trust: { matches },
    })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'SUCCEEDED' })
  })

  test('of an unknown charge with another amount is no evidence', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade, 'reset')
    expect(await told(facade, approvalOf(charged, { transAmount: '9' }))).toMatchObject({ exception: 'AMOUNT_DIFFERS' })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'UNKNOWN' })
  })

  test('of a charge that PayAPI declined contradicts it', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade, 'decline')
    expect(await told(facade, approvalOf(charged))).toMatchObject({ state: 'HELD', exception: 'CONTRADICTION' })
  })

  test('that comes before our own answer waits for it', async () => {
    const facade = await startNoticeFacade({ PAYAPI_TIMEOUT_MS: '4000' })
    const orderId = `O-${unique()}`
    const charging = charge(facade, 'timeout', orderId)
    await facade.query('{ paymentOperations(first: 1) { edges { node { id } } } }')
    const notice = await told(facade, anApproval({ oid: orderId }))
    expect(['WAITING', 'PROPOSED']).toContain(notice.state)
    const { operationId } = await charging
    expect(await facade.notices({ orderId, states: ['PROPOSED'] })).toMatchObject([
      { appliedTo: { operation: { id: operationId, state: 'UNKNOWN' } } },
    ])
  })

  test('that fits nothing waits, and is tried again when an operation appears', async () => {
    const facade = await startNoticeFacade()
    const orderId = `O-${unique()}`
    expect(await told(facade, anApproval({ oid: orderId }))).toMatchObject({
      state: 'WAITING',
      exception: null,
      appliedTo: null,
      trust: { matches: null },
    })
    const { operationId } = await charge(facade, 'reset', orderId)
    expect(await facade.notices({ orderId, states: ['PROPOSED'] })).toMatchObject([
      { appliedTo: { operation: { id: operationId } } },
    ])
  })

  test('that failed proposes that an unknown charge was not processed, and settles nothing', async () => {
    const facade = await startNoticeFacade(TRUSTED)
    const charged = await charge(facade, 'reset-unprocessed')
    const failure = signed(approvalOf(charged, { transStatus: '99', resultMessage: '한도초과' }))
    expect(await told(facade, failure)).toMatchObject({ event: 'FAILED', state: 'PROPOSED' })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'UNKNOWN' })
  })
})

describe('a cancel', () => {
  const canceled = async (facade: NoticeFacade, scenario = '') => {
    const charged = await charge(facade)
    const { transactionId } = charged
    const input = { paymentMethod: 'CARD', transactionId, amount: '1004', currency: 'KRW' }
    const { operationId = '' } = await mutate(facade, CANCEL, input, scenario)
    return { charged, operationId }
  }

  test.each([
    ['that we had an answer to belongs to its operation', '', 'APPLIED'],
    ['whose answer was lost is evidence', 'reset', 'PROPOSED'],
  ])('%s', async (_, scenario, state) => {
    const facade = await startNoticeFacade()
    const { charged, operationId } = await canceled(facade, scenario)
    expect(await told(facade, approvalOf(charged, { transType: '01' }))).toMatchObject({
      event: 'CANCELED',
      state,
      appliedTo: { operation: { id: operationId } },
    })
  })

  test.each([
    ['01', 'CANCELED'],
    ['11', 'PARTIALLY_CANCELED'],
  ])('that nobody asked for here (%s) is for a person', async (transType, event) => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade)
    expect(await told(facade, approvalOf(charged, { transType }))).toMatchObject({
      event,
      state: 'HELD',
      exception: 'CANCEL_NOT_ASKED_FOR',
    })
  })

  test('of a payment that nobody knows here waits', async () => {
    const facade = await startNoticeFacade()
    expect(await told(facade, anApproval({ transType: '01' }))).toMatchObject({ state: 'WAITING', exception: null })
  })

  test('in two parts of one amount has two notices, each of its own operation', async () => {
    const facade = await startNoticeFacade()
    const charged = await charge(facade)
    const parts: string[] = []
    for (const remainingAmount of ['704', '404']) {
      const input = {
        transactionId: charged.transactionId,
        amount: '300',
        remainingAmount,
        currency: 'KRW',
        paymentMethod: 'CARD',
      }
      parts.push((await mutate(facade, CANCEL_PARTIALLY, input))['operationId'] ?? '')
    }
    const orgTid = charged.transactionId ?? ''
    for (const tid of ['PART-1', 'PART-2'])
      await facade.send(
        'transaction',
        anApproval({ tid, orgTid, oid: charged.orderId, transType: '11', transAmount: '300' }),
      )
    const found = await facade.notices({ transactionId: orgTid, states: ['APPLIED'] }, ({ length }) => length === 2)
    expect(found.map(({ appliedTo }) => appliedTo.operation.id).toSorted()).toEqual(parts.toSorted())
    const third = anApproval({ tid: 'PART-3', orgTid, oid: charged.orderId, transType: '11', transAmount: '300' })
    await facade.send('transaction', third)
    expect(await facade.notices({ transactionId: orgTid, states: ['HELD'] })).toMatchObject([
      { exception: 'CANCEL_NOT_ASKED_FOR' },
    ])
  })
})

describe('a deposit of the PC window', () => {
  test('that is withdrawn is for a person, also where nothing is known of it', async () => {
    const facade = await startNoticeFacade()
    const deposit = aDeposit()
    await facade.send('deposit', deposit)
    await facade.send('deposit', { ...deposit, type_msg: '0400' })
    const found = await facade.notices({ orderId: deposit['no_oid'] }, (all) => all.length === 2 && lookedAt(all))
    expect(found).toMatchObject([
      { event: 'DEPOSIT_WITHDRAWN', exception: 'DEPOSIT_WITHDRAWN' },
      { event: 'DEPOSITED', exception: null, state: 'WAITING' },
    ])
  })
})

/** From an address of the PG, and signed with the merchant's key over some fields. */
const TRUSTED = {
  ...registered({ transaction: { signature: { fields: ['tid', 'mid', 'transAmount', 'signKey'] } } }),
  PAYAPI_NOTICES_SETTLE: 'verified',
  PAYAPI_NOTICES_ADDRESSES: '127.0.0.1',
}

const SIGN_KEY = 'SU5JTElURV9UUklQTEVERVNfS0VZU1RS'

function signed(fields: Record<string, string>): Record<string, string> {
  const { tid, mid, transAmount } = fields
  const text = `tid=${tid}&mid=${mid}&transAmount=${transAmount}&signKey=${SIGN_KEY}`
  return { ...fields, signature: createHash('sha256').update(text).digest('hex') }
}

describe('where verified notices settle', () => {
  test('an approval that is signed, fits and comes from the PG settles a charge of unknown outcome', async () => {
    const facade = await startNoticeFacade(TRUSTED)
    const charged = await charge(facade, 'reset')
    const approval = signed(approvalOf(charged))
    await facade.send('transaction', approval)
    const [notice] = await facade.notices({ orderId: charged.orderId, states: ['APPLIED'] })
    expect(notice.trust).toEqual({ token: true, address: true, signature: true, matches: true })
    expect(await operation(facade, charged.operationId)).toMatchObject({
      state: 'SUCCEEDED',
      transactionId: approval['tid'],
      resolution: { processed: true, resolvedBy: `notice:${notice.id}`, transactionId: approval['tid'] },
    })
  })

  test('a signature may be over other fields, and values without names', async () => {
    const signature = { fields: ['signKey', 'tid'], form: 'values' }
    const facade = await startNoticeFacade({ ...TRUSTED, ...registered({ transaction: { signature } }) })
    const charged = await charge(facade, 'reset')
    const approval = approvalOf(charged)
    const hash = createHash('sha256').update(`${SIGN_KEY}${approval['tid']}`).digest('hex').toUpperCase()
    await facade.send('transaction', { ...approval, signature: hash })
    await facade.notices({ orderId: charged.orderId, states: ['APPLIED'] })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'SUCCEEDED' })
  })

  test.each([
    ['that is not signed', {}, (fields: Record<string, string>) => fields, 'SIGNATURE_DIFFERS'],
    [
      'whose amount was changed behind its signature',
      {},
      (fields: Record<string, string>) => ({ ...signed({ ...fields, transAmount: '1' }), transAmount: '1004' }),
      'SIGNATURE_DIFFERS',
    ],
    ['from elsewhere', { PAYAPI_NOTICES_ADDRESSES: '203.0.113.0/24' }, signed, null],
    ['of no configured signature', registered(), signed, null],
    ['without that setting', { PAYAPI_NOTICES_SETTLE: 'propose' }, signed, null],
    [
      'of another amount',
      {},
      (fields: Record<string, string>) => signed({ ...fields, transAmount: '1' }),
      'AMOUNT_DIFFERS',
    ],
  ])('an approval %s settles nothing', async (_, env, made, exception) => {
    const facade = await startNoticeFacade({ ...TRUSTED, ...env })
    const charged = await charge(facade, 'reset')
    expect(await told(facade, made(approvalOf(charged)))).toMatchObject({ exception })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'UNKNOWN' })
  })

  test('an order that a person found not to have been charged is settled by nobody but a person', async () => {
    const facade = await startNoticeFacade(TRUSTED)
    const first = await charge(facade, 'reset')
    const resolve = `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) { __typename } }`
    await mutate(facade, resolve, { operationId: first.operationId, processed: false })
    const second = await charge(facade, 'reset', first.orderId)
    // Which of the two it is of, the notice does not say.
    expect(await told(facade, signed(approvalOf(second)))).toMatchObject({ state: 'PROPOSED' })
    expect(await operation(facade, second.operationId)).toMatchObject({ state: 'UNKNOWN' })
  })

  test('a copy from the PG’s address settles what one from elsewhere only proposed', async () => {
    const facade = await startNoticeFacade({
      ...TRUSTED,
      PAYAPI_NOTICES_ADDRESSES: '203.0.113.7',
      PAYAPI_TRUSTED_PROXIES: '127.0.0.1',
    })
    const charged = await charge(facade, 'reset')
    const body = form(signed(approvalOf(charged)))
    await facade.post(pathOf('transaction'), body, { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' })
    expect(await facade.notices({ orderId: charged.orderId }, lookedAt)).toMatchObject([
      { state: 'PROPOSED', trust: { address: false } },
    ])
    await facade.post(pathOf('transaction'), body, { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' })
    expect(await facade.notices({ orderId: charged.orderId, states: ['APPLIED'] })).toMatchObject([
      { timesReceived: 2, trust: { address: true } },
    ])
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'SUCCEEDED' })
  })

  test('with never, a notice is not even evidence', async () => {
    const facade = await startNoticeFacade({ ...TRUSTED, PAYAPI_NOTICES_SETTLE: 'never' })
    const charged = await charge(facade, 'reset')
    expect(await told(facade, signed(approvalOf(charged)))).toMatchObject({ state: 'WAITING' })
    expect(await operation(facade, charged.operationId)).toMatchObject({ state: 'UNKNOWN', evidence: [] })
  })
})

test('what waits is applied after a restart', async () => {
  const env = { PAYAPI_DATA_DIR: dataFolder() }
  const before = await startNoticeFacade(env)
  const charged = await charge(before, 'reset')
  await before.close()
  const after = await startNoticeFacade(env)
  expect(await told(after, approvalOf(charged))).toMatchObject({
    state: 'PROPOSED',
    appliedTo: { operation: { id: charged.operationId } },
  })
})
