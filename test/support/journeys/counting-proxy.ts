import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** A way to a server that counts what comes over it. */
export interface CountingProxy {
  readonly url: string
  /** Bytes that the server sent so far, headers included. */
  readonly received: number
  close(): void
}

export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { port: targetPort, pathname } = new URL(target)
  let received = 0
  const server = createServer((downstream) => {
    const upstream = connect(Number(targetPort), '127.0.0.1')
    upstream.on('data', ({ length }) => {
      received += length
    })
    upstream.on('error', () => downstream.destroy())
    downstream.on('error', () => upstream.destroy())
    downstream.pipe(upstream).pipe(downstream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    get received() {
      return received
    },
    close: () => void server.close(),
  }
}
