import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { SCOPES } from '../../src/auth/scopes.ts'
import { schema } from '../../src/graphql/schema.ts'
import { Journal } from '../../src/journal/journal.ts'
import { Keyring } from '../../src/journal/keys/keyring.ts'
import { openStore } from '../../src/journal/open-store.ts'
import { newId } from '../../src/lib/ids.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { temporaryFolder, whenReady } from '../support/journal/store.ts'
import { bearer, jwt, token } from '../support/server/callers.ts'
import { bench, WAYS } from '../support/server/ways.ts'

const { facade } = bench()

const DEFAULT = 'welcometst'
const OTHER = 'welcometwo'
const { card } = FIXTURES.chargeKeyedInCard.example

let journal: Journal
beforeAll(async () => {
  const owner = newId()
  const keys = [randomBytes(32)]
  const store = openStore(pathToFileURL(join(temporaryFolder(), 'journal.db')).href, { owner, keys })
  await whenReady(store)
  journal = new Journal({
    store,
    owner,
    keyring: new Keyring(keys),
    callTimeoutMs: 10_000,
    orderGuard: true,
    waitMs: 1_000,
    retentionMs: 1_000_000,
  })
})
afterAll(() => journal.close())

const security = { authenticator: createAuthenticator(jwt()) }

const caller = async (sub: string, scope: string, claims: object = {}) =>
  bearer(await token({ claims: { sub, scope, ...claims } }))

const NEEDED = { message: 'The scope operations:read is needed.', extensions: { code: 'FORBIDDEN' } }

const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) { chargeKeyedInCard(input: $input) {
  ... on CardPayment { operationId } ... on PayApiFailure { operationId } } }`

/** All that can be read of an operation without an argument; of what leads back to itself, that it is there. */
const everythingOf = (type: GraphQLObjectType, path: readonly GraphQLObjectType[] = []): string =>
  Object.values(type.getFields())
    .filter(({ args }) => args.length === 0)
    .map((field) => {
      const named = getNamedType(field.type)
      if (isObjectType(named) && !path.includes(named))
        return `${field.name} { ${everythingOf(named, [...path, type])} }`
      return 'getFields' in named || 'getTypes' in named ? `${field.name} { __typename }` : field.name
    })
    .join(' ')

const BY_ID = 'query ($id: ID!) { paymentOperation(id: $id) { id service state merchantId } }'
const BY_KEY = `query ($key: ID!, $merchantId: ID) {
  paymentOperationByKey(idempotencyKey: $key, service: chargeKeyedInCard, merchantId: $merchantId) { id state } }`

describe.each(WAYS)('%s', (way) => {
  /** A facade at which a shop has charged a card, with the right to do that and no other. */
  const charged = async ({ scenario = '', merchantId = DEFAULT } = {}) => {
    const { post } = await facade(way, security, { journal })
    const shop = await caller('shop-1', 'payments:charge')
    const key = `key-${newId()}`
    const input = {
      ...FIXTURES.chargeKeyedInCard.example,
      merchantId,
      idempotencyKey: key,
      orderId: `ORDER-${newId()}`,
    }
    const headers = { ...shop, 'x-sandbox-scenario': scenario }
    const { json } = await post({ query: CHARGE, variables: { input }, headers })
    const id: string = json.data.chargeKeyedInCard.operationId
    const byId = async (asking: Record<string, string>, other = id) =>
      (await post({ query: BY_ID, variables: { id: other }, headers: asking })).json
    const byKey = async (asking: Record<string, string>) =>
      (await post({ query: BY_KEY, variables: { key, merchantId }, headers: asking })).json
    return { post, shop, key, id, byId, byKey }
  }

  test('whoever made an operation reads it with the scope that made it, by its id and by its key', async () => {
    const { shop, id, byId, byKey } = await charged()
    expect(await byId(shop)).toEqual({
      data: { paymentOperation: { id, service: 'chargeKeyedInCard', state: 'SUCCEEDED', merchantId: DEFAULT } },
    })
    expect(await byKey(shop)).toEqual({ data: { paymentOperationByKey: { id, state: 'SUCCEEDED' } } })
  })

  test('nothing that can be read of one’s own operation holds card data', async () => {
    const { post, shop, id } = await charged()
    const fields = everythingOf(schema.getType('PayApiOperation') as GraphQLObjectType)
    const query = `query ($id: ID!) { paymentOperation(id: $id) { ${fields} } }`
    const { body, json } = await post({ query, variables: { id }, headers: shop })
    expect(json.data.paymentOperation).toMatchObject({ id, amount: '1004' })
    for (const secret of [card.number, card.holderId]) expect(body).not.toContain(secret)
  })

  test('what is somebody else’s is not told from what is not there', async () => {
    const { id, byId, byKey } = await charged()
    const others = await caller('shop-2', 'payments:charge')
    const refused = { data: { paymentOperation: null }, errors: [NEEDED] }
    expect(await byId(others, id)).toMatchObject(refused)
    expect(await byId(others, id)).toEqual(await byId(others, 'there-is-none'))
    expect(await byKey(others)).toEqual({ data: { paymentOperationByKey: null } })
  })

  test.each([
    ['no scope that makes operations', 'cards:lookup escrow:read'],
    ['a scope that makes other operations only', 'payments:cancel sms:create'],
    ['every scope but the two that count', SCOPES.filter((s) => !/charge|operations:read/.test(s)).join(' ')],
  ])('with %s, not even whoever made it reads it', async (_, scope) => {
    const { byId, byKey } = await charged()
    const lesser = await caller('shop-1', scope)
    expect(await byId(lesser)).toMatchObject({ data: { paymentOperation: null }, errors: [NEEDED] })
    expect(await byKey(lesser)).toMatchObject({ data: { paymentOperationByKey: null }, errors: [NEEDED] })
  })

  test('of a merchant as which they may no longer act, whoever made it reads nothing', async () => {
    const { byId, byKey } = await charged({ merchantId: OTHER })
    const moved = await caller('shop-1', 'payments:charge', { merchants: [DEFAULT] })
    expect(await byId(moved)).toMatchObject({ data: { paymentOperation: null }, errors: [NEEDED] })
    expect(await byKey(moved)).toMatchObject({
      data: { paymentOperationByKey: null },
      errors: [{ message: 'The caller may not act as this merchant.' }],
    })
  })

  test('the list of operations and their resolution stay with the scopes for them', async () => {
    const { post, shop, id } = await charged()
    const list = await post({ query: '{ paymentOperations { edges { node { id } } } }', headers: shop })
    expect(list.json).toMatchObject({ data: { paymentOperations: null }, errors: [NEEDED] })
    const query = `mutation ($id: ID!) { resolvePaymentOperation(input: { operationId: $id, processed: false }) { __typename } }`
    const resolved = await post({ query, variables: { id }, headers: shop })
    expect(resolved.json).toMatchObject({
      data: { resolvePaymentOperation: null },
      errors: [{ message: 'The scope operations:resolve is needed.' }],
    })
  })
})
