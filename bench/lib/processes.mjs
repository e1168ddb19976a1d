import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

if (process.platform !== 'linux') {
  process.stderr.write('npm run bench reads CPU and memory from /proc, so it needs Linux.\n')
  process.exit(1)
}

/** Where everything that a run writes goes, except its results; gone at the end. */
export const SCRATCH = mkdtempSync(join(tmpdir(), 'payapi-bench-'))

/** The numbers of the cores that a run may use. */
export const CORES = /Cpus_allowed_list:\s*(\S+)/
  .exec(readFileSync('/proc/self/status', 'latin1'))[1]
  .split(',')
  .flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })

/** Whether processes can be held to a core each. */
export const isPinned = CORES.length > 1 && spawnSync('taskset', ['-V']).status === 0

// Interrupts are mostly served by the first core, so the measured server has the last one.
const PLACES = { world: CORES[0], server: CORES.at(-1), any: CORES.join(',') }

/** What was started here and has not ended; nothing else is ever ended. */
const running = new Set()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(SCRATCH, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))

/**
 * Starts a program.
 * Takes command and arguments; its whole environment beside PATH and HOME; the core it is held to, `world`, `server` or
 * `any`; where its output goes (a file's path); whether it talks to us (`ipc`); and whose it is (`owner`), where not ours.
 */
export function start(command, args, { env = {}, core, output, cwd, ipc = false, owner = {} }) {
  const file = output === undefined ? 'inherit' : openSync(output, 'a')
  const [program, programArgs] = isPinned
    ? ['taskset', ['-c', String(PLACES[core]), command, ...args]]
    : [command, args]
  const { PATH, HOME } = process.env
  const child = spawn(program, programArgs, {
    ...owner,
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', file, file, ...(ipc ? ['ipc'] : [])],
  })
  if (typeof file === 'number') closeSync(file)
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/** Ends a program that `start` started, gently first, by the signal that it takes for that. */
export async function stop(child, signal = 'SIGTERM') {
  if (!running.has(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(impatience)
}

/** Holds this process to the world's core, so that it never gets in the way of what is measured. */
export function stayOutOfTheWay() {
  if (isPinned) spawnSync('taskset', ['-cp', String(PLACES.world), String(process.pid)])
}

/** Returns a port of loopback that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Takes a file of output; returns its end, for an error message. */
export function lastLines(file) {
  return readFileSync(file, 'utf8').split('\n').slice(-12).join('\n').slice(-2_000)
}
