import type { Server } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import { StartError } from './start-error.ts'

/**
 * Resolves to the port on which the server listens. Rejects with `StartError`, which names the two variables that say
 * where.
 */
export function listen(server: Server, where: ListenOptions, hostName: string, portName: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const reason =
        code === 'EADDRINUSE'
          ? `another program listens there already. Set ${portName} to another one.`
          : `cannot listen there (${code}).`
      reject(new StartError(`${hostName} and ${portName}: ${reason}`))
    })
    server.listen(where, () => resolve((server.address() as AddressInfo).port))
  })
}
