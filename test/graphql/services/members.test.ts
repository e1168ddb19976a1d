import { expect, it } from 'vitest'
import {
  CALLS,
  type Call,
  type CallResult,
  exampleOf,
  INSTANT,
  MUTATIONS,
  REQUEST_ID,
  sendExample,
} from '../../support/graphql/operations.ts'
import { type Facade, facadeForScenario, facadeForTest } from '../../support/server/facade.ts'

/** What stands in an example for what a failure echoes. */
function echoed(call: Call): { orderId: unknown; transactionId: unknown } {
  const variables = exampleOf(call.document)
  const { orderId = null, transactionId = null } = (variables['input'] ?? variables) as Readonly<
    Record<string, unknown>
  >
  return { orderId, transactionId }
}

const isLookup = ({ service }: Call) => service.effect === 'lookup'

/** A failure as a whole: what all have, and what this one adds. */
const failure = (__typename: string, call: Call, own: Readonly<Record<string, unknown>>) => ({
  __typename,
  message: expect.stringMatching(/^\S.*\.$/),
  retryable: false,
  requestId: expect.stringMatching(REQUEST_ID),
  requestedAt: expect.stringMatching(INSTANT),
  merchantId: 'welcometst',
  ...echoed(call),
  ...own,
})

/** Every service's ending, by its field, with one scenario. */
async function endingsOf(facade: Facade, scenario: string): Promise<Readonly<Record<string, CallResult>>> {
  const endings = CALLS.map(async (call) => [call.field, await sendExample(facade, call, { scenario })] as const)
  return Object.fromEntries(await Promise.all(endings))
}

const forEachCall = <Value>(value: (call: Call) => Value) =>
  Object.fromEntries(CALLS.map((call) => [call.field, value(call)]))

it('PgFailure: every service tells code and words of PayAPI', async () => {
  const facade = await facadeForTest()
  expect(await endingsOf(facade, 'decline')).toEqual(
    forEachCall((call) =>
      failure('PgFailure', call, {
        outcome: 'NOT_PROCESSED',
        resultCode: '1001',
        resultMessage: '카드사에서 승인을 거절하였습니다.',
      }),
    ),
  )
})

it.each([
  { scenario: 'http-400', httpStatus: 400, resultCode: '9400', resultMessage: '잘못된 요청입니다.', unknown: false },
  { scenario: 'http-404-html', httpStatus: 404, resultCode: null, resultMessage: null, unknown: false },
  {
    scenario: 'http-408',
    httpStatus: 408,
    resultCode: '9408',
    resultMessage: '요청 시간이 초과되었습니다.',
    unknown: true,
  },
])('PayApiHttpClientError: every service, HTTP $httpStatus', async ({ scenario, unknown, ...own }) => {
  const facade = await facadeForTest()
  expect(await endingsOf(facade, scenario)).toEqual(
    forEachCall((call) =>
      failure('PayApiHttpClientError', call, {
        ...own,
        outcome: unknown && !isLookup(call) ? 'UNKNOWN' : 'NOT_PROCESSED',
      }),
    ),
  )
})

it.each([
  { scenario: 'http-500', httpStatus: 500, resultCode: '9500', resultMessage: '서버 내부 오류입니다.' },
  { scenario: 'http-502-html', httpStatus: 502, resultCode: null, resultMessage: null },
])('PayApiHttpServerError: every service, HTTP $httpStatus', async ({ scenario, ...own }) => {
  const facade = await facadeForTest()
  expect(await endingsOf(facade, scenario)).toEqual(
    forEachCall((call) =>
      failure('PayApiHttpServerError', call, {
        ...own,
        outcome: isLookup(call) ? 'NOT_PROCESSED' : 'UNKNOWN',
        retryable: isLookup(call),
      }),
    ),
  )
})

it('PayApiTransportError, CONNECTION_REFUSED: no service can have done anything, and all may be sent again', async () => {
  const facade = await facadeForTest()
  expect(await endingsOf(facade, 'refused')).toEqual(
    forEachCall((call) =>
      failure('PayApiTransportError', call, {
        reason: 'CONNECTION_REFUSED',
        outcome: 'NOT_PROCESSED',
        retryable: true,
      }),
    ),
  )
})

it.each([
  { reason: 'CONNECTION_LOST', scenario: 'reset' },
  { reason: 'CONNECTION_LOST', scenario: 'close' },
  { reason: 'TIMEOUT', scenario: 'timeout' },
  { reason: 'TIMEOUT', scenario: 'drip' },
  { reason: 'UNREADABLE_RESPONSE', scenario: 'unreadable' },
  { reason: 'UNREADABLE_RESPONSE', scenario: 'empty' },
  { reason: 'UNREADABLE_RESPONSE', scenario: 'too-large' },
  { reason: 'UNREADABLE_RESPONSE', scenario: 'redirect' },
  { reason: 'MISMATCHED_RESPONSE', scenario: 'mismatch' },
])('PayApiTransportError, $reason: every service, $scenario', async ({ reason, scenario }) => {
  const facade = await facadeForScenario(scenario)
  expect(await endingsOf(facade, scenario)).toEqual(
    forEachCall((call) =>
      failure('PayApiTransportError', call, {
        reason,
        outcome: isLookup(call) ? 'NOT_PROCESSED' : 'UNKNOWN',
        retryable: isLookup(call),
      }),
    ),
  )
})

it('PayApiTransportError, OVERLOADED: one call more than the bound is refused at once', async () => {
  const facade = await facadeForTest({ client: { maxInFlight: 1 } })
  const [first, second] = MUTATIONS
  if (first === undefined || second === undefined) throw new Error('there are two mutations')
  const hanging = sendExample(facade, first, { scenario: 'timeout' })
  await expect.poll(() => facade.sandbox.books.requests[first.service.path]).toBe(1)
  expect(await sendExample(facade, second)).toEqual(
    failure('PayApiTransportError', second, { reason: 'OVERLOADED', outcome: 'NOT_PROCESSED', retryable: true }),
  )
  await facade.client.close()
  expect(await hanging).toMatchObject({ reason: 'CONNECTION_LOST', outcome: 'UNKNOWN' })
})

it('PayApiInvalidInput: every service refuses a merchant that is not configured, and sends nothing', async () => {
  const facade = await facadeForTest()
  const endings = CALLS.map(async ({ document, field }) => {
    const { input, ...rest } = exampleOf(document)
    const variables = input ? { input: { ...input, merchantId: 'nobody' } } : { ...rest, merchantId: 'nobody' }
    return [field, (await facade.send(document, variables))[field]]
  })
  expect(Object.fromEntries(await Promise.all(endings))).toEqual(
    forEachCall((call) =>
      failure('PayApiInvalidInput', call, {
        merchantId: null,
        message: expect.stringContaining('merchantId'),
        outcome: 'NOT_PROCESSED',
        issues: [{ path: ['merchantId'], code: 'UNKNOWN_MERCHANT', message: expect.stringContaining('`mid`') }],
      }),
    ),
  )
  expect(Object.values(facade.sandbox.books.requests)).toEqual(MUTATIONS.map(() => 0))
})
