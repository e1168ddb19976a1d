import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { atExit } from '../at-exit.ts'
import { type Consumer, createConsumer } from '../package/packed.ts'

type Spawned = ChildProcessByStdio<null, Readable, Readable>

const ROOT = join(import.meta.dirname, '../../..')

/** The example shop, as a process of its own. */
export interface RunningShop {
  readonly origin: string
  /** Everything that it wrote so far. */
  output(): string
  close(): Promise<void>
}

export const ADMIN_PASSWORD = 'of-the-shop'

/** What the shop has beside the package. */
const BESIDE = ['express', 'react', 'react-dom', 'tsx', 'vite']
const TYPES = ['node', 'express', 'react', 'react-dom'].map((name) => `@types/${name}`)

/** The shop as it is outside of this repository: over the package as npm installs it. */
export async function copyShop(): Promise<Consumer> {
  const consumer = await createConsumer([...BESIDE, ...TYPES])
  const isSource = (path: string) => !path.endsWith('/dist')
  cpSync(join(ROOT, 'examples/shop'), join(consumer.folder, 'examples/shop'), { recursive: true, filter: isSource })
  cpSync(join(ROOT, 'tsconfig.json'), join(consumer.folder, 'tsconfig.json'))
  const config = JSON.parse(readFileSync(join(ROOT, 'examples/shop/tsconfig.json'), 'utf8'))
  // With them the sources of this repository stand for the package.
  delete config.compilerOptions.paths
  consumer.write('examples/shop/tsconfig.json', JSON.stringify(config))
  return consumer
}

/** Builds the page of a copy and starts its server on a free port; resolves once it listens. */
export async function startShop({ folder }: Consumer): Promise<RunningShop> {
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'examples/shop', '--logLevel', 'error'], {
    cwd: folder,
    // As it is served, without React's checks of development.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return await listening(
    spawn(process.execPath, ['--import', 'tsx', 'examples/shop/start.ts'], {
      cwd: folder,
      env: { ...process.env, SHOP_PORT: '0', SHOP_ADMIN_PASSWORD: ADMIN_PASSWORD },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}

/** `npm run shop` itself, which would take this port. */
export async function runShop(port: number): Promise<RunningShop> {
  const npm = spawn('npm', ['run', '--silent', 'shop'], {
    cwd: ROOT,
    env: { ...process.env, SHOP_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm passes no signal on: all that it starts is ended as one group.
    detached: true,
  })
  return await listening(npm, () => npm.pid !== undefined && process.kill(-npm.pid, 'SIGTERM'))
}

async function listening(child: Spawned, end: () => unknown = () => child.kill()): Promise<RunningShop> {
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
      forget()
      end()
      await exited
    },
  }
}
