import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A PayAPI in front of another one, that keeps each answer back until it is let go. */
export interface HeldPayApi {
  readonly url: string
  /** Resolves once a request has been answered behind it, and is held. */
  held(): Promise<void>
  /** Lets all answers go, and holds none from then on. */
  release(): void
}

/** Starts one before a PayAPI; it ends with the test. */
export async function startHeldPayApi(target: string): Promise<HeldPayApi> {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let arrived = (): void => {}
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const server: Server = createServer((incoming, outgoing) => {
    const forwarded = request(
      `${target}${incoming.url}`,
      { method: 'POST', headers: incoming.headers },
      async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk as Buffer)
        arrived()
        await released
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(Buffer.concat(chunks))
      },
    )
    incoming.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    release()
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: () => first,
    release: () => release(),
  }
}
