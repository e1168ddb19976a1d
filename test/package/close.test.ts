import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPayApiGraphql, type PayApiGraphqlOptions } from '../../src/package/index.ts'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { httpAnswer, type RawConnection, startRawServer } from '../support/payapi/raw-server.ts'
import { charge, LOOK_UP, post, type Result } from '../support/server/running-facade.ts'

/** A facade in a server, before a PayAPI that says nothing by itself, and requests to it that have reached that. */
async function underWay(bodies: readonly object[], options: PayApiGraphqlOptions) {
  const payApi = await startRawServer(() => {})
  const payments = createPayApiGraphql({ baseUrl: payApi.url, merchants: DEMO_MERCHANTS, ...options })
  onTestFinished(() => payments.close())
  const server = createServer(payments.nodeHandler).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const results: Promise<Result>[] = []
  const held: RawConnection[] = []
  for (const body of bodies) {
    results.push(post(url, body))
    const connection = await payApi.connections.next()
    await connection.request()
    held.push(connection)
  }
  return { payments, url, results, held }
}

describe('a facade in a server of its own that is closed', () => {
  it('waits for what is under way and answers it, but takes nothing more', async () => {
    const { payments, url, results, held } = await underWay([charge('SLOW')], { drainMs: 600_000 })
    const closed = payments.close()
    await expect(post(url, LOOK_UP)).rejects.toThrow('SHUTTING_DOWN')
    await held[0]?.send(httpAnswer(200, '{"ResultCode":"00"}'))
    expect(await Promise.all(results)).toMatchObject([{ __typename: 'CardPayment', orderId: 'SLOW' }])
    await closed
  })

  it('cuts off what does not end in time: it is answered as unknown where it may have been processed', async () => {
    const told: unknown[][] = []
    const log = { info() {}, warn: (...line: unknown[]) => told.push(line), error() {} }
    const options = { drainMs: 0, timeoutMs: 600_000, log }
    const { payments, results } = await underWay([charge('SILENT'), LOOK_UP], options)
    await payments.close()
    expect(await Promise.all(results)).toMatchObject([
      { reason: 'CONNECTION_LOST', outcome: 'UNKNOWN', retryable: false },
      { reason: 'CONNECTION_LOST', outcome: 'NOT_PROCESSED', retryable: true },
    ])
    expect(told).toContainEqual([{ calls: 2, drainMs: 0 }, expect.stringContaining('cut off')])
  })
})
