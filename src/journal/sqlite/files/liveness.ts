import { monotonicMs, sleepAWhile } from '../../../lib/timeout.ts'
import type { ToldOperation } from '../../procedures/webhooks/tell-operation.ts'
import { StoreUnavailableError } from '../../store.ts'
import type { SqliteConnection } from '../driver.ts'
import { activeOwners, expireOwner } from '../operations.ts'
import type { SqliteMode } from '../worker/protocol.ts'
import { type FileLock, lockFile, lockOfDead, ownerLockPath, ownerLockPaths } from './owner-lock.ts'

/** How long one who comes waits for another one who is opening the journal, or closing it, in milliseconds. */
const JOIN_WAIT_MS = 1_000
const JOIN_POLL_MS = 20

// A crash leaves one file; more than this at once are left to the next round.
const FILES_REMOVED = 100

/**
 * Who may use the journal, and who of those that did is dead. Beside the journal lies a lock that all who share it hold
 * together, and alone only who has it for himself or is the first to open it; and a lock for each owner.
 */
export class Liveness {
  readonly #path: string
  readonly #mode: SqliteMode
  readonly #owner: string
  #access: FileLock | undefined
  #isAlone = false
  #own: FileLock | undefined

  constructor(path: string, mode: SqliteMode, owner: string) {
    this.#path = path
    this.#mode = mode
    this.#owner = owner
  }

  /**
   * Acquires all locks, for a file that is to be opened: alone where nobody else has it open, or else beside others who
   * have made it `joinable`. Throws `StoreUnavailableError` where a lock is held elsewhere.
   */
  enter(joinable: () => boolean): void {
    if (this.#mode === 'exclusive') this.#lockForItself()
    else this.#join(joinable)
    this.holdOwnerLock()
  }

  #lockForItself(): void {
    if (this.#access === undefined && !this.#lock('exclusive'))
      throw new StoreUnavailableError('Another process uses the journal')
  }

  #join(joinable: () => boolean): void {
    for (const until = monotonicMs() + JOIN_WAIT_MS; ; sleepAWhile()) {
      this.#giveUpAccess()
      if (this.#lock('exclusive', 0)) return
      if (this.#lock('shared', JOIN_POLL_MS) && joinable()) return
      if (monotonicMs() >= until) throw new StoreUnavailableError('Another process has the journal for itself')
    }
  }

  /** Lets others in, now that the file is open as they need it, where they may come at all. */
  share(): void {
    if (this.#mode === 'exclusive' || !this.#isAlone) return
    this.#giveUpAccess()
    // Somebody who waited may have been faster, and opens it in turn.
    if (!this.#lock('shared', JOIN_WAIT_MS))
      throw new StoreUnavailableError('Another process has the journal for itself')
  }

  /** Keeps nobody out who would share a file that this process could not open. */
  leave(): void {
    if (this.#mode === 'shared') this.#giveUpAccess()
  }

  /** Whether others find the lock that says who is alive. */
  get hasOwnerLock(): boolean {
    return this.#own?.isInPlace() === true
  }

  /** Acquires that lock where others do not find it. */
  holdOwnerLock(): void {
    if (this.hasOwnerLock) return
    this.#own?.release()
    this.#own = undefined
    this.#own = lockFile(ownerLockPath(this.#path, this.#owner), 'exclusive')
    if (this.#own === undefined)
      throw new StoreUnavailableError('Another process uses the journal under the same owner')
  }

  #lock(kind: 'shared' | 'exclusive', waitMs?: number): boolean {
    this.#access = lockFile(`${this.#path}-access`, kind, waitMs)
    this.#isAlone = kind === 'exclusive' && this.#access !== undefined
    return this.#access !== undefined
  }

  #giveUpAccess(): void {
    this.#access?.release()
    this.#access = undefined
    this.#isAlone = false
  }

  /**
   * Marks as unknown what dead owners have in progress, within a transaction that is under way, and gives it. `afterwards` must be
   * called once it is known whether that was committed.
   */
  expireDead(
    connection: SqliteConnection,
    finishedAt: number,
  ): { expired: readonly ToldOperation[]; afterwards: (committed: boolean) => void } {
    const others = activeOwners(connection).filter((owner) => owner !== this.#owner)
    const dead = others.flatMap((owner) => {
      const lock = lockOfDead(ownerLockPath(this.#path, owner))
      return lock === undefined ? [] : [{ owner, lock }]
    })
    const needed = new Set([this.#owner, ...others].map((owner) => ownerLockPath(this.#path, owner)))
    const afterwards = (committed: boolean): void => {
      // A file goes only once its owner has nothing in progress any more, and while it is locked: see `lockFile`.
      for (const { lock } of dead) lock.release(committed)
      if (committed) this.#removeDead(needed)
    }
    try {
      return { expired: dead.flatMap(({ owner }) => expireOwner(connection, owner, finishedAt)), afterwards }
    } catch (error) {
      afterwards(false)
      throw error
    }
  }

  #removeDead(needed: ReadonlySet<string>): void {
    try {
      const paths = ownerLockPaths(this.#path).filter((path) => !needed.has(path))
      for (const path of paths.slice(0, FILES_REMOVED)) lockOfDead(path)?.release(true)
    } catch {
      // They stay until the next round.
    }
  }

  /** Gives up all locks. */
  release(): void {
    this.#own?.release(true)
    this.#own = undefined
    this.#giveUpAccess()
  }
}
