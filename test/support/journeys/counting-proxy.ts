import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** How fast a line is. */
interface Speed {
  readonly bytesPerSecond: number
  /** In each direction, milliseconds. */
  readonly latencyMs: number
}

/** A way to a server, as fast as it is said to be, that counts what comes over it. */
export interface CountingProxy {
  readonly url: string
  /** Bytes that the server sent so far, headers included. */
  readonly received: number
  close(): void
}

export async function startCountingProxy(target: string, speed: Speed): Promise<CountingProxy> {
  const { port: targetPort, pathname } = new URL(target)
  let received = 0
  const [up, down] = [oneWay(speed), oneWay(speed)]
  const server = createServer((downstream) => {
    const upstream = connect(Number(targetPort), '127.0.0.1')
    upstream.on('data', ({ length }) => {
      received += length
    })
    upstream.on('error', () => downstream.destroy())
    downstream.on('error', () => upstream.destroy())
    up(downstream, upstream)
    down(upstream, downstream)
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

/** Passes on what comes, and that it ends; what goes over several connections shares the line. */
function oneWay({ bytesPerSecond, latencyMs }: Speed): (from: Socket, to: Socket) => void {
  let freeAt = 0
  return (from, to) => {
    let last = Promise.resolve()
    const passOn = (bytes: number, action: () => void) => {
      freeAt = Math.max(freeAt, performance.now()) + (bytes / bytesPerSecond) * 1_000
      const arrivesAt = freeAt + latencyMs
      last = last.then(() => delay(Math.max(0, arrivesAt - performance.now()))).then(action)
    }
    from.on('data', (chunk) => passOn(chunk.length, () => void to.write(chunk)))
    from.on('end', () => passOn(0, () => void to.end()))
  }
}
