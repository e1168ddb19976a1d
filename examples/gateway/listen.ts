import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that listens on this machine only. */
export interface Listening {
  /** Where it answers GraphQL. */
  readonly url: string
  /** Stops listening and ends all connections. */
  close(): Promise<void>
}

/** Takes what answers requests, the path of GraphQL and a port (0, the default, for a free one); returns it listening. */
export async function listen(handler: RequestListener, path: string, port = 0): Promise<Listening> {
  const server = createServer(handler)
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
