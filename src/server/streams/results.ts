import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql'
import type { GraphContext } from '../../graphql/context.ts'
import type { ExecutionLimits } from '../security/error-limits.ts'
import type { OpenStreams, StreamOwner } from './open-streams.ts'

/** Where the results go: what is closed takes none any more. */
export interface Destination {
  readonly destroyed: boolean
  once(event: 'close', callBack: () => void): unknown
}

type Results = AsyncIterableIterator<ExecutionResult>

/**
 * Subscribes: resolves to the results, or to the errors of the request where it has no stream. Each result is executed in a
 * context of its own, so that nothing is told that was read for an earlier one. A stream that is ended says why in a last
 * result. It is over as soon as its destination is closed: whoever waits for its next result would not hear of that.
 */
export async function subscribeTo(
  args: ExecutionArgs,
  limits: ExecutionLimits,
  streams: OpenStreams,
  owner: StreamOwner,
  destination: Destination | undefined,
): Promise<Results | ExecutionResult> {
  const results = new LiveResults({ ...args, ...limits })
  try {
    results.onEnd(streams.open(owner, (reason) => results.end(reason)))
  } catch (fault) {
    if (fault instanceof GraphQLError) return { errors: [fault] }
    throw fault
  }
  destination?.once('close', () => void results.return())
  try {
    const refusal = destination?.destroyed === true ? { errors: [] } : await results.begin()
    if (refusal === undefined) return results
    await results.return()
    return refusal
  } catch (fault) {
    await results.return()
    throw fault
  }
}

const DONE = { done: true, value: undefined } as const

// No generator: one that waits does not hear that nobody listens any more.
class LiveResults implements Results {
  readonly #args: ExecutionArgs
  #source: AsyncIterator<unknown> | undefined
  #onEnd: () => void = () => {}
  #isOver = false
  /** What is to be said at last; once that was said, undefined. */
  #last: ExecutionResult | undefined
  #wake: (() => void) | undefined

  constructor(args: ExecutionArgs) {
    this.#args = args
  }

  /** Is called once, whoever ends it. */
  onEnd(callBack: () => void): void {
    this.#onEnd = callBack
  }

  /** Resolves to the errors where there is no stream. */
  async begin(): Promise<ExecutionResult | undefined> {
    const source = await createSourceEventStream(this.#args)
    if (!(Symbol.asyncIterator in source)) return source
    this.#source = source[Symbol.asyncIterator]()
    // It may have been ended meanwhile.
    if (this.#isOver) void this.#source.return?.()
    return undefined
  }

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    if (this.#isOver) return this.#farewell()
    const ended = new Promise<'ended'>((resolve) => {
      this.#wake = () => resolve('ended')
    })
    try {
      const step = await Promise.race([this.#source?.next() ?? DONE, ended])
      if (step === 'ended' || this.#isOver) return this.#farewell()
      if (step.done === true) return await this.return()
      const contextValue = (this.#args.contextValue as GraphContext).renew()
      const value = await execute({ ...this.#args, rootValue: step.value, contextValue })
      return this.#isOver ? this.#farewell() : { done: false, value }
    } catch (fault) {
      this.end(
        fault instanceof GraphQLError
          ? fault
          : new GraphQLError('Unexpected error.', { originalError: fault as Error }),
      )
      return this.#farewell()
    }
  }

  /** Ends it: the reason is its last result. */
  end(reason: GraphQLError): void {
    if (this.#isOver) return
    this.#last = { errors: [reason] }
    this.#close()
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#last = undefined
    this.#close()
    return DONE
  }

  #close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#onEnd()
    void this.#source?.return?.()
    this.#wake?.()
  }

  #farewell(): IteratorResult<ExecutionResult, undefined> {
    const value = this.#last
    this.#last = undefined
    return value === undefined ? DONE : { done: false, value }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
