import { setFlagsFromString } from 'node:v8'

/**
 * How much garbage may gather before V8 collects it, in percent of what lives. With few calls under way little lives, and
 * to collect it seldom costs least. With thousands, what lives is large and as much garbage again would be larger.
 */
const PERCENT = { few: 200, many: 20 }

/** So many calls under way are many. */
const MANY = 256

const LOOK_EVERY_MS = 200

/** V8's options as they are at a start, for what is compared with a start's. */
export function setBackHeapOptions(): void {
  setFlagsFromString('--allocation-site-pretenuring')
  setFlagsFromString('--concurrent-marking')
  setFlagsFromString('--heap-growing-percent=0')
}

/** Takes what tells how many calls are under way; keeps the growth of the heap in step with it. Returns what ends that. */
export function keepHeapGrowth(inFlight: () => number): () => void {
  // Where objects of one kind lived long for a while, as when many calls wait, V8 makes all later ones among the old, and
  // each keeps alive what it leads to until the next large collection.
  setFlagsFromString('--no-allocation-site-pretenuring')
  // In small steps between calls: threads that mark beside them take the core from them for several milliseconds at a time.
  setFlagsFromString('--no-concurrent-marking')
  let current: keyof typeof PERCENT | undefined
  const adapt = () => {
    const wanted = inFlight() < MANY ? 'few' : 'many'
    if (wanted === current) return
    current = wanted
    // Read by V8 at the end of each collection, for the next one.
    setFlagsFromString(`--heap-growing-percent=${PERCENT[wanted]}`)
  }
  adapt()
  const timer = setInterval(adapt, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}
