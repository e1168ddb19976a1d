import { type FileLock, lockFile, lockOfDead, ownerLockPath, ownerLockPaths } from './owner-lock.ts'
import type { SqliteConnection } from './sqlite-driver.ts'
import { activeOwners, expireOwner } from './sqlite-operations.ts'
import type { SqliteMode } from './sqlite-protocol.ts'
import { StoreUnavailableError } from './store.ts'

// A crash leaves one file; more than this at once are left to the next round.
const FILES_REMOVED = 100

/**
 * Who may use the journal, and who of those that did is dead. Beside the journal lies a lock that all who share it hold
 * together and one who wants it for himself holds alone, and, where it is shared, a lock for each owner.
 */
export class Liveness {
  readonly #path: string
  readonly #mode: SqliteMode
  readonly #owner: string
  #access: FileLock | undefined
  #own: FileLock | undefined

  /** Takes the journal's absolute path, its mode and who uses it here. */
  constructor(path: string, mode: SqliteMode, owner: string) {
    this.#path = path
    this.#mode = mode
    this.#owner = owner
  }

  /** Takes all locks that are not held yet, or no longer found by others. Throws `StoreUnavailableError` where one is held elsewhere. */
  acquire(): void {
    this.#access ??= this.#lockAccess()
    if (this.#mode === 'exclusive' || this.#own?.isInPlace()) return
    this.#own?.release()
    this.#own = undefined
    this.#own = lockFile(ownerLockPath(this.#path, this.#owner), 'exclusive')
    if (this.#own === undefined)
      throw new StoreUnavailableError('Another process uses the journal under the same owner')
  }

  #lockAccess(): FileLock {
    const lock = lockFile(`${this.#path}-access`, this.#mode)
    if (lock !== undefined) return lock
    const who =
      this.#mode === 'exclusive' ? 'Another process uses the journal' : 'Another process has the journal for itself'
    throw new StoreUnavailableError(who)
  }

  /**
   * Marks as unknown what dead owners have in progress. Takes a connection within a transaction and the time; returns
   * how many, and what must be called once it is known whether the transaction was committed.
   */
  expireDead(connection: SqliteConnection, now: number): { expired: number; afterwards: (committed: boolean) => void } {
    const others = activeOwners(connection).filter((owner) => owner !== this.#owner)
    // Nobody else is alive here.
    if (this.#mode === 'exclusive')
      return { expired: sum(others.map((owner) => expireOwner(connection, owner, now))), afterwards: () => {} }

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
      return { expired: sum(dead.map(({ owner }) => expireOwner(connection, owner, now))), afterwards }
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
    this.#access?.release()
    this.#own = undefined
    this.#access = undefined
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
