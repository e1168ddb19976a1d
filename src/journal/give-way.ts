import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { quietly } from './quietly.ts'

// Linux gives such a thread a tenth of the time of one that is not nice, where both want the same core.
const NICENESS = 10

/**
 * Lets other threads go first that want the same core as this one. While the program's own thread has requests to work
 * on, more of them come together that way, and share a flush. Never throws; does nothing where threads have no priority.
 */
export function giveWay(): void {
  // Elsewhere a number that is a thread's here may be another process's.
  if (process.platform !== 'linux') return
  quietly(() => {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    if (thread > 0) setPriority(thread, NICENESS)
  })
}
