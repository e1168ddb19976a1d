import { buildSchema, type GraphQLEnumType, type GraphQLInterfaceType, getNamedType, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import type { ExplorerOperation, FailureTexts } from '../../../src/graphiql/setup.ts'
import { schema } from '../../../src/graphql/schema.ts'
import { CHAPTERS, SERVICES, type Service } from '../../../src/payapi/index.ts'
import { SCENARIOS } from '../../../src/sandbox/response/scenarios.ts'
import { CHAPTER_RULES } from '../../../src/server/graphiql/chapters.ts'
import { rootField } from '../../../src/server/graphiql/root-fields.ts'
import type { GraphiqlSetting } from '../../../src/server/graphiql/setting.ts'
import { embeddedSetup, graphiqlSetup } from '../../../src/server/graphiql/setup.ts'
import { TITLES } from '../../../src/server/graphiql/titles.ts'
import { startJournaledFacade } from '../../support/journal/facade.ts'
import { facadeForTest } from '../../support/server/facade.ts'

const SETTING: GraphiqlSetting = {
  sandbox: true,
  journal: true,
  signIn: [],
  introspection: true,
  trustedDocumentsOnly: false,
  fillsIn: () => false,
}

const setup = graphiqlSetup(SETTING)
const operationsOf = ({ chapters }: typeof setup) => chapters.flatMap(({ operations }) => operations)
const operations = operationsOf(setup)
const HANGUL = /[가-힣]/

const byField = (name: string) => operations.find(({ field }) => field === name) as ExplorerOperation

it('every document is in one chapter, by its own name and with what it takes', () => {
  expect(operations.map(({ name }) => name).toSorted()).toEqual(
    operationDocuments()
      .map(({ name }) => name)
      .toSorted(),
  )
  for (const { document } of operations) {
    expect(document).toMatch(/^(query|mutation|subscription) /)
    expect(validate(schema, parse(document))).toEqual([])
  }
})

it('chapters and operations have their names in both languages, and no chapter is left over', () => {
  for (const { title } of [...setup.chapters, ...operations]) {
    expect(title.en).toMatch(/^[A-Z][^가-힣]+$/)
    expect(title.ko).toMatch(HANGUL)
  }
  expect(setup.chapters.map(({ id }) => id)).not.toContain('others')
})

it('the services are in the chapters of the contract, first and in its order, by their definitions’ names', () => {
  const chapters = setup.chapters.slice(0, Object.keys(CHAPTERS).length)
  expect(chapters.map(({ id, operations }) => [id, operations.map(({ field, title }) => [field, title])])).toEqual(
    Object.entries(CHAPTERS).map(([id, services]) => [
      id,
      Object.values<Service>(services)
        .map(({ name, about, korean }) => [name, { en: about, ko: korean }])
        .toSorted(([one], [other]) => placeOf(one as string) - placeOf(other as string)),
    ]),
  )
})

const placeOf = (field: string) => operationDocuments().findIndex((document) => document.field === field)

it('what is no service has chapters of its own', () => {
  const fields = Object.fromEntries(
    setup.chapters.map(({ id, operations }) => [id, operations.map(({ field }) => field)]),
  )
  expect(fields).toMatchObject({
    lookups: ['cardPrefix', 'escrowStatus'],
    operations: expect.arrayContaining(['paymentOperation', 'paymentOperations', 'resolvePaymentOperation']),
    payments: ['payment', 'payments'],
    refunds: ['refundPayment'],
    live: ['paymentOperationChanged', 'paymentChanged', 'smsPaymentChanged', 'workChanged'],
    smsPayments: ['smsPayment', 'smsPayments'],
    notices: ['notice', 'notices', 'acknowledgeNotice'],
  })
})

it.each([
  ['query', 'sheet', 'others'],
  ['query', 'operationsOfDay', 'operations'],
  ['query', 'hooks', 'webhooks'],
  ['mutation', 'undoEverything', 'refunds'],
  ['mutation', 'explainNotice', 'notices'],
  ['subscription', 'operationMoved', 'live'],
] as const)('a %s that is added, %s, is in the chapter %s', (kind, name, chapter) => {
  const grown = buildSchema(`
    interface PayApiFailure { message: String! }
    type PgFailure implements PayApiFailure { message: String! }
    type PageInfo { hasNextPage: Boolean! }
    type Sheet { id: ID! }
    type PayApiOperation { id: ID! }
    type OperationEdge { node: PayApiOperation! }
    type OperationConnection { edges: [OperationEdge!]! pageInfo: PageInfo! }
    type PayApiWebhookDelivery { id: ID! }
    type PaymentCancellation { amount: String }
    type PayApiNotice { id: ID! }
    union UndoResult = PaymentCancellation | PgFailure
    union ExplainResult = PayApiNotice | PgFailure
    type Query { sheet: Sheet, operationsOfDay: OperationConnection, hooks: [PayApiWebhookDelivery!] }
    type Mutation { undoEverything: UndoResult, explainNotice: ExplainResult }
    type Subscription { operationMoved: PayApiOperation }
  `)
  const field = rootField(grown, kind, name)
  expect(CHAPTER_RULES.find(({ holds }) => field !== undefined && holds(field))?.id).toBe(chapter)
})

it('each charge has a new order number in each run, and nothing else has', () => {
  const fresh = operations.filter((operation) => operation.fresh.length > 0)
  expect(fresh.map(({ field }) => field).toSorted()).toEqual(
    Object.values<Service>(SERVICES)
      .filter(({ effect }) => effect === 'charge')
      .map(({ name }) => name)
      .toSorted(),
  )
  for (const operation of fresh) expect(operation.fresh).toEqual(['input.orderId'])
})

/** The variables of a run, as the page makes them. */
function withFresh({ variables, fresh }: ExplorerOperation, value: string): Record<string, unknown> {
  const given = structuredClone(variables) as { input?: Record<string, unknown> }
  for (const path of fresh) if (given.input) given.input[path.replace('input.', '')] = value
  return given
}

const isOfService = ({ field, kind }: ExplorerOperation) =>
  field in SERVICES ||
  setup.chapters.some(
    ({ id, operations }) => id === 'lookups' && operations.some((each) => each.field === field && each.kind === kind),
  )

it('every service works at once in the sandbox, and meets a failure with a scenario', async () => {
  const { post } = await facadeForTest()
  for (const { document, variables } of operations.filter(isOfService)) {
    const body = { query: document, variables }
    const declined = await post(body, { scenario: 'decline' })
    expect(Object.values(declined.data ?? {})).toMatchObject([{ __typename: 'PgFailure' }])
    const { data, errors } = await post(body)
    expect(errors).toBeUndefined()
    expect(Object.values(data ?? {})).not.toMatchObject([{ outcome: expect.anything() }])
  }
})

it('where a journal is kept all else works at once, and each charge as often as it is run', async () => {
  const { send } = await startJournaledFacade()
  for (const operation of operations.filter(({ kind, field }) => kind !== 'subscription' && !(field in SERVICES)))
    expect((await send(operation.document, operation.variables)).errors, operation.name).toBeUndefined()
  for (const operation of operations.filter(({ fresh }) => fresh.length > 0)) {
    for (const run of ['FIRST', 'SECOND']) {
      const { data } = await send(operation.document, withFresh(operation, `${operation.name}-${run}`))
      expect(Object.values(data ?? {})[0], operation.name).not.toHaveProperty('outcome')
    }
  }
})

it('what the server fills in by itself is left out of the variables, and asked for where it does not', () => {
  const inputOf = (given: typeof setup) =>
    Object.keys(operationsOf(given).find(({ field }) => field === 'createSmsPaymentUrl')?.variables['input'] as object)
  const left = inputOf(graphiqlSetup({ ...SETTING, fillsIn: () => true }))
  expect(inputOf(setup)).toEqual(expect.arrayContaining(['returnUrl', 'nextUrl', 'reserved']))
  expect(left).not.toEqual(expect.arrayContaining([expect.stringMatching(/Url$|^reserved$/)]))
  expect(left).toContain('orderId')
})

it('what needs a journal is not there where none is kept', () => {
  const without = graphiqlSetup({ ...SETTING, journal: false })
  expect(without.chapters.map(({ id }) => id)).toEqual([...Object.keys(CHAPTERS), 'lookups'])
  expect(without.followUps).toEqual({})
})

it('the first operation is one of those that are there, and a charge', () => {
  expect(operations.find(({ name }) => name === setup.first)).toMatchObject({ field: 'chargeKeyedInCard' })
})

it('what follows an unknown outcome are operations that take an operationId where it is said', () => {
  const { lookUp, resolve } = setup.followUps
  for (const followUp of [lookUp, resolve]) {
    const operation = operations.find(({ name }) => name === followUp?.operation)
    const value = followUp?.path
      .split('.')
      .reduce((part, name) => (part as Record<string, unknown>)[name] as object, operation?.variables as object)
    expect(value).toBe('operationId of an answer')
  }
})

describe('scenarios', () => {
  it('each is explained, and says how a charge ends in it', () => {
    expect(setup.scenarios.map(({ name }) => name)).toEqual(['refused', ...SCENARIOS.map(({ name }) => name)])
    for (const { about, ending } of setup.scenarios) {
      expect(about.en).not.toBe('')
      expect(about.ko).toMatch(HANGUL)
      expect(ending.en).not.toBe('')
      expect(ending.ko).not.toBe('')
    }
    const ending = (name: string) => setup.scenarios.find((scenario) => scenario.name === name)?.ending
    expect(ending('decline')).toEqual({ en: '`PgFailure`: `NOT_PROCESSED`', ko: '`PgFailure`: `NOT_PROCESSED`' })
    expect(ending('refused')?.en).toBe('`PayApiTransportError` `CONNECTION_REFUSED`: `NOT_PROCESSED`')
    expect(ending('timeout')?.ko).toMatch(/`TIMEOUT`: `UNKNOWN`\. .*5초/)
    expect(ending('slow')).toEqual({ en: 'success', ko: '성공' })
  })

  it('there are none outside of the sandbox', () => {
    expect(graphiqlSetup({ ...SETTING, sandbox: false })).toMatchObject({ sandbox: false, scenarios: [] })
  })
})

describe('failures', () => {
  const types = schema.getPossibleTypes(schema.getType('PayApiFailure') as GraphQLInterfaceType)

  it.each(types.map((type) => [type.name, 'reason' in type.getFields()] as const))(
    '%s is explained in both languages',
    (name, hasReason) => {
      const failure = setup.failures[name] as FailureTexts
      const explained = hasReason ? Object.values(failure.reasons ?? {}) : [failure]
      expect(explained).not.toEqual([])
      expect(failure.about.ko).toMatch(HANGUL)
      for (const { about, cases } of explained) {
        expect(about.ko).toMatch(HANGUL)
        expect(cases).not.toEqual([])
        for (const { advice } of cases) expect(advice.ko).toMatch(HANGUL)
      }
    },
  )

  it('each reason that a failure may have is explained', () => {
    const reason = types.find(({ name }) => name === 'PayApiTransportError')?.getFields()['reason']
    const values = (getNamedType(reason?.type) as GraphQLEnumType).getValues().map(({ name }) => name)
    const explained = Object.values(setup.failures).flatMap(({ reasons = {} }) => Object.keys(reasons))
    expect(explained.toSorted()).toEqual(values.toSorted())
  })
})

it('within a script element the setup is what it was, and nothing in it ends the element', () => {
  const text = embeddedSetup({ ...SETTING, signIn: ['</script><script>' as never] })
  expect(text).not.toContain('<')
  expect(JSON.parse(text)).toEqual({ ...JSON.parse(JSON.stringify(setup)), signIn: ['</script><script>'] })
})

it('an operation that only a gateway may send is not there', () => {
  expect(operations.filter(({ field }) => field.startsWith('_'))).toEqual([])
  expect(byField('payment').kind).toBe('query')
})

it('every title is that of a field which the graph has', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}))
  expect(Object.keys(TITLES).filter((name) => !fields.includes(name))).toEqual([])
})
