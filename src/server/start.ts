import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createPayApiClient, type PayApiClient } from '../payapi/index.ts'
import { DEMO_MERCHANTS } from '../sandbox/merchants.ts'
import { startSandbox } from '../sandbox/server.ts'
import { createApp } from './app.ts'
import { logCall } from './logger.ts'
import { NOBODY } from './scenario.ts'

/** A facade that listens. */
export interface RunningFacade {
  /** Where GraphQL is, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string
  /** Where the embedded sandbox is; undefined where another PayAPI is used. */
  readonly sandboxUrl: string | undefined
  /** Stops listening, lets requests finish, then ends all connections. */
  close(): Promise<void>
}

/** Takes the configuration and a logger; starts the facade, and in sandbox mode the sandbox it talks to. */
export async function startFacade(config: Config, log: Logger): Promise<RunningFacade> {
  const merchants = config.merchants ?? DEMO_MERCHANTS
  const sandbox = config.baseUrl === undefined ? await startSandbox({ merchants }) : undefined
  const connect = (baseUrl: string): PayApiClient =>
    createPayApiClient({
      baseUrl,
      merchants,
      timeoutMs: config.timeoutMs,
      connectTimeoutMs: config.connectTimeoutMs,
      maxInFlight: config.maxInFlight,
      keepAlive: config.keepAlive,
      paths: config.paths,
      onCall: (record) => logCall(log, record),
    })
  const client = connect(config.baseUrl ?? sandbox?.url ?? NOBODY)
  const unreachable = config.environment === 'sandbox' ? connect(NOBODY) : undefined
  const app = createApp({ client, log, ...(unreachable === undefined ? {} : { unreachable }) })
  const server = createServer((request, response) => void app(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.port, config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return {
    url: `http://${host}:${port}${app.graphqlEndpoint}`,
    sandboxUrl: sandbox?.url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
      })
      await Promise.all([client.close(), unreachable?.close(), sandbox?.close()])
    },
  }
}
