import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { SCOPES, type Scope } from '../../src/auth/scopes.ts'
import { Journal } from '../../src/journal/journal.ts'
import { Keyring } from '../../src/journal/keys/keyring.ts'
import { openStore } from '../../src/journal/open-store.ts'
import { newId } from '../../src/lib/ids.ts'
import { PATIENT_MS, temporaryFolder, whenReady } from '../support/journal/store.ts'
import { bearer, jwt, token } from '../support/server/callers.ts'
import { bench, WAYS } from '../support/server/ways.ts'

// Who may see a payment, and give it back.

const { facade } = bench()

const DEFAULT = 'welcometst'
const OTHER = 'welcometwo'

let journal: Journal
beforeAll(async () => {
  const owner = newId()
  const keys = [randomBytes(32)]
  const url = pathToFileURL(join(temporaryFolder(), 'journal.db')).href
  const store = await whenReady(openStore(url, { owner, keys, deadlineMs: PATIENT_MS }))
  const times = { callTimeoutMs: 10_000, waitMs: 1_000, retentionMs: 1_000_000 }
  journal = new Journal({ store, owner, keyring: new Keyring(keys), orderGuard: true, ...times })
})
afterAll(() => journal.close())

const security = { authenticator: createAuthenticator(jwt()) }
const only = async (...merchants: string[]) => bearer(await token({ claims: { merchants } }))
const without = async (scope: Scope) =>
  bearer(await token({ claims: { scope: SCOPES.filter((other) => other !== scope).join(' ') } }))

const forbidden = { message: 'The caller may not act as this merchant.', extensions: { code: 'FORBIDDEN' } }
const needed = (scope: Scope) => ({ message: `The scope ${scope} is needed.`, extensions: { code: 'FORBIDDEN' } })

