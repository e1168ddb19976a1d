import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EVENT_TYPES } from '../../src/journal/records/events.ts'
import {
  aDeposit,
  anApproval,
  anEscrowChange,
  MERCHANT,
  type NoticeFacade,
  startNoticeFacade,
  unique,
} from '../support/server/notices.ts'
import { dataFolder } from '../support/server/running-facade.ts'
import { approved, startSmsWorld } from '../support/server/sms-world.ts'
import { type Received, receiveWebhooks, SECRET } from '../support/webhooks/receiver.ts'

// What a shop's server hears of what happens, from the front door to its own.

/** A shop that is told of everything. */
async function shop() {
  const { url, received } = await receiveWebhooks()
  const file = join(dataFolder(), 'webhooks.json')
  writeFileSync(file, JSON.stringify([{ id: 'shop', url, secrets: [SECRET], events: Object.keys(EVENT_TYPES) }]))
  const typesOf = (name: string, value: unknown) =>
    received.filter(({ data }) => data[name] === value).map(({ type }) => type)
  return { env: { PAYAPI_WEBHOOKS_FILE: file }, received: received as readonly Received[], typesOf }
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
type Json = any

const FAILURE = '... on PayApiFailure { operationId outcome message }'

async function mutate({ url }: Pick<NoticeFacade, 'url'>, query: string, input: object, scenario = ''): Promise<Json> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(scenario && { 'x-sandbox-scenario': scenario }) },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = (await answer.json()) as Json
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data.result
}

const CHARGE = `mutation ($input: ChargeCardBillingKeyInput!) { result: chargeCardBillingKey(input: $input) {
  ... on CardPayment { transactionId operationId } ${FAILURE} } }`
const CANCEL = `mutation ($input: CancelPaymentPartiallyInput!) { result: cancelPaymentPartially(input: $input) {
  ... on PartialPaymentCancellation { operationId } ${FAILURE} } }`
const REFUND = `mutation ($input: RefundPaymentInput!) { result: refundPayment(input: $input) { __typename
  ... on PaymentCancellation { operationId } ... on PartialPaymentCancellation { operationId } ${FAILURE} } }`
const CONFIRM = `mutation ($input: ConfirmEscrowPurchaseInput!) { result: confirmEscrowPurchase(input: $input) {
  ... on EscrowPurchaseConfirmation { operationId } ${FAILURE} } }`
const RESOLVE = `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) {
  ... on PayApiOperation { state } ${FAILURE} } }`

const aCharge = (orderId: string) => ({
  orderId,
  amount: '1004',
  billingKey: 'SANDBOX-CARDKEY-1',
  buyer: { name: '홍길동' },
})

