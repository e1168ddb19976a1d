import { existsSync, realpathSync, statfsSync } from 'node:fs'
import { StoreUnavailableError } from '../../store.ts'
import type { SqliteConnection } from '../driver.ts'
import type { SqliteMode } from '../worker/protocol.ts'

/**
 * The journal is kept with a write-ahead log: a commit is one flush, of a file that is overwritten again and again. Its
 * index is memory that the processes share, so where that may not work there is a rollback journal instead, with four
 * flushes or five for each commit. One process alone needs no index to share.
 */
export type JournalMode = 'wal' | 'truncate'

// 4 MB. More of them go into the file more seldom, but all at once, and every call waits meanwhile: with eight times as many,
// one in a hundred waited twice as long.
const PAGES_IN_WRITE_AHEAD_LOG = 1_000

// How long the others' transactions are waited for, so that all of the log is in the file and it begins anew.
const RESTART_WAIT_MS = 20

// What statfs(2) says of file systems that are surely one machine's own. Others may be a network's, where each machine
// would have an index of its own, or another program's (FUSE).
const OWN_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x2fc12fc1, // ZFS
  0xca451a4e, // bcachefs
  0xf2f52010, // F2FS
  0x794c7630, // overlayfs
  0x01021994, // tmpfs
])

/** How the journal in a file is kept. Throws what the file system says. */
export function journalModeFor(path: string, mode: SqliteMode): JournalMode {
  if (mode === 'exclusive') return 'wal'
  // Elsewhere the numbers mean something else.
  return process.platform === 'linux' && OWN_FILE_SYSTEMS.has(statfsSync(path).type) ? 'wal' : 'truncate'
}

/**
 * Whether others, who have the journal open, keep it in that mode, by what lies beside it. Without the log's index, which
 * somebody may have removed, this process would make another one, and both would write the same log.
 */
export function isKeptSo(path: string, mode: JournalMode): boolean {
  // SQLite puts them beside the file itself, wherever a link to it lies.
  const hasLog = ['-shm', '-wal'].every((suffix) => existsSync(realpathSync(path) + suffix))
  return hasLog === (mode === 'wal')
}

/** Has the journal kept in that mode from now on; where it is not yet, nobody else may have it open. */
export function setJournalMode(connection: SqliteConnection, wanted: JournalMode): void {
  const [row] = connection.all(`pragma journal_mode = ${wanted}`)
  if (row?.['journal_mode'] !== wanted) throw new StoreUnavailableError('The journal file refuses its journal mode')
  // See `checkpoint`.
  connection.exec('pragma wal_autocheckpoint = 0')
}

/**
 * Once the write-ahead log has so many pages, moves them into the file, so that it is overwritten from its beginning
 * and does not grow: SQLite by itself never comes to an end of that while others write on. Returns from how many pages
 * on it is worth the next attempt.
 */
export function checkpoint(connection: SqliteConnection, due: number): number {
  const pages = Number(connection.all('pragma wal_checkpoint(noop)')[0]?.['log'])
  if (pages < PAGES_IN_WRITE_AHEAD_LOG) return PAGES_IN_WRITE_AHEAD_LOG
  if (pages < due) return due
  // First most of it, while others write on; then what they wrote meanwhile.
  connection.all('pragma wal_checkpoint(passive)')
  connection.exec(`pragma busy_timeout = ${RESTART_WAIT_MS}`)
  try {
    connection.all('pragma wal_checkpoint(restart)')
  } finally {
    connection.exec('pragma busy_timeout = 0')
  }
  return pages + PAGES_IN_WRITE_AHEAD_LOG
}
