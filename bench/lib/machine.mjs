import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { CORES, isPinned } from './processes.mjs'

const BUSY_SHARE = 0.1

/** What a reader needs to know of the machine; nothing that names it. */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: CORES.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `Linux ${release().replace(/^(\d+\.\d+).*/, '$1')} ${arch()}`,
    node: process.version,
    oneCoreEach: isPinned,
  }
}

/** The load average over one minute. */
export const loadAverage = () => Math.round((loadavg()[0] ?? 0) * 100) / 100

/** Looks for two seconds, before anything of ours runs; returns the share of all cores that others use, and warns of it. */
export async function othersShare() {
  const before = busyTicks()
  await delay(2_000)
  const after = busyTicks()
  const share = (after.busy - before.busy) / (after.all - before.all)
  if (share > BUSY_SHARE) {
    const percent = Math.round(share * 100)
    process.stdout.write(
      `WARNING: other programs use ${percent} % of this machine's cores (load average ${loadAverage()}).\n` +
        '         CPU per request suffers a little, the rest a lot: do not quote these figures.\n',
    )
  }
  return Math.round(share * 100) / 100
}

function busyTicks() {
  const line = readFileSync('/proc/stat', 'latin1').split('\n', 1)[0] ?? ''
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const busy = user + nice + system + irq + softirq + steal
  return { busy, all: busy + idle + iowait }
}
