import { type GraphQLObjectType, type GraphQLUnionType, print } from 'graphql'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { SCOPES } from '../../src/auth/scopes.ts'
import { schema } from '../../src/graphql/schema.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { CALLS, exampleOf } from '../support/graphql/operations.ts'
import { bearer, jwt, token } from '../support/server/callers.ts'
import { bench, WAYS } from '../support/server/ways.ts'

const { facade, sent } = bench()

const security = { authenticator: createAuthenticator(jwt()) }

/** What every field needs, as the contract with the callers has it. */
const NEEDED: readonly [field: string, scope: string, request: { query: string; variables?: object }][] = [
  ...CALLS.map((call): [string, string, { query: string; variables: object }] => [
    call.field,
    FIXTURES[call.name].scope,
    { query: print(call.document), variables: exampleOf(call.document) },
  ]),
  [
    'acknowledgeNotice',
    'notices:manage',
    { query: 'mutation { acknowledgeNotice(input: { noticeId: "x" }) { __typename } }' },
  ],
  ['notice', 'notices:read', { query: '{ notice(id: "x") { id } }' }],
  ['notices', 'notices:read', { query: '{ notices { edges { node { id } } } }' }],
  ['paymentOperation', 'operations:read', { query: '{ paymentOperation(id: "x") { id } }' }],
  [
    'paymentOperationByKey',
    'operations:read',
    { query: '{ paymentOperationByKey(idempotencyKey: "x", service: chargeKeyedInCard) { id } }' },
  ],
  ['payment', 'payments:read', { query: '{ payment(transactionId: "x") { status } }' }],
  ['smsPayment', 'payments:read', { query: '{ smsPayment(orderId: "x") { status } }' }],
  ['smsPayments', 'payments:read', { query: '{ smsPayments { edges { node { status } } } }' }],
  ['payments', 'payments:read', { query: '{ payments { edges { node { status } } } }' }],
  [
    'refundPayment',
    'payments:cancel',
    { query: 'mutation { refundPayment(input: { transactionId: "x" }) { __typename } }' },
  ],
  ['webhookDeliveries', 'webhooks:manage', { query: '{ webhookDeliveries { edges { node { id } } } }' }],
  [
    'resendWebhook',
    'webhooks:manage',
    { query: 'mutation { resendWebhook(input: { deliveryId: "x" }) { __typename } }' },
  ],
  [
    'sendTestWebhook',
    'webhooks:manage',
    { query: 'mutation { sendTestWebhook(input: { endpointId: "x" }) { __typename } }' },
  ],
  ['paymentOperations', 'operations:read', { query: '{ paymentOperations { edges { node { id } } } }' }],
  [
    'reopenPaymentOperation',
    'operations:resolve',
    { query: 'mutation { reopenPaymentOperation(input: { operationId: "x", reason: "wrong" }) { __typename } }' },
  ],
  [
    'settlePaymentOperation',
    'operations:resolve',
    { query: 'mutation { settlePaymentOperation(input: { operationId: "x" }) { __typename } }' },
  ],
  [
    'resolvePaymentOperation',
    'operations:resolve',
    { query: 'mutation { resolvePaymentOperation(input: { operationId: "x", processed: false }) { __typename } }' },
  ],
]

/** The same of what is subscribed to; that it is refused is tested where streams are. */
const SUBSCRIBED: readonly [field: string, scope: string][] = [
  ['paymentOperationChanged', 'operations:read'],
  ['paymentChanged', 'payments:read'],
  ['smsPaymentChanged', 'payments:read'],
  ['workChanged', 'operations:read'],
]

/** Every field that one can begin with, but for those that are there for gateways. */
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  .flatMap((type) => Object.values((type as GraphQLObjectType).getFields()))
  .filter(({ name }) => !name.startsWith('_'))

const ENTITIES = (schema.getType('_Entity') as GraphQLUnionType).getTypes().map(({ name }) => name)

test('every field that one can begin with needs a scope, and says so', () => {
  const said = roots.map(({ name, description }) => [
    name,
    / Needs the scope `([\w:]+)`\.$/.exec(description ?? '')?.[1],
  ])
  const needed = [...NEEDED.map(([field, scope]) => [field, scope]), ...SUBSCRIBED]
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(needed))
})

describe.each(WAYS)('%s', (way) => {
  test.each(NEEDED)('%s needs %s', async (field, scope, request) => {
    const { post } = await facade(way, security)
    const others = SCOPES.filter((other) => other !== scope).join(' ')
    const before = sent()
    const refused = await post({ ...request, headers: bearer(await token({ claims: { scope: others } })) })
    expect({ status: refused.status, ...refused.json }).toMatchObject({
      status: 200,
      data: { [field]: null },
      errors: [{ message: `The scope ${scope} is needed.`, path: [field], extensions: { code: 'FORBIDDEN' } }],
    })
    expect(sent()).toBe(before)

    const { json } = await post({ ...request, headers: bearer(await token({ claims: { scope } })) })
    const codes = (json.errors ?? []).map(({ extensions }: { extensions: object }) => extensions)
    // What no service is needs a journal, and none is kept here; that it is asked for shows that they were let through.
    expect(codes).toEqual(CALLS.some((call) => call.field === field) ? [] : [{ code: 'NO_JOURNAL' }])
  })

  test('a reference to any entity needs a scope', async () => {
    const { post } = await facade(way, security)
    const all = ENTITIES.map((__typename) => ({ __typename }))
    const query = 'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }'
    const headers = bearer(await token({ claims: { scope: 'sms:create' } }))
    const { json } = await post({ query, variables: { all }, headers })
    expect(json.data._entities).toEqual(ENTITIES.map(() => null))
    expect(json.errors.map(({ extensions }: { extensions: object }) => extensions)).toEqual(
      ENTITIES.map(() => ({ code: 'FORBIDDEN' })),
    )
  })

  test('an input is not looked at before the right to send it', async () => {
    const { post } = await facade(way, security)
    const query = 'mutation { lookUpCardPrefix(input: { prefix: "no prefix at all" }) { __typename } }'
    const { json } = await post({ query, headers: bearer(await token({ claims: { scope: 'sms:create' } })) })
    expect(json).toMatchObject({ data: { lookUpCardPrefix: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  })

  test('one field that is refused takes nothing from its neighbours', async () => {
    const { post } = await facade(way, security)
    const query =
      '{ cardPrefix(prefix: "949094") { __typename } escrowStatus(transactionId: "SANDBOX-ESCROW-1") { __typename } }'
    const { status, json } = await post({ query, headers: bearer(await token({ claims: { scope: 'cards:lookup' } })) })
    expect({ status, ...json }).toMatchObject({
      status: 200,
      data: { cardPrefix: { __typename: 'CardPrefix' }, escrowStatus: null },
      errors: [{ path: ['escrowStatus'], extensions: { code: 'FORBIDDEN' } }],
    })
  })
})
