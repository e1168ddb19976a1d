import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql'
import { expect, it } from 'vitest'
import { servedSdl } from '../../../src/graphql/federation/subgraph.ts'
import { schema } from '../../../src/graphql/schema.ts'
import type { AnyFixture } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'

// The names that clients write down. A change here breaks them.

const SERVICES = Object.entries<AnyFixture>(FIXTURES).map(([mutation, { result }]) => {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1)
  return [mutation, `${name}Input`, `${name}Result`, result.type] as const
})

const FAILURES = [
  'PgFailure',
  'PayApiHttpClientError',
  'PayApiHttpServerError',
  'PayApiTransportError',
  'PayApiInvalidInput',
]

/** The fields of each success and failure, with their types. */
const TYPES: Readonly<Record<string, string>> = {
  PaymentCancellation: 'merchantId: ID, transactionId: ID, orderId: ID, amount: Amount, canceledAt: DateTime',
  PartialPaymentCancellation:
    'merchantId: ID, transactionId: ID, cancellationTransactionId: ID, amount: Amount, remainingAmount: Amount, canceledAt: DateTime',
  CardBillingKey:
    'merchantId: ID, billingKey: ID, cardCompany: PayApiCode, cardKind: PayApiCardKind, amount: Amount, issuedAt: DateTime, transactionId: ID',
  CardPayment:
    'merchantId: ID, orderId: ID, transactionId: ID, amount: Amount, approvalNumber: String, approvedAt: DateTime',
  DeletedBillingKey: 'merchantId: ID, billingKey: ID',
  MobilePayment: 'merchantId: ID, orderId: ID, transactionId: ID, amount: Amount, approvedAt: DateTime',
  CardPrefix: 'merchantId: ID, prefix: String, cardCompany: PayApiCode, cardType: PayApiCardType, cardName: String',
  EscrowDelivery: 'merchantId: ID, transactionId: ID, orderId: ID, registeredAt: DateTime',
  EscrowPurchaseConfirmation: 'merchantId: ID, transactionId: ID, confirmedAt: DateTime',
  EscrowPurchaseDenial: 'merchantId: ID, transactionId: ID, deniedAt: DateTime',
  EscrowDenialConfirmation: 'merchantId: ID, transactionId: ID, confirmedAt: DateTime',
  EscrowStatus:
    'merchantId: ID, orderId: ID, transactionId: ID, state: PayApiEscrowState, stateCode: String, approvedOn: Date, paymentMethod: PayApiPaymentMethod, amount: Amount, denialReason: String',
  SmsPaymentUrl: 'merchantId: ID, orderId: ID, paymentUrl: URL, expiresAt: DateTime',
  PayApiFailure:
    'message: String!, outcome: PayApiOutcome!, retryable: Boolean!, requestId: ID!, requestedAt: DateTime!, merchantId: ID, orderId: ID, transactionId: ID',
  PayApiInvalidInput: 'issues: [PayApiInputIssue!]!',
  PayApiInputIssue: 'path: [String!]!, code: PayApiInputIssueCode!, message: String!',
  PgFailure: 'resultCode: String, resultMessage: String',
  PayApiHttpClientError: 'httpStatus: Int!, resultCode: String, resultMessage: String',
  PayApiHttpServerError: 'httpStatus: Int!, resultCode: String, resultMessage: String',
  PayApiTransportError: 'reason: PayApiTransportErrorReason!',
  PayApiCode: 'code: String!, name: String',
}

