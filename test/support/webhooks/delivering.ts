import { expect, onTestFinished } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { WebhookDelivery } from '../../../src/journal/records/events.ts'
import { type DeliveriesOptions, WebhookDeliveries, type WebhookNews } from '../../../src/webhooks/deliveries.ts'
import type { WebhookEndpoint } from '../../../src/webhooks/endpoint.ts'
import { SECRET } from './receiver.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** For what is decided by something else than time. */
const PATIENT_MS = 240_000

export const endpointAt = (url: string, id = 'shop', more: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  id,
  url: new URL(url),
  secrets: [SECRET],
  events: ['payment.approved'],
  merchantIds: undefined,
  ...more,
})

/** A clock that goes on when it is told to. */
export const stoppedClock = () => {
  let now = Date.parse('2026-11-26T13:00:00Z')
  return {
    now: () => now,
    pass(ms: number) {
      now += ms
    },
  }
}

let owners = 0

interface Delivering extends WebhookDeliveries {
  readonly news: readonly WebhookNews[]
}

/** Delivers from a store, without jitter. It ends with the test. */
export function deliverFrom(
  store: DeliveriesOptions['store'],
  endpoints: readonly WebhookEndpoint[],
  more: Partial<DeliveriesOptions> = {},
): Delivering {
  const news: WebhookNews[] = []
  const deliveries = new WebhookDeliveries({
    store,
    endpoints,
    owner: `deliverer-${++owners}`,
    timeoutMs: PATIENT_MS,
    privateAddresses: true,
    random: () => 0.5,
    onNews: (each) => void news.push(each),
    ...more,
  })
  onTestFinished(() => deliveries.close())
  return Object.assign(deliveries, { news })
}

/** Writes a test down that is to be delivered. */
export async function addTest(store: OperationStore, now: number, endpointId = 'shop'): Promise<WebhookDelivery> {
  const delivery = await store.run('addTestEvent', { endpointId, now })
  if (delivery === undefined) throw new Error('not added')
  return delivery
}

/** The delivery, as soon as it is as expected. */
export const untilDelivery = async (store: OperationStore, { id }: WebhookDelivery, expected: object): Promise<void> =>
  await expect.poll(() => store.run('webhookDelivery', { id })).toMatchObject(expected)
