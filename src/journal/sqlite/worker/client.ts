import { receiveMessageOnPort } from 'node:worker_threads'
import { BackOff, deadline, monotonicMs } from '../../../lib/timeout.ts'
import { StoreRefusedError, StoreUnavailableError } from '../../store.ts'
import {
  CHANGED,
  CLOSE,
  type SqliteCallKind,
  type SqliteCalls,
  type SqliteReply,
  type SqliteRequest,
  UNWATCH,
  WATCH,
} from './protocol.ts'
import type { SqliteThread } from './thread.ts'

const MOST_UNANSWERED = 10_000

const noMatter = (): void => {}

/** What became of a call after its caller was told that the store is unavailable. */
export type Aftermath = 'RECORDED' | 'NOT_RECORDED' | 'UNDECIDED'

interface Waiting {
  /** Calls off what tells its caller that it took too long. */
  readonly callOff: () => void
  /** Undefined once the caller has been told so. */
  settle: { resolve(value: unknown): void; reject(error: Error): void } | undefined
  readonly aftermath: (what: Aftermath, value: unknown) => void
}

function errorOf(reply: Exclude<SqliteReply, { outcome: 'DONE' }>): Error {
  if (reply.outcome === 'REFUSED') return new Error(reply.message)
  return reply.needsPerson ? new StoreRefusedError(reply.message) : new StoreUnavailableError(reply.message)
}

/**
 * Calls the thread and keeps the callers' deadlines, which hold also while a slow disk blocks the thread. A thread that
 * died is replaced with the next call. What the thread answers after the deadline is told to `aftermath`.
 */
export class SqliteClient {
  readonly #start: () => SqliteThread
  readonly #deadlineMs: number
  readonly #waiting = new Map<number, Waiting>()
  readonly #backOff = new BackOff<StoreUnavailableError>(100, 1_000)
  #outbox: SqliteRequest[] = []
  #thread: SqliteThread | undefined
  #ended: Promise<void> = Promise.resolve()
  #calls = 0
  #closed = false
  /** Is told that something in the file may have changed. */
  #onChange: (() => void) | undefined
  /** How many callers wait for an answer. */
  #callers = 0
  #whenSettled: (() => void)[] = []

  /** Starts the first thread. The deadline is how long a call may take, in milliseconds. */
  constructor(start: () => SqliteThread, deadlineMs: number) {
    this.#start = start
    this.#deadlineMs = deadlineMs
    // So that the first call does not wait for the start too. Where that is not possible, it will say so.
    try {
      this.#open()
    } catch {}
  }

  /**
   * Rejects with `StoreUnavailableError`, or with an `Error` where the input itself was refused. `aftermath` learns of a
   * call that may stand although it was rejected.
   */
  call<Kind extends SqliteCallKind>(
    kind: Kind,
    input: SqliteCalls[Kind]['input'],
    aftermath: (what: Aftermath, value: unknown) => void = noMatter,
    deadlineMs: number = this.#deadlineMs,
  ): Promise<SqliteCalls[Kind]['output']> {
    return new Promise<SqliteCalls[Kind]['output']>((resolve, reject) => {
      if (this.#closed) throw new StoreUnavailableError('The journal is closed')
      if (this.#waiting.size >= MOST_UNANSWERED) throw new StoreUnavailableError('The journal file does not answer')
      this.#open()
      // First, so that the thread gives up no later than the caller is told.
      const deadline = monotonicMs() + deadlineMs
      const settle = { resolve: resolve as (value: unknown) => void, reject }
      const seq = this.#enlist(settle, aftermath, deadlineMs)
      this.#post({ seq, deadline, kind, input } as SqliteRequest)
    })
  }

  /** The call is known by that number until it is answered. */
  #enlist(settle: Waiting['settle'], aftermath: Waiting['aftermath'], deadlineMs: number): number {
    const seq = ++this.#calls
    const callOff = deadline(deadlineMs, () => {
      this.#dismiss(waiting)?.reject(new StoreUnavailableError('The journal file does not answer in time'))
    })
    const waiting: Waiting = { callOff, settle, aftermath }
    this.#waiting.set(seq, waiting)
    this.#callers++
    return seq
  }

  /** What is called in one turn of the event loop goes to the thread together: to wake it costs more than to tell it. */
  #post(request: SqliteRequest): void {
    if (this.#outbox.length === 0) setImmediate(() => this.#postAll())
    this.#outbox.push(request)
  }

  #postAll(): void {
    if (this.#outbox.length === 0) return
    this.#thread?.port.postMessage(this.#outbox)
    this.#outbox = []
  }

  /** Resolves once no caller waits for an answer. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#callers === 0) resolve()
      else this.#whenSettled.push(resolve)
    })
  }

  /** Calls back, until `unwatch`, where somebody may have written something, in this process or another. */
  watch(onChange: () => void): void {
    this.#onChange = onChange
    this.#thread?.port.postMessage(WATCH)
  }

  unwatch(): void {
    this.#onChange = undefined
    this.#thread?.port.postMessage(UNWATCH)
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
    thread.port.on('message', (message: readonly SqliteReply[] | typeof CHANGED) => {
      this.#backOff.succeeded()
      this.#hear(message)
    })
    if (this.#onChange !== undefined) thread.port.postMessage(WATCH)
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
      const failure = new StoreUnavailableError(message, { cause: error })
      this.#backOff.failed(failure)
      throw failure
    }
  }

  #hear(message: readonly SqliteReply[] | typeof CHANGED): void {
    if (message === CHANGED) this.#onChange?.()
    else for (const reply of message) this.#receive(reply)
  }

  #receive(reply: SqliteReply): void {
    const waiting = this.#waiting.get(reply.seq)
    if (waiting === undefined) return
    this.#waiting.delete(reply.seq)
    const settle = this.#dismiss(waiting)
    if (reply.outcome === 'DONE') {
      if (settle === undefined) waiting.aftermath('RECORDED', reply.value)
      else settle.resolve(reply.value)
      return
    }
    const undecided = reply.outcome === 'UNAVAILABLE' && reply.undecided
    settle?.reject(errorOf(reply))
    waiting.aftermath(undecided ? 'UNDECIDED' : 'NOT_RECORDED', undefined)
  }

  /** A caller waits no longer; his call may stay in the list, since its answer will tell whether it was recorded. */
  #dismiss(waiting: Waiting): Waiting['settle'] {
    const { settle, callOff } = waiting
    if (settle === undefined) return undefined
    waiting.settle = undefined
    callOff()
    this.#callers--
    if (this.#callers === 0) for (const resolve of this.#whenSettled.splice(0)) resolve()
    return settle
  }

  #lose(thread: SqliteThread, fault: unknown): void {
    for (let last = receiveMessageOnPort(thread.port); last !== undefined; last = receiveMessageOnPort(thread.port)) {
      this.#hear(last.message)
    }
    const message = 'The thread that writes the journal has ended'
    this.#thread = undefined
    this.#outbox = []
    if (!this.#closed) this.#backOff.failed(new StoreUnavailableError(message))
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const waiting of lost) {
      this.#dismiss(waiting)?.reject(new StoreUnavailableError(message, { cause: fault }))
      waiting.aftermath('UNDECIDED', undefined)
    }
  }
}
