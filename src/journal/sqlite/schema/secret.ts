import type { KeyObject } from 'node:crypto'
import { newSecret, openSecret, type SealedSecret } from '../../keys/journal-secret.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { SqliteConnection } from '../driver.ts'

export function createSecret(connection: SqliteConnection, keyring: Keyring): KeyObject {
  const sealed = newSecret(keyring)
  keep(connection, sealed)
  return openSecret(keyring, sealed).secret
}

/** The journal's secret, which each of the keys opens from now on. */
export function readSecret(connection: SqliteConnection, keyring: Keyring): KeyObject {
  const rows = connection.all('select key_id, sealed from secrets')
  const stored = rows.map((row) => ({ keyId: String(row['key_id']), sealed: String(row['sealed']) }))
  const { secret, missing } = openSecret(keyring, stored)
  keep(connection, missing)
  return secret
}

function keep(connection: SqliteConnection, secrets: readonly SealedSecret[]): void {
  for (const { keyId, sealed } of secrets) {
    connection.run('insert into secrets (key_id, sealed) values (?, ?) on conflict do nothing', keyId, sealed)
  }
}
