import type { Keyring } from './keyring.ts'
import { OperationCodec } from './operation-row.ts'
import type { SqliteConnection } from './sqlite-driver.ts'
import { upgradeSchema } from './sqlite-migrations.ts'
import { APPLICATION_ID, SCHEMA_VERSION, SQLITE_SCHEMA } from './sqlite-schema.ts'
import { createSecret, readSecret } from './sqlite-secret.ts'
import { StoreUnavailableError } from './store.ts'

const headerNumber = (connection: SqliteConnection, pragma: string): number =>
  Number(Object.values(connection.all(`pragma ${pragma}`)[0] ?? {})[0])

/**
 * Takes an open connection, the keys, and whether a file without tables may become a journal; sees to it that the tables
 * are today's. Returns the codec of their rows. Throws `StoreUnavailableError` where the file is no journal of these keys.
 */
export function prepareSqlite(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): OperationCodec {
  if (versionOf(connection) !== SCHEMA_VERSION) prepareSchema(connection, keyring, mayCreate)
  return new OperationCodec(keyring, readSecret(connection, keyring))
}

function prepareSchema(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): void {
  connection.exec('begin immediate')
  try {
    // Once more: another process may have been faster.
    const version = versionOf(connection)
    if (version === undefined) createSchema(connection, keyring, mayCreate)
    else upgradeSchema(connection, version, keyring)
    connection.exec('commit')
  } catch (error) {
    if (inTransaction(connection)) connection.exec('rollback')
    throw error
  }
}

function createSchema(connection: SqliteConnection, keyring: Keyring, mayCreate: boolean): void {
  const [row] = connection.all('select count(*) as n from sqlite_schema')
  if (row?.['n'] !== 0 || !mayCreate) throw new StoreUnavailableError('The journal file is no journal')
  connection.exec(SQLITE_SCHEMA)
  createSecret(connection, keyring)
}

/** Which version's schema a journal has that this program can use; undefined where the file is none yet. */
function versionOf(connection: SqliteConnection): number | undefined {
  if (headerNumber(connection, 'application_id') !== APPLICATION_ID) return undefined
  const version = headerNumber(connection, 'user_version')
  if (version >= 1 && version <= SCHEMA_VERSION) return version
  throw new StoreUnavailableError(
    `The journal file is of a newer version of this program: its schema is ${version}, the newest known here is ${SCHEMA_VERSION}`,
  )
}

/** Whether a transaction is under way. */
export function inTransaction(connection: SqliteConnection): boolean {
  try {
    connection.exec('begin')
    connection.exec('rollback')
    return false
  } catch {
    return true
  }
}
