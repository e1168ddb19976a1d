import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atExit } from '../at-exit.ts'

/** The example shop, as a process of its own. */
export interface RunningShop {
  readonly origin: string
  /** Everything that it wrote so far. */
  output(): string
  close(): Promise<void>
}

export const ADMIN_PASSWORD = 'of-the-shop'

/** `npm run shop` on a free port; resolves once it listens. */
export async function startShop(): Promise<RunningShop> {
  const { NODE_ENV: _, ...env } = process.env
  const child = spawn('npm', ['run', '--silent', 'shop'], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: { ...env, SHOP_PORT: '0', SHOP_ADMIN_PASSWORD: ADMIN_PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm passes no signal on, so all that it starts is ended as one group.
    detached: true,
  })
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
  }
  const forget = atExit(end)
  const exited = once(child, 'exit')
  let output = ''
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (bytes: Buffer) => {
      output += bytes.toString()
      const [, found] = /Shop: +(http\S+)\n/.exec(output) ?? []
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exited.then(() => reject(new Error(`The shop ended before it listened:\n${output}`)))
  })
  return {
    origin,
    output: () => output,
    async close() {
      end()
      forget()
      await exited
    },
  }
}
