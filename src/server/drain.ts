import { type Server as HttpServer, Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { PayApiClient } from '../payapi/index.ts'
import type { Connections } from './connections.ts'
import { within } from './within.ts'

/** What is to be ended. */
export interface DrainOptions {
  readonly server: HttpServer
  readonly connections: Connections
  readonly clients: readonly Pick<PayApiClient, 'stop' | 'close' | 'inFlight'>[]
  /** How long what is under way may take to end, milliseconds. */
  readonly drainMs: number
  readonly log: Logger
}

/** How long the answers to calls that were cut off may take to be recorded and written. */
const FAREWELL_MS = 5_000

/**
 * Ends a server so that every request gets its answer. Sends nothing more to PayAPI, stops listening, closes what is
 * idle, and waits for what is under way. What is not over in time is cut off: its calls end as unknown, which is what
 * their callers are told. Resolves once no connection is left; never rejects.
 */
export async function drain({ server, connections, clients, drainMs, log }: DrainOptions): Promise<void> {
  const lastCall = Promise.all(clients.map((client) => client.stop()))
  connections.end()
  // What has arrived on this machine but was not read yet is read now, so that it is answered and not cut off.
  await turnOfTheLoop()
  await turnOfTheLoop()
  const closed = stopListening(server)
  connections.closeQuiet()
  if (!(await within(drainMs, Promise.all([closed, lastCall])))) {
    const calls = clients.reduce((sum, { inFlight }) => sum + inFlight, 0)
    log.warn({ calls, drainMs }, 'not everything ended in time: what is still under way is cut off')
    await Promise.all(clients.map((client) => client.close()))
    await within(FAREWELL_MS, closed)
    connections.destroy()
    await closed
  }
  // Ends the check for slow requests.
  Server.prototype.close.call(server)
}

/** Resolves once the server has no connection left. Unlike with `server.close()`, slow requests are cut off meanwhile. */
function stopListening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve())
  })
}
