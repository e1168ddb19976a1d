import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { FAILURES } from '../../../src/graphql/failures/guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from '../../../src/graphql/failures/reasons.ts'
import { aCharge, type Fields, scenario, startJournaledFacade } from '../../support/journal/facade.ts'
import { refund } from '../../support/journal/payments.ts'
import { temporaryFolder } from '../../support/journal/store.ts'

// What the guide says of the scenarios' failures is held by scenarios.test.ts.

const CHARGE = 'chargeCardBillingKey'
const REASONS = { ...TRANSPORT_REASONS, ...CONFLICT_REASONS, ...REFUND_REASONS }

async function facadeWithoutStore() {
  const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
  mkdirSync(blocked, { recursive: true })
  return startJournaledFacade({ storeUrl: pathToFileURL(blocked).href })
}

const WAYS: Readonly<Record<string, () => Promise<Fields | undefined>>> = {
  'PayApiInvalidInput undefined': async () => {
    const { mutate } = await startJournaledFacade()
    return mutate(CHARGE, aCharge({ amount: '0' }))
  },
  'PgFailure undefined': async () => {
    const { mutate } = await startJournaledFacade()
    return mutate(CHARGE, aCharge({ billingKey: 'no such key' }))
  },
  'PayApiTransportError JOURNAL_UNAVAILABLE': async () => {
    const { mutate } = await facadeWithoutStore()
    return mutate(CHARGE, aCharge({ idempotencyKey: 'key-1' }))
  },
  'PayApiIdempotencyConflict SAME_ORDER': async () => {
    const { mutate } = await startJournaledFacade()
    const charge = aCharge()
    await mutate(CHARGE, charge)
    return mutate(CHARGE, charge)
  },
  'PayApiIdempotencyConflict DIFFERENT_INPUT': async () => {
    const { mutate } = await startJournaledFacade()
    await mutate(CHARGE, aCharge({ idempotencyKey: 'key-1' }))
    return mutate(CHARGE, aCharge({ idempotencyKey: 'key-1', amount: '2000' }))
  },
  'PayApiIdempotencyConflict IN_PROGRESS': async () => {
    const { mutate } = await startJournaledFacade({ waitMs: 0 })
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const both = [mutate(CHARGE, charge, scenario('slow')), mutate(CHARGE, charge, scenario('slow'))]
    return (await Promise.all(both)).find(({ retryable }) => retryable !== undefined)
  },
  'PayApiIdempotencyConflict CANNOT_BE_COMPARED': async () => {
    const [one, other] = [randomBytes(32), randomBytes(32)]
    const first = await startJournaledFacade({ keys: [one] })
    const both = await first.another({ keys: [other, one] })
    await both.mutate(CHARGE, aCharge({ idempotencyKey: 'key-1' }))
    return first.mutate(CHARGE, aCharge({ idempotencyKey: 'key-1' }))
  },
}

/** What a refund of a part ends with, after a first one. */
async function secondRefund(first: object | undefined, headers: Readonly<Record<string, string>>, second: object) {
  const facade = await startJournaledFacade()
  const { transactionId } = await facade.mutate(CHARGE, aCharge())
  if (first !== undefined) await refund(facade, { transactionId, ...first }, headers)
  return refund(facade, { transactionId, ...second })
}

async function refundsAtOnce() {
  const facade = await startJournaledFacade()
  const { transactionId } = await facade.mutate(CHARGE, aCharge())
  const both = [1, 2].map((amount) => refund(facade, { transactionId, amount }, scenario('slow')))
  return (await Promise.all(both)).find(({ reason }) => reason !== undefined)
}

const REFUNDS: typeof WAYS = {
  'PayApiRefundRefused PAYMENT_NOT_KNOWN': () => secondRefund(undefined, {}, { transactionId: 'SANDBOX-CARD-1' }),
  'PayApiRefundRefused NOTHING_LEFT': () => secondRefund({}, {}, {}),
  'PayApiRefundRefused MORE_THAN_REMAINS': () => secondRefund({ amount: 1 }, {}, { amount: 1004 }),
  'PayApiRefundRefused CANCEL_UNSETTLED': () => secondRefund({ amount: 1 }, scenario('reset'), {}),
}

it.each([
  ...Object.entries(WAYS),
  ...Object.entries(REFUNDS),
  ['PayApiRefundRefused CANCEL_UNSETTLED', refundsAtOnce] as const,
])('%s ends as the guide says', async (named, provoke) => {
  const ending = (await provoke()) ?? {}
  expect(`${ending['__typename']} ${ending['reason']}`).toBe(named)
  const { cases } =
    ending['reason'] === undefined
      ? FAILURES[ending['__typename'] as keyof typeof FAILURES]
      : REASONS[ending['reason'] as keyof typeof REASONS]
  const { outcome, retryable } = ending
  expect(cases).toContainEqual(expect.objectContaining({ outcome, retryable }))
})

it('every reason of a conflict and of a refund is among them', () => {
  const named = Object.keys(CONFLICT_REASONS).map((reason) => `PayApiIdempotencyConflict ${reason}`)
  expect(Object.keys(WAYS)).toEqual(expect.arrayContaining(named))
  expect(Object.keys(REFUNDS)).toEqual(Object.keys(REFUND_REASONS).map((reason) => `PayApiRefundRefused ${reason}`))
})
