import { setFlagsFromString } from 'node:v8'

/**
 * How much garbage may gather before V8 collects it, in percent of what lives. With few calls under way little lives, and
 * to collect it seldom costs least. With thousands, what lives is large and as much garbage again would be larger.
 */
const PERCENT = { few: 200, many: 20 }

/** So many calls under way are many. */
const MANY = 256

const LOOK_EVERY_MS = 200

/** Takes what tells how many calls are under way; keeps the growth of the heap in step with it. Returns what ends that. */
export function keepHeapGrowth(inFlight: () => number): () => void {
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
