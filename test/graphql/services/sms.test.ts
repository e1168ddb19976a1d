import { expect, it } from 'vitest'
import { CreateSmsPaymentUrlDocument } from '../../../schema/operations.generated.ts'
import { exampleOf } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

const NOW = Date.UTC(2026, 10, 24, 3, 0, 0)

it('createSmsPaymentUrl gives a link that works for 72 hours', async () => {
  const facade = await facadeForTest({ sandbox: { clock: () => NOW }, client: { now: () => NOW } })
  const variables = exampleOf(CreateSmsPaymentUrlDocument)
  expect(await facade.send(CreateSmsPaymentUrlDocument, variables)).toEqual({
    createSmsPaymentUrl: {
      __typename: 'SmsPaymentUrl',
      merchantId: 'welcometst',
      orderId: 'ORDER-15',
      paymentUrl: expect.stringMatching(new RegExp(`^${facade.sandbox.url}/s/\\w+$`)),
      expiresAt: '2026-11-27T03:00:00.000Z',
    },
  })
})
