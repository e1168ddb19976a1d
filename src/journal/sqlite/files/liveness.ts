import { existsSync } from 'node:fs'
import { monotonicMs } from '../../../lib/timeout.ts'
import type { ToldOperation } from '../../procedures/webhooks/tell-operation.ts'
import { StoreUnavailableError } from '../../store.ts'
import type { SqliteConnection } from '../driver.ts'
import { activeOwners, expireOwner } from '../operations.ts'
import type { SqliteMode } from '../worker/protocol.ts'
import { type FileLock, lockFile, lockOfDead, ownerLockPath, ownerLockPaths, removeQuietly } from './owner-lock.ts'
import { createPrivateFile } from './private-file.ts'

/** How long one who wants to share waits until who has the journal for himself lets him in, in milliseconds. */
const JOIN_WAIT_MS = 1_000
const JOIN_POLL_MS = 20

// A crash leaves one file; more than this at once are left to the next round.
const FILES_REMOVED = 100

/**
 * Who may use the journal, and who of those that did is dead. Beside the journal lies a lock that all who share it hold
 * together and one who has it for himself holds alone, and a lock for each owner. Who has it for himself, and would
 * share it, finds a file there once somebody waits for that.
 */
export class Liveness {
  readonly #path: string
  readonly #mode: SqliteMode
  readonly #owner: string
  readonly #shareRequest: string
  #access: FileLock | undefined
  #isAlone = false
  #own: FileLock | undefined
  #sawOthers = true

  constructor(path: string, mode: SqliteMode, owner: string) {
    this.#path = path
    this.#mode = mode
    this.#owner = owner
    this.#shareRequest = `${path}-share-request`
  }

  /**
   * Acquires all locks that are not held yet, or no longer found by others. Throws `StoreUnavailableError` where one is
   * held elsewhere.
   */
  acquire(): void {
    if (this.#access === undefined) this.#lockAccess()
    if (this.#mode === 'exclusive' || this.#own?.isInPlace()) return
    this.#own?.release()
    this.#own = undefined
    this.#own = lockFile(ownerLockPath(this.#path, this.#owner), 'exclusive')
    if (this.#own === undefined)
      throw new StoreUnavailableError('Another process uses the journal under the same owner')
  }

  /** Whether nobody else can use the journal now. */
  get isAlone(): boolean {
    return this.#isAlone
  }

  /** Whether somebody waits to share what this process has for itself. */
  get isAskedToShare(): boolean {
    return this.#isAlone && this.#mode === 'auto' && existsSync(this.#shareRequest)
  }

  /** Lets others in. They must be able to use the file as it lies there: it must not be open, nor have a write-ahead log. */
  share(): void {
    this.#giveUpAccess()
    this.#lock('shared')
    removeQuietly(this.#shareRequest)
  }

  /** Whether it may be worth trying to have the journal for itself again: the others that shared it are gone. */
  get seemsAbandonedByOthers(): boolean {
    return this.#mode === 'auto' && !this.#isAlone && !this.#sawOthers
  }

  /** Tries that. The file must not be open. */
  tryAlone(): void {
    this.#sawOthers = true
    this.#giveUpAccess()
    if (!this.#lock('exclusive', 0)) this.#lock('shared')
  }

  #lockAccess(): void {
    if (this.#mode === 'exclusive') {
      if (!this.#lock('exclusive')) throw new StoreUnavailableError('Another process uses the journal')
      return
    }
    if (this.#mode === 'auto' && this.#lock('exclusive', 0)) return
    if (!this.#join()) throw new StoreUnavailableError('Another process has the journal for itself')
  }

  /** Once somebody was asked to let this one in, he is not shut out in turn. */
  #join(): boolean {
    for (const until = monotonicMs() + JOIN_WAIT_MS; !this.#lock('shared', JOIN_POLL_MS); ) {
      if (monotonicMs() >= until) return false
      createPrivateFile(this.#shareRequest)
    }
    return true
  }

  #lock(kind: 'shared' | 'exclusive', waitMs?: number): boolean {
    this.#access = lockFile(`${this.#path}-access`, kind, waitMs)
    this.#isAlone = kind === 'exclusive' && this.#access !== undefined
    // Whoever asked before is answered by this, or asks again.
    if (this.#isAlone) removeQuietly(this.#shareRequest)
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
    // Nobody else is alive here.
    if (this.#mode === 'exclusive')
      return { expired: others.flatMap((owner) => expireOwner(connection, owner, finishedAt)), afterwards: () => {} }

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
      this.#sawOthers = ownerLockPaths(this.#path).length > 1
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
