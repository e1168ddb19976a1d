import { judgeStatus } from '../outcome/interpret.ts'
import { findResults } from '../outcome/result.ts'

export interface StatusListener {
  /** A result of the subscription. */
  next(result: unknown): void
  /** It has broken off. */
  error(error?: unknown): void
  complete(): void
}

/** How a payment is watched. */
export interface Watch {
  ask(signal: AbortSignal): Promise<unknown>
  subscribe?(listener: StatusListener): () => void
  /** Gets each status, and whether it is the last: then nothing is watched any more. */
  onResult(result: unknown, isLast: boolean): void
  /** The first pause between two questions, which grows to ten times as much; 3 s where it is left out. */
  readonly askAfterMs?: number
  /** For how long a subscription may tell nothing; 30 s where it is left out. */
  readonly patienceMs?: number
}

/** Watches until the status is a last one. Returns what ends it earlier. */
export function watchPayment(watch: Watch): () => void {
  const { askAfterMs = 3_000, patienceMs = 30_000 } = watch
  const aborter = new AbortController()
  let unsubscribe = () => {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = askAfterMs
  let isLive = false

  const end = () => {
    aborter.abort()
    clearTimeout(timer)
    unsubscribe()
  }
  const isOver = () => aborter.signal.aborted
  const take = (result: unknown) => {
    if (isOver() || !tellsSomething(result)) return
    const { kind } = judgeStatus(result).outcome
    const isLast = kind !== 'checking' && kind !== 'retry'
    if (isLast) end()
    watch.onResult(result, isLast)
  }
  const askLater = (ms: number) => {
    clearTimeout(timer)
    if (!isOver()) timer = setTimeout(askNow, ms)
  }
  const askNow = async () => {
    try {
      take(await watch.ask(aborter.signal))
    } catch {
      // It could not be asked for, which says nothing of it.
    }
    askLater(isLive ? patienceMs : pauseMs)
    pauseMs = Math.min(pauseMs * 1.5, askAfterMs * 10)
  }
  const broken = () => {
    isLive = false
    askLater(0)
  }

  const { subscribe } = watch
  if (subscribe === undefined) void askNow()
  else {
    isLive = true
    askLater(askAfterMs)
    try {
      unsubscribe = subscribe({
        next(result) {
          take(result)
          // It is asked for only should the subscription fall silent.
          if (isLive) askLater(patienceMs)
        },
        error: broken,
        complete: broken,
      })
      if (isOver()) unsubscribe()
    } catch {
      broken()
    }
  }
  return end
}

/** Whether a result says how far something is, or that there is none. An error says neither. */
const tellsSomething = (result: unknown): boolean =>
  findResults(result).every((found) => 'member' in found || (found.hasData && found.errors.length === 0))