/** The fields of each input, with their types. */
const INPUTS: Readonly<Record<string, string>> = {
  CancelPaymentInput:
    'amount: Amount!, currency: PayApiCurrency!, merchantId: ID, networkCancel: Boolean, paymentMethod: PayApiPaymentMethod!, transactionId: ID!',
  CancelPaymentPartiallyInput:
    'amount: Amount!, currency: PayApiCurrency!, merchantId: ID, paymentMethod: PayApiPaymentMethod!, remainingAmount: Amount!, taxFreeAmount: Amount, transactionId: ID!, vatAmount: Amount',
  ChargeCardBillingKeyInput:
    'amount: Amount!, billingKey: ID!, buyer: PayApiBuyerInput!, goodsName: String, installmentMonths: Int, interestFree: Boolean, merchantId: ID, orderId: ID!, taxFreeAmount: Amount, vatAmount: Amount',
  ChargeKeyedInCardInput:
    'amount: Amount!, buyer: PayApiBuyerInput!, card: PayApiKeyedInCardInput!, goodsName: String, installmentMonths: Int, interestFree: Boolean, merchantId: ID, orderId: ID!, taxFreeAmount: Amount, vatAmount: Amount',
  ChargeMobileBillingKeyInput:
    'amount: Amount!, billingKey: ID!, buyer: PayApiBuyerInput!, goodsName: String, merchantId: ID, orderId: ID!',
  CheckEscrowStatusInput: 'clientIp: IPv4, merchantId: ID, transactionId: ID!',
  ConfirmEscrowDenialInput: 'clientIp: IPv4!, merchantId: ID, processedBy: String!, transactionId: ID!',
  ConfirmEscrowPurchaseInput: 'clientIp: IPv4!, merchantId: ID, processedBy: String!, transactionId: ID!',
  CreateSmsPaymentUrlInput:
    'amount: Amount!, charset: PayApiCharset, goodsName: String!, installmentOptions: [Int!], merchantId: ID, mobileGoodsType: PayApiMobileGoodsType, nextUrl: URL, notificationUrl: URL, orderId: ID!, paymentMethod: PayApiPaymentMethod!, redirectUrl: URL, reserved: String, returnUrl: URL',
  DeleteCardBillingKeyInput: 'billingKey: ID!, merchantId: ID',
  DenyEscrowPurchaseInput:
    'clientIp: IPv4!, merchantId: ID, processedBy: String!, reason: String, refundAccount: PayApiRefundAccountInput!, transactionId: ID!',
  IssueCardBillingKeyInput:
    'amount: Amount, billingDay: Int, buyer: PayApiBuyerInput!, card: PayApiAuthenticatedCardInput!, goodsName: String, memo: String!, merchantId: ID',
  IssueCardBillingKeyWithoutAuthInput:
    'amount: Amount, billingDay: Int, buyer: PayApiBuyerInput!, card: PayApiCardInput!, goodsName: String, memo: String, merchantId: ID',
  LookUpCardPrefixInput: 'merchantId: ID, prefix: String!',
  PayApiAuthenticatedCardInput:
    'expiryMonth: String!, expiryYear: String!, holderId: String!, number: String!, passwordPrefix: String!',
  PayApiBuyerInput: 'email: EmailAddress, name: String!, phone: String',
  PayApiCardInput: 'expiryMonth: String!, expiryYear: String!, number: String!',
  PayApiCourierInput: 'code: String!, name: String',
  PayApiGoodsInput: 'code: String, name: String, quantity: Int',
  PayApiKeyedInCardInput:
    'expiryMonth: String!, expiryYear: String!, holderId: String, number: String!, passwordPrefix: String',
  PayApiRecipientInput: 'address: String!, name: String!, phone: String!, postalCode: String!',
  PayApiRefundAccountInput: 'accountNumber: String, bankCode: String, holderName: String!',
  PayApiSenderInput: 'address1: String!, address2: String!, name: String!, phone: String!, postalCode: String!',
  RegisterEscrowDeliveryInput:
    'amount: Amount!, change: PayApiEscrowDeliveryChange!, clientIp: IPv4!, confirmedOn: Date!, courier: PayApiCourierInput!, goods: PayApiGoodsInput, merchantId: ID, orderId: ID!, recipient: PayApiRecipientInput!, registeredBy: String!, sender: PayApiSenderInput!, sequence: String!, shippingPaidBy: PayApiShippingPayer!, trackingNumber: String!, transactionId: ID!',
}

const ENUMS: Readonly<Record<string, readonly string[]>> = {
  PayApiOutcome: ['NOT_PROCESSED', 'UNKNOWN'],
  PayApiCurrency: ['KRW', 'USD'],
  PayApiPaymentMethod: ['CARD', 'MOBILE', 'VIRTUAL_ACCOUNT', 'BANK_TRANSFER'],
  PayApiCardKind: ['PERSONAL', 'CORPORATE', 'OTHER'],
  PayApiCardType: ['CREDIT', 'CHECK', 'GIFT'],
  PayApiEscrowState: ['APPROVED', 'CANCELED_SAME_DAY', 'CANCELED_NEXT_DAY', 'PURCHASE_CONFIRMED', 'PURCHASE_DENIED'],
  PayApiEscrowDeliveryChange: ['REGISTER', 'UPDATE'],
  PayApiShippingPayer: ['SELLER', 'BUYER'],
  PayApiMobileGoodsType: ['DIGITAL', 'PHYSICAL'],
  PayApiInputIssueCode: [
    'REQUIRED',
    'WRONG_TYPE',
    'TOO_LONG',
    'OUT_OF_RANGE',
    'INVALID_FORMAT',
    'INVALID_CARD_NUMBER',
    'UNKNOWN_VALUE',
    'UNKNOWN_FIELD',
    'UNKNOWN_MERCHANT',
    'UNSUPPORTED',
  ],
  // Those that the journal keeps operations of: the mutations that change something, and what the server does itself.
  PayApiServiceName: [
    ...SERVICES.map(([mutation]) => mutation).filter((name) => !/^(?:lookUp|check)/.test(name)),
    'approveSmsPayment',
  ],
  PayApiCharset: ['EUC_KR', 'UTF_8'],
}

const REASONS = [
  'NAME_NOT_FOUND',
  'CONNECTION_REFUSED',
  'CONNECT_TIMEOUT',
  'TLS_FAILURE',
  'OVERLOADED',
  'CONNECTION_LOST',
  'TIMEOUT',
  'UNREADABLE_RESPONSE',
  'MISMATCHED_RESPONSE',
]

const SCALARS = ['Amount', 'Date', 'DateTime', 'EmailAddress', 'IPv4', 'URL']

