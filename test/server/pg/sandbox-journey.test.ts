import { expect, it } from 'vitest'
import { formIn } from '../../support/sandbox/pages.ts'
import { post, startTestFacade, type TestFacade } from '../../support/server/running-facade.ts'

// The whole way of a payment by SMS before the embedded sandbox, as one command starts it: nothing is configured.

const CREATE = `mutation($input: CreateSmsPaymentUrlInput!) { result: createSmsPaymentUrl(input: $input) {
  __typename ... on SmsPaymentUrl { paymentUrl } ... on PayApiInvalidInput { issues { path code message } } } }`

const STATE = `query($orderId: ID!) { result: smsPayment(orderId: $orderId) {
  status exception payment { transactionId status amount } virtualAccount { number bank { code name } } notices { event } } }`

const create = (facade: TestFacade, input: object) =>
  post(facade.url, { query: CREATE, variables: { input: { goodsName: '커피', amount: '33000', ...input } } })

const stateOf = (facade: TestFacade, orderId: string) => post(facade.url, { query: STATE, variables: { orderId } })

/** The buyer does something on the PG's page; resolves to the page that comes of it. */
async function act(paymentUrl: unknown, fields: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ name: '김하나', institution: '06', ...fields })
  return (await fetch(String(paymentUrl), { method: 'POST', body })).text()
}

/** And is brought back from there; resolves to how the server's page says that the payment stands. */
async function comeBack(page: string): Promise<string | undefined> {
  const { action, fields } = formIn(page)
  const response = await fetch(action, { method: 'POST', body: fields })
  return /<main data-status="(\w+)"/.exec(await response.text())?.[1]
}

it.each(['CARD', 'MOBILE', 'BANK_TRANSFER'])(
  'a payment by %s is approved where the buyer comes back',
  async (paymentMethod) => {
    const facade = await startTestFacade()
    const { paymentUrl } = await create(facade, { orderId: 'A-1', paymentMethod })
    expect(await stateOf(facade, 'A-1')).toMatchObject({ status: 'LINK_CREATED' })
    expect(await comeBack(await act(paymentUrl, { action: 'pay' }))).toBe('PAID')
    expect(await stateOf(facade, 'A-1')).toMatchObject({
      status: 'PAID',
      payment: { status: 'APPROVED', amount: '33000' },
    })
  },
)

it('a payment that failed may be tried again', async () => {
  const facade = await startTestFacade()
  const { paymentUrl } = await create(facade, { orderId: 'A-1', paymentMethod: 'CARD' })
  expect(await comeBack(await act(paymentUrl, { action: 'fail' }))).toBe('FAILED')
  expect(await stateOf(facade, 'A-1')).toMatchObject({ status: 'FAILED', exception: null, payment: null })
  expect(await comeBack(await act(paymentUrl, { action: 'pay' }))).toBe('PAID')
})

it('an approval whose answer is lost is unknown', async () => {
  const facade = await startTestFacade()
  const { paymentUrl } = await create(facade, { orderId: 'A-1', paymentMethod: 'CARD' })
  expect(await comeBack(await act(paymentUrl, { action: 'pay', approval: 'reset' }))).toBe('UNKNOWN')
  expect(await stateOf(facade, 'A-1')).toMatchObject({ status: 'UNKNOWN', payment: null })
})

it('a virtual account is paid with its deposit, not with its issue', async () => {
  const facade = await startTestFacade()
  const { paymentUrl } = await create(facade, { orderId: 'A-1', paymentMethod: 'VIRTUAL_ACCOUNT' })
  expect(await comeBack(await act(paymentUrl, { action: 'issue' }))).toBe('AWAITING_DEPOSIT')
  const issued = await stateOf(facade, 'A-1')
  expect(issued).toMatchObject({ status: 'AWAITING_DEPOSIT', payment: null, virtualAccount: { bank: { code: '06' } } })
  await act(paymentUrl, { action: 'deposit' })
  let state = issued
  while (state['status'] === 'AWAITING_DEPOSIT') state = await stateOf(facade, 'A-1')
  expect(state).toMatchObject({
    status: 'PAID',
    exception: null,
    payment: { status: 'APPROVED', amount: '33000' },
    virtualAccount: { number: (issued['virtualAccount'] as { number: string }).number },
    notices: [{ event: 'VIRTUAL_ACCOUNT_ISSUED' }, { event: 'DEPOSITED' }],
  })
})
