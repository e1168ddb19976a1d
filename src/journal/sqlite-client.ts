import { receiveMessageOnPort } from 'node:worker_threads'
import { BackOff, deadline, monotonicMs } from './deadline.ts'
import {
  CLOSE,
  type SqliteCallKind,
  type SqliteCalls,
  type SqliteReply,
  type SqliteRequest,
} from './sqlite-protocol.ts'
import type { SqliteThread } from './sqlite-thread.ts'
import { StoreUnavailableError } from './store.ts'
import { UnderWay } from './under-way.ts'

const MOST_UNANSWERED = 10_000

/** What became of a call after its caller was told that the store is unavailable. */
export type Aftermath = 'RECORDED' | 'NOT_RECORDED' | 'UNDECIDED'

interface Waiting {
  /** Undefined once the caller has been told that it took too long. */
  settle: { resolve(value: unknown): void; reject(error: Error): void } | undefined
  readonly callOff: () => void
  readonly aftermath: (what: Aftermath, value: unknown) => void
}

/**
 * Calls the thread and keeps the callers' deadlines, which hold also while a slow disk blocks the thread. A thread that
 * died is replaced with the next call. What the thread answers after the deadline is told to `aftermath`.
 */
export class SqliteClient {
  readonly #start: () => SqliteThread
  readonly #deadlineMs: number
  readonly #waiting = new Map<number, Waiting>()
  readonly #outbox: SqliteRequest[] = []
  readonly #underWay = new UnderWay()
  readonly #backOff = new BackOff(100, 1_000)
  #thread: SqliteThread | undefined
  #ended: Promise<void> = Promise.resolve()
  #seq = 0
  #closed = false

  /** Takes what starts a thread, and how long a call may take, in milliseconds. Starts the first one. */
  constructor(start: () => SqliteThread, deadlineMs: number) {
    this.#start = start
    this.#deadlineMs = deadlineMs
    // So that the first call does not wait for the start too. Where that is not possible, it will say so.
    try {
      this.#open()
    } catch {}
  }

  /**
   * Takes a kind of call and its input; resolves to its output. Rejects with `StoreUnavailableError`, or with an `Error`
   * where the input itself was refused. `aftermath` learns of a call that may stand although it was rejected.
   */
  call<Kind extends SqliteCallKind>(
    kind: Kind,
    input: SqliteCalls[Kind]['input'],
    aftermath: (what: Aftermath, value: unknown) => void = () => {},
  ): Promise<SqliteCalls[Kind]['output']> {
    const called = new Promise<SqliteCalls[Kind]['output']>((resolve, reject) => {
      if (this.#closed) throw new StoreUnavailableError('The journal is closed')
      if (this.#waiting.size >= MOST_UNANSWERED) throw new StoreUnavailableError('The journal file does not answer')
      this.#open()
      const seq = ++this.#seq
      this.#post({ seq, deadline: monotonicMs() + this.#deadlineMs, kind, input } as SqliteRequest)
      const callOff = deadline(this.#deadlineMs, () => this.#expire(seq))
      const settle = { resolve: resolve as (value: unknown) => void, reject }
      this.#waiting.set(seq, { settle, callOff, aftermath })
    })
    return this.#underWay.add(called)
  }

  /** What is called in one turn of the event loop goes to the thread together: to wake it costs more than to tell it. */
  #post(request: SqliteRequest): void {
    if (this.#outbox.push(request) === 1) setImmediate(() => this.#postAll())
  }

  #postAll(): void {
    if (this.#outbox.length > 0) this.#thread?.port.postMessage(this.#outbox.splice(0))
  }

  /** Resolves once the calls that are under way now have ended, for their callers. */
  settled(): Promise<void> {
    return this.#underWay.settled()
  }

  /** Lets the thread finish what it has, and end; resolves then, or after the time that a call may take. */
  async close(): Promise<void> {
    this.#closed = true
    this.#postAll()
    // A thread that has ended hears it no more, which does no harm.
    this.#thread?.port.postMessage(CLOSE)
    let callOff = (): void => {}
    const tooLong = new Promise<void>((resolve) => {
      callOff = deadline(this.#deadlineMs, resolve)
    })
    await Promise.race([this.#ended, tooLong])
    callOff()
  }

  #open(): void {
    if (this.#thread !== undefined) return
    this.#backOff.check()
    const thread = this.#startThread()
    this.#thread = thread
    thread.port.on('message', (replies: readonly SqliteReply[]) => {
      this.#backOff.succeeded()
      for (const reply of replies) this.#receive(reply)
    })
    // A listener keeps the program running again.
    thread.port.unref()
    this.#ended = new Promise((resolve) => {
      thread.onEnd((fault) => {
        this.#lose(thread, fault)
        resolve()
      })
    })
  }

  #startThread(): SqliteThread {
    try {
      return this.#start()
    } catch (error) {
      const message = 'The thread that writes the journal cannot be started'
      this.#backOff.failed(message)
      throw new StoreUnavailableError(message, { cause: error })
    }
  }

  #receive(reply: SqliteReply): void {
    const waiting = this.#waiting.get(reply.seq)
    if (waiting === undefined) return
    this.#waiting.delete(reply.seq)
    waiting.callOff()
    if (reply.outcome === 'DONE') {
      if (waiting.settle === undefined) waiting.aftermath('RECORDED', reply.value)
      else waiting.settle.resolve(reply.value)
      return
    }
    const undecided = reply.outcome === 'UNAVAILABLE' && reply.undecided
    const ErrorClass = reply.outcome === 'UNAVAILABLE' ? StoreUnavailableError : Error
    waiting.settle?.reject(new ErrorClass(reply.message))
    waiting.aftermath(undecided ? 'UNDECIDED' : 'NOT_RECORDED', undefined)
  }

  #expire(seq: number): void {
    const waiting = this.#waiting.get(seq)
    waiting?.settle?.reject(new StoreUnavailableError('The journal file does not answer in time'))
    // It stays in the list: its answer will tell whether it was recorded.
    if (waiting !== undefined) waiting.settle = undefined
  }

  #lose(thread: SqliteThread, fault: unknown): void {
    for (let last = receiveMessageOnPort(thread.port); last !== undefined; last = receiveMessageOnPort(thread.port)) {
      for (const reply of last.message as readonly SqliteReply[]) this.#receive(reply)
    }
    const message = 'The thread that writes the journal has ended'
    this.#thread = undefined
    this.#outbox.length = 0
    if (!this.#closed) this.#backOff.failed(message)
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { settle, callOff, aftermath } of lost) {
      callOff()
      settle?.reject(new StoreUnavailableError(message, { cause: fault }))
      aftermath('UNDECIDED', undefined)
    }
  }
}
