import { setTimeout as delay, setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Journal } from '../../journal/journal.ts'
import type { LinkedOrder } from '../../journal/procedures/live-versions.ts'
import type { PaymentKey } from '../../journal/records/payment-key.ts'
import { workOf } from './work-of.ts'

/** What somebody may follow. */
export type Subject =
  | { readonly kind: 'operation'; readonly of: string }
  | { readonly kind: 'payment'; readonly of: PaymentKey }
  | { readonly kind: 'order'; readonly of: LinkedOrder }
  /** Of these merchants; null for all. */
  | { readonly kind: 'work'; readonly of: readonly string[] | null }

/** So many are looked at in one go, so that claims come in between. */
const LOOKED_AT = 200

/** After this time the store is asked again where it did not answer, milliseconds. */
const TRY_AGAIN_MS = 1_000

/** Between two looks it rests for so many times as long as a look took. */
const RESTS_FOR = 3

interface Followed {
  readonly subject: Subject
  readonly followers: Set<() => void>
  /** Undefined until it was looked at. */
  version: string | undefined
  /** Resolves once it was. */
  seen: Promise<void> | undefined
}

/** A place among the followers of a subject. */
interface Following {
  /** Whatever changes after this has resolved is told. */
  readonly begun: Promise<void>
  leave(): void
}

/**
 * Finds out, for all streams of a process together, what of that which they follow has changed. While nothing changes in
 * the journal, nothing is done.
 */
class LiveHub {
  readonly #journal: Journal
  readonly #followed = new Map<string, Followed>()
  #unseen: Followed[] = []
  #firstLook: Promise<void> | undefined
  #stopWatching: (() => void) | undefined
  #isLooking = false
  #looksAgain = false

  constructor(journal: Journal) {
    this.#journal = journal
  }

  follow(subject: Subject, onChange: () => void): Following {
    const key = JSON.stringify(subject)
    const followed = this.#followed.get(key) ?? newlyFollowed(subject)
    this.#followed.set(key, followed)
    followed.followers.add(onChange)
    this.#stopWatching ??= this.#journal.store.watch(() => void this.#look())
    followed.seen ??= this.#lookFirst(followed)
    return {
      begun: followed.seen,
      leave: () => {
        followed.followers.delete(onChange)
        if (followed.followers.size > 0 || this.#followed.get(key) !== followed) return
        this.#followed.delete(key)
        if (this.#followed.size > 0) return
        this.#stopWatching?.()
        this.#stopWatching = undefined
      },
    }
  }

  /** Those who come together are looked at together. */
  async #lookFirst(followed: Followed): Promise<void> {
    this.#unseen.push(followed)
    this.#firstLook ??= turnOfTheLoop().then(() => {
      this.#firstLook = undefined
      return this.#lookAt(this.#unseen.splice(0))
    })
    try {
      await this.#firstLook
    } catch (fault) {
      followed.seen = undefined
      throw fault
    }
  }

  async #look(): Promise<void> {
    this.#looksAgain = true
    if (this.#isLooking) return
    this.#isLooking = true
    while (this.#looksAgain) {
      this.#looksAgain = false
      const begun = performance.now()
      await this.#lookAt([...this.#followed.values()]).catch(() => {
        setTimeout(() => void this.#look(), TRY_AGAIN_MS).unref()
      })
      // However many follow, and however much changes: most of the store's time is that of the calls.
      if (this.#looksAgain) await delay(RESTS_FOR * (performance.now() - begun), undefined, { ref: false })
    }
    this.#isLooking = false
  }

  async #lookAt(all: readonly Followed[]): Promise<void> {
    for (let start = 0; start < all.length; start += LOOKED_AT) {
      const some = all.slice(start, start + LOOKED_AT)
      const versions = await this.#versionsOf(some.map(({ subject }) => subject))
      for (const [index, followed] of some.entries()) {
        const before = followed.version
        followed.version = versions[index]
        if (before !== undefined && before !== followed.version) for (const tell of followed.followers) tell()
      }
    }
  }

  async #versionsOf(subjects: readonly Subject[]): Promise<readonly string[]> {
    const all = <Kind extends Subject['kind']>(kind: Kind) =>
      subjects.flatMap((subject) =>
        subject.kind === kind ? [subject.of as Extract<Subject, { kind: Kind }>['of']] : [],
      )
    const versions = await this.#journal.store.run('liveVersions', {
      operations: all('operation'),
      payments: all('payment'),
      orders: all('order'),
      work: all('work').length > 0,
      now: Date.now(),
    })
    const left = {
      operation: versions.operations.values(),
      payment: versions.payments.values(),
      order: versions.orders.values(),
    }
    return subjects.map((subject) =>
      subject.kind === 'work'
        ? JSON.stringify(workOf(versions.work, subject.of))
        : String(left[subject.kind].next().value),
    )
  }
}

const newlyFollowed = (subject: Subject): Followed => ({
  subject,
  followers: new Set(),
  version: undefined,
  seen: undefined,
})

const hubs = new WeakMap<Journal, LiveHub>()

/** The hub of a journal: one, however many follow. */
export function hubOf(journal: Journal): LiveHub {
  const hub = hubs.get(journal) ?? new LiveHub(journal)
  hubs.set(journal, hub)
  return hub
}
