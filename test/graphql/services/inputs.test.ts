import { expect, it } from 'vitest'
import {
  ChargeKeyedInCardDocument,
  CreateSmsPaymentUrlDocument,
  IssueCardBillingKeyDocument,
  RegisterEscrowDeliveryDocument,
} from '../../../schema/operations.generated.ts'
import { exampleOf, MUTATIONS } from '../../support/graphql/operations.ts'
import { clientThatSends, type Facade, facadeForFile, facadeForTest } from '../../support/server/facade.ts'

const facade = await facadeForFile()

const requests = ({ sandbox }: Facade) => Object.values(sandbox.books.requests).reduce((sum, count) => sum + count, 0)

const { input: charge } = exampleOf(ChargeKeyedInCardDocument)
const { input: delivery } = exampleOf(RegisterEscrowDeliveryDocument)

it('all that is wrong with an input is reported at once, each with its path, and nothing is sent', async () => {
  const before = requests(facade)
  const { chargeKeyedInCard } = await facade.send(ChargeKeyedInCardDocument, {
    input: {
      ...charge,
      orderId: 'O'.repeat(41),
      amount: '0',
      vatAmount: '12.5',
      installmentMonths: 1,
      card: { ...charge.card, number: '4000000000000003', expiryMonth: '13', holderId: '9001011234567' },
      buyer: { name: '   ', email: 'nobody', phone: '\u0000' },
    },
  })
  if (chargeKeyedInCard?.__typename !== 'PayApiInvalidInput') throw new Error('was not rejected')
  const issues = chargeKeyedInCard.issues.map(({ path, code }) => `${path.join('.')} ${code}`)
  expect(issues.sort()).toEqual([
    'amount OUT_OF_RANGE',
    'buyer.email INVALID_FORMAT',
    'buyer.name REQUIRED',
    'buyer.phone INVALID_FORMAT',
    'card.expiryMonth OUT_OF_RANGE',
    'card.holderId INVALID_FORMAT',
    'card.number INVALID_CARD_NUMBER',
    'installmentMonths OUT_OF_RANGE',
    'orderId TOO_LONG',
    'vatAmount INVALID_FORMAT',
  ])
  for (const { message } of chargeKeyedInCard.issues) {
    // The field in Korean and on the wire, then the rule.
    expect(message).toMatch(/^[가-힣A-Za-z()]+ \(`\w+`\) (?:must|is) /)
    expect(message).not.toMatch(/4000000000000003|9001011234567|12\.5/)
  }
  expect(requests(facade)).toBe(before)
})

it('paths reach into groups and lists', async () => {
  const sms = exampleOf(CreateSmsPaymentUrlDocument).input
  const { createSmsPaymentUrl } = await facade.send(CreateSmsPaymentUrlDocument, {
    input: { ...sms, installmentOptions: [0, 37, 3], nextUrl: 'javascript:alert(1)' },
  })
  expect(createSmsPaymentUrl).toMatchObject({
    __typename: 'PayApiInvalidInput',
    issues: [
      { path: ['installmentOptions', '1'], code: 'OUT_OF_RANGE' },
      { path: ['nextUrl'], code: 'INVALID_FORMAT' },
    ],
  })
  const { registerEscrowDelivery } = await facade.send(RegisterEscrowDeliveryDocument, {
    input: { ...delivery, clientIp: '::1', confirmedOn: '2026-02-30', courier: { code: 'unheard-of' } },
  })
  expect(registerEscrowDelivery).toMatchObject({
    __typename: 'PayApiInvalidInput',
    issues: [
      { path: ['clientIp'], code: 'INVALID_FORMAT' },
      { path: ['courier', 'name'], code: 'REQUIRED' },
      { path: ['confirmedOn'], code: 'INVALID_FORMAT' },
    ],
  })
})

it('null stands for an optional field or group that is left out', async () => {
  const issue = exampleOf(IssueCardBillingKeyDocument).input
  const { issueCardBillingKey } = await facade.send(IssueCardBillingKeyDocument, {
    input: {
      ...issue,
      merchantId: null,
      amount: null,
      billingDay: null,
      goodsName: null,
      buyer: { name: '홍길동', phone: null, email: null },
    },
  })
  expect(issueCardBillingKey?.__typename).toBe('CardBillingKey')
  const { registerEscrowDelivery } = await facade.send(RegisterEscrowDeliveryDocument, {
    input: { ...delivery, goods: null, courier: { code: 'cjgls', name: null } },
  })
  expect(registerEscrowDelivery?.__typename).toBe('EscrowDelivery')
})

