import type { RunningFacade } from './start.ts'

/**
 * Ends the process on SIGTERM and SIGINT: at the first with code 0 once the facade has stopped, at a second at once with 1.
 * A worker only hears SIGTERM, from whoever started it: a terminal sends its SIGINT to both.
 */
export function stopOnSignal(facade: Pick<RunningFacade, 'close'>, isWorker = false): void {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    void facade.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', onSignal).on('SIGINT', isWorker ? () => {} : onSignal)
}
