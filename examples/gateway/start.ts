import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// `npm run gateway`: the facade over its sandbox, an orders subgraph, and Hive Gateway over both, until SIGTERM or Ctrl-C.

const HERE = fileURLToPath(new URL('.', import.meta.url))

// npm writes this file when an installation is complete.
if (!existsSync(`${HERE}node_modules/.package-lock.json`)) {
  process.stdout.write("Installing the gateway's packages, once …\n")
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const { startAll } = await import('./start-all.ts')

try {
  const running = await startAll(Number(process.env['GATEWAY_PORT'] ?? 0))
  process.stdout.write(`Facade:  ${running.facade}\nOrders:  ${running.orders}\nGateway: ${running.gateway}\n`)
  const stop = () => void running.close().then(() => process.exit(0))
  process.once('SIGTERM', stop).once('SIGINT', stop)
  await running.facadeEnded
  await running.close()
  process.exitCode = 1
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
}
