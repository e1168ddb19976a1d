import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'
import { charge, dataFolder, post, startTestFacade, type TestFacade } from '../support/server/running-facade.ts'
import { receiveWebhooks, SECRET } from '../support/webhooks/receiver.ts'

// Webhooks through the front door.

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
type Json = any

interface Given {
  readonly id: string
  readonly url: string
  readonly merchantIds?: readonly string[]
}

/** The variable that names a file with these endpoints. */
function webhooksFile(...endpoints: readonly Given[]): Record<string, string> {
  const file = join(dataFolder(), 'webhooks.json')
  const more = { secrets: [SECRET], events: ['payment.approved', 'payment.canceled', 'operation.unknown'] }
  writeFileSync(file, JSON.stringify(endpoints.map((endpoint) => ({ ...endpoint, ...more }))))
  return { PAYAPI_WEBHOOKS_FILE: file }
}

async function ask({ url }: TestFacade, query: string, variables: object = {}, key?: string): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'x-api-key': key }) },
    body: JSON.stringify({ query, variables }),
  })
  return await response.json()
}

const FIELDS = `id webhookId endpointId type createdAt merchantId orderId transactionId operationId noticeId sequence
  state attempts lastAttemptAt lastStatus lastError nextAttemptAt`
const FAILURE = '... on PayApiInvalidInput { issues { path code message } }'

async function sendTest(facade: TestFacade, endpointId: string, key?: string): Promise<Json> {
  const query = `mutation ($id: ID!) { result: sendTestWebhook(input: { endpointId: $id }) { __typename ... on PayApiWebhookDelivery { ${FIELDS} } ${FAILURE} } }`
  return (await ask(facade, query, { id: endpointId }, key)).data.result
}

async function resend(facade: TestFacade, deliveryId: string, key?: string): Promise<Json> {
  const query = `mutation ($id: ID!) { result: resendWebhook(input: { deliveryId: $id }) { __typename ... on PayApiWebhookDelivery { ${FIELDS} } ${FAILURE} } }`
  return (await ask(facade, query, { id: deliveryId }, key)).data.result
}

async function list(facade: TestFacade, filter: object = {}, key?: string): Promise<readonly Json[]> {
  const query = `query ($filter: PayApiWebhookDeliveryFilter) { webhookDeliveries(filter: $filter) { edges { node { ${FIELDS} } } } }`
  const { data } = await ask(facade, query, { filter }, key)
  return data.webhookDeliveries.edges.map(({ node }: Json) => node)
}

it('a test is sent, seen with what became of it, and sent again under the same id', async () => {
  const { url, received } = await receiveWebhooks((_, count) => httpAnswer(count === 1 ? 404 : 200))
  const facade = await startTestFacade(webhooksFile({ id: 'shop', url }))
  const made = await sendTest(facade, 'shop')
  expect(made).toMatchObject({
    __typename: 'PayApiWebhookDelivery',
    type: 'WEBHOOK_TEST',
    state: 'PENDING',
    attempts: 0,
  })
  await expect.poll(() => list(facade, { states: ['PENDING'] })).toMatchObject([{ lastStatus: 404, lastError: null }])
  const [failed] = await list(facade)
  expect(Date.parse(failed.nextAttemptAt)).toBeGreaterThan(Date.parse(failed.lastAttemptAt))
  expect(await resend(facade, made.id)).toMatchObject({ state: 'PENDING', attempts: 0 })
  await expect.poll(() => list(facade)).toMatchObject([{ state: 'DELIVERED', lastStatus: 200, nextAttemptAt: null }])
  expect(received.map(({ id, type }) => [id, type])).toEqual(Array(2).fill([made.webhookId, 'webhook.test']))
})

it('why there was no answer is seen, and each attempt leaves a line in the log without the address', async () => {
  const closed = await startRawServer(() => {})
  const nobody = `${closed.url}/hidden?token=hidden`
  await closed.close()
  const facade = await startTestFacade(webhooksFile({ id: 'shop', url: nobody }))
  const { webhookId } = await sendTest(facade, 'shop')
  await expect.poll(() => list(facade)).toMatchObject([{ lastStatus: null, lastError: 'CONNECTION_REFUSED' }])
  const lines = () =>
    facade.lines.map((line) => JSON.parse(line) as Json).filter(({ msg }) => msg.startsWith('webhook'))
  await expect.poll(lines).toMatchObject([
    {
      level: 'warn',
      msg: 'webhook failed',
      webhookId,
      endpointId: 'shop',
      type: 'webhook.test',
      result: 'FAILED',
      attempt: 1,
      answer: 'CONNECTION_REFUSED',
    },
  ])
  expect(facade.lines.join('')).not.toContain('hidden')
})

