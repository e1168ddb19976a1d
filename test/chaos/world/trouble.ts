import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FacadeProcess } from './facade-process.ts'

/** Undoes what was done. */
export type Undo = () => void | Promise<void>

/** Something that befalls a facade, or the store under it, while callers ask. */
export interface Trouble {
  readonly name: string
  /** What the facade that it befalls is started with. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether it befalls a store that no facade has open. One that starts on it all the same must not send anything again. */
  readonly atRest?: boolean
  strike(victim: FacadeProcess | undefined): Undo | Promise<Undo>
}

const nothing: Undo = () => {}

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'

/** A facade's clock jumps while it runs, or was wrong at its start; none where libfaketime is not installed. */
export function clockTroubles(folder: string): readonly Trouble[] {
  if (!existsSync(FAKETIME)) return []
  const file = join(folder, 'clock')
  const env = {
    LD_PRELOAD: FAKETIME,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    // A machine whose clock is set goes on counting its uptime.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  const set = (offset: string): Undo => {
    writeFileSync(file, offset)
    return nothing
  }
  const jump = (name: string, offset: string): Trouble => ({
    name,
    get env() {
      set('+0')
      return env
    },
    strike: () => set(offset),
  })
  const wrongFromTheStart = (name: string, offset: string): Trouble => ({
    name,
    get env() {
      set(offset)
      return env
    },
    strike: () => nothing,
  })
  return [
    jump('the clock jumps 3 hours ahead', '+3h'),
    jump('the clock jumps 3 hours back', '-3h'),
    wrongFromTheStart('the clock is 40 days ahead at the start', '+40d'),
    wrongFromTheStart('the clock is 5 minutes ahead at the start', '+5m'),
  ]
}

/** Of a facade with two workers one is killed; the other, and the one that replaces it, go on. */
export const workerKilled: Trouble = {
  name: 'a worker is killed',
  env: { PAYAPI_WORKERS: '2' },
  strike(victim) {
    const pid = victim?.process.pid
    const [worker] = pid === undefined ? [] : childrenOf(pid)
    if (worker !== undefined) process.kill(worker, 'SIGKILL')
    return nothing
  },
}

/** The processes that a process has started. Linux only. */
export function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

/** A facade's disk is full, read-only or broken for it alone; none where no C compiler is installed. */
export function diskTroubles(folder: string, journalFolder: string): readonly Trouble[] {
  const library = join(folder, 'disk-fault.so')
  const source = fileURLToPath(new URL('./disk-fault.c', import.meta.url))
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'pipe' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const control = join(folder, 'disk-fault')
  const env = { LD_PRELOAD: library, DISK_FAULT_FILE: control, DISK_FAULT_FOLDER: journalFolder }
  const { ENOSPC, EROFS, EIO } = constants.errno
  const faults = { 'the disk is full': ENOSPC, 'the disk is read-only': EROFS, 'the disk reports errors': EIO }
  return Object.entries(faults).map(([name, number]) => ({
    name,
    env,
    strike() {
      writeFileSync(control, String(number))
      return () => rmSync(control, { force: true })
    },
  }))
}