const CHARGE = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
  ... on CardPayment { operationId transactionId } } }`
const PAYMENT = `query ($transactionId: ID!, $merchantId: ID) {
  payment(transactionId: $transactionId, merchantId: $merchantId) { merchantId status } }`
const LIST = `query ($merchantId: ID) {
  payments(filter: { merchantId: $merchantId }, first: 100) { edges { node { transactionId merchantId } } } }`
const REFUND = `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) {
  __typename ... on PayApiRefundRefused { reason } } }`

describe.each(WAYS)('%s', (way) => {
  async function withPayments() {
    const { post } = await facade(way, security, { journal })
    const all = bearer(await token())
    const charge = async (merchantId: string) => {
      const order = { orderId: `ORDER-${newId()}`, amount: '1004', buyer: { name: '홍길동' } }
      const input = { merchantId, billingKey: 'SANDBOX-CARDKEY-1', ...order }
      const { json } = await post({ query: CHARGE, variables: { input }, headers: all })
      return json.data.chargeCardBillingKey as { transactionId: string; operationId: string }
    }
    const ask = async (query: string, variables: object, headers: Record<string, string>) =>
      (await post({ query, variables, headers })).json
    return { ask, all, mine: await charge(OTHER), others: await charge(DEFAULT) }
  }

  test('a payment is shown to who may act as its merchant, with the scope for it', async () => {
    const { ask, all, mine, others } = await withPayments()
    const { transactionId } = mine
    const payment = { data: { payment: { merchantId: OTHER, status: 'APPROVED' } } }
    expect(await ask(PAYMENT, { transactionId, merchantId: OTHER }, all)).toEqual(payment)
    expect(await ask(PAYMENT, { transactionId, merchantId: OTHER }, await only(OTHER))).toEqual(payment)
    const limited = await only(OTHER)
    for (const merchantId of [DEFAULT, undefined, ''])
      expect(await ask(PAYMENT, { transactionId: others.transactionId, merchantId }, limited)).toMatchObject({
        data: { payment: null },
        errors: [forbidden],
      })
    expect(await ask(PAYMENT, { transactionId, merchantId: OTHER }, await without('payments:read'))).toMatchObject({
      data: { payment: null },
      errors: [needed('payments:read')],
    })
  })

  test('the list holds those of merchants as which the caller may act', async () => {
    const { ask, all, mine, others } = await withPayments()
    const listed = async (headers: Record<string, string>): Promise<readonly string[]> => {
      const { data } = await ask(LIST, {}, headers)
      return data.payments.edges.map(({ node }: { node: { transactionId: string } }) => node.transactionId)
    }
    expect(await listed(all)).toEqual(expect.arrayContaining([mine.transactionId, others.transactionId]))
    expect(await listed(await only(OTHER))).toContain(mine.transactionId)
    expect(await listed(await only(OTHER))).not.toContain(others.transactionId)
    expect(await listed(await only())).toEqual([])
    for (const merchantId of [DEFAULT, ''])
      expect(await ask(LIST, { merchantId }, await only(OTHER))).toMatchObject({
        data: { payments: null },
        errors: [forbidden],
      })
  })

  test('a reference of another subgraph costs no more than itself where it is not allowed', async () => {
    const { ask, mine, others } = await withPayments()
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on PayApiPayment { merchantId } } }`
    const key = ({ transactionId }: { transactionId: string }, merchantId: string) => ({
      __typename: 'PayApiPayment',
      transactionId,
      merchantId,
    })
    const variables = { all: [key(others, DEFAULT), key(mine, OTHER)] }
    expect(await ask(query, variables, await only(OTHER))).toMatchObject({
      data: { _entities: [null, { merchantId: OTHER }] },
      errors: [{ ...forbidden, path: ['_entities', 0] }],
    })
    expect(await ask(query, variables, await without('payments:read'))).toMatchObject({
      data: { _entities: [null, null] },
      errors: [needed('payments:read'), needed('payments:read')],
    })
  })

  test('the payment of an operation needs the right to see payments, and the operation keeps the rest', async () => {
    const { ask, all, mine } = await withPayments()
    const query = 'query ($id: ID!) { paymentOperation(id: $id) { merchantId payment { status } } }'
    const variables = { id: mine.operationId }
    const operation = { merchantId: OTHER, payment: { status: 'APPROVED' } }
    expect(await ask(query, variables, all)).toEqual({ data: { paymentOperation: operation } })
    expect(await ask(query, variables, await without('payments:read'))).toMatchObject({
      data: { paymentOperation: { merchantId: OTHER, payment: null } },
      errors: [needed('payments:read')],
    })
  })

  test('the escrow payment of a payment needs the right to see that', async () => {
    const { ask, all } = await withPayments()
    const step = `mutation { confirmEscrowPurchase(input: { clientIp: "127.0.0.1", processedBy: "홍길동",
      transactionId: "SANDBOX-DELIVERED-1" }) { __typename } }`
    await ask(step, {}, all)
    const query = '{ payment(transactionId: "SANDBOX-DELIVERED-1") { transactionId escrow { status { __typename } } } }'
    expect(await ask(query, {}, await without('escrow:read'))).toMatchObject({
      data: { payment: { transactionId: 'SANDBOX-DELIVERED-1', escrow: null } },
      errors: [needed('escrow:read')],
    })
  })

  test('a refund is for who may cancel as its merchant', async () => {
    const { ask, mine, others } = await withPayments()
    const refund = async (of: { transactionId: string }, merchantId: string, headers: Record<string, string>) =>
      ask(REFUND, { input: { transactionId: of.transactionId, merchantId, amount: '4' } }, headers)
    const limited = await only(OTHER)
    expect(await refund(others, DEFAULT, limited)).toMatchObject({ data: { refundPayment: null }, errors: [forbidden] })
    expect(await refund(mine, OTHER, await without('payments:cancel'))).toMatchObject({
      data: { refundPayment: null },
      errors: [needed('payments:cancel')],
    })
    // Somebody else's payment is not told from one that is not there.
    expect(await refund(others, OTHER, limited)).toEqual({
      data: { refundPayment: { __typename: 'PayApiRefundRefused', reason: 'PAYMENT_NOT_KNOWN' } },
    })
    expect(await refund(mine, OTHER, limited)).toEqual({
      data: { refundPayment: { __typename: 'PartialPaymentCancellation' } },
    })
  })
})
