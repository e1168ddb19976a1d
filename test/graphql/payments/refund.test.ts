import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { createPayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { aCharge, type JournaledFacade, scenario, startJournaledFacade } from '../../support/journal/facade.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'
import { temporaryFolder } from '../../support/journal/store.ts'
import { Inbox } from '../../support/payapi/inbox.ts'
import { facadeForTest } from '../../support/server/facade.ts'

/** A facade with a payment of 1004 won by card. */
async function withPayment(amount = '1004') {
  const facade = await startJournaledFacade()
  const charge = aCharge({ amount })
  const { transactionId } = await facade.mutate('chargeCardBillingKey', charge)
  return { facade, transactionId: transactionId as string, orderId: charge.orderId }
}

const cancellations = ({ sandbox }: JournaledFacade) =>
  sandbox.books.cancellations.map(({ path, price, remaining }) => [path, price, remaining])

const FULL = '/cancel/cancel'
const PARTIAL = '/cancel/repay'

describe('a refund', () => {
  it('PaymentCancellation: of the whole is a full cancel', async () => {
    const { facade, transactionId, orderId } = await withPayment()
    expect(await refund(facade, { transactionId, amount: '1004' })).toMatchObject({
      __typename: 'PaymentCancellation',
      transactionId,
      orderId,
      amount: '1004',
      operationId: expect.any(String),
    })
    expect(cancellations(facade)).toEqual([[FULL, '1004', '0']])
    expect(await lookUpPayment(facade, transactionId)).toMatchObject({ status: 'CANCELED', remainingAmount: '0' })
  })

  it('without an amount gives all back that there is', async () => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId })).toMatchObject({ __typename: 'PaymentCancellation', amount: '1004' })
  })

  it('PartialPaymentCancellation: of a part is a partial cancel, and after it there are only partial ones', async () => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId, amount: 4 })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
      transactionId,
      amount: '4',
      remainingAmount: '1000',
    })
    expect(await refund(facade, { transactionId })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
      amount: '1000',
      remainingAmount: '0',
    })
    expect(cancellations(facade)).toEqual([
      [PARTIAL, '4', '1000'],
      [PARTIAL, '1000', '0'],
    ])
  })

  it('is a full cancel after a partial one that PayAPI refused', async () => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId, amount: '4' }, scenario('decline'))).toMatchObject({
      __typename: 'PgFailure',
      resultCode: '1001',
    })
    expect(await refund(facade, { transactionId })).toMatchObject({ __typename: 'PaymentCancellation' })
  })

  it('knows how a mobile phone was charged', async () => {
    const facade = await startJournaledFacade()
    const charge = aCharge({ billingKey: 'SANDBOX-MOBILEKEY-1' })
    const { transactionId } = await facade.mutate('chargeMobileBillingKey', charge)
    expect(await refund(facade, { transactionId })).toMatchObject({ __typename: 'PaymentCancellation' })
  })

  it('counts what the ordinary mutations canceled', async () => {
    const { facade, transactionId } = await withPayment()
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '500', remainingAmount: '504' }
    await facade.mutate('cancelPaymentPartially', cancel)
    expect(await refund(facade, { transactionId, amount: '505' })).toMatchObject({
      reason: 'MORE_THAN_REMAINS',
      remainingAmount: '504',
    })
    expect(await refund(facade, { transactionId })).toMatchObject({ remainingAmount: '0' })
  })

  it('takes the taxes of a part, of all that remains and of the whole', async () => {
    const { facade, transactionId } = await withPayment('11000')
    const ofThousand = { vatAmount: '100', taxFreeAmount: '0' }
    expect(await refund(facade, { transactionId, amount: '1000', ...ofThousand })).toMatchObject({ amount: '1000' })
    const ofRest = { vatAmount: '1000', taxFreeAmount: '0' }
    expect(await refund(facade, { transactionId, ...ofRest })).toMatchObject({ amount: '10000' })
    const whole = await withPayment('11000')
    expect(await refund(whole.facade, { transactionId: whole.transactionId, ...ofRest })).toMatchObject({
      __typename: 'PaymentCancellation',
    })
  })

  it('of a merchant that is not the default one is of that merchant', async () => {
    const facade = await startJournaledFacade()
    const { transactionId } = await facade.mutate('chargeCardBillingKey', aCharge({ merchantId: 'welcometwo' }))
    expect(await refund(facade, { transactionId })).toMatchObject({ reason: 'PAYMENT_NOT_KNOWN' })
    expect(await refund(facade, { transactionId, merchantId: 'welcometwo' })).toMatchObject({ amount: '1004' })
  })
})

