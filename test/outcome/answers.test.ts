import { describe, expect, it } from 'vitest'
import { operationDocuments } from '../../scripts/documents/operation-documents.ts'
import { interpret, interpretStatus } from '../../src/outcome/index.ts'
import { facadeForFile } from '../support/server/facade.ts'
import { charge } from '../support/server/running-facade.ts'

const facade = await facadeForFile()
const post = (body: object, scenario?: string) => facade.post(body, scenario === undefined ? {} : { scenario })

const query = operationDocuments().find(({ name }) => name === 'ChargeKeyedInCard')?.text

const paid = { __typename: 'CardPayment', transactionId: 'tid', operationId: 'op-1' }
const unknown = { __typename: 'PayApiTransportError', outcome: 'UNKNOWN', retryable: false, operationId: 'op-1' }

describe('an answer of the server', () => {
  it.each([
    [undefined, 'done'],
    ['decline', 'refused'],
    ['http-500', 'checking'],
    ['http-400', 'refused'],
    ['reset', 'checking'],
    ['two-codes', 'checking'],
    ['missing-fields', 'done'],
    ['refused', 'retry'],
    ['http-502-html', 'checking'],
  ])('in the scenario %s is %s', async (scenario, kind) => {
    expect(interpret(await post(charge(`OUTCOME-${scenario}`), scenario)).kind).toBe(kind)
  })

  it.each<[string, object]>([
    ['a document that cannot be parsed', { query: 'mutation {' }],
    ['a document with a field that there is not', { query: 'mutation { payNow { __typename } }' }],
    ['a variable that is missing', { ...charge('OUTCOME-1'), variables: {} }],
    ['a variable of another type', { ...charge('OUTCOME-1'), variables: { input: 'all' } }],
    ['two operations without a name', { query: 'query A { __typename } query B { __typename }' }],
    ['a body that is no request', { quarry: 1 }],
  ])('for %s says that this request was not completed', async (_, body) => {
    const answer = await post(body)
    expect(answer.data ?? null, JSON.stringify(answer)).toBeNull()
    expect(['refused', 'invalid'], JSON.stringify(answer)).toContain(interpret(answer).kind)
  })

  it('with what is wrong names each field', async () => {
    const { variables } = charge('OUTCOME-2', {
      amount: '0',
      card: { number: '1', expiryYear: '29', expiryMonth: '1' },
    })
    const { kind, fields } = interpret(await post({ query, variables }))
    expect(kind).toBe('invalid')
    expect(fields.map(({ path, label }) => [path.join('.'), label.en])).toEqual(
      expect.arrayContaining([
        ['amount', 'Amount'],
        ['card.number', 'Card number'],
      ]),
    )
  })
})

const fault = (code?: string, more: object = { path: ['result'] }) => ({ message: 'x', ...more, extensions: { code } })

