import { MessageChannel } from 'node:worker_threads'
import { CLOSE, type SqliteReply, type SqliteThreadData } from '../../../../src/journal/sqlite/worker/protocol.ts'
import { type SqliteThread, startSqliteThread } from '../../../../src/journal/sqlite/worker/thread.ts'
import { moduleUrl } from '../compiled.ts'

/**
 * A store's thread as it is, whose answers are held back while that is wanted: to the store it looks like a disk that
 * takes its time over a flush which succeeds in the end.
 */
export class HeldThread {
  readonly #data: SqliteThreadData
  #held: (() => void)[] | undefined
  #endThread: () => void = () => {}

  constructor(data: SqliteThreadData) {
    this.#data = data
  }

  /** Starts the thread; for the store. */
  readonly start = (): SqliteThread => {
    const real = startSqliteThread(this.#data, moduleUrl('worker'))
    const { port1: outer, port2: inner } = new MessageChannel()
    inner.on('message', (request) => real.port.postMessage(request))
    real.port.on('message', (replies: readonly SqliteReply[]) => this.#pass(() => inner.postMessage(replies)))
    for (const port of [inner, real.port]) port.unref()
    this.#endThread = () => real.port.postMessage(CLOSE)
    return { port: outer, onEnd: real.onEnd }
  }

  #pass(answer: () => void): void {
    if (this.#held === undefined) answer()
    else this.#held.push(answer)
  }

  /** Holds back what is answered from now on. */
  hold(): void {
    this.#held = []
  }

  /** How many answers are held back. */
  get held(): number {
    return this.#held?.length ?? 0
  }

  /** Lets what comes from now on through, and keeps what was held back; returns what delivers that. */
  passOn(): () => void {
    const held = this.#held ?? []
    this.#held = undefined
    return () => {
      for (const answer of held) answer()
    }
  }

  /** Ends the thread; what it answered and was held back is lost. */
  end(): void {
    this.#held = undefined
    this.#endThread()
  }
}
