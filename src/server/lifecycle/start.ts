import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../../config/index.ts'
import { ENDPOINT } from '../app.ts'
import { openFacade } from '../facade.ts'
import { serveInTurn } from '../http/request/queue.ts'
import { httpLimits, limitConnections } from '../http/server-options.ts'
import { reachableUrl } from '../sandbox/embedded-sandbox.ts'
import { hostOf } from '../telemetry/index.ts'
import { listen } from './listen.ts'
import { Connections, drain } from './shutdown.ts'

/** How many connections may wait to be accepted: a burst of callers must not be turned away while a busy process catches up. */
const LISTEN_BACKLOG = 4_096

/** A facade that listens. */
export interface RunningFacade {
  /** Where GraphQL is, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** Where the embedded sandbox is; undefined where another PayAPI is used. */
  readonly sandboxUrl: string | undefined
  /** Where metrics are; undefined where they have no port of their own. */
  readonly metricsUrl: string | undefined
  /**
   * Says that it is not ready, sends nothing more to PayAPI, stops listening, lets what is under way finish within the
   * time configured, cuts off what does not, and ends everything else. May be called twice. Never rejects.
   */
  close(): Promise<void>
}

/** Starts the facade, and in sandbox mode the sandbox it talks to. */
export async function startFacade(config: Config, log: Logger): Promise<RunningFacade> {
  const facade = await openFacade(config, log)
  const server = createServer(httpLimits(config.serving))
  serveInTurn(server, facade.serve, config.serving, (reason, { remoteAddress: address }) =>
    log.info({ reason, address }, 'connection cut off'),
  )
  limitConnections(server, config.serving)
  const connections = new Connections(server)
  const stop = async () => {
    facade.announceStop()
    const { clients, streams, recorded } = facade
    const { stopDelayMs, drainMs } = config.serving
    log.info({ stopDelayMs, drainMs, calls: clients[0]?.inFlight }, 'stopping')
    if (stopDelayMs > 0) await delay(stopDelayMs)
    streams.close()
    await drain({ server, connections, clients, drainMs, log, recorded })
    await facade.close()
    log.info('stopped')
  }
  let stopped: Promise<void> | undefined
  let metricsUrl: string | undefined
  let port: number
  try {
    metricsUrl = await facade.start()
    port = await listen(server, { port: config.port, host: config.host, backlog: LISTEN_BACKLOG }, 'HOST', 'PORT')
  } catch (error) {
    await facade.close()
    throw error
  }
  facade.reachedAt(reachableUrl(config.host, port))
  return {
    url: `http://${hostOf(config.host)}:${port}${ENDPOINT}`,
    sandboxUrl: facade.sandbox?.url,
    metricsUrl,
    close() {
      stopped ??= stop()
      return stopped
    },
  }
}
