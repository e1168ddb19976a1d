import { createSchema, createYoga } from 'graphql-yoga'
import { type Listening, listen } from '../../../examples/gateway/listen.ts'

/** What a shop may well call things of its own: some names are ours too, and mean something else. */
const TYPES = `
  type Query {
    payment(id: ID!): CardPayment
    operation(id: ID!): Operation
    operations(first: Int): OperationConnection!
    cardTypes: [CardType!]!
  }
  type Mutation {
    resolveOperation(id: ID!): Operation
    refund(amount: Amount!, on: Date, from: IPv4, notify: EmailAddress, callback: URL): CardPayment
  }
  type CardPayment { id: ID!, amount: Float, paidAt: DateTime, card: CardType }
  enum CardType { VISA MASTERCARD }
  enum CardKind { PLASTIC VIRTUAL }
  enum EscrowState { HELD RELEASED }
  type Operation { id: ID!, kind: CardKind, escrow: EscrowState }
  type OperationConnection { edges: [OperationEdge!]!, pageInfo: PageInfo! }
  type OperationEdge { cursor: String!, node: Operation! }
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
  scalar Amount
  scalar Date
  scalar DateTime
  scalar EmailAddress
  scalar IPv4
  scalar URL
`

/** The neighbour's SDL, as a composition reads it. */
export const NEIGHBOUR = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@shareable"])
  ${TYPES}
`

/** The one payment that the neighbour knows. */
export const NEIGHBOURS_PAYMENT = { id: 'SHOP-1', amount: 12.5, paidAt: 'yesterday', card: 'VISA' }

/** Serves the neighbour on a free port of this machine. */
export function startNeighbour(): Promise<Listening> {
  const schema = createSchema({
    typeDefs: ['directive @shareable on OBJECT', TYPES],
    resolvers: {
      Query: { payment: () => NEIGHBOURS_PAYMENT },
      Mutation: {
        refund: (_: unknown, { amount }: { amount: unknown }) => ({ ...NEIGHBOURS_PAYMENT, amount: Number(amount) }),
      },
    },
  })
  const yoga = createYoga({ schema, logging: false, landingPage: false })
  return listen(yoga, yoga.graphqlEndpoint)
}
