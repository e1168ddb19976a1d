import type { GraphQLError } from 'graphql'
import { SafeError } from '../../auth/errors.ts'

/** How many streams may be open in this process at once. */
export interface StreamLimits {
  readonly maxStreams: number
  readonly maxStreamsPerCaller: number
}

/** Whose stream it is, and how long they may have it. */
export interface StreamOwner {
  readonly name: string
  /** In milliseconds since 1970; undefined where it has no end. */
  readonly expiresAt?: number | undefined
}

interface OpenStream {
  readonly owner: string
  end(reason: GraphQLError): void
}

/** The longest time that Node can wait at once, milliseconds. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** Every stream that is open in this process. */
export class OpenStreams {
  readonly #limits: StreamLimits
  readonly #open = new Set<OpenStream>()
  readonly #byOwner = new Map<string, number>()
  #isClosed = false

  constructor(limits: StreamLimits) {
    this.#limits = limits
  }

  /** How many are open. */
  get count(): number {
    return this.#open.size
  }

  /**
   * Opens one; what comes back closes it, which may be done twice. `end` is called once where it has to end before. Throws
   * an error for the caller where there are too many.
   */
  open({ name, expiresAt }: StreamOwner, end: (reason: GraphQLError) => void): () => void {
    if (this.#isClosed) throw shuttingDown()
    const own = this.#byOwner.get(name) ?? 0
    if (own >= this.#limits.maxStreamsPerCaller) throw tooMany('The caller has too many streams open.', 429)
    if (this.#open.size >= this.#limits.maxStreams) throw tooMany('Too many streams are open here.', 503)
    const stream: OpenStream = { owner: name, end }
    this.#open.add(stream)
    this.#byOwner.set(name, own + 1)
    const forget = expiresAt === undefined ? () => {} : callAt(expiresAt, () => end(expired()))
    return () => {
      forget()
      if (!this.#open.delete(stream)) return
      const left = (this.#byOwner.get(name) ?? 0) - 1
      if (left > 0) this.#byOwner.set(name, left)
      else this.#byOwner.delete(name)
    }
  }

  /** Ends all that are open, and opens none any more. */
  close(): void {
    this.#isClosed = true
    for (const stream of [...this.#open]) stream.end(shuttingDown())
  }
}

function callAt(time: number, callBack: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (): void => {
    const left = time - Date.now()
    timer = left > LONGEST_WAIT_MS ? setTimeout(wait, LONGEST_WAIT_MS) : setTimeout(callBack, Math.max(0, left))
    timer.unref()
  }
  wait()
  return () => clearTimeout(timer)
}

const tooMany = (message: string, status: number) =>
  new SafeError(`${message} Close one, or come back later.`, {
    extensions: { code: 'TOO_MANY_STREAMS', http: { status, headers: { 'retry-after': '10' } } },
  })

const expired = () => new SafeError('The credentials have expired.', { extensions: { code: 'UNAUTHENTICATED' } })

const shuttingDown = () =>
  new SafeError('The server is stopping. Subscribe again: another one answers.', {
    extensions: { code: 'SHUTTING_DOWN', http: { status: 503, headers: { 'retry-after': '1' } } },
  })