it('merchantId chooses who acts', async () => {
  const { chargeKeyedInCard } = await facade.send(ChargeKeyedInCardDocument, {
    input: { ...charge, orderId: 'ORDER-OF-THE-OTHER', merchantId: 'welcometwo' },
  })
  expect(chargeKeyedInCard).toMatchObject({ __typename: 'CardPayment', merchantId: 'welcometwo' })
  expect(facade.sandbox.books.charges).toContainEqual(
    expect.objectContaining({ mid: 'welcometwo', oid: 'ORDER-OF-THE-OTHER' }),
  )
})

it('an unknown merchantId is reported beside everything else', async () => {
  const { chargeKeyedInCard } = await facade.send(ChargeKeyedInCardDocument, {
    input: { ...charge, amount: '-1', merchantId: 'somebody' },
  })
  expect(chargeKeyedInCard).toMatchObject({
    __typename: 'PayApiInvalidInput',
    merchantId: null,
    orderId: charge.orderId,
    issues: [
      { path: ['amount'], code: 'INVALID_FORMAT' },
      { path: ['merchantId'], code: 'UNKNOWN_MERCHANT' },
    ],
  })
  expect(JSON.stringify(chargeKeyedInCard)).not.toContain('somebody')
})

it.each([
  ['enum', 'cancelPayment', { currency: 'EUR' }, 'A value does not exist in the enum "PayApiCurrency".'],
  ['enum', 'cancelPayment', { currency: 1 }, 'Enum "PayApiCurrency" cannot represent non-string value.'],
  ['IPv4', 'confirmEscrowPurchase', { clientIp: 1 }, 'IPv4 takes a string.'],
  ['Date', 'registerEscrowDelivery', { confirmedOn: 20261124 }, 'Date takes a string.'],
  ['URL', 'createSmsPaymentUrl', { returnUrl: {} }, 'URL takes a string.'],
  ['Int', 'chargeKeyedInCard', { installmentMonths: '0' }, 'Int cannot represent non-integer value.'],
  ['Boolean', 'chargeKeyedInCard', { interestFree: 'no' }, 'Boolean cannot represent a non boolean value.'],
  ['String', 'chargeKeyedInCard', { goodsName: 5 }, 'String cannot represent a non string value.'],
  ['ID', 'chargeKeyedInCard', { orderId: 1.5 }, 'ID takes a string, or a whole number of at most 2^53 - 1.'],
])('a value that is no %s is a GraphQL error that says so (%s)', async (_, field, change, reason) => {
  const call = MUTATIONS.find((each) => each.field === field)
  if (call === undefined) throw new Error(`there is no ${field}`)
  const { input } = exampleOf(call.document)
  const query = `mutation($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`
  const [name] = Object.keys(change)
  const answer = await facade.post({ query, variables: { input: { ...(input as object), ...change } } })
  expect(answer.data).toBeUndefined()
  expect(answer.errors?.map(({ message }) => message)).toEqual([
    `Variable "$input" got an invalid value at "input.${name}"; ${reason}`,
  ])
})

// By default one operation may change one thing only.
const SEVERAL_CHANGES = { security: { limits: { maxChanges: 10 } } }

it('a mutation that succeeded keeps its answer when another one of the request fails', async () => {
  const several = await facadeForTest({ app: SEVERAL_CHANGES })
  const answer = await several.post({
    query: `mutation {
      paid: chargeMobileBillingKey(input: {
        orderId: "SIBLING", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
      }) { ... on MobilePayment { orderId transactionId } }
      refused: cancelPayment(input: { paymentMethod: CARD, transactionId: "nothing", amount: 100, currency: KRW }) {
        ... on PgFailure { resultCode }
      }
      rejected: deleteCardBillingKey(input: { billingKey: "" }) { __typename }
    }`,
  })
  expect(answer).toEqual({
    data: {
      paid: { orderId: 'SIBLING', transactionId: expect.stringMatching(/^welcometstHP/) },
      refused: { resultCode: '2001' },
      rejected: { __typename: 'PayApiInvalidInput' },
    },
  })
})

it('a mutation that succeeded keeps its answer when a fault of our own stops another one', async () => {
  const { client } = facade
  const broken = await facadeForTest({
    app: {
      ...SEVERAL_CHANGES,
      client: clientThatSends(client, async (call) => {
        if (call.service.name === 'cancelPayment') throw new Error('a fault of our own')
        return client.send(call)
      }),
    },
  })
  const answer = await broken.post({
    query: `mutation {
      paid: chargeMobileBillingKey(input: {
        orderId: "SIBLING", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
      }) { ... on MobilePayment { orderId } }
      lost: cancelPayment(input: { paymentMethod: CARD, transactionId: "SANDBOX-CARD-1", amount: 50000, currency: KRW }) {
        __typename
      }
    }`,
  })
  expect(answer.data).toEqual({ paid: { orderId: 'SIBLING' }, lost: null })
  expect(answer.errors).toMatchObject([{ message: 'Unexpected error.', path: ['lost'] }])
})
