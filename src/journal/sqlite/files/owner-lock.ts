import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ignoreErrors, openSqlite, SQLITE, type SqliteConnection, SqliteError } from '../driver.ts'
import { createPrivateFile, type FileIdentity, identityOf } from './private-file.ts'

/**
 * Locks that tell who is alive. The operating system drops them when their process ends, however it ends. They are
 * SQLite's own file locks, since Node has none; nothing is ever written into the files.
 */

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
 * Takes an absolute path and whether the lock may be shared with others of its kind; makes the file where it is missing.
 * Returns the lock, or undefined where another one stands in its way. Throws `SqliteError` or what the file system says.
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

/** Takes a path; removes what is there. Never throws: what stays, unlocked, the next one that cleans up tries again. */
export const removeQuietly = (path: string): void => ignoreErrors(() => rmSync(path, { force: true }))

const ownerFilePrefix = (journal: string): string => `${basename(journal)}-owner-`

/** Takes the journal's path and an owner; returns where that owner's lock is. */
export function ownerLockPath(journal: string, owner: string): string {
  const name = createHash('sha256').update(owner).digest('hex').slice(0, 32)
  return join(dirname(journal), ownerFilePrefix(journal) + name)
}

/**
 * Takes an owner's lock file, never the caller's own; returns the lock where that owner is surely dead, so that nobody
 * can take it for alive while it is cleaned up after, or undefined where it is alive or nothing can be said.
 */
export function lockOfDead(path: string): FileLock | undefined {
  try {
    return lockFile(path, 'exclusive', 0)
  } catch {
    return undefined
  }
}

/**
 * Takes the journal's path; returns whether anything lies beside it that a journal leaves: locks, its write-ahead log, its
 * mark. They come after the file itself, which thus was there. Throws what the file system says.
 */
export function hasTraces(journal: string): boolean {
  const folder = dirname(journal)
  // A rollback journal may be left by the first attempt to make the file.
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.some((name) => name.startsWith(`${basename(journal)}-`) && !name.endsWith('-journal'))
}

/** Takes the journal's path; returns the lock files that lie beside it. Throws what the file system says. */
export function ownerLockPaths(journal: string): readonly string[] {
  const prefix = ownerFilePrefix(journal)
  return readdirSync(dirname(journal))
    .filter((name) => name.startsWith(prefix) && /^[0-9a-f]{32}$/.test(name.slice(prefix.length)))
    .map((name) => join(dirname(journal), name))
}
