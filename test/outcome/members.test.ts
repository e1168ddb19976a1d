import { describe, expect, it } from 'vitest'
import { FAILURES as GUIDE } from '../../src/graphql/failures/guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from '../../src/graphql/failures/reasons.ts'
import { interpret, type OutcomeKind } from '../../src/outcome/index.ts'
import { FAILURES, SUCCESSES, valuesOf } from '../support/outcome/schema.ts'

const REASONS = {
  PayApiTransportError: TRANSPORT_REASONS,
  PayApiIdempotencyConflict: CONFLICT_REASONS,
  PayApiRefundRefused: REFUND_REASONS,
}

/** Everything that the guide says a failure may come with. */
const CASES = Object.entries(GUIDE).flatMap(([type, { cases }]) => {
  const reasons = Object.hasOwn(REASONS, type) ? Object.entries(REASONS[type as keyof typeof REASONS]) : []
  const all = [[undefined, { cases }] as const, ...reasons]
  return all.flatMap(([reason, { cases }]) =>
    cases.map(({ outcome, retryable }) => ({ __typename: type, outcome, retryable, ...(reason && { reason }) })),
  )
})

const label = ({ __typename, reason, outcome, retryable }: (typeof CASES)[number]) =>
  `${__typename} ${reason ?? ''} ${outcome}, ${retryable ? 'retryable' : 'not retryable'}`

/** What is told otherwise than by outcome and `retryable` alone. */
const OTHERWISE: Readonly<Record<string, OutcomeKind>> = {
  PayApiInvalidInput: 'invalid',
  'PayApiIdempotencyConflict IN_PROGRESS': 'checking',
  'PayApiIdempotencyConflict SAME_ORDER': 'conflict',
  'PayApiIdempotencyConflict DIFFERENT_INPUT': 'conflict',
}

function expectedKind({ __typename, reason, outcome, retryable }: (typeof CASES)[number]): OutcomeKind {
  if (outcome === 'UNKNOWN') return 'checking'
  if (reason === 'CANCEL_UNSETTLED' && !retryable) return 'conflict'
  return OTHERWISE[`${__typename} ${reason}`] ?? OTHERWISE[__typename] ?? (retryable ? 'retry' : 'refused')
}

describe('the kind of', () => {
  it.each(CASES.map((member) => [label(member), expectedKind(member), member] as const))(
    '%s is %s',
    (_, kind, member) => {
      expect(interpret({ ...member, message: 'Nothing was sent.', operationId: 'op-1' })).toMatchObject({
        kind,
        operationId: 'op-1',
      })
    },
  )

  it.each(SUCCESSES.filter((type) => type !== 'PayApiOperation'))('%s is done, in words of its own', (type) => {
    const { kind, title } = interpret({ __typename: type, operationId: 'op-1' })
    expect(kind).toBe('done')
    expect(title).not.toEqual(interpret({ __typename: 'TypeOfALaterVersion' }).title)
  })

  it.each([
    ['SUCCEEDED', 'done'],
    ['FAILED', 'refused'],
    ['UNKNOWN', 'checking'],
    ['IN_PROGRESS', 'checking'],
  ])('an operation that is %s is %s', (state, kind) => {
    expect(interpret({ __typename: 'PayApiOperation', id: 'op-1', state })).toMatchObject({ kind, operationId: 'op-1' })
  })

  it.each([
    ['LINK_CREATED', 'checking'],
    ['AUTHENTICATED', 'checking'],
    ['AWAITING_DEPOSIT', 'checking'],
    ['PAID', 'done'],
    ['DEPOSIT_WITHDRAWN', 'conflict'],
    ['FAILED', 'retry'],
    ['EXPIRED', 'refused'],
    ['UNKNOWN', 'checking'],
  ])('an SMS payment that is %s is %s', (status, kind) => {
    expect(interpret({ __typename: 'PayApiSmsPayment', status, approvalOperationId: null }).kind).toBe(kind)
  })

  it.each([
    ['APPROVED', 'done'],
    ['PARTIALLY_CANCELED', 'done'],
    ['CANCELED', 'done'],
    ['AWAITING_DEPOSIT', 'checking'],
    ['DEPOSIT_WITHDRAWN', 'conflict'],
    [null, 'checking'],
  ])('a payment that is %s is %s', (status, kind) => {
    expect(interpret({ __typename: 'PayApiPayment', status }).kind).toBe(kind)
  })
})

it('every failure of the graph, every reason and every state is among these', () => {
  expect(new Set(CASES.map(({ __typename }) => __typename))).toEqual(new Set(FAILURES))
  const reasons = Object.values(REASONS).flatMap((each) => Object.keys(each))
  expect(reasons.toSorted()).toEqual(valuesOf('PayApiTransportErrorReason').toSorted())
})

it.each([
  ['PayApiOperation', 'state', 'PayApiOperationState'],
  ['PayApiSmsPayment', 'status', 'PayApiSmsPaymentStatus'],
  ['PayApiPayment', 'status', 'PayApiPaymentStatus'],
])('every state of a %s has words of its own', (type, field, states) => {
  const unheard = interpret({ __typename: type, [field]: 'STATE_OF_A_LATER_VERSION' })
  expect(unheard.kind).toBe('checking')
  const alike = valuesOf(states).filter(
    (state) => state !== 'UNKNOWN' && interpret({ __typename: type, [field]: state }).title === unheard.title,
  )
  expect(alike).toEqual([])
})

describe('of a later version', () => {
  const later = { __typename: 'PayApiFailureOfALaterVersion' }

  it.each([
    [{ outcome: 'NOT_PROCESSED', retryable: false }, 'refused'],
    [{ outcome: 'NOT_PROCESSED', retryable: true }, 'retry'],
    [{ outcome: 'UNKNOWN', retryable: false }, 'checking'],
    [{ outcome: 'UNKNOWN', retryable: true }, 'checking'],
    [{ outcome: 'PARTLY', retryable: false }, 'checking'],
    [{}, 'checking'],
  ])('a failure with %o is %s', (fields, kind) => {
    expect(interpret({ ...later, ...fields }).kind).toBe(kind)
  })

  it('a failure of today that may have been processed is being checked, whatever its type', () => {
    for (const type of FAILURES) expect(interpret({ __typename: type, outcome: 'UNKNOWN' }).kind).toBe('checking')
  })

  it('a name that every object has is no type', () => {
    for (const type of ['constructor', 'toString', '__proto__', ''])
      expect(interpret({ __typename: type, state: 'constructor' }).kind).toBe('checking')
    expect(interpret({ __typename: 'PayApiOperation', state: 'constructor' }).kind).toBe('checking')
  })
})

it.each([
  ['PayApiHttpClientError', 'checking'],
  ['PayApiHttpServerError', 'checking'],
  ['PayApiTransportError', 'checking'],
  ['PayApiIdempotencyConflict', 'checking'],
  ['PayApiInvalidInput', 'invalid'],
  ['PayApiRefundRefused', 'refused'],
  ['PgFailure', 'refused'],
])('a document that asks %s for nothing but its name gets %s', (type, kind) => {
  expect(interpret({ __typename: type }).kind).toBe(kind)
})
