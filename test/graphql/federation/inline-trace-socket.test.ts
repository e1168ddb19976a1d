import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { useInlineTrace } from '../../../src/graphql/federation/inline-trace.ts'
import { createHandler } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { ask, facadeForTests } from '../../support/graphql/subgraph.ts'

const { client } = await facadeForTests()

it('a trace comes over a socket as well, where a plain POST would take the short way', async () => {
  const handler = createHandler({ client, log: createLogger('silent'), inlineTrace: useInlineTrace })
  const server = createServer(handler).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const overSocket = { fetch: (_: string, init: RequestInit) => fetch(url, init) }
  const headers = { 'apollo-federation-include-trace': 'ftv1' }
  const { extensions } = await ask(overSocket, '{ __typename }', {}, headers)
  expect(extensions?.ftv1).toEqual(expect.any(String))
})
