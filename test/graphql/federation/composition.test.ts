import { readFileSync } from 'node:fs'
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition'
import { buildSchema, type DocumentNode, isEnumType, isObjectType, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { facadeForTests, servedDocument } from '../../support/graphql/subgraph.ts'

const { app } = await facadeForTests()

const subgraph = (name: string, typeDefs: DocumentNode) => ({ name, url: `http://${name}.test/graphql`, typeDefs })

const payapi = subgraph('payapi', await servedDocument(app))

const orders = subgraph(
  'orders',
  parse(readFileSync(new URL('../../../examples/gateway/orders.graphql', import.meta.url), 'utf8')),
)

/** A subgraph of another payment gateway, with names such as anybody would choose, and meanings of its own. */
const neighbour = subgraph(
  'neighbour',
  parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@tag"])

    type Query {
      transfers(first: Int, after: String): TransferConnection!
      transfer(id: ID!): Transfer
    }
    type Mutation {
      createTransfer(input: CreateTransferInput!): CreateTransferResult!
    }
    input CreateTransferInput { amount: Amount!, currency: Currency!, method: PaymentMethod! }
    union CreateTransferResult = Transfer | InvalidInput | HttpClientError | TransportError
    interface Failure { message: String! }
    type InvalidInput implements Failure { message: String!, issues: [InputIssue!]! }
    type InputIssue { field: String!, message: String! }
    type HttpClientError implements Failure { message: String!, status: Int! }
    type TransportError implements Failure { message: String! }
    type Transfer @key(fields: "id") {
      id: ID!
      amount: Amount
      currency: Currency
      method: PaymentMethod
      status: TransferStatus
      createdAt: DateTime
      merchant: Merchant
    }
    type Merchant { merchantId: Int! }
    type TransferStatus { code: Int!, name: String! }
    type TransferConnection { edges: [TransferEdge!]!, pageInfo: PageInfo! }
    type TransferEdge { cursor: String!, node: Transfer! }
    type PageInfo @shareable {
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
      endCursor: String
    }
    enum Currency { EUR GBP JPY }
    enum PaymentMethod { SEPA SWIFT @tag(name: "internal") }
    scalar Amount
    scalar DateTime
  `),
)

/** A subgraph of the first specification, as older services still have it. */
const customers = subgraph(
  'customers',
  parse(`
    type Query { customer(id: ID!): Customer }
    type Customer @key(fields: "id") { id: ID!, name: String, cards: [CardPrefix!]! }
    extend type CardPrefix @key(fields: "prefix") { prefix: String @external }
  `),
)

/** Composes, and gives what a client sees of the whole. */
function compose(...subgraphs: ReturnType<typeof subgraph>[]) {
  const composed = composeServices(subgraphs)
  assertCompositionSuccess(composed)
  return { api: buildSchema(composed.publicSdl), supergraphSdl: composed.supergraphSdl }
}

const fieldsOf = (api: ReturnType<typeof buildSchema>, name: string) => {
  const type = api.getType(name)
  return isObjectType(type) ? Object.keys(type.getFields()) : []
}

describe('the facade composes', () => {
  it('the facade composes alone', () => {
    const { api } = compose(payapi)
    expect(Object.keys(api.getMutationType()?.getFields() ?? {})).toContain('cancelPayment')
    expect(fieldsOf(api, 'Query')).toEqual(expect.arrayContaining(['cardPrefix', 'escrowStatus']))
    expect(api.getType('_Entity')).toBeUndefined()
  })

  it('with orders that refer to card prefixes and escrow payments', () => {
    const { api } = compose(payapi, orders)
    expect(fieldsOf(api, 'Order')).toContain('escrow')
    expect(fieldsOf(api, 'CardPrefix')).toEqual(expect.arrayContaining(['prefix', 'lookup', 'cardCompany']))
    expect(fieldsOf(api, 'EscrowPayment')).toEqual(['merchantId', 'transactionId', 'status'])
  })

  it('with orders that keep an operationId, and show what became of their payment', () => {
    const { api } = compose(payapi, orders)
    expect(fieldsOf(api, 'Order')).toContain('payment')
    expect(fieldsOf(api, 'PayApiOperation')).toEqual(expect.arrayContaining(['id', 'state', 'service', 'failure']))
  })

  it('with customers of the first specification', () => {
    const { api } = compose(payapi, customers)
    expect(fieldsOf(api, 'CardPrefix')).toEqual(expect.arrayContaining(['prefix', 'lookup']))
  })

  it('beside a payment subgraph that has names of its own, and each keeps its meaning', () => {
    const { api } = compose(payapi, orders, neighbour)
    const valuesOf = (name: string) => {
      const type = api.getType(name)
      return isEnumType(type) ? type.getValues().map((value) => value.name) : []
    }
    expect(valuesOf('Currency').sort()).toEqual(['EUR', 'GBP', 'JPY'])
    expect(valuesOf('PayApiCurrency').sort()).toEqual(['KRW', 'USD'])
    expect(valuesOf('PaymentMethod').sort()).toEqual(['SEPA', 'SWIFT'])
    expect(fieldsOf(api, 'InvalidInput')).toEqual(['message', 'issues'])
    expect(fieldsOf(api, 'PayApiInvalidInput')).toEqual(expect.arrayContaining(['outcome', 'requestId', 'issues']))
    expect(fieldsOf(api, 'PageInfo').sort()).toEqual(['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor'])
  })

  it('in either order, to the same supergraph but for the order', () => {
    const sorted = (sdl: string) => sdl.split('\n').sort()
    const one = compose(payapi, orders, neighbour).supergraphSdl
    const other = compose(neighbour, orders, payapi).supergraphSdl
    expect(sorted(other)).toEqual(sorted(one))
  })
})

it('would not compose beside a PageInfo without @shareable on ours', () => {
  const selfish = parse(print(payapi.typeDefs).replace('type PageInfo @shareable', 'type PageInfo'))
  const { errors } = composeServices([{ ...payapi, typeDefs: selfish }, neighbour])
  expect(errors?.map(({ message }) => message).join()).toContain('PageInfo')
})
