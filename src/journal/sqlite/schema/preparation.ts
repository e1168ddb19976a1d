import type { KeyObject } from 'node:crypto'
import type { Keyring } from '../../keys/keyring.ts'
import { Transaction } from '../../procedures/transaction.ts'
import { migrate, SCHEMA_VERSIONS } from '../../schema/migrations.ts'
import { OperationCodec } from '../../schema/row.ts'
import { EARLIER_JOURNAL, StoreRefusedError } from '../../store.ts'
import type { SqliteConnection, SqliteRow } from '../driver.ts'
import { runSteps } from '../procedures.ts'
import type { SqliteMode } from '../worker/protocol.ts'
import { upgradeSchema } from './migrations.ts'
import { APPLICATION_ID, SQLITE_SCHEMA, SQLITE_VERSION } from './schema.ts'
import { createSecret, readSecret } from './secret.ts'

const headerNumber = (connection: SqliteConnection, pragma: string): number =>
  Number(Object.values(connection.all(`pragma ${pragma}`)[0] ?? {})[0])

/** What the rows of a journal are read and written with. */
interface PreparedJournal {
  readonly codec: OperationCodec
  /** The journal's own. */
  readonly secret: KeyObject
}

/**
 * Sees to it that the tables are today's; `mayCreate` is whether a file without tables may become a journal. Throws
 * `StoreRefusedError` where the file is no journal of these keys.
 */
export function prepareSqlite(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): PreparedJournal {
  if (versionOf(connection) !== SCHEMA_VERSIONS.sqlite) prepareSchema(connection, keyring, mayCreate)
  const secret = readSecret(connection, keyring)
  return { codec: new OperationCodec(keyring, secret), secret }
}

/** Throws `StoreRefusedError` where the tables would have to be made or upgraded. */
export function requireCurrent(connection: SqliteConnection): void {
  const version = versionOf(connection)
  if (version === undefined) throw new StoreRefusedError('The journal file is no journal')
  if (version !== SCHEMA_VERSIONS.sqlite) throw new StoreRefusedError(EARLIER_JOURNAL)
}

/** Whether there is nothing in a file. */
export const hasNoTables = (connection: SqliteConnection): boolean =>
  connection.all('select count(*) as n from sqlite_schema')[0]?.['n'] === 0

function prepareSchema(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): void {
  connection.exec('begin immediate')
  try {
    // Once more: another process may have been faster.
    const version = versionOf(connection)
    if (version === undefined) createSchema(connection, keyring, mayCreate)
    else upgradeSchema(connection, version, keyring)
    const codec = new OperationCodec(keyring, readSecret(connection, keyring))
    const from = Math.max(version ?? 0, SQLITE_VERSION)
    runSteps(connection, migrate(new Transaction('sqlite', codec), from))
    connection.exec(`pragma user_version = ${SCHEMA_VERSIONS.sqlite}`)
    connection.exec('commit')
  } catch (error) {
    if (inTransaction(connection)) connection.exec('rollback')
    throw error
  }
}

function createSchema(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): void {
  if (!hasNoTables(connection) || !mayCreate) throw new StoreRefusedError('The journal file is no journal')
  connection.exec(SQLITE_SCHEMA)
  createSecret(connection, keyring)
}

/** Which version's schema a journal has that this program can use; undefined where the file is none yet. */
function versionOf(connection: SqliteConnection): number | undefined {
  if (headerNumber(connection, 'application_id') !== APPLICATION_ID) return undefined
  const version = headerNumber(connection, 'user_version')
  if (version >= 1 && version <= SCHEMA_VERSIONS.sqlite) return version
  throw new StoreRefusedError(
    `The journal file is of a newer version of this program: its schema is ${version}, the newest known here is ${SCHEMA_VERSIONS.sqlite}`,
  )
}

/** Throws `StoreRefusedError` where rows and indexes do not agree: a key whose place in an index is damaged is not found. */
export function checkIntegrity(connection: SqliteConnection): void {
  const [row] = connection.all('pragma integrity_check(1)')
  if (row?.['integrity_check'] !== 'ok') throw new StoreRefusedError('The journal file is damaged')
}

export function transactionsSeen(connection: SqliteConnection): number {
  return seenIn(connection.all('select transactions from progress where id = 1')[0])
}

/**
 * Counts the transaction that is under way where its body changes something: the result is how many the file has then
 * seen, or undefined.
 */
export function countTransaction(connection: SqliteConnection, body: () => void): number | undefined {
  const before = connection.rowsChanged
  body()
  if (connection.rowsChanged === before) return undefined
  const [row] = connection.all(
    'update progress set transactions = transactions + 1 where id = 1 returning transactions',
  )
  return seenIn(row)
}

function seenIn(row: SqliteRow | undefined): number {
  if (row === undefined) throw new StoreRefusedError('The journal file is damaged')
  return Number(row['transactions'])
}

export function inTransaction(connection: SqliteConnection): boolean {
  try {
    connection.exec('begin')
    connection.exec('rollback')
    return false
  } catch {
    return true
  }
}

export function configure(connection: SqliteConnection, mode: SqliteMode): void {
  // FULL flushes before a commit ends; EXTRA would add a flush only for journals that are deleted, which none is here.
  connection.exec('pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -32768')
  connection.exec('pragma cell_size_check = on; pragma trusted_schema = off')
  if (mode === 'exclusive') connection.exec('pragma locking_mode = exclusive')
}
