import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { sendStream } from '../../../src/server/streams/send-stream.ts'
import { connectTo } from '../../support/server/raw-client.ts'

/** Serves a stream of events without end, each of 64 kB; the result tells how many were asked for, and how it ended. */
async function serveEndless(timeoutMs: number) {
  const [asked, cutOff, canceled] = [vi.fn(), vi.fn(), vi.fn()]
  const body = () =>
    new ReadableStream({
      pull(controller) {
        asked()
        controller.enqueue(new TextEncoder().encode(`data: ${'x'.repeat(65_536)}\n\n`))
        return new Promise((resolve) => setImmediate(resolve))
      },
      cancel: canceled,
    })
  const server = createServer((_, response) => {
    void sendStream(response, new Response(body()), timeoutMs, cutOff)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, cutOff, canceled }
}

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

it('whoever takes nothing of a stream is cut off, and what nobody takes is not read', async () => {
  const { origin, asked, cutOff, canceled } = await serveEndless(300)
  const client = await connectTo(origin)
  client.socket.pause()
  client.send(GET)
  await vi.waitFor(() => expect(cutOff).toHaveBeenCalledTimes(1), { timeout: 60_000 })
  await vi.waitFor(() => expect(canceled).toHaveBeenCalledTimes(1), { timeout: 60_000 })
  // No more than the system keeps for both ends of a connection.
  expect(asked.mock.calls.length * 65_536).toBeLessThan(32_000_000)
  client.socket.resume()
  await client.closed
})

it('whoever takes what is sent goes on for as long as they like', async () => {
  const timeoutMs = 300
  const { origin, asked, cutOff } = await serveEndless(timeoutMs)
  const [answer] = (await once(get(origin), 'response')) as [IncomingMessage]
  onTestFinished(() => void answer.destroy())
  const begun = performance.now()
  // Nothing is kept of it: to put that much together took longer than all else.
  answer.resume()
  await vi.waitFor(
    () => {
      expect(asked.mock.calls.length).toBeGreaterThan(300)
      expect(performance.now() - begun).toBeGreaterThan(2 * timeoutMs)
    },
    { timeout: 60_000 },
  )
  expect(cutOff).not.toHaveBeenCalled()
})

it('a stream whose caller is gone is canceled', async () => {
  const { origin, asked, canceled } = await serveEndless(60_000)
  const client = await connectTo(origin)
  client.send(GET)
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), { timeout: 60_000 })
  client.socket.destroy()
  await vi.waitFor(() => expect(canceled).toHaveBeenCalledTimes(1), { timeout: 60_000 })
})
