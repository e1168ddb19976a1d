import { type GraphContext, journalOf } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { hubOf, type Subject } from './hub.ts'

/**
 * How a subject stands, at once and after every change. Of states that nobody has taken only the newest is kept. Rejects,
 * as the read of the first state does, where that cannot be read.
 */
export async function liveStates<State>(
  context: GraphContext,
  subject: Subject,
  read: (context: GraphContext) => Promise<State | null>,
): Promise<AsyncIterableIterator<State | null>> {
  const states = new LiveStates(context, subject, read)
  await states.begin()
  return states
}

const DONE = { done: true, value: undefined } as const

// No generator: one that waits does not hear that nobody listens any more.
class LiveStates<State> implements AsyncIterableIterator<State | null> {
  readonly #context: GraphContext
  readonly #read: (context: GraphContext) => Promise<State | null>
  readonly #following: ReturnType<ReturnType<typeof hubOf>['follow']>
  #first: { readonly state: State | null } | undefined
  #hasChanged = false
  #isOver = false
  #wake: (() => void) | undefined

  constructor(context: GraphContext, subject: Subject, read: (context: GraphContext) => Promise<State | null>) {
    this.#context = context
    this.#read = read
    this.#following = hubOf(journalOf(context)).follow(subject, () => {
      this.#hasChanged = true
      this.#wake?.()
    })
  }

  async begin(): Promise<void> {
    try {
      await reading(() => this.#following.begun)
      this.#first = { state: await this.#read(this.#context.renew()) }
    } catch (fault) {
      await this.return()
      throw fault
    }
  }

  async next(): Promise<IteratorResult<State | null, undefined>> {
    const first = this.#first
    this.#first = undefined
    if (first !== undefined) return { done: false, value: first.state }
    if (!this.#hasChanged && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve))
    if (this.#isOver) return DONE
    this.#hasChanged = false
    return { done: false, value: await this.#read(this.#context.renew()) }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#isOver = true
    this.#following.leave()
    this.#wake?.()
    return DONE
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