it('payment.approved and payment.canceled: a charge, and refunds of it in part and of the rest', async () => {
  const { env, received, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const orderId = `O-${unique()}`
  const { transactionId, operationId } = await mutate(facade, CHARGE, aCharge(orderId))
  for (const amount of ['4', undefined]) await mutate(facade, REFUND, { transactionId, amount })
  await expect
    .poll(() => typesOf('orderId', orderId))
    .toEqual(['payment.approved', 'payment.canceled', 'payment.canceled'])
  expect(received.map(({ data }) => data['sequence'])).toEqual([1, 2, 3])
  expect(received[0]?.data).toEqual({
    merchantId: MERCHANT,
    orderId,
    transactionId,
    operationId,
    noticeId: null,
    sequence: 1,
  })
  expect(new Set(received.map(({ id }) => id)).size).toBe(3)
})

it('operation.unknown and operation.settled: a charge whose answer was lost, and what a person found out', async () => {
  const { env, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const orders = [`O-${unique()}`, `O-${unique()}`] as const
  for (const [index, orderId] of orders.entries()) {
    const { operationId } = await mutate(facade, CHARGE, aCharge(orderId), 'reset')
    await expect.poll(() => typesOf('orderId', orderId)).toEqual(['operation.unknown'])
    const processed = index === 0
    const found = { operationId, processed, ...(processed && { transactionId: `TID-${orderId}` }) }
    expect(await mutate(facade, RESOLVE, found)).toEqual({ state: processed ? 'SUCCEEDED' : 'FAILED' })
  }
  await expect
    .poll(() => orders.map((orderId) => typesOf('orderId', orderId)))
    .toEqual([
      ['operation.unknown', 'operation.settled', 'payment.approved'],
      ['operation.unknown', 'operation.settled'],
    ])
})

it('operation.unknown alone: a cancel whose answer was lost, and a notice that only proposes', async () => {
  const { env, received, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const orderId = `O-${unique()}`
  const { transactionId } = await mutate(facade, CHARGE, aCharge(orderId))
  const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '4', remainingAmount: '1000' }
  await mutate(facade, CANCEL, cancel, 'reset')
  const notice = anApproval({
    oid: orderId,
    tid: `PART-${unique()}`,
    orgTid: transactionId,
    transType: '11',
    transAmount: '4',
  })
  await facade.send('transaction', notice)
  await facade.notices({ transactionId, states: ['PROPOSED'] })
  await expect.poll(() => typesOf('orderId', orderId)).toEqual(['payment.approved', 'operation.unknown'])
  const last = await mutate(facade, CHARGE, aCharge(`O-${unique()}`))
  await expect.poll(() => received.map(({ data }) => data['operationId'])).toContain(last.operationId)
  expect(typesOf('orderId', orderId)).toEqual(['payment.approved', 'operation.unknown'])
})

it('escrow.changed: a step of ours, and one that the PG tells of', async () => {
  const { env, received, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const transactionId = `SANDBOX-DELIVERED-${Date.now()}${unique()}`
  const { operationId } = await mutate(facade, CONFIRM, { clientIp: '127.0.0.1', transactionId, processedBy: '홍길동' })
  const notice = anEscrowChange()
  await facade.send('escrow', notice)
  await expect.poll(() => typesOf('orderId', notice['no_oid'])).toEqual(['escrow.changed'])
  await expect.poll(() => typesOf('operationId', operationId)).toEqual(['escrow.changed'])
  expect(received.find(({ data }) => data['orderId'] === notice['no_oid'])?.data['noticeId']).toEqual(
    expect.any(String),
  )
})

it('notice.unmatched and payment.approved: a deposit of the PC window, which no link is known for', async () => {
  const { env, received, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const deposit = aDeposit()
  for (let times = 0; times < 3; times++) await facade.send('deposit', deposit)
  await expect.poll(() => typesOf('orderId', deposit['no_oid'])).toEqual(['notice.unmatched', 'payment.approved'])
  expect(JSON.stringify(received)).not.toMatch(/김하나|9400120055700/)
})

it('deposit.withdrawn: a deposit of the PC window that is gone again', async () => {
  const { env, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const deposit = aDeposit()
  await facade.send('deposit', deposit)
  await expect.poll(() => typesOf('orderId', deposit['no_oid'])).toContain('payment.approved')
  for (let times = 0; times < 2; times++) await facade.send('deposit', { ...deposit, type_msg: '0400' })
  await expect
    .poll(() => typesOf('orderId', deposit['no_oid']))
    .toEqual(['notice.unmatched', 'payment.approved', 'deposit.withdrawn'])
})

it('notice.unmatched alone: an approval that nothing is known of', async () => {
  const { env, typesOf } = await shop()
  const facade = await startNoticeFacade(env)
  const notice = anApproval()
  await facade.send('transaction', notice)
  await expect.poll(() => typesOf('orderId', notice['oid'])).toEqual(['notice.unmatched'])
})

it('sms_payment.paid: the buyer of a link comes back, twice, and is charged', async () => {
  const { env, typesOf } = await shop()
  const world = await startSmsWorld(undefined, env)
  const link = await world.link()
  world.approveWith(() => approved(link.orderId))
  for (let times = 0; times < 2; times++) await world.next(link, world.authenticated())
  await expect.poll(() => typesOf('orderId', link.orderId)).toEqual(['payment.approved', 'sms_payment.paid'])
})

it('sms_payment.awaiting_deposit and sms_payment.paid: an account is issued, and its deposit comes twice', async () => {
  const { env, typesOf } = await shop()
  const world = await startSmsWorld(undefined, env)
  const link = await world.link({ paymentMethod: 'VIRTUAL_ACCOUNT' })
  const told = async (status: string, more: Record<string, string> = {}) => {
    const body = new URLSearchParams({
      P_STATUS: status,
      P_TYPE: 'VBANK',
      P_TID: `WELMX_VBNK_${link.orderId.slice(-12)}`,
      P_MID: MERCHANT,
      P_OID: link.orderId,
      P_AMT: '33000',
      P_VACT_NUM: '9400120055661',
      P_VACT_BANK_CODE: '04',
      P_AUTH_DT: '20261126101502',
      ...more,
    })
    const address = new URL(link.form['P_NOTI_URL'] ?? '').pathname
    expect(await (await fetch(`${world.facade.origin}${address}`, { method: 'POST', body })).text()).toBe('OK')
  }
  await told('00')
  await expect.poll(() => typesOf('orderId', link.orderId)).toEqual(['sms_payment.awaiting_deposit'])
  await told('02')
  await told('02')
  await expect
    .poll(() => typesOf('orderId', link.orderId))
    .toEqual(['sms_payment.awaiting_deposit', 'sms_payment.paid', 'payment.approved'])
})
