import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Ended } from './processes.ts'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
}

/** Carries a command of the built program out, with these variables and no other of its own. */
export function command(args: readonly string[], { env = {}, input = '', cwd }: CommandOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env }, cwd })
  const written = { output: '', errors: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    written.output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    written.errors += chunk.toString()
  })
  child.stdin.on('error', () => {}).end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...written })))
}
