import { expect, test } from 'vitest'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import {
  anEscrowChange,
  lookedAt,
  noticeFacadeForFile,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'
import { usingPayApi } from '../../support/server/running-facade.ts'

// The one notice that can be verified on the spot: whoever gets it asks for the payment.

const facade = noticeFacadeForFile()

/** A change of a payment that the sandbox knows by its name. */
const changeOf = (prefix: string, more: Record<string, string> = {}) => {
  const number = unique()
  return anEscrowChange({ no_tid: `SANDBOX-${prefix}-${number}`, no_oid: `ORDER-${number}`, price: '50000', ...more })
}

const asked = ([notice]: readonly { escrowStatus: unknown }[]) => notice?.escrowStatus != null

test.each([
  // The same code means another thing in the notice and in the answer.
  ['10', 'DENIAL_CONFIRMED', 'DENIED', 'PURCHASE_DENIED', '10'],
  ['2', 'DELIVERY_REGISTERED', 'DELIVERED', 'APPROVED', '0'],
  ['4', 'DENIED', 'DENIED', 'PURCHASE_DENIED', '10'],
])(
  'a change with %s is shown as %s beside what the PG answers when it is asked',
  async (code, escrowEvent, prefix, state, stateCode) => {
    const change = changeOf(prefix, { cl_status: code })
    await facade().send('escrow', change)
    const [notice] = await facade().notices({ transactionId: change['no_tid'] }, asked)
    expect(notice).toMatchObject({
      escrowEvent,
      state: 'APPLIED',
      exception: null,
      trust: { matches: true },
      escrowStatus: { __typename: 'EscrowStatus', state, stateCode, orderId: change['no_oid'], amount: '50000' },
    })
  },
)

test.each([
  ['another order', { no_oid: 'ANOTHER' }, 'ORDER_DIFFERS'],
  ['another amount', { price: '49999' }, 'AMOUNT_DIFFERS'],
])('a change that names %s than the PG, asked for it, is for a person', async (_, more, exception) => {
  const change = changeOf('DELIVERED', { cl_status: '3', ...more })
  await facade().send('escrow', change)
  const found = await facade().notices({ transactionId: change['no_tid'] }, asked)
  expect(found).toMatchObject([{ exception, trust: { matches: false } }])
})

test('a change that was for a person before the PG was asked is so for the same reason', async () => {
  const change = changeOf('DELIVERED', { cl_status: '99', price: '49999' })
  await facade().send('escrow', change)
  const found = await facade().notices({ transactionId: change['no_tid'] }, asked)
  expect(found).toMatchObject([{ exception: 'UNKNOWN_EVENT', trust: { matches: false } }])
})

test('the amount of a cancel is that of the cancel, and differs from the payment’s', async () => {
  const change = changeOf('DELIVERED', { cl_status: '8', price: '100' })
  await facade().send('escrow', change)
  expect(await facade().notices({ transactionId: change['no_tid'] }, asked)).toMatchObject([{ exception: null }])
})

const CONFIRM = `mutation ($input: ConfirmEscrowPurchaseInput!) { result: confirmEscrowPurchase(input: $input) { 
  ... on EscrowPurchaseConfirmation { operationId } ... on PayApiFailure { operationId } } }`

test.each([
  ['that we had an answer to belongs to its operation', '', 'APPLIED', 'SUCCEEDED'],
  ['whose answer was lost is evidence', 'reset', 'PROPOSED', 'UNKNOWN'],
])('a confirmation %s', async (_, scenario, state, operationState) => {
  const change = changeOf('DELIVERED', { cl_status: '3' })
  const input = { clientIp: '127.0.0.1', transactionId: change['no_tid'], processedBy: '상점' }
  const answer = await fetch(facade().url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(scenario && { 'x-sandbox-scenario': scenario }) },
    body: JSON.stringify({ query: CONFIRM, variables: { input } }),
  })
  const { data } = (await answer.json()) as { data: { result: { operationId: string } } }
  await facade().send('escrow', change)
  expect(await facade().notices({ transactionId: change['no_tid'] }, lookedAt)).toMatchObject([
    { state, appliedTo: { operation: { id: data.result.operationId, state: operationState } } },
  ])
})

test('a buyer’s decision on the PG’s page is an escrow change', async () => {
  const tid = `SANDBOX-DENIED-${unique()}`
  await facade().send('escrow', { P_ESCROW_TID: tid, P_CL_STATUS: 'denyComplete', P_STATUS: '00', P_RMESG1: '변심' })
  expect(await facade().notices({ transactionId: tid }, asked)).toMatchObject([
    { escrowEvent: 'DENIED', statedReason: '변심', escrowStatus: { state: 'PURCHASE_DENIED' } },
  ])
})

test('a PG that cannot be reached is asked again until it answers', async () => {
  let requests = 0
  const answer = JSON.stringify({ ResultCode: '00', noOid: 'C-UP', noTid: 'T-UP', clStatus: '3', price: '45000' })
  const payApi = await startRawServer(
    answering(() => (requests++ === 0 ? httpAnswer(503, '') : httpAnswer(200, answer))),
  )
  const facade = await startNoticeFacade(usingPayApi(payApi.url))
  await facade.send('escrow', anEscrowChange({ no_tid: 'T-UP', no_oid: 'C-UP', cl_status: '3' }))
  expect(await facade.notices({ transactionId: 'T-UP' }, asked)).toMatchObject([
    { trust: { matches: true }, escrowStatus: { state: 'PURCHASE_CONFIRMED' } },
  ])
})