describe('a refund that cannot be', () => {
  const refused = (more: object) => ({
    __typename: 'PayApiRefundRefused',
    outcome: 'NOT_PROCESSED',
    retryable: false,
    operationId: null,
    merchantId: 'welcometst',
    requestId: expect.any(String),
    message: expect.stringMatching(/Nothing was sent for this request\.$/),
    ...more,
  })

  it('PayApiRefundRefused, PAYMENT_NOT_KNOWN: of a payment that was never seen approved', async () => {
    const facade = await startJournaledFacade()
    const transactionId = 'SANDBOX-CARD-1'
    const unknown = refused({ reason: 'PAYMENT_NOT_KNOWN', remainingAmount: null, transactionId })
    expect(await refund(facade, { transactionId })).toMatchObject(unknown)
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '1', remainingAmount: '49999' }
    await facade.mutate('cancelPaymentPartially', cancel)
    expect(await refund(facade, { transactionId })).toMatchObject(unknown)
    expect(cancellations(facade)).toHaveLength(1)
  })

  it('PayApiRefundRefused, NOTHING_LEFT: of one that was given back', async () => {
    const { facade, transactionId } = await withPayment()
    await refund(facade, { transactionId })
    expect(await refund(facade, { transactionId })).toMatchObject(
      refused({ reason: 'NOTHING_LEFT', remainingAmount: '0', transactionId }),
    )
    expect(cancellations(facade)).toHaveLength(1)
  })

  it('PayApiRefundRefused, MORE_THAN_REMAINS: tells what remains', async () => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId, amount: '1005' })).toMatchObject(
      refused({ reason: 'MORE_THAN_REMAINS', remainingAmount: '1004' }),
    )
    expect(cancellations(facade)).toEqual([])
  })

  it('PayApiRefundRefused, CANCEL_UNSETTLED: while the outcome of a cancel is unknown, until a person recorded it', async () => {
    const { facade, transactionId } = await withPayment()
    const lost = await refund(facade, { transactionId, amount: '4' }, scenario('reset'))
    expect(lost).toMatchObject({ __typename: 'PayApiTransportError', outcome: 'UNKNOWN', reason: 'CONNECTION_LOST' })
    const { operationId } = lost
    expect(await lookUpPayment(facade, transactionId)).toMatchObject({
      status: 'APPROVED',
      canceledAmount: '0',
      unsettledAmount: '4',
      remainingAmount: '1004',
    })
    expect(await refund(facade, { transactionId })).toMatchObject(
      refused({ reason: 'CANCEL_UNSETTLED', remainingAmount: '1004', operationId }),
    )
    await facade.mutate('resolvePaymentOperation', { operationId, processed: true, note: 'seen' })
    expect(await refund(facade, { transactionId })).toMatchObject({ amount: '1000', remainingAmount: '0' })
    const payment = await lookUpPayment(facade, transactionId)
    expect(payment?.history).toMatchObject([
      { kind: 'APPROVAL', amount: '1004' },
      { kind: 'PARTIAL_CANCEL', amount: '4', operation: { id: operationId, state: 'SUCCEEDED' }, recordedBy: null },
      { kind: 'RESOLUTION', operation: { id: operationId }, processed: true, recordedBy: 'anonymous', note: 'seen' },
      { kind: 'PARTIAL_CANCEL', amount: '1000' },
    ])
  })

  it('PayApiRefundRefused, CANCEL_UNSETTLED: while a cancel is under way, and may be asked for again', async () => {
    const { facade, transactionId } = await withPayment()
    const both = await Promise.all([
      refund(facade, { transactionId, amount: '600' }, scenario('slow')),
      refund(facade, { transactionId, amount: '600' }, scenario('slow')),
    ])
    const [other] = both.filter(({ __typename }) => __typename === 'PayApiRefundRefused')
    expect(other).toMatchObject(
      refused({ reason: 'CANCEL_UNSETTLED', retryable: true, operationId: expect.any(String) }),
    )
    expect(cancellations(facade)).toEqual([[PARTIAL, '600', '404']])
  })

  it.each([
    [{ amount: '0' }, 'amount', 'OUT_OF_RANGE'],
    [{ amount: '1.5' }, 'amount', 'INVALID_FORMAT'],
    [{ amount: '1,000' }, 'amount', 'INVALID_FORMAT'],
    [{ amount: '10', vatAmount: '2' }, 'vatAmount', 'OUT_OF_RANGE'],
    [{ vatAmount: '101' }, 'vatAmount', 'OUT_OF_RANGE'],
    [{ taxFreeAmount: '1005' }, 'taxFreeAmount', 'OUT_OF_RANGE'],
    [{ amount: '10', taxFreeAmount: '11' }, 'taxFreeAmount', 'OUT_OF_RANGE'],
    [{ transactionId: ' T' }, 'transactionId', 'INVALID_FORMAT'],
    [{ merchantId: 'nobody' }, 'merchantId', 'UNKNOWN_MERCHANT'],
    [{ idempotencyKey: ' ' }, 'idempotencyKey', 'INVALID_FORMAT'],
  ])('PayApiInvalidInput: %j', async (input, field, code) => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId, ...input })).toMatchObject({
      __typename: 'PayApiInvalidInput',
      outcome: 'NOT_PROCESSED',
      issues: [{ path: [field], code }],
    })
    expect(cancellations(facade)).toEqual([])
    expect(facade.lines.map((line) => JSON.parse(line))).toMatchObject([
      { service: 'refundPayment', msg: 'input rejected' },
    ])
  })

  it.each([
    ['http-400', 'PayApiHttpClientError', 'NOT_PROCESSED'],
    ['http-500', 'PayApiHttpServerError', 'UNKNOWN'],
    ['refused', 'PayApiTransportError', 'NOT_PROCESSED'],
  ])('%s: %s', async (name, __typename, outcome) => {
    const { facade, transactionId } = await withPayment()
    expect(await refund(facade, { transactionId }, scenario(name))).toMatchObject({
      __typename,
      outcome,
      transactionId,
    })
  })

  it('PayApiTransportError, JOURNAL_UNAVAILABLE: nothing is sent, and what the key did before is not known', async () => {
    const { facade, transactionId } = await withPayment()
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const store = openStore(pathToFileURL(blocked).href, { owner: 'another', keys: [randomBytes(32)] })
    const away = await facade.another({ store })
    const failure = { __typename: 'PayApiTransportError', reason: 'JOURNAL_UNAVAILABLE', retryable: true }
    expect(await refund(away, { transactionId })).toMatchObject({ ...failure, outcome: 'NOT_PROCESSED' })
    expect(await refund(away, { transactionId, idempotencyKey: 'k' })).toMatchObject({ ...failure, outcome: 'UNKNOWN' })
    expect(cancellations(facade)).toEqual([])
    expect(away.events.map(({ kind }) => kind)).toContain('unavailable')
  })
})

