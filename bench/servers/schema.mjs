// The same mutation as the facade's, as small as a schema can be that answers the same document.

/** The schema in SDL. */
export const typeDefs = /* GraphQL */ `
  type Query {
    version: String
  }

  type Mutation {
    chargeCardBillingKey(input: ChargeCardBillingKeyInput!): ChargeCardBillingKeyResult
  }

  input ChargeCardBillingKeyInput {
    orderId: ID!
    amount: String!
    goodsName: String
    buyer: BuyerInput!
    billingKey: ID!
    installmentMonths: Int
  }

  input BuyerInput {
    name: String!
    phone: String
    email: String
  }

  union ChargeCardBillingKeyResult = CardPayment | PayApiTransportError

  type CardPayment {
    merchantId: ID
    orderId: ID
    transactionId: ID
    amount: String
    approvalNumber: String
    approvedAt: String
  }

  interface PayApiFailure {
    message: String!
    outcome: String!
    retryable: Boolean!
    requestId: ID!
  }

  type PayApiTransportError implements PayApiFailure {
    message: String!
    outcome: String!
    retryable: Boolean!
    requestId: ID!
  }
`

/** Takes the charge; returns the resolvers. */
export const resolversFor = (charge) => ({
  Mutation: { chargeCardBillingKey: (_, { input }) => charge(input) },
})
