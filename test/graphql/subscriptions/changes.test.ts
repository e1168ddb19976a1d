import { expect, it } from 'vitest'
import { overBothStores } from '../../support/journal/both-stores.ts'
import { bearer, jwt, token } from '../../support/server/callers.ts'
import { EventStream, type StreamedResult } from '../../support/server/event-stream.ts'
import { charge, post, startTestFacade } from '../../support/server/running-facade.ts'
import { ask, sharing, twoFacades } from '../../support/server/shared-journal.ts'
import { approved, startSmsWorld } from '../../support/server/sms-world.ts'

const OPERATION = `subscription ($id: ID!) { changed: paymentOperationChanged(id: $id) {
  id state resolution { processed } history { kind } payment { status }
} }`
const PAYMENT = `subscription ($id: ID!, $mid: ID) { changed: paymentChanged(transactionId: $id, merchantId: $mid) {
  status canceledAmount remainingAmount history { kind }
} }`
const LINK = `subscription ($id: ID!) { changed: smsPaymentChanged(orderId: $id) { status payment { status } } }`
const WORK = 'subscription { changed: workChanged { unknownOperations openNotices } }'

const RESOLVE = `mutation ($id: ID!, $tid: ID) {
  resolvePaymentOperation(input: { operationId: $id, processed: true, transactionId: $tid }) { __typename }
}`
const REFUND = `mutation ($tid: ID!, $amount: Amount) {
  refundPayment(input: { transactionId: $tid, amount: $amount }) { __typename ... on PayApiFailure { message } }
}`

const UNKNOWN = { 'x-sandbox-scenario': 'http-500' }

const changed = (result: StreamedResult | undefined) => {
  expect(result?.errors).toBeUndefined()
  return result?.data?.['changed'] as Record<string, unknown> | null
}

overBothStores('what changes is told to whoever subscribed at another instance', (newJournal) => {
  it('of an operation: its state at once, and what was recorded of it', async () => {
    const [one, other] = await twoFacades(await newJournal())
    const { operationId: id } = await post(one.url, charge('ORDER-1'), UNKNOWN)
    const stream = await EventStream.open(other.url, { query: OPERATION, variables: { id } })
    expect(changed(await stream.next())).toEqual({
      id,
      state: 'UNKNOWN',
      resolution: null,
      history: [],
      payment: null,
    })
    await ask(one, RESOLVE, { id, tid: 'TID-1' })
    expect(changed(await stream.next())).toEqual({
      id,
      state: 'SUCCEEDED',
      resolution: { processed: true },
      history: [{ kind: 'RESOLVED' }],
      payment: { status: 'APPROVED' },
    })
  })

  it('of an operation: what it makes of its payment, read anew for each state', async () => {
    const [one, other] = await twoFacades(await newJournal())
    const { transactionId: tid } = await post(one.url, charge('ORDER-1'))
    const cancel = `mutation ($tid: ID!) {
      result: cancelPayment(input: { transactionId: $tid, paymentMethod: CARD, currency: KRW, amount: "1004" }) { ... on PayApiFailure { operationId } }
    }`
    const { operationId: id } = await post(one.url, { query: cancel, variables: { tid } }, UNKNOWN)
    const stream = await EventStream.open(other.url, { query: OPERATION, variables: { id } })
    expect(changed(await stream.next())).toMatchObject({ state: 'UNKNOWN', payment: { status: 'APPROVED' } })
    await ask(one, RESOLVE, { id })
    expect(changed(await stream.next())).toMatchObject({ state: 'SUCCEEDED', payment: { status: 'CANCELED' } })
  })

  it('of a payment: each refund, with all that it makes of the payment', async () => {
    const [one, other] = await twoFacades(await newJournal())
    const { transactionId: id } = await post(one.url, charge('ORDER-1'))
    const stream = await EventStream.open(other.url, { query: PAYMENT, variables: { id, mid: 'welcometst' } })
    expect(changed(await stream.next())).toMatchObject({ status: 'APPROVED', remainingAmount: '1004' })
    await ask(one, REFUND, { tid: id, amount: '4' })
    const partly = await stream.until((result) => changed(result)?.['status'] === 'PARTIALLY_CANCELED')
    expect(changed(partly)).toMatchObject({ canceledAmount: '4', remainingAmount: '1000' })
    await ask(one, REFUND, { tid: id })
    const wholly = await stream.until((result) => changed(result)?.['canceledAmount'] === '1004')
    expect(changed(wholly)).toMatchObject({ remainingAmount: '0' })
  })

  it('of a payment that nothing named yet: null at once, and how it stands once something does', async () => {
    const [one, other] = await twoFacades(await newJournal())
    const { operationId } = await post(one.url, charge('ORDER-1'), UNKNOWN)
    const stream = await EventStream.open(other.url, { query: PAYMENT, variables: { id: 'TID-LATER' } })
    expect(changed(await stream.next())).toBeNull()
    await ask(one, RESOLVE, { id: operationId, tid: 'TID-LATER' })
    expect(changed(await stream.next())).toMatchObject({ status: 'APPROVED' })
  })

  it('of a payment by SMS: from the link that is made to the money that is there', async () => {
    const journal = await newJournal()
    const world = await startSmsWorld(journal, { PAYAPI_PUBLIC_URL: 'https://pay.shop.test' })
    const other = await startTestFacade(await sharing(journal))
    const stream = await EventStream.open(other.url, { query: LINK, variables: { id: 'order-live' } })
    expect(changed(await stream.next())).toBeNull()
    const link = await world.link({ orderId: 'order-live' })
    await stream.until((result) => changed(result)?.['status'] === 'LINK_CREATED')
    world.approveWith(() => approved(link.orderId))
    await world.next(link, world.authenticated())
    const paid = await stream.until((result) => changed(result)?.['status'] === 'PAID')
    expect(changed(paid)).toEqual({ status: 'PAID', payment: { status: 'APPROVED' } })
  })

  it('of what waits for a person: what appears and what is done, of the merchants of the caller alone', async () => {
    const [one, other] = await twoFacades(await newJournal(), { auth: jwt() })
    const all = bearer(await token())
    const merchants = (...given: string[]) => token({ claims: { merchants: given } }).then(bearer)
    const [own, others, nobodys] = await Promise.all(
      [await merchants('welcometst'), await merchants('welcometwo'), await merchants()].map((headers) =>
        EventStream.open(other.url, { query: WORK }, { headers }),
      ),
    )
    for (const stream of [own, others, nobodys])
      expect(changed(await stream?.next())).toEqual({ unknownOperations: 0, openNotices: 0 })
    const { operationId: id } = await post(one.url, charge('ORDER-1'), { ...UNKNOWN, ...all })
    expect(changed(await own?.next())).toEqual({ unknownOperations: 1, openNotices: 0 })
    await ask(one, RESOLVE, { id, tid: 'TID-1' }, all)
    expect(changed(await own?.next())).toEqual({ unknownOperations: 0, openNotices: 0 })
    // They hear of nothing, until something is theirs.
    const more = charge('ORDER-2', { merchantId: 'welcometwo' })
    await post(one.url, more, { ...UNKNOWN, ...all })
    expect(changed(await others?.next())).toEqual({ unknownOperations: 1, openNotices: 0 })
    await nobodys?.quiet(2)
  })
})
