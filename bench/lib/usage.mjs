import { readdirSync, readFileSync } from 'node:fs'

// Linux counts CPU time in ticks of 10 ms for programs to read, whatever the kernel's own clock is.
const TICK_MS = 10

/**
 * Takes a process id, and whether its descendants count too; returns the CPU time of all its threads so far
 * (milliseconds) and the memory that it holds (resident, MB).
 */
export function processUsage(pid, tree = false) {
  const pids = tree ? processTree(pid) : [pid]
  return { cpuMs: sum(pids.map(cpuMs)), memoryMb: sum(pids.map(memoryMb)) }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

/** The fields of /proc/<pid>/stat behind the program's name, which may hold anything. */
function statFields(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function cpuMs(pid) {
  const fields = statFields(pid)
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
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
    try {
      parents.set(Number(name), Number(statFields(name)[1]))
    } catch {
      // It has ended since.
    }
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