it('what there is not, or is gone, is told as such and nothing is sent', async () => {
  const { url, received } = await receiveWebhooks(() => httpAnswer(410))
  const facade = await startTestFacade(webhooksFile({ id: 'shop', url }))
  const unknown = (field: string) => ({
    __typename: 'PayApiInvalidInput',
    issues: [{ path: [field], code: 'UNKNOWN_VALUE' }],
  })
  expect(await sendTest(facade, 'nobody')).toMatchObject(unknown('endpointId'))
  expect(await resend(facade, 'nothing')).toMatchObject(unknown('deliveryId'))
  const { id } = await sendTest(facade, 'shop')
  await expect.poll(() => list(facade)).toMatchObject([{ state: 'GIVEN_UP', lastStatus: 410 }])
  const gone = (field: string) => ({ issues: [{ path: [field], code: 'OUT_OF_RANGE' }] })
  await expect.poll(() => resend(facade, id)).toMatchObject(gone('deliveryId'))
  expect(await sendTest(facade, 'shop')).toMatchObject(gone('endpointId'))
  expect(received).toHaveLength(1)
})

it('a caller manages what is of merchants as which they may act', async () => {
  const { url } = await receiveWebhooks()
  const [first, second] = DEMO_MERCHANTS.map(({ mid }) => mid)
  const keys = { one: 'key-of-one', all: 'key-of-all' }
  const keyOf = (id: 'one' | 'all', more: object = {}) => ({
    id,
    hash: createHash('sha256').update(keys[id]).digest('hex'),
    scopes: ['webhooks:manage'],
    ...more,
  })
  const facade = await startTestFacade({
    PAYAPI_AUTH: 'api-key',
    PAYAPI_API_KEYS: JSON.stringify([keyOf('one', { merchants: [first] }), keyOf('all')]),
    ...webhooksFile(
      { id: 'first', url, merchantIds: [String(first)] },
      { id: 'both', url, merchantIds: [String(first), String(second ?? 'other')] },
      { id: 'everything', url },
    ),
  })
  expect(await sendTest(facade, 'first', keys.one)).toMatchObject({ __typename: 'PayApiWebhookDelivery' })
  const refused = { issues: [{ path: ['endpointId'], code: 'UNKNOWN_VALUE' }] }
  expect(await sendTest(facade, 'everything', keys.one)).toMatchObject(refused)
  const made = await sendTest(facade, 'everything', keys.all)
  expect(await resend(facade, made.id, keys.one)).toMatchObject({ issues: [{ code: 'UNKNOWN_VALUE' }] })
  expect(await list(facade, {}, keys.one)).toEqual([])
  expect(await list(facade, {}, keys.all)).toHaveLength(2)
  const other = await ask(
    facade,
    '{ webhookDeliveries(filter: { merchantId: "other" }) { edges { node { id } } } }',
    {},
    keys.one,
  )
  expect(other.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})

it('neither calls nor other endpoints wait for one that is silent, to which at most eight are under way', async () => {
  const silent = await startRawServer(() => {})
  const { url, received } = await receiveWebhooks()
  const facade = await startTestFacade(webhooksFile({ id: 'silent', url: silent.url }, { id: 'shop', url }))
  const orders = Array.from({ length: 20 }, (_, index) => `ORDER-${index}`)
  const results = await Promise.all(orders.map((orderId) => post(facade.url, charge(orderId))))
  expect(results.map(({ __typename }) => __typename)).toEqual(orders.map(() => 'CardPayment'))
  await expect.poll(() => received).toHaveLength(20)
  expect(new Set(received.map(({ data }) => data['orderId']))).toEqual(new Set(orders))
  expect(received.every(({ type }) => type === 'payment.approved')).toBe(true)
  await expect.poll(() => silent.requests.all).toHaveLength(8)
  await sendTest(facade, 'shop')
  await expect.poll(() => received).toHaveLength(21)
  expect(silent.connections.all).toHaveLength(8)
})

it('deliveries are counted by endpoint, type and result, and what is pending by endpoint', async () => {
  const token = 'metrics-0123456789'
  const { url } = await receiveWebhooks()
  const facade = await startTestFacade({ PAYAPI_METRICS_TOKEN: token, ...webhooksFile({ id: 'shop', url }) })
  await sendTest(facade, 'shop')
  const metrics = async () =>
    (await fetch(`${facade.origin}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text()
  await expect
    .poll(metrics)
    .toContain('payapi_graphql_webhooks_total{endpoint="shop",type="webhook.test",result="delivered"} 1')
  const text = await metrics()
  expect(text).toContain('payapi_graphql_webhook_delivery_seconds_count{endpoint="shop"} 1')
  expect(text).toContain('payapi_graphql_webhooks_pending{endpoint="shop"} 0')
})

it('a server that stops waits for what is under way, and one that starts delivers what is left', async () => {
  const silent = await startRawServer(() => {})
  const folder = { PAYAPI_DATA_DIR: dataFolder() }
  const stopping = await startTestFacade({ ...folder, ...webhooksFile({ id: 'shop', url: silent.url }) })
  const { webhookId } = await sendTest(stopping, 'shop')
  await silent.requests.next()
  await stopping.close()
  const { url, received } = await receiveWebhooks()
  await startTestFacade({ ...folder, ...webhooksFile({ id: 'shop', url }) })
  await expect.poll(() => received.map(({ id }) => id)).toEqual([webhookId])
})
