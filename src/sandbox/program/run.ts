import { startSandbox } from '../server.ts'
import { readSettings, SettingError } from './settings.ts'

/**
 * Runs a sandbox by itself, until a signal ends it. Resolves to the exit code where it cannot be started, else to
 * undefined.
 */
export async function runSandbox(environment: NodeJS.ProcessEnv): Promise<number | undefined> {
  try {
    const sandbox = await startSandbox(readSettings(environment))
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
    }
    process.stdout.write(`PayAPI sandbox listening on ${sandbox.url}\n`)
    return undefined
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    return 1
  }
}

/**
 * What can be said of a start that failed: settings and sockets name what is wrong, anything else might say too much.
 */
function explain(error: unknown): string {
  if (error instanceof SettingError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error'
  return `SANDBOX_HOST and SANDBOX_PORT: cannot listen (${code})`
}
