import { ConfigError, readConfig } from '../config.ts'
import { createLogger } from './logger.ts'
import { startFacade } from './start.ts'

try {
  const config = readConfig(process.env)
  const facade = await startFacade(config, createLogger(config.logLevel))
  process.stdout.write(`GraphiQL and GraphQL: ${facade.url}\n`)
  if (facade.sandboxUrl !== undefined)
    process.stdout.write(`Embedded sandbox:     ${facade.sandboxUrl} (no real money)\n`)
  const stop = () => void facade.close().then(() => process.exit(0))
  process.once('SIGTERM', stop).once('SIGINT', stop)
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  const known = error instanceof ConfigError || code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL'
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = 1
}
