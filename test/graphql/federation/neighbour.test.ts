import { composeServices } from '@theguild/federation-composition'
import { Kind, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../../examples/gateway/listen.ts'
import { renameTypes } from '../../../examples/gateway/rename.ts'
import { createHandler } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { NEIGHBOUR, NEIGHBOURS_PAYMENT, startNeighbour } from '../../support/graphql/neighbour.ts'
import { INSTALLED, requireFromExample } from '../../support/graphql/running-example.ts'
import { type Answer, facadeForTests, type Json, servedSdl } from '../../support/graphql/subgraph.ts'

// A subgraph of other people, with names that are ours too. That the gateways' packages are installed where all must
// be tested, the test of the gateways sees to.

const { app, client } = await facadeForTests()
const ours = await servedSdl(app)

interface Composed {
  readonly supergraphSdl?: string | undefined
  readonly errors: readonly { readonly code: unknown; readonly message: string }[]
}

const URLS = { payapi: 'http://payapi.test/graphql', shop: 'http://shop.test/graphql' }

function compose(by: Composer, payapi: string, shop: string, urls = URLS): Composed {
  const { compose, parse: parseSdl } = by()
  const { supergraphSdl, errors = [] } = compose([
    { name: 'payapi', url: urls.payapi, typeDefs: parseSdl(payapi) },
    { name: 'shop', url: urls.shop, typeDefs: parseSdl(shop) },
  ])
  return {
    supergraphSdl,
    errors: errors.map(({ message, extensions }: Json) => ({ code: extensions?.code, message })),
  }
}

type Composer = () => { compose(subgraphs: Json): Json; parse(sdl: string): unknown }

const byHive: Composer = () => ({ compose: composeServices, parse })
const byApollo: Composer = () => ({
  compose: requireFromExample('@apollo/composition').composeServices,
  parse: requireFromExample('graphql').parse,
})
const COMPOSERS: readonly (readonly [string, Composer])[] = [
  ["Hive's", byHive],
  ...(INSTALLED ? ([["Apollo's", byApollo]] as const) : []),
]

const ROOTS_AND_SHARED = ['Query', 'Mutation', 'PageInfo']

/** What of ours another subgraph may have under the same name: all that is neither prefixed nor an entity. */
const unprefixed = parse(ours).definitions.flatMap((node) => {
  if (!node.kind.endsWith('TypeDefinition') || !('name' in node) || node.name === undefined) return []
  const directives = ('directives' in node && node.directives) || []
  const entity = directives.some(({ name }) => name.value === 'key')
  const name = node.name.value
  return entity || name.startsWith('PayApi') || ROOTS_AND_SHARED.includes(name) ? [] : [{ name, kind: node.kind }]
})
const prefixed: Readonly<Record<string, string>> = {
  ...Object.fromEntries(unprefixed.map(({ name }) => [name, `PayApi${name}`])),
  'Query.payment': 'payApiPayment',
}

const outputs = unprefixed.filter(({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION).map(({ name }) => name)

const withoutCollision = NEIGHBOUR.replaceAll('CardPayment', 'ShopPayment').replace('payment(id', 'purchase(id')

describe.each(COMPOSERS)('%s composition, beside a neighbour with names that anybody would choose', (_, by) => {
  it('composes what has our prefix, our root fields, PageInfo and scalars', () => {
    const { supergraphSdl, errors } = compose(by, ours, withoutCollision)
    expect(errors).toEqual([])
    for (const enumeration of ['CardType', 'PayApiCardType', 'CardKind', 'EscrowState']) {
      expect(supergraphSdl).toMatch(new RegExp(`enum ${enumeration}\\b`))
    }
    for (const field of ['operation', 'operations', 'paymentOperation', 'paymentOperations', 'payment', 'purchase']) {
      expect(supergraphSdl).toMatch(new RegExp(`^  ${field}\\(`, 'm'))
    }
  })

  it('says of a success type and a root field of both that they collide, and of nothing else', () => {
    const { errors } = compose(by, ours, NEIGHBOUR)
    expect(errors.map(({ code }) => code)).toContain('INVALID_FIELD_SHARING')
    for (const { message } of errors) expect(message).toMatch(/CardPayment\b|Query\.payment\b/)
    expect(errors.some(({ message }) => message.includes('Query.payment'))).toBe(true)
  })

  it('composes both, once our type and our root field are renamed', () => {
    const { supergraphSdl, errors } = compose(by, renameTypes(ours, 'payapi', prefixed), NEIGHBOUR)
    expect(errors).toEqual([])
    for (const field of ['payment', 'payApiPayment']) expect(supergraphSdl).toMatch(new RegExp(`^  ${field}\\(`, 'm'))
  })

  it.each([
    ['a PageInfo that it does not share', withoutCollision.replace('PageInfo @shareable', 'PageInfo'), 'PageInfo.'],
    [
      'an object where we have a scalar',
      `${withoutCollision.replace('scalar IPv4', '').replace('from: IPv4', 'from: String')} type IPv4 { octets: [Int!]! }`,
      'IPv4',
    ],
    [
      'a root field of our name',
      `${withoutCollision} extend type Query { escrowStatus: String }`,
      'Query.escrowStatus',
    ],
  ])('refuses %s, and names it', (_, shop, name) => {
    const { errors } = compose(by, ours, shop)
    expect(errors.length).toBeGreaterThan(0)
    for (const { message } of errors) expect(message).toContain(name)
  })

  it('merges a union of both without a word, and an input down to what both have', () => {
    const shop = `${withoutCollision}
      union LookUpCardPrefixResult = ShopPayment
      input LookUpCardPrefixInput { prefix: String! }
      extend type Query { lookedUp(input: LookUpCardPrefixInput): LookUpCardPrefixResult }`
    const { supergraphSdl, errors } = compose(by, ours, shop)
    expect(errors).toEqual([])
    const definitions = parse(supergraphSdl ?? '').definitions
    const named = (name: string) => definitions.find((node) => 'name' in node && node.name?.value === name) as Json
    const members = named('LookUpCardPrefixResult').types.map(({ name }: Json) => name.value)
    expect(members).toEqual(expect.arrayContaining(['ShopPayment', 'CardPrefix', 'PayApiInvalidInput']))
    expect(named('LookUpCardPrefixInput').fields.map(({ name }: Json) => name.value)).toEqual(['prefix'])
  })

  it('composes any success type of both, once one of the two is renamed', () => {
    const lookalikes = outputs.map((name) => `type ${name} { merchantId: Int }`).join('\n')
    const shop = `type Query { ${outputs.map((name) => `shop${name}: ${name}`).join(' ')} } ${lookalikes}`
    const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5")'
    expect(compose(by, ours, `${link} ${shop}`).errors).not.toEqual([])
    expect(compose(by, renameTypes(ours, 'payapi', prefixed), `${link} ${shop}`).errors).toEqual([])
    const theirs = Object.fromEntries(outputs.map((name) => [name, `Shop${name}`]))
    expect(compose(by, ours, renameTypes(`${link} ${shop}`, 'shop', theirs)).errors).toEqual([])
  })
})

describe.runIf(INSTALLED)('Hive Gateway over a facade whose types are renamed, and the neighbour', () => {
  const START_MS = 240_000
  const servers: Listening[] = []
  let gateway: Json
  let ask: (query: string, variables?: object) => Promise<Answer>
  beforeAll(async () => {
    const handler = createHandler({ client, log: createLogger('silent') })
    const facade = await listen(handler, '/graphql')
    const shop = await startNeighbour()
    servers.push(facade, shop)
    const urls = { payapi: facade.url, shop: shop.url }
    const { supergraphSdl } = compose(byHive, renameTypes(ours, 'payapi', prefixed), NEIGHBOUR, urls)
    gateway = requireFromExample('@graphql-hive/gateway').createGatewayRuntime({
      supergraph: supergraphSdl,
      logging: false,
    })
    ask = async (query, variables) => {
      const response = await gateway.fetch('http://gateway.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return (await response.json()) as Answer
    }
  }, START_MS)
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]()
    for (const server of servers) await server.close()
  })

  it('charges by the new names of input, scalar and success type', async () => {
    const query = `mutation ($input: PayApiChargeKeyedInCardInput!, $amount: PayApiAmount!) {
      charge: chargeKeyedInCard(input: $input) { __typename ... on PayApiCardPayment { orderId amount } }
      again: cancelPayment(input: { transactionId: "NONE", amount: $amount, currency: KRW, paymentMethod: CARD }) {
        __typename
        ... on PayApiFailure { outcome }
      }
    }`
    const card = { number: '4000000000000002', expiryYear: '30', expiryMonth: '12' }
    const input = { orderId: 'NEIGHBOUR-1', amount: '1004', card, buyer: { name: '홍길동' } }
    expect(await ask(query, { input, amount: '1004' })).toEqual({
      data: {
        charge: { __typename: 'PayApiCardPayment', orderId: 'NEIGHBOUR-1', amount: '1004' },
        again: { __typename: 'PayApiPgFailure', outcome: 'NOT_PROCESSED' },
      },
    })
  })

  it('answers what the neighbour means by the same name', async () => {
    const { data, errors } = await ask(`{ payment(id: "SHOP-1") { __typename id amount paidAt card } }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ payment: { __typename: 'CardPayment', ...NEIGHBOURS_PAYMENT } })
  })

  it('answers both in one request, and a failure of ours keeps its fields', async () => {
    const query = `{
      payment(id: "SHOP-1") { __typename }
      ours: payApiPayment(transactionId: "NONE") { status }
      escrowStatus(transactionId: "SANDBOX-ESCROW-1") { __typename ... on PayApiEscrowStatus { state } }
      cardPrefix(prefix: "12345") { __typename ... on PayApiInvalidInput { outcome issues { path } } }
    }`
    expect((await ask(query)).data).toEqual({
      payment: { __typename: 'CardPayment' },
      ours: null,
      escrowStatus: { __typename: 'PayApiEscrowStatus', state: 'APPROVED' },
      cardPrefix: { __typename: 'PayApiInvalidInput', outcome: 'NOT_PROCESSED', issues: [{ path: ['prefix'] }] },
    })
  })
})
