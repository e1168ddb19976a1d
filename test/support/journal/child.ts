import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { moduleUrl } from './compiled.ts'

/** How a program of these tests is started. */
export interface ChildOptions {
  /** The largest file that it may write, in KiB; more fails as on a disk with an error. */
  readonly largestFileKiB?: number
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Starts a file beside this one, which uses a module of the journal; resolves once it has sent its first message. It
 * ends with the running test.
 */
export async function startChild(
  file: string,
  module: Parameters<typeof moduleUrl>[0],
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildProcess> {
  const node = [process.execPath, fileURLToPath(new URL(file, import.meta.url)), moduleUrl(module).href, ...args]
  const limit = options.largestFileKiB === undefined ? '' : `ulimit -S -f ${options.largestFileKiB}; `
  const child = spawn('bash', ['-c', `${limit}exec "$0" "$@"`, ...node], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...options.env },
    serialization: 'advanced',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} ended before it was ready`)
    }),
  ])
  return child
}

/** Ends a process at once, without a last word; resolves once it is gone. */
export async function killChild(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Runs a system program; returns whether it succeeded, which it does not where it is missing or not allowed. */
export const succeeds = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0
