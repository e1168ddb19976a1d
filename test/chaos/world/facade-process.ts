import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

/** The facade as a process of its own. */
export interface FacadeProcess {
  /** Where GraphQL is. */
  readonly url: string
  readonly process: ChildProcess
  /** Ends with the process. */
  readonly exited: Promise<unknown>
  /** Everything it wrote so far. */
  output(): string
}

/** Starts the compiled facade on a free port, with these variables; resolves once it listens. */
export async function startFacadeProcess(env: Readonly<Record<string, string>>): Promise<FacadeProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  const listening = new Promise<string>((resolve, reject) => {
    const read = (bytes: Buffer) => {
      output += bytes.toString()
      const url = /GraphQL: (http\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exited.then(() => reject(new Error(`The facade ended before it listened:\n${output}`)))
  })
  return { url: await listening, process: child, exited, output: () => output }
}