const typeOf = <Type>(name: string) => schema.getType(name) as Type
const fieldsOf = (name: string) => Object.values(typeOf<GraphQLObjectType>(name).getFields())
const valuesOf = (name: string) =>
  typeOf<GraphQLEnumType>(name)
    .getValues()
    .map((value) => value.name)

it.each(SERVICES)('%s takes %s and gives %s', (mutation, input, union, success) => {
  const field = typeOf<GraphQLObjectType>('Mutation').getFields()[mutation]
  expect(field?.args.map(({ name, type }) => `${name}: ${type}`)).toEqual([`input: ${input}!`])
  expect(String(field?.type)).toBe(union)
  const members = typeOf<GraphQLUnionType>(union)
    .getTypes()
    .map(({ name }) => name)
  expect(members).toContain(success)
  expect(members).toEqual(expect.arrayContaining(FAILURES))
})

it('the lookups are queries as well', () => {
  const signature = (name: string) => {
    const field = typeOf<GraphQLObjectType>('Query').getFields()[name]
    const args = field?.args.map((arg) => `${arg.name}: ${arg.type}`).sort()
    return `${args?.join(', ')} -> ${field?.type}`
  }
  expect(signature('cardPrefix')).toBe('merchantId: ID, prefix: String! -> LookUpCardPrefixResult')
  expect(signature('escrowStatus')).toBe(
    'clientIp: IPv4, merchantId: ID, transactionId: ID! -> CheckEscrowStatusResult',
  )
})

it.each(Object.entries({ ...TYPES, ...INPUTS }))('%s has its fields', (name, fields) => {
  const printed = fieldsOf(name).map((field) => `${field.name}: ${field.type}`)
  expect(printed).toEqual(expect.arrayContaining(fields.split(', ')))
})

it.each(Object.entries(ENUMS))('%s has its values', (name, values) => {
  expect(valuesOf(name).sort()).toEqual([...values].sort())
})

it('PayApiTransportErrorReason has its values', () => {
  expect(valuesOf('PayApiTransportErrorReason')).toEqual(expect.arrayContaining(REASONS))
})

it('the scalars of the graph have the names that clients know', () => {
  expect(SCALARS.filter((name) => !isScalarType(schema.getType(name)))).toEqual([])
})

it('every scalar says where its format is laid down, to clients and to gateways', async () => {
  const scalars = Object.values(schema.getTypeMap()).filter(isScalarType)
  const unspecified = scalars.filter((type) => !isSpecifiedScalarType(type) && !URL.canParse(type.specifiedByURL ?? ''))
  expect(unspecified.map(({ name }) => name)).toEqual([])
  const printed = (await servedSdl(schema)).match(/^scalar .*/gm)
  expect(printed?.filter((line) => !/ @specifiedBy\(url: "https:[^"]+"\)$/.test(line))).toEqual([])
  expect(printed).toHaveLength(SCALARS.length)
})

it('only what is sent has a name on the wire: an idempotency key has none', () => {
  const described = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ name }) => name === 'idempotencyKey')
    .map(({ description }) => description)
  const changes = Object.values<AnyFixture>(FIXTURES).filter(({ effect }) => effect !== 'lookup')
  // And refundPayment, which is carried out as one of them.
  expect(described).toHaveLength(changes.length + 1)
  expect(described.filter((text) => text?.includes('`'))).toEqual([])
})

it('a card that is charged by its number is charged at once, and with interest, unless told otherwise', () => {
  const defaults = fieldsOf('ChargeKeyedInCardInput').flatMap((field) => {
    const { name, defaultValue } = field as unknown as GraphQLInputField
    return defaultValue === undefined ? [] : [[name, defaultValue]]
  })
  expect(defaults).toEqual([
    ['installmentMonths', 0],
    ['interestFree', false],
  ])
})

it('the journal is asked by names that a neighbour in a supergraph hardly has', () => {
  const signatures = (root: string, names: RegExp) =>
    fieldsOf(root)
      .filter(({ name }) => names.test(name))
      .map(({ name, args, type }) => `${name}(${args.map((arg) => `${arg.name}: ${arg.type}`).join(', ')}): ${type}`)
  expect(signatures('Query', /operation/i)).toEqual([
    'paymentOperation(id: ID!): PayApiOperation',
    'paymentOperationByKey(idempotencyKey: ID!, service: PayApiServiceName!, merchantId: ID): PayApiOperation',
    'paymentOperations(filter: PayApiOperationFilter, before: String, after: String, first: Int, last: Int): PayApiOperationConnection',
  ])
  expect(signatures('Mutation', /operation/i)).toEqual([
    'reopenPaymentOperation(input: ReopenPaymentOperationInput!): ReopenPaymentOperationResult',
    'resolvePaymentOperation(input: ResolvePaymentOperationInput!): ResolvePaymentOperationResult',
    'settlePaymentOperation(input: SettlePaymentOperationInput!): SettlePaymentOperationResult',
  ])
})

it('every enumeration has the prefix that keeps it from colliding in a supergraph', () => {
  const enums = Object.values(schema.getTypeMap()).filter((type) => isEnumType(type) && !type.name.startsWith('__'))
  expect(enums.map(({ name }) => name).filter((name) => !name.startsWith('PayApi'))).toEqual([])
})
