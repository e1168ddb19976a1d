import type { KeyObject } from 'node:crypto'
import { newSecret, openSecret, type SealedSecret } from '../../keys/journal-secret.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { Query } from '../connections/lease.ts'
import { SECRETS } from './schema.ts'

export async function createSecret(query: Query, keyring: Keyring): Promise<KeyObject> {
  const sealed = newSecret(keyring)
  await keep(query, sealed)
  return openSecret(keyring, sealed).secret
}

/** Resolves to the journal's secret; sees to it that each of the keys opens it from now on. */
export async function readSecret(query: Query, keyring: Keyring): Promise<KeyObject> {
  const { rows } = await query(`select key_id, sealed from ${SECRETS}`)
  const stored = rows.map((row) => ({ keyId: String(row['key_id']), sealed: String(row['sealed']) }))
  const { secret, missing } = openSecret(keyring, stored)
  await keep(query, missing)
  return secret
}

async function keep(query: Query, secrets: readonly SealedSecret[]): Promise<void> {
  for (const { keyId, sealed } of secrets) {
    await query(`insert into ${SECRETS} (key_id, sealed) values ($1, $2) on conflict do nothing`, [keyId, sealed])
  }
}
