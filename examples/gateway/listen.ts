import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens on this machine only. */
export interface Listening {
  /** Where it answers GraphQL. */
  readonly url: string
  /** Stops listening and ends all connections. */
  close(): Promise<void>
}

/** Listens with what answers requests at the path of GraphQL; port 0, the default, stands for a free one. */
export async function listen(handler: RequestListener, path: string, port = 0): Promise<Listening> {
  // Longer than a gateway keeps idle connections: else it sends over one that is being closed.
  const server = createServer({ keepAliveTimeout: 65_000 }, handler)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
