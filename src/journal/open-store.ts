import { Keyring } from './keyring.ts'
import { PostgresStore } from './postgres-store.ts'
import { SqliteStore } from './sqlite-store.ts'
import type { OperationStore } from './store.ts'
import { parseStoreUrl } from './store-url.ts'

/** How a store is used. */
export interface OpenStoreOptions {
  /** The process that acts, unique for each start of one; the owner of every operation that it claims. */
  readonly owner: string
  /** The journal's keys, of 32 bytes each, the current one first. */
  readonly keys: readonly Uint8Array[]
  /** Whether to begin anew where a file is gone, and to go on with what is there where it is not what it was. */
  readonly init?: boolean
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
export function openStore(url: string, { owner, keys, init = false, ...options }: OpenStoreOptions): OperationStore {
  const location = parseStoreUrl(url)
  if (location.kind === 'sqlite') return new SqliteStore({ ...location, owner, keys, init, ...options })
  return new PostgresStore({ ...location, keyring: new Keyring(keys), ...options })
}
