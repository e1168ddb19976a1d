import { fileURLToPath } from 'node:url'
import { Keyring } from './keyring.ts'
import { PostgresStore } from './postgres-store.ts'
import type { SqliteMode } from './sqlite-protocol.ts'
import { SqliteStore } from './sqlite-store.ts'
import type { OperationStore } from './store.ts'

/** How a store is used. */
export interface OpenStoreOptions {
  /** The process that acts, unique for each start of one; the owner of every operation that it claims. */
  readonly owner: string
  /** The journal's keys, of 32 bytes each, the current one first. */
  readonly keys: readonly Uint8Array[]
  /** How long a method may take, in milliseconds; below two seconds unless set otherwise. */
  readonly deadlineMs?: number
}

/**
 * Takes where the journal is kept, and who uses it:
 * `file:/path/journal.db`, an SQLite file that a process has for itself, which is faster, until another one of the same
 * machine opens it too; from then on they share it;
 * `file:/path/journal.db?mode=shared`, the same, shared from the beginning, so that other programs can read it any time;
 * `file:/path/journal.db?mode=exclusive`, the same for one process alone: any other one is refused;
 * `postgres://…` (or `postgresql://…`), for several machines.
 * Returns the store, also where it cannot be used now: it is tried with every call. Throws an `Error` for anything
 * else; the message quotes nothing of it, since it may hold a password.
 */
export function openStore(url: string, { owner, keys, ...options }: OpenStoreOptions): OperationStore {
  if (/^postgres(ql)?:\/\//i.test(url)) return new PostgresStore({ url, keyring: new Keyring(keys), ...options })
  if (/^file:/i.test(url)) return new SqliteStore({ ...parseFileUrl(url), owner, keys, ...options })
  throw new Error('the store URL must begin with file: or postgres://')
}

function parseFileUrl(text: string): { readonly path: string; readonly mode: SqliteMode } {
  // `file:journal.db` would be read as a path from the root.
  const url = /^file:\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined)
    throw new Error('the store URL must hold an absolute path, as in file:/var/lib/payapi/journal.db')
  const { mode = 'joinable', ...others } = Object.fromEntries(url.searchParams)
  if (!isMode(mode) || Object.keys(others).length > 0 || url.hash !== '') {
    throw new Error('the store URL may hold nothing after its path but ?mode=shared or ?mode=exclusive')
  }
  url.search = ''
  if (url.pathname.endsWith('/')) throw new Error('the store URL must name a file, not a folder')
  try {
    return { path: fileURLToPath(url), mode }
  } catch {
    throw new Error('the store URL must name a file of this machine')
  }
}

const isMode = (text: string): text is SqliteMode => ['joinable', 'shared', 'exclusive'].includes(text)
