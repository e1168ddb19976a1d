import { print } from 'graphql'
import { createClient } from 'graphql-sse'
import { expect, it, onTestFinished, vi } from 'vitest'
import { PaymentOperationChangedDocument } from '../../schema/operations.generated.ts'
import { interpretStatus } from '../../src/outcome/index.ts'
import { type StatusListener, watchPayment } from '../../src/react/watch-payment.ts'
import { charge, post, startTestFacade, type TestFacade } from '../support/server/running-facade.ts'

const NEVER_MS = 2 ** 30

/** A charge of which the facade does not know what became of it. */
async function unknownCharge(facade: TestFacade): Promise<string> {
  const { outcome, operationId } = await post(facade.url, charge('LIVE-1'), { 'x-sandbox-scenario': 'reset' })
  expect(outcome).toBe('UNKNOWN')
  return String(operationId)
}

const resolution = (operationId: string) => ({
  query: `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) { __typename } }`,
  variables: { input: { operationId, processed: true, transactionId: 'TID-1' } },
})

/** Subscribes as the documents say, with graphql-sse. */
function subscribeTo(url: string, id: string) {
  const client = createClient({ url, retryAttempts: 0 })
  onTestFinished(() => client.dispose())
  return (listener: StatusListener) =>
    client.subscribe({ query: print(PaymentOperationChangedDocument), variables: { id } }, listener)
}

it('what becomes of a payment is heard of by a subscription, without asking', async () => {
  const facade = await startTestFacade()
  const operationId = await unknownCharge(facade)
  const ask = vi.fn(async () => undefined)
  const kinds: string[] = []
  const onResult = (result: unknown) => kinds.push(interpretStatus(result).kind)
  const subscribe = subscribeTo(facade.url, operationId)
  onTestFinished(watchPayment({ ask, subscribe, onResult, askAfterMs: NEVER_MS, patienceMs: NEVER_MS }))
  await expect.poll(() => kinds).toContain('checking')
  await post(facade.url, resolution(operationId))
  await expect.poll(() => kinds).toContain('done')
  expect(ask).not.toHaveBeenCalled()
})

it('where the subscription breaks off, as the server stops, it is asked for', async () => {
  const facade = await startTestFacade()
  const operationId = await unknownCharge(facade)
  const kinds: string[] = []
  const ask = async () => ({ paymentOperation: { id: operationId, state: 'SUCCEEDED' } })
  const onResult = (result: unknown) => kinds.push(interpretStatus(result).kind)
  const subscribe = subscribeTo(facade.url, operationId)
  onTestFinished(watchPayment({ ask, subscribe, onResult, askAfterMs: NEVER_MS, patienceMs: NEVER_MS }))
  await expect.poll(() => kinds).toContain('checking')
  await facade.close()
  await expect.poll(() => kinds.at(-1)).toBe('done')
})