describe('errors in the place of a result', () => {
  it.each([
    ['RATE_LIMITED', 'retry'],
    ['UNAUTHENTICATED', 'refused'],
    ['FORBIDDEN', 'refused'],
    ['NO_JOURNAL', 'refused'],
    ['NOT_READY', 'retry'],
    ['TOO_MANY_REPRESENTATIONS', 'refused'],
    ['TOO_MANY_STREAMS', 'retry'],
    // Said by gateways and proxies too, whatever they have sent on.
    ['NOT_FOUND', 'checking'],
    ['INTERNAL_SERVER_ERROR', 'checking'],
    ['DOWNSTREAM_SERVICE_ERROR', 'checking'],
    ['SHUTTING_DOWN', 'checking'],
    ['constructor', 'checking'],
    [undefined, 'checking'],
  ])('with the code %s are %s', (code, kind) => {
    expect(interpret({ errors: [fault(code)], data: { result: null } }).kind).toBe(kind)
    expect(interpret({ errors: [fault(code, {})] }).kind).toBe(kind)
  })

  it('a null without an error of its own is being checked', () => {
    expect(interpret({ data: { result: null } }).kind).toBe('checking')
    expect(interpret({ data: { result: null }, errors: [fault('FORBIDDEN', { path: ['other'] })] }).kind).toBe(
      'checking',
    )
    expect(interpret({ data: null }).kind).toBe('checking')
  })

  it('one that may come after something was sent makes all doubtful', () => {
    expect(interpret({ errors: [fault('FORBIDDEN'), fault()], data: { result: null } }).kind).toBe('checking')
  })

  it('an error beside a result takes nothing from it', () => {
    expect(
      interpret({ data: { result: paid }, errors: [fault('FORBIDDEN', { path: ['result', 'payment'] })] }).kind,
    ).toBe('done')
  })

  it('of two results the doubtful one counts', () => {
    expect(interpret({ data: { one: paid, other: unknown } })).toMatchObject({ kind: 'checking', operationId: 'op-1' })
  })
})

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', '<html>502 Bad Gateway</html>'],
  ['a list', [paid]],
  ['an empty object', {}],
  ['an error of the network', new TypeError('Failed to fetch')],
  ['an abort', new DOMException('Aborted', 'AbortError')],
  ['a member without its name', { transactionId: 'tid' }],
  ['a result that is still to come', { data: undefined, loading: true }],
])('%s is being checked', (_, result) => {
  expect(interpret(result).kind).toBe('checking')
})

it.each<[string, unknown]>([
  ['the member', paid],
  ['the data', { chargeKeyedInCard: paid }],
  ['the data, with the name of its type', { __typename: 'Mutation', chargeKeyedInCard: paid }],
  ['the answer', { data: { chargeKeyedInCard: paid } }],
  ['an answer within an answer', { response: { data: { chargeKeyedInCard: paid } } }],
])('%s of a charge is told alike', (_, result) => {
  expect(interpret(result)).toMatchObject({ kind: 'done', operationId: 'op-1' })
})

it.each([
  ['paymentOperation', { id: 'op-1', state: 'SUCCEEDED' }],
  ['paymentOperationByKey', { id: 'op-1', state: 'SUCCEEDED' }],
  ['paymentOperationChanged', { id: 'op-1', state: 'SUCCEEDED' }],
  ['smsPayment', { status: 'PAID' }],
  ['smsPaymentChanged', { status: 'PAID' }],
  ['payment', { status: 'APPROVED' }],
  ['paymentChanged', { status: 'APPROVED' }],
])('what %s answers needs no name of its type', (field, value) => {
  expect(interpret({ data: { [field]: value } }).kind).toBe('done')
  expect(interpret({ data: { [field]: null } }).kind).toBe('checking')
})

it('a result that refers to itself comes to an end', () => {
  const result: { error?: unknown } = {}
  result.error = result
  expect(interpret(result).kind).toBe('checking')
})

it.each<[string, unknown]>([
  [
    'may not be asked for',
    { data: { paymentOperation: null }, errors: [fault('FORBIDDEN', { path: ['paymentOperation'] })] },
  ],
  ['was asked for too often', { errors: [fault('RATE_LIMITED', {})] }],
  ['was asked for wrongly', { errors: [fault('GRAPHQL_VALIDATION_FAILED', {})] }],
  ['is not found', { data: { paymentOperation: null } }],
  ['could not be asked for', new TypeError('Failed to fetch')],
])('a payment that %s is still being checked', (_, result) => {
  expect(interpretStatus(result)).toMatchObject({ kind: 'checking', title: interpret(null).title })
})

it('a payment that was found is what became of it', () => {
  expect(interpretStatus({ data: { paymentOperation: { id: 'op-1', state: 'FAILED' } } }).kind).toBe('refused')
  expect(interpretStatus({ paymentOperationChanged: { id: 'op-1', state: 'SUCCEEDED' } }).kind).toBe('done')
})
