import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { SCOPES } from '../../src/auth/scopes.ts'
import { Journal } from '../../src/journal/journal.ts'
import { Keyring } from '../../src/journal/keys/keyring.ts'
import { openStore } from '../../src/journal/open-store.ts'
import { newId } from '../../src/lib/ids.ts'
import { temporaryFolder, whenReady } from '../support/journal/store.ts'
import { apiKey, bearer, jwt, token } from '../support/server/callers.ts'
import { bench, WAYS } from '../support/server/ways.ts'

const { facade, sent } = bench()

// Of the sandbox's two merchants the first is the default one.
const DEFAULT = 'welcometst'
const OTHER = 'welcometwo'

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
const only = async (...merchants: string[]) => bearer(await token({ claims: { merchants } }))

const lookUp = (merchantId?: string) => ({
  query: 'query ($merchantId: ID) { cardPrefix(prefix: "949094", merchantId: $merchantId) { __typename } }',
  variables: { merchantId },
})

const forbidden = {
  message: 'The caller may not act as this merchant.',
  extensions: { code: 'FORBIDDEN' },
}

describe.each(WAYS)('%s', (way) => {
  test.each([
    ['the merchant of the token', OTHER, [OTHER]],
    ['the default merchant, where the token names it', undefined, [DEFAULT]],
    ['one of several', DEFAULT, [OTHER, DEFAULT]],
  ])('lets act as %s', async (_, merchantId, merchants) => {
    const { post } = await facade(way, security)
    const { json } = await post({ ...lookUp(merchantId), headers: await only(...merchants) })
    expect(json).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
  })

  test.each([
    ['another merchant', DEFAULT, [OTHER]],
    ['the default merchant, where none is named', undefined, [OTHER]],
    ['a merchant that is not configured', 'nobody', [OTHER]],
    ['a merchant without name', '', [OTHER]],
    ['any merchant, where the token names none', DEFAULT, []],
  ])('does not let act as %s', async (_, merchantId, merchants) => {
    const { post } = await facade(way, security)
    const before = sent()
    const { status, json } = await post({ ...lookUp(merchantId), headers: await only(...merchants) })
    expect({ status, ...json }).toMatchObject({ status: 200, data: { cardPrefix: null }, errors: [forbidden] })
    expect(sent()).toBe(before)
  })

  test('the merchant in the input of a mutation counts, before the rest of it is looked at', async () => {
    const { post } = await facade(way, security)
    const query = 'mutation ($input: LookUpCardPrefixInput!) { lookUpCardPrefix(input: $input) { __typename } }'
    const headers = await only(OTHER)
    const wrong = await post({ query, variables: { input: { prefix: 'x', merchantId: DEFAULT } }, headers })
    expect(wrong.json).toMatchObject({ data: { lookUpCardPrefix: null }, errors: [forbidden] })
    const right = await post({ query, variables: { input: { prefix: 'x', merchantId: OTHER } }, headers })
    expect(right.json).toEqual({ data: { lookUpCardPrefix: { __typename: 'PayApiInvalidInput' } } })
  })

  test('keys of servers are limited as well', async () => {
    const authenticator = createAuthenticator({ jwt: undefined, apiKeys: [apiKey('a key', { merchants: [OTHER] })] })
    const { post } = await facade(way, { authenticator })
    const headers = { 'x-api-key': 'a key' }
    expect((await post({ ...lookUp(), headers })).json.errors).toMatchObject([forbidden])
    expect((await post({ ...lookUp(OTHER), headers })).json.data).toEqual({ cardPrefix: { __typename: 'CardPrefix' } })
  })

  describe('references of other subgraphs', () => {
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { __typename
      ... on CardPrefix { prefix cardName lookup { __typename } } ... on EscrowPayment { transactionId merchantId status { __typename } } } }`
    const transactionId = 'SANDBOX-ESCROW-1'
    const escrow = (merchantId?: unknown) => ({ __typename: 'EscrowPayment', transactionId, merchantId })
    const prefix = { __typename: 'CardPrefix', prefix: '949094' }
    const codes = ({ errors = [] }: { errors?: { path: string[]; extensions: { code: string } }[] }) =>
      Object.fromEntries(errors.map(({ path, extensions }) => [path.join('.'), extensions.code]))

    test('one without right fails alone, and nothing of it is told', async () => {
      const { post } = await facade(way, security)
      const all = [prefix, escrow(OTHER), escrow()]
      const { json } = await post({ query, variables: { all }, headers: await only(OTHER) })
      expect(json.data._entities).toEqual([
        null,
        {
          __typename: 'EscrowPayment',
          transactionId,
          merchantId: OTHER,
          status: { __typename: expect.stringMatching(/./) },
        },
        null,
      ])
      expect(codes(json)).toEqual({ '_entities.0': 'FORBIDDEN', '_entities.2': 'FORBIDDEN' })
    })

    test('a merchant that is configured is not told from one that is not', async () => {
      const { post } = await facade(way, security)
      const all = [escrow(DEFAULT), escrow('nobody'), escrow({ mid: DEFAULT }), escrow(7)]
      const { json } = await post({ query, variables: { all }, headers: await only(OTHER) })
      expect(json.data._entities).toEqual([null, null, null, null])
      expect(Object.values(codes(json))).toEqual(Array(4).fill('FORBIDDEN'))
    })

    test.each([
      '__typename',
      '__typename ... on CardPrefix { prefix }',
      '__typename ... on EscrowPayment { transactionId }',
    ])('need credentials, whatever is asked of them: %s', async (selection) => {
      const { post, lines } = await facade(way, security)
      const aliases = Array.from({ length: 29 }, (_, n) => `a${n}: _entities(representations: $all) { ${selection} }`)
      const all = Array.from({ length: 30 }, (_, n) => (n % 2 ? { ...prefix, prefix: 'x' } : escrow('')))
      const before = sent()
      const { status, json } = await post({
        query: `query ($all: [_Any!]!) { ${aliases.join(' ')} }`,
        variables: { all },
      })
      expect({ status, data: json.data, codes: Object.values(codes(json)) }).toEqual({
        status: 401,
        data: null,
        codes: ['UNAUTHENTICATED'],
      })
      expect(sent()).toBe(before)
      expect(lines).toEqual([])
    })

    test.each([
      ['CardPrefix', prefix, 'cards:lookup'],
      ['EscrowPayment', escrow(), 'escrow:read'],
    ])('of the type %s need their scope, whatever is asked of them', async (__typename, reference, scope) => {
      const { post } = await facade(way, security)
      const others = SCOPES.filter((other) => other !== scope).join(' ')
      const ask = async (granted: string) =>
        post({
          query: 'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }',
          variables: { all: [reference] },
          headers: bearer(await token({ claims: { scope: granted } })),
        })
      expect((await ask(scope)).json).toEqual({ data: { _entities: [{ __typename }] } })
      expect((await ask(others)).json).toMatchObject({
        data: { _entities: [null] },
        errors: [{ message: `The scope ${scope} is needed.`, extensions: { code: 'FORBIDDEN' } }],
      })
    })
  })

  describe('operations', () => {
    const charge = (merchantId: string, idempotencyKey?: string) => ({
      query: `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
        __typename ... on CardPayment { operationId transactionId } ... on PayApiFailure { operationId message } } }`,
      variables: {
        input: {
          merchantId,
          idempotencyKey,
          orderId: `ORDER-${newId()}`,
          amount: '1004',
          billingKey: 'SANDBOX-CARDKEY-1',
          buyer: { name: '홍길동' },
        },
      },
    })
    const LIST = `query ($merchantId: ID) { paymentOperations(filter: { merchantId: $merchantId }) { edges { node { id merchantId } } } }`
    const ONE = 'query ($id: ID!) { paymentOperation(id: $id) { id merchantId } }'

    const journaled = async () => {
      const { post } = await facade(way, security, { journal })
      const sendAs = async (merchantId: string, headers: Record<string, string>, key?: string): Promise<string> => {
        const { json } = await post({ ...charge(merchantId, key), headers })
        expect(json.data?.chargeCardBillingKey).toMatchObject({ operationId: expect.any(String) })
        return json.data.chargeCardBillingKey.operationId
      }
      return { post, sendAs }
    }

    test('only of the merchants as which the caller may act', async () => {
      const { post, sendAs } = await journaled()
      const all = bearer(await token())
      const mine = await sendAs(OTHER, all)
      const others = await sendAs(DEFAULT, all)
      const limited = await only(OTHER)
      const listed = async (headers: Record<string, string>): Promise<Record<string, string>> => {
        const { json } = await post({ query: LIST, headers })
        const edges: { node: { id: string; merchantId: string } }[] = json.data.paymentOperations.edges
        return Object.fromEntries(edges.map(({ node: { id, merchantId } }) => [id, merchantId]))
      }

      expect(await listed(all)).toMatchObject({ [mine]: OTHER, [others]: DEFAULT })
      expect(await listed(limited)).toMatchObject({ [mine]: OTHER })
      expect(Object.values(await listed(limited))).not.toContain(DEFAULT)
      expect(await listed(await only())).toEqual({})
      const asked = await post({ query: LIST, variables: { merchantId: DEFAULT }, headers: limited })
      expect(asked.json).toMatchObject({ data: { paymentOperations: null }, errors: [forbidden] })
      // An empty name restricts nothing by itself.
      const unnamed = await post({ query: LIST, variables: { merchantId: '' }, headers: limited })
      expect(unnamed.json).toMatchObject({ data: { paymentOperations: null }, errors: [forbidden] })

      const one = async (id: string) => (await post({ query: ONE, variables: { id }, headers: limited })).json
      expect(await one(mine)).toEqual({ data: { paymentOperation: { id: mine, merchantId: OTHER } } })
      expect(await one(others)).toEqual({ data: { paymentOperation: null } })
    })

    test('are found by the key of their own caller, of merchants as which the caller may act', async () => {
      const { post, sendAs } = await journaled()
      const alice = bearer(await token({ claims: { sub: 'alice' } }))
      const key = `key-${newId()}`
      const id = await sendAs(OTHER, alice, key)
      const find = async (headers: Record<string, string>) => {
        const query = `query ($key: ID!, $merchantId: ID) {
          paymentOperationByKey(idempotencyKey: $key, service: chargeCardBillingKey, merchantId: $merchantId) { id } }`
        return (await post({ query, variables: { key, merchantId: OTHER }, headers })).json
      }
      expect(await find(alice)).toEqual({ data: { paymentOperationByKey: { id } } })
      expect(await find(bearer(await token({ claims: { sub: 'bob' } })))).toEqual({
        data: { paymentOperationByKey: null },
      })
      expect(await find(await only(DEFAULT))).toMatchObject({
        data: { paymentOperationByKey: null },
        errors: [forbidden],
      })
    })

    test('are told to other subgraphs of merchants as which the caller may act, with the scope for it', async () => {
      const { post, sendAs } = await journaled()
      const all = bearer(await token())
      const mine = await sendAs(OTHER, all)
      const others = await sendAs(DEFAULT, all)
      const query = `query ($all: [_Any!]!) { _entities(representations: $all) {
        __typename ... on PayApiOperation { id merchantId } } }`
      const representations = [mine, others, 'none'].map((id) => ({ __typename: 'PayApiOperation', id }))
      const refer = async (headers: Record<string, string>) =>
        (await post({ query, variables: { all: representations }, headers })).json
      expect(await refer(await only(OTHER))).toEqual({
        data: { _entities: [{ __typename: 'PayApiOperation', id: mine, merchantId: OTHER }, null, null] },
      })
      const scopes = SCOPES.filter((scope) => scope !== 'operations:read').join(' ')
      expect(await refer(bearer(await token({ claims: { scope: scopes } })))).toMatchObject({
        data: { _entities: [null, null, null] },
        errors: Array(3).fill({ message: 'The scope operations:read is needed.', extensions: { code: 'FORBIDDEN' } }),
      })
    })

    test.each([
      ['resolved', 'resolvePaymentOperation', { processed: false }],
      ['settled', 'settlePaymentOperation', {}],
      ['reopened', 'reopenPaymentOperation', { reason: 'wrong' }],
    ])('of another merchant cannot be %s, and are not told from those that are not there', async (_, name, more) => {
      const { post, sendAs } = await journaled()
      const others = await sendAs(DEFAULT, bearer(await token()))
      const query = `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
        __typename ... on PayApiInvalidInput { issues { path code message } } } }`
      const limited = await only(OTHER)
      const ask = async (operationId: string) =>
        (await post({ query, variables: { input: { operationId, ...more } }, headers: limited })).json
      const absent = await ask('there-is-none')
      expect(absent.data[name]).toMatchObject({ issues: [{ path: ['operationId'], code: 'UNKNOWN_VALUE' }] })
      expect(await ask(others)).toEqual(absent)
    })

    test('remember who sent them, and one caller’s idempotency key is not another’s', async () => {
      const { sendAs } = await journaled()
      const alice = bearer(await token({ claims: { sub: 'alice' } }))
      const bob = bearer(await token({ claims: { sub: 'bob' } }))
      const first = await sendAs(DEFAULT, alice, 'one-key')
      const second = await sendAs(DEFAULT, bob, 'one-key')
      expect(second).not.toBe(first)
      const callers = await Promise.all([first, second].map(async (id) => (await journal.store.get(id))?.caller))
      expect(callers).toEqual(['jwt:alice', 'jwt:bob'])
    })
  })
})