describe('a refund with a key', () => {
  it('answers as before when it is asked for again, from another instance too', async () => {
    const { facade, transactionId } = await withPayment()
    for (const [amount, idempotencyKey] of [
      ['4', 'key-1'],
      [null, 'key-2'],
    ]) {
      const first = await refund(facade, { transactionId, amount, idempotencyKey })
      expect(await refund(facade, { transactionId, amount, idempotencyKey })).toEqual(first)
      expect(await refund(await facade.another(), { transactionId, amount, idempotencyKey })).toEqual(first)
    }
    expect(cancellations(facade)).toEqual([
      [PARTIAL, '4', '1000'],
      [PARTIAL, '1000', '0'],
    ])
  })

  it('answers with the same unknown outcome, and as a person recorded it from then on', async () => {
    const { facade, transactionId } = await withPayment()
    const input = { transactionId, idempotencyKey: 'key-1' }
    const lost = await refund(facade, input, scenario('reset'))
    expect(await refund(facade, input)).toEqual(lost)
    await facade.mutate('resolvePaymentOperation', { operationId: lost['operationId'], processed: true })
    expect(await refund(facade, input)).toMatchObject({ __typename: 'PaymentCancellation', amount: '1004' })
  })

  it('is tried again under its key where nothing was sent', async () => {
    const { facade, transactionId } = await withPayment()
    const input = { transactionId, amount: '4', idempotencyKey: 'key-1' }
    expect(await refund(facade, input, scenario('refused'))).toMatchObject({ retryable: true })
    expect(await refund(facade, input)).toMatchObject({ __typename: 'PartialPaymentCancellation' })
  })

  it('is not held by a refund that was refused here: nothing was recorded of it', async () => {
    const { facade, transactionId } = await withPayment()
    const key = { transactionId, idempotencyKey: 'key-1' }
    expect(await refund(facade, { ...key, amount: '9999' })).toMatchObject({ reason: 'MORE_THAN_REMAINS' })
    expect(await refund(facade, { ...key, amount: '4' })).toMatchObject({ amount: '4' })
  })

  const different = { __typename: 'PayApiIdempotencyConflict', reason: 'DIFFERENT_INPUT', outcome: 'NOT_PROCESSED' }

  it('PayApiIdempotencyConflict: with another input, also where that would be another service', async () => {
    const { facade, transactionId } = await withPayment()
    const { operationId } = await refund(facade, { transactionId, amount: '4', idempotencyKey: 'key-1' })
    const conflict = { ...different, operationId }
    expect(await refund(facade, { transactionId, amount: '5', idempotencyKey: 'key-1' })).toMatchObject(conflict)
    expect(await refund(facade, { transactionId, idempotencyKey: 'key-1' })).toMatchObject(conflict)
    expect(await refund(facade, { transactionId: 'SANDBOX-CARD-1', idempotencyKey: 'key-1' })).toMatchObject(conflict)
    const taxes = { transactionId, amount: '4', vatAmount: '0', idempotencyKey: 'key-1' }
    expect(await refund(facade, taxes)).toMatchObject(conflict)
    expect(cancellations(facade)).toHaveLength(1)
  })

  it('PayApiIdempotencyConflict: shares its keys with the cancels that it is carried out as', async () => {
    const { facade, transactionId } = await withPayment()
    const part = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '4', remainingAmount: '1000' }
    await facade.mutate('cancelPaymentPartially', { ...part, idempotencyKey: 'key-1' })
    expect(await refund(facade, { transactionId, idempotencyKey: 'key-1' })).toMatchObject(different)
    await refund(facade, { transactionId, amount: '4', idempotencyKey: 'key-2' })
    expect(
      await facade.mutate('cancelPaymentPartially', { ...part, remainingAmount: '996', idempotencyKey: 'key-2' }),
    ).toMatchObject(different)
    expect(cancellations(facade)).toHaveLength(2)
  })

  it('that waited for one with the same key is carried out where that one was never sent', async () => {
    const { facade, transactionId } = await withPayment()
    const connect = (baseUrl: string) => {
      const client = createPayApiClient({ baseUrl, merchants: DEMO_MERCHANTS })
      onTestFinished(() => client.close())
      return client
    }
    const [nobody, payApi] = [connect('http://127.0.0.1:1'), connect(facade.sandbox.url)]
    const begun = new Inbox<() => void>()
    let sent = 0
    const waiting = await facade.another({
      async send(call) {
        if (++sent > 1) return payApi.send(call)
        await new Promise<void>((goOn) => begun.put(goOn))
        return nobody.send(call)
      },
    })
    const input = { transactionId, amount: '4', idempotencyKey: 'key-1' }
    const first = refund(waiting, input)
    const goOn = await begun.next()
    const second = refund(waiting, input)
    // The second has come by then, and waits.
    for (let n = 0; n < 20; n++) await lookUpPayment(waiting, transactionId)
    goOn()
    expect(await first).toMatchObject({ outcome: 'NOT_PROCESSED', retryable: true })
    expect(await second).toMatchObject({ __typename: 'PartialPaymentCancellation', amount: '4' })
    expect(cancellations(facade)).toEqual([[PARTIAL, '4', '1000']])
  })

  it('two at once are one refund', async () => {
    const { facade, transactionId } = await withPayment()
    const other = await facade.another()
    const input = { transactionId, amount: '4', idempotencyKey: 'key-1' }
    const endings = await Promise.all(
      [facade, other, facade, other].map((each) => refund(each, input, scenario('slow'))),
    )
    for (const ending of endings) expect(ending).toEqual(endings[0])
    expect(cancellations(facade)).toEqual([[PARTIAL, '4', '1000']])
  })
})

it('a refund needs a journal', async () => {
  const { post } = await facadeForTest()
  const query = 'mutation { refundPayment(input: { transactionId: "T" }) { __typename } }'
  expect(await post({ query })).toMatchObject({
    data: { refundPayment: null },
    errors: [{ extensions: { code: 'NO_JOURNAL' } }],
  })
})
