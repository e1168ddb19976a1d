import type { Logger } from 'pino'
import { type Config, ConfigError, readConfig } from '../config/index.ts'
import { isWorker, reportToPrimary, startWorkers, workerConfig } from '../server/lifecycle/cluster.ts'
import { type RunningFacade, startFacade } from '../server/lifecycle/start.ts'
import { StartError } from '../server/lifecycle/start-error.ts'
import { createLogger } from '../server/telemetry/logger.ts'
import { warnAtStart } from './start-warnings.ts'

/** Starts the facade, which then ends on a signal; the process ends with 1 where it cannot be started. */
export async function serve(): Promise<void> {
  try {
    await startServing()
  } catch (error) {
    if (isWorker()) await reportToPrimary(explain(error))
    else process.stderr.write(`${explain(error)}\n`)
    // Whatever was started before the fault must not keep the process alive.
    process.exit(1)
  }
}

async function startServing(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLogger(config.logLevel)
  if (!isWorker()) warnAtStart(config, process.env, log)
  const starting = start(config, log)
  stopOnSignal(starting, isWorker())
  const facade = await starting
  if (!isWorker()) announce(facade, config)
}

function start(config: Config, log: Logger): Promise<RunningFacade> {
  if (isWorker()) return startFacade(workerConfig(config), log)
  return config.workers > 1 ? startWorkers(config, log) : startFacade(config, log)
}

function announce(facade: RunningFacade, { exposure }: Config): void {
  process.stdout.write(`${exposure.graphiql ? 'GraphiQL and GraphQL' : 'GraphQL'}: ${facade.url}\n`)
  if (facade.sandboxUrl !== undefined)
    process.stdout.write(`Embedded sandbox:     ${facade.sandboxUrl} (no real money)\n`)
  if (facade.metricsUrl !== undefined) process.stdout.write(`Metrics:              ${facade.metricsUrl}\n`)
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message
  return (error as Error).stack ?? String(error)
}

/**
 * Ends the process on SIGTERM, SIGINT and SIGHUP: at the first with code 0 once the facade has stopped, which one that is
 * starting does as soon as it has started; at a second at once with 1. A worker only hears SIGTERM, from whoever started it:
 * a terminal sends its signals to both. SIGUSR1 does nothing: Node would open its debugger, and card numbers pass through.
 */
function stopOnSignal(starting: Promise<Pick<RunningFacade, 'close'>>, isWorker: boolean): void {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    starting
      .then((facade) => facade.close())
      .then(
        () => process.exit(0),
        // Why it cannot start is told elsewhere.
        () => {},
      )
  }
  const ofTerminal = isWorker ? () => {} : onSignal
  process.on('SIGTERM', onSignal).on('SIGINT', ofTerminal).on('SIGHUP', ofTerminal)
  process.on('SIGUSR1', () => {})
}
