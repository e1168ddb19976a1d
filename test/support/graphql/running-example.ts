import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const EXAMPLE = fileURLToPath(new URL('../../../examples/gateway/', import.meta.url))

/** How the gateways' packages get where the example looks for them. */
export const INSTALL = 'npm ci --prefix examples/gateway'

/** Whether they are there; npm writes this file when an installation is complete. */
export const INSTALLED = existsSync(`${EXAMPLE}node_modules/.package-lock.json`)

/** Loads a package of the example's own, e.g. a gateway that the facade does not depend on. */
export const requireFromExample = createRequire(`${EXAMPLE}package.json`)

/** What `npm run gateway` started. */
export interface RunningExample {
  readonly facade: string
  readonly orders: string
  readonly gateway: string
  /** Sends SIGTERM; returns the exit code. */
  stop(): Promise<number | null>
}

/** Runs the example as `npm run gateway` does. Rejects with what it printed where it ends before it is up. */
export async function runExample(): Promise<RunningExample> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/gateway/start.ts'], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    const urls = await printedUrls(child, exit)
    return {
      facade: urls['Facade'] ?? '',
      orders: urls['Orders'] ?? '',
      gateway: urls['Gateway'] ?? '',
      stop: () => {
        child.kill('SIGTERM')
        return exit
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function printedUrls(child: ChildProcess, exit: Promise<unknown>): Promise<Record<string, string>> {
  const urls: Record<string, string> = {}
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, name, url] = /^(\w+): +(http:\S+)$/.exec(line) ?? []
      if (name === undefined || url === undefined) return
      urls[name] = url
      if (name === 'Gateway') resolve(urls)
    })
    void exit.then(() => reject(new Error(`The example ended before it was up.\n${errors}`)))
  })
}
