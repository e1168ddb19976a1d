import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fdatasyncSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SCRATCH } from '../lib/processes.mjs'
import { processTree } from '../lib/usage.mjs'

const PAGE = Buffer.alloc(4_096, 1)
const CALLS = 'fsync,fdatasync,sync_file_range,msync'

let file

/** Takes how many; returns how long each flush of one overwritten page took (`fdatasync`, in milliseconds), on the disk of the journals. */
export function diskFlushes(count) {
  if (file === undefined) {
    file = openSync(join(SCRATCH, 'flushed'), 'w')
    writeSync(file, PAGE, 0, PAGE.length, 0)
    fsyncSync(file)
  }
  return Array.from({ length: count }, (_, number) => {
    PAGE[0] = number
    writeSync(file, PAGE, 0, PAGE.length, 0)
    const begun = performance.now()
    fdatasyncSync(file)
    return performance.now() - begun
  })
}

/** Whether this machine has `strace`, and lets it look on. */
export const canCount = () =>
  spawnSync('strace', ['-o', '/dev/null', '-e', `trace=${CALLS}`, 'true'], { stdio: 'ignore' }).status === 0

let counted = 0

/** Takes a process, and what is done meanwhile; resolves to how often the process and its descendants flushed. */
export async function countFlushes(pid, action) {
  const output = join(SCRATCH, `flushes-${counted++}`)
  const pids = processTree(pid)
  const watched = pids.flatMap((each) => ['-p', String(each)])
  const watching = spawn('strace', ['-f', '-qq', '-e', `trace=${CALLS}`, '-o', output, ...watched], { stdio: 'ignore' })
  const ended = once(watching, 'exit')
  try {
    while (!pids.every(isWatched)) await delay(10)
    await action()
  } finally {
    watching.kill('SIGINT')
    await ended
  }
  // One that was interrupted by another thread's stands in two lines, of which the second begins otherwise.
  return readFileSync(output, 'latin1').match(/^\d+ +\w+\(/gm)?.length ?? 0
}

/** Whether all threads of a process are looked on, or it has ended. */
function isWatched(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) =>
      /^TracerPid:\s*[1-9]/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'latin1')),
    )
  } catch {
    return true
  }
}
