import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'
import { type Listening, listen } from './listen.ts'

/** An order as this subgraph keeps it: of the payment it knows no more than ids. */
interface Order {
  readonly id: string
  /** First six digits of the card. */
  readonly cardPrefix?: string
  readonly transactionId?: string
  readonly merchantId?: string
}

// Transactions with names that the facade's sandbox knows from the start.
const ORDERS: readonly Order[] = [
  { id: 'ORDER-1', cardPrefix: '949094', transactionId: 'SANDBOX-ESCROW-1', merchantId: 'welcometst' },
  { id: 'ORDER-2', cardPrefix: '941181', transactionId: 'SANDBOX-DENIED-2', merchantId: 'welcometwo' },
  // Written down by somebody who knew neither prefix nor merchant.
  { id: 'ORDER-3', cardPrefix: '12345', transactionId: 'SANDBOX-ESCROW-3', merchantId: 'nobody' },
  // Taken by the default merchant, with a card that PayAPI does not know.
  { id: 'ORDER-4', cardPrefix: '000000', transactionId: 'SANDBOX-DELIVERED-4' },
  { id: 'ORDER-5' },
]

/** The operation of each order that was charged. */
const operations = new Map<string, string>()

const typeDefs = parse(readFileSync(new URL('orders.graphql', import.meta.url), 'utf8'))

const resolvers = {
  Query: {
    orders: () => ORDERS,
    order: (_: unknown, { id }: { id: string }) => orderOf(id),
  },
  Mutation: {
    keepOperation(_: unknown, { orderId, operationId }: { orderId: string; operationId: string }) {
      operations.set(orderId, operationId)
      return orderOf(orderId)
    },
  },
  Order: {
    __resolveReference: ({ id }: { id: string }) => orderOf(id),
    card: ({ cardPrefix }: Order) => (cardPrefix === undefined ? null : { prefix: cardPrefix }),
    escrow: ({ merchantId, transactionId }: Order) =>
      transactionId === undefined ? null : { merchantId, transactionId },
    payment: ({ id }: Order) => {
      const operationId = operations.get(id)
      return operationId === undefined ? null : { id: operationId }
    },
  },
}

const orderOf = (id: string) => ORDERS.find((order) => order.id === id)

/** Starts the orders subgraph on a free port of this machine. */
export function startOrders(): Promise<Listening> {
  const yoga = createYoga({
    schema: buildSubgraphSchema({ typeDefs, resolvers }),
    landingPage: false,
    logging: 'error',
  })
  return listen(yoga, yoga.graphqlEndpoint)
}
