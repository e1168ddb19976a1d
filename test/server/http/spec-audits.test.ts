import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AuditResult, auditServer } from 'graphql-http'
import { afterAll, describe, expect, test } from 'vitest'
import { createPayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { createApp, createHandler } from '../../../src/server/app.ts'
import type { SecurityOptions } from '../../../src/server/security/index.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'

// GraphQL over HTTP, as its working group audits servers: https://github.com/graphql/graphql-http

const client = createPayApiClient({ baseUrl: 'http://127.0.0.1:1', merchants: DEMO_MERCHANTS })
const servers: Server[] = []
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await client.close()
})

const LISTENERS: Readonly<Record<string, (security: SecurityOptions) => RequestListener>> = {
  'as it is served, the short way where there is one': (security) =>
    createHandler({ client, log: createLogger('silent'), security }),
  'the ordinary way only': (security) => createApp({ client, log: createLogger('silent'), security }),
}

async function audit(listener: RequestListener): Promise<readonly AuditResult[]> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return auditServer({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` })
}

const NUMBER_OF_AUDITS = 61

const deviating = (results: readonly AuditResult[]) =>
  results.filter(({ status }) => status !== 'ok').map(({ id, name }) => [id, name])

/**
 * These ask in a URL, with nothing that a page of another site could not send as well: an image in a mail would do. The
 * answer is 403 until the request has `x-graphql-yoga-csrf` or `apollo-require-preflight`. The specification says MAY.
 */
const WITHOUT_HEADER = [
  ['5A70', 'MAY accept application/x-www-form-urlencoded formatted GET requests'],
  [
    'D6D5',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  ],
  ['6A70', 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json'],
]

describe.each(Object.entries(LISTENERS))('%s', (_, listener) => {
  test('all audits of GraphQL over HTTP pass without CSRF prevention', async () => {
    const results = await audit(listener({ csrfPrevention: false }))
    expect(deviating(results)).toEqual([])
    expect(results).toHaveLength(NUMBER_OF_AUDITS)
  })

  test('with CSRF prevention, all audits pass but those that ask in a URL without a header for it', async () => {
    const results = await audit(listener({}))
    expect(deviating(results)).toEqual(WITHOUT_HEADER)
    expect(results).toHaveLength(NUMBER_OF_AUDITS)
  })
})
