import { startSandbox } from './server.ts'
import { readSettings, SettingError } from './settings.ts'

/**
 * What can be said of a start that failed: settings and sockets name what is wrong, anything else might say too much.
 */
function explain(error: unknown): string {
  if (error instanceof SettingError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error'
  return `SANDBOX_HOST and SANDBOX_PORT: cannot listen (${code})`
}

try {
  const sandbox = await startSandbox(readSettings(process.env))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
  }
  process.stdout.write(`PayAPI sandbox listening on ${sandbox.url}\n`)
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
