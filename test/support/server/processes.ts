import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

/** What a program wrote and how it ended. */
export interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** The program under way. */
export interface Run {
  readonly child: ChildProcess
  /** Resolves with the output so far, as soon as it matches. Rejects where the program ends before that. */
  until(pattern: RegExp): Promise<string>
  readonly ended: Promise<Ended>
}

/** For a test that starts programs: on a busy machine each takes its time. */
export const STARTS_PROGRAMS = { timeout: 300_000 }

/**
 * Starts the program with these variables and with no other of its own; `options` are Node's, `args` its own. It ends
 * with the test.
 */
export function run(
  variables: Readonly<Record<string, string>>,
  options: readonly string[] = [],
  args: readonly string[] = [],
): Run {
  const child = spawn(process.execPath, [...options, MAIN, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', PAYAPI_JOURNAL: 'off', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let errors = ''
  const observers = new Set<() => void>()
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    for (const watch of observers) watch()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }))
  })
  return {
    child,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (!pattern.test(output)) return
          observers.delete(watch)
          resolve(output)
        }
        observers.add(watch)
        watch()
        void ended.then(() => reject(new Error(`ended before it wrote ${pattern}: ${output}${errors}`)))
      }),
  }
}

/** Where a program that starts serves GraphQL. */
export async function urlOf({ until }: Run): Promise<string> {
  return /GraphQL: (\S+)\n/.exec(await until(/GraphQL: \S+\n/))?.[1] ?? ''
}

/** Where the sandbox of a program that starts is. */
export async function sandboxUrlOf({ until }: Run): Promise<string> {
  return /sandbox: +(\S+)/.exec(await until(/sandbox: +\S+ /))?.[1] ?? ''
}
