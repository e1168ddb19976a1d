import { expect, it } from 'vitest'
import { FAILURES } from '../../src/graphql/failures/guide.ts'
import { TRANSPORT_REASONS } from '../../src/graphql/failures/reasons.ts'
import { SCENARIOS } from '../../src/sandbox/response/scenarios.ts'
import type { Books } from '../../src/sandbox/server.ts'
import { SCENARIO_ENDINGS } from '../../src/server/sandbox/scenario-endings.ts'
import { ALL_SCENARIOS, REFUSED } from '../../src/server/sandbox/scenario-list.ts'
import { CALLS, sendExample } from '../support/graphql/operations.ts'
import { facadeForScenario } from '../support/server/facade.ts'

const CASES = [{ name: REFUSED, processed: false, outcome: 'NOT_PROCESSED', sent: false }].concat(
  SCENARIOS.map(({ name, processed, outcome }) => ({ name, processed, outcome, sent: true })),
)

/** What all examples leave in the books, once each. */
const EVERYTHING = {
  charges: ['/billing/billpay', '/billing/hppbillpay', '/noauth/pay/card'],
  cancellations: ['/cancel/cancel', '/cancel/repay'],
  issuedKeys: 2,
  deletedKeys: 1,
  escrow: ['delivered', 'denial-confirmed', 'purchase-confirmed', 'purchase-denied'],
}

const NOTHING = { charges: [], cancellations: [], issuedKeys: 0, deletedKeys: 0, escrow: [] }

function entriesOf({ charges, cancellations, billingKeys, escrow }: Books) {
  return {
    charges: charges.map(({ path }) => path).sort(),
    cancellations: cancellations.map(({ path }) => path).sort(),
    issuedKeys: billingKeys.filter(({ billkey }) => !billkey.startsWith('SANDBOX-')).length,
    deletedKeys: billingKeys.filter(({ deletedAt }) => deletedAt !== null).length,
    escrow: escrow.map(({ state }) => state).sort(),
  }
}

it('knows every scenario that the facade offers', () => {
  expect(CASES.map(({ name }) => name)).toEqual(ALL_SCENARIOS.map(({ name }) => name))
})

it.each(CASES)('$name: every service ends as it must, and is sent once', async ({ name, processed, outcome, sent }) => {
  const facade = await facadeForScenario(name)
  const endings = await Promise.all(CALLS.map((call) => sendExample(facade, call, { scenario: name })))

  const said = CALLS.map(({ field }, index) => [field, endings[index]?.['outcome'] ?? endings[index]?.__typename])
  const expected = CALLS.map(({ field, service: { effect, result } }) => {
    if (outcome === 'SUCCESS') return [field, result.type]
    return [field, effect === 'lookup' ? 'NOT_PROCESSED' : outcome]
  })
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected))

  // A charge ends as the reference says, and what it says of that failure holds.
  const ending = endings[CALLS.findIndex(({ field }) => field === 'chargeKeyedInCard')]
  const documented = SCENARIO_ENDINGS[name as keyof typeof SCENARIO_ENDINGS]
  const type = documented.type === 'success' ? 'CardPayment' : documented.type
  expect(ending).toMatchObject({ __typename: type })
  if (documented.type !== 'success') {
    const reason = ending?.['reason'] as keyof typeof TRANSPORT_REASONS | undefined
    expect(documented.reasons ?? [undefined]).toContain(reason)
    const { cases } = reason === undefined ? FAILURES[documented.type] : TRANSPORT_REASONS[reason]
    expect(cases).toContainEqual(expect.objectContaining({ outcome, retryable: ending?.['retryable'] }))
  }

  const { books } = facade.sandbox
  expect(entriesOf(books)).toEqual(processed ? EVERYTHING : NOTHING)
  const timesSent = (path: string) => (sent ? CALLS.filter(({ service }) => service.path === path).length : 0)
  expect(books.requests).toEqual(
    Object.fromEntries(CALLS.map(({ service }) => [service.path, timesSent(service.path)])),
  )

  // What changes something may only be sent again where no connection was made.
  const changes = CALLS.flatMap(({ service }, index) => (service.effect === 'lookup' ? [] : [endings[index]]))
  expect(changes.filter((ending) => ending?.['retryable']).length).toBe(sent ? 0 : changes.length)
})
