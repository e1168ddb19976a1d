import { judge, judgeStatus } from './interpret.ts'
import type { Outcome } from './types.ts'

/** What a browser's `sessionStorage` is, as far as it is needed here. */
export interface KeyStorage {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

/** How keys are kept. */
export interface IdempotencyKeyOptions {
  /** Where; `sessionStorage` where it is left out, and where there is none (on a server), this object alone. */
  readonly storage?: KeyStorage
}

/** The key of one intent, e.g. to pay one order. */
export interface IdempotencyKey {
  /** The key for a request that is about to be sent. */
  take(): string
  /** What came of a request with a key: a result in any form that `interpret` takes. Renews the key where it must be. */
  settle(key: string, result: unknown): Outcome
  /** What became of a request with a key, as `interpretStatus` takes it. Renews the key once that is known. */
  learn(key: string, status: unknown): Outcome
  /** Sends a request with the key, and settles what comes of it, also where it throws. */
  run(send: (key: string) => Promise<unknown>): Promise<Outcome>
  /** The key whose request nobody knows the end of, to ask `paymentOperationByKey` with; undefined where there is none. */
  pending(): string | undefined
}

/**
 * The idempotency key of an intent, which is a name that is the same after a reload, as `pay ORDER-1042`; it is stored, so
 * it holds nothing secret. The key stays the same as long as a request with it may have been processed, and is another
 * once one was, or surely none was.
 */
export function createIdempotencyKey(intent: string, { storage }: IdempotencyKeyOptions = {}): IdempotencyKey {
  const kept = new KeptKey(`payapi-key:${intent}`, storage ?? sessionStorageIfAny())

  const take = () => {
    const { key, open } = kept.read() ?? { key: newKey(), open: 0 }
    kept.write({ key, open: open + 1 })
    return key
  }
  const settle = (key: string, result: unknown) => {
    const { outcome, key: effect } = judge(result)
    const now = kept.read()
    // What comes late for a key that was renewed since does not concern its successor.
    if (now?.key !== key) return outcome
    const open = effect === 'untouched' ? Math.max(0, now.open - 1) : now.open
    if (effect === 'spent' || open === 0) kept.remove()
    else kept.write({ key, open })
    return outcome
  }
  const learn = (key: string, status: unknown) => {
    const { outcome, key: effect } = judgeStatus(status)
    if (effect === 'spent' && kept.read()?.key === key) kept.remove()
    return outcome
  }
  return {
    take,
    settle,
    learn,
    async run(send) {
      const key = take()
      try {
        return settle(key, await send(key))
      } catch (error) {
        return settle(key, error)
      }
    },
    pending: () => kept.read()?.key,
  }
}

interface Kept {
  readonly key: string
  /** How many requests were sent with it of which nobody knows that they have not taken it. */
  readonly open: number
}

/** In the storage, and in memory where that is full, or forbidden. */
class KeptKey {
  readonly #name: string
  readonly #storage: KeyStorage | undefined
  #inMemory: Kept | undefined

  constructor(name: string, storage: KeyStorage | undefined) {
    this.#name = name
    this.#storage = storage
  }

  read(): Kept | undefined {
    if (this.#inMemory !== undefined) return this.#inMemory
    try {
      const { key, open } = JSON.parse(this.#storage?.getItem(this.#name) ?? '{}') as Partial<Kept>
      return typeof key === 'string' && key !== '' && typeof open === 'number' ? { key, open } : undefined
    } catch {
      return undefined
    }
  }

  write(kept: Kept): void {
    this.#inMemory = this.#storage === undefined ? kept : undefined
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(kept))
    } catch {
      this.#inMemory = kept
    }
  }

  remove(): void {
    this.#inMemory = undefined
    try {
      this.#storage?.removeItem(this.#name)
    } catch {
      // Nothing could be kept there either.
    }
  }
}

function sessionStorageIfAny(): KeyStorage | undefined {
  // Node has one, too, from version 25 on: all buyers of a server would share it.
  if (!('document' in globalThis)) return undefined
  try {
    return (globalThis as { readonly sessionStorage?: KeyStorage }).sessionStorage
  } catch {
    // A browser that forbids it says so when it is asked for.
    return undefined
  }
}

/** 32 letters, 150 bits. No digits: a key must not hold any of a card's. */
function newKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(64))
  const letters = [...bytes].filter((byte) => byte < 26 * 9).map((byte) => String.fromCharCode(97 + (byte % 26)))
  return letters.length < 32 ? newKey() : letters.slice(0, 32).join('')
}
