import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { aCharge, type JournaledFacade, scenario, startJournaledFacade } from '../support/journal/facade.ts'
import { KEYS } from '../support/journal/operations.ts'
import { eventually, temporaryFolder } from '../support/journal/store.ts'
import { startTestFacade, usingPayApi } from '../support/server/running-facade.ts'

const WAIT_MS = 10 * 60_000

/** A journal with operations whose outcome has been unknown for a while, and how a facade is started on it. */
async function yesterday() {
  const storeUrl = pathToFileURL(join(temporaryFolder(), 'journal.db')).href
  const facade = await startJournaledFacade({ storeUrl, keys: KEYS, now: () => Date.now() - WAIT_MS })
  const lose = async (name: string, input: object) =>
    String((await facade.mutate(name, input, scenario('reset')))['operationId'])
  const lost = {
    confirmation: await lose('confirmEscrowPurchase', {
      clientIp: '127.0.0.1',
      transactionId: 'SANDBOX-DELIVERED-1',
      processedBy: '홍길동',
    }),
    cancel: await lose('cancelPayment', {
      paymentMethod: 'CARD',
      currency: 'KRW',
      transactionId: 'SANDBOX-CARD-1',
      amount: '50000',
    }),
    charge: await lose('chargeCardBillingKey', aCharge()),
  }
  const env = {
    ...usingPayApi(facade.sandbox.url),
    PAYAPI_STORE_URL: storeUrl,
    PAYAPI_JOURNAL_KEYS: Buffer.from(KEYS[0] ?? []).toString('base64'),
  }
  return { facade, lost, env }
}

const stateOf = async ({ journal }: JournaledFacade, id: string) => (await journal.store.get(id))?.state

it('what is due is settled at the start, by looking alone unless more is named, and leaves a line in the log', async () => {
  const { facade, lost, env } = await yesterday()
  const { lines } = await startTestFacade(env)
  await eventually(async () => expect(await stateOf(facade, lost.confirmation)).toBe('SUCCEEDED'))
  expect(await stateOf(facade, lost.cancel)).toBe('UNKNOWN')
  expect(await stateOf(facade, lost.charge)).toBe('UNKNOWN')
  await eventually(() =>
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        level: 'info',
        msg: 'journal settle-tried',
        operationId: lost.confirmation,
        service: 'confirmEscrowPurchase',
        caller: 'settling',
        state: 'SUCCEEDED',
        answer: 'PURCHASE_CONFIRMED',
      }),
    ),
  )
})

it('a full cancel is settled by itself where that is named, and a charge never', async () => {
  const { facade, lost, env } = await yesterday()
  await startTestFacade({ ...env, PAYAPI_AUTO_SETTLE: 'cancelPayment' })
  await eventually(async () => expect(await stateOf(facade, lost.cancel)).toBe('SUCCEEDED'))
  expect(await stateOf(facade, lost.confirmation)).toBe('UNKNOWN')
  expect(await stateOf(facade, lost.charge)).toBe('UNKNOWN')
})
