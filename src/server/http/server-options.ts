import type { Server, ServerOptions } from 'node:http'
import type { ServingConfig } from '../../config/serving.ts'

/** Node looks for slow requests only so often; by default every 30 seconds, whatever the times are. */
const CHECK_EVERY_MS = 1_000

/**
 * The options of a `node:http` server that cuts off who sends slowly, or nothing, or headers without end. The length of
 * bodies is the handler's business.
 */
export function httpLimits(config: ServingConfig): ServerOptions {
  return {
    headersTimeout: config.headersTimeoutMs,
    // A request without one is refused like any other that is malformed.
    requireHostHeader: false,
    requestTimeout: config.requestTimeoutMs,
    keepAliveTimeout: config.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.ceil(Math.min(CHECK_EVERY_MS, config.headersTimeoutMs / 2)),
    maxHeaderSize: config.maxHeaderBytes,
  }
}

/** Sets the limit that is no option of a server: beyond so many connections a new one is closed at once. */
export function limitConnections(server: Server, config: ServingConfig): void {
  server.maxConnections = config.maxConnections
}
