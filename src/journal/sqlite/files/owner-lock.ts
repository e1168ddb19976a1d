import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from '../driver.ts'
import { createPrivateFile, type FileIdentity, identityOf } from './private-file.ts'

// Locks that tell who is alive. The operating system drops them when their process ends, however it ends. They are
// SQLite's own file locks, since Node has none; nothing is ever written into the files.

/** A lock that is held until it is released. */
export interface FileLock {
  /** Whether the file that is locked is still the one under its name, so that others find the lock. */
  isInPlace(): boolean
  /** Gives the lock up; removes the file first where that is asked for. Never throws. */
  release(removeFile?: boolean): void
}

const LOCK_SQL = {
  exclusive: 'begin exclusive',
  // The lock comes with the first read.
  shared: 'begin; select count(*) from sqlite_schema',
} as const

// Another process may be testing the lock at this very moment; it holds it for a fraction of a millisecond.
const LOCK_WAIT_MS = 100

/**
 * Locks a file at an absolute path, and makes it where it is missing. Undefined where another lock stands in the way.
 * Throws `SqliteError` or what the file system says.
 */
export function lockFile(
  path: string,
  kind: keyof typeof LOCK_SQL,
  waitMs: number = LOCK_WAIT_MS,
): FileLock | undefined {
  // Whoever cleans up may remove the file between its being opened and locked: then once more, with a new one.
  for (let attempts = 0; attempts < 5; attempts++) {
    createPrivateFile(path)
    const identity = identityOf(path)
    const connection = openSqlite(path)
    try {
      connection.exec(`pragma busy_timeout = ${waitMs}; pragma journal_mode = memory; ${LOCK_SQL[kind]}`)
    } catch (error) {
      connection.close()
      if (error instanceof SqliteError && error.code === SQLITE.BUSY) return undefined
      throw error
    }
    const lock = held(path, identity, connection)
    if (lock.isInPlace()) return lock
    lock.release()
  }
  return undefined
}

function held(path: string, identity: FileIdentity | undefined, connection: SqliteConnection): FileLock {
  return {
    isInPlace: () => identity !== undefined && identityOf(path) === identity,
    release(removeFile = false) {
      if (removeFile) removeQuietly(path)
      connection.close()
    },
  }
}

/** Never throws: a file that stays, unlocked, is tried again by the next clean-up. */
export const removeQuietly = (path: string): void => ignoreErrors(() => rmSync(path, { force: true }))

const ownerFilePrefix = (journal: string): string => `${basename(journal)}-owner-`

export function ownerLockPath(journal: string, owner: string): string {
  const name = createHash('sha256').update(owner).digest('hex').slice(0, 32)
  return join(dirname(journal), ownerFilePrefix(journal) + name)
}

/**
 * Locks the file of an owner, never the caller's own, who is surely dead, so that nobody can take it for alive while it
 * is cleaned up after. Undefined where it is alive or nothing can be said.
 */
export function lockOfDead(path: string): FileLock | undefined {
  try {
    return lockFile(path, 'exclusive', 0)
  } catch {
    return undefined
  }
}

/**
 * Whether anything lies beside a journal that a journal leaves: locks, its write-ahead log, its mark. They come after
 * the file itself, which thus was there. Throws what the file system says.
 */
export function hasTraces(journal: string): boolean {
  const folder = dirname(journal)
  // A rollback journal may be left by the first attempt to make the file.
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.some((name) => name.startsWith(`${basename(journal)}-`) && !name.endsWith('-journal'))
}

/** The lock files that lie beside a journal. Throws what the file system says. */
export function ownerLockPaths(journal: string): readonly string[] {
  const prefix = ownerFilePrefix(journal)
  return readdirSync(dirname(journal))
    .filter((name) => name.startsWith(prefix) && /^[0-9a-f]{32}$/.test(name.slice(prefix.length)))
    .map((name) => join(dirname(journal), name))
}
