import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** One address for several facades, as a load balancer has it: each connection goes to whichever is chosen. */
export interface Front {
  readonly url: string
  close(): Promise<void>
}

/** `choose` gives the port of a facade, or undefined where none runs: then the connection is ended. */
export async function startFront(choose: () => number | undefined): Promise<Front> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    const port = choose()
    if (port === undefined) return void client.destroy()
    const facade = connect(port, '127.0.0.1')
    keep(facade)
    client.on('close', () => facade.destroy())
    facade.on('close', () => client.destroy())
    client.pipe(facade).pipe(client)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
