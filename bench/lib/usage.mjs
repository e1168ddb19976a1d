import { readdirSync, readFileSync } from 'node:fs'

// Linux counts CPU time in ticks of 10 ms for programs to read, whatever the kernel's own clock is.
const TICK_MS = 10

/**
 * Takes a process id, and whether its descendants count too, those that have ended as well; returns the CPU time of all its
 * threads so far (milliseconds) and the memory that it holds (resident, MB).
 */
export function processUsage(pid, tree = false) {
  if (!tree) return usageOf(pid)
  const all = processTree(pid).flatMap((each) => unlessGone(() => usageOf(each, true)) ?? [])
  return { cpuMs: sum(all.map(({ cpuMs }) => cpuMs)), memoryMb: sum(all.map(({ memoryMb }) => memoryMb)) }
}

const usageOf = (pid, withEnded = false) => ({ cpuMs: cpuMs(pid, withEnded), memoryMb: memoryMb(pid) })

/** Processes may end while they are looked at. */
function unlessGone(look) {
  try {
    return look()
  } catch {
    return undefined
  }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

/** The fields of /proc/<pid>/stat behind the program's name, which may hold anything. */
function statFields(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function cpuMs(pid, withEnded) {
  const ticks = statFields(pid).slice(11, withEnded ? 15 : 13)
  return sum(ticks.map(Number)) * TICK_MS
}

function memoryMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}

/** Takes a process; returns it and its descendants. */
export function processTree(root) {
  const parents = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = unlessGone(() => statFields(name)[1])
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const family = [root]
  for (const parent of family) {
    for (const [pid, ppid] of parents) if (ppid === parent) family.push(pid)
  }
  return family
}

/** Takes a process; returns the milliseconds that its main thread was on a core so far, whatever else the machine did. */
export function mainThreadMs(pid) {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6
}
