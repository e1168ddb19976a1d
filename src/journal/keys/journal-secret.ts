import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { StoreRefusedError } from '../store.ts'
import type { Keyring } from './keyring.ts'

// A journal has a secret of its own from its beginning to its end, which lies in it sealed under each of the journal keys.
// What is made with it is found again whichever of them an instance has, and in whatever order: before, during and after
// keys are replaced.

const BELONGS_TO = 'the journal itself'
const SECRET_BYTES = 32

/** The secret, sealed under one of the keys. */
export interface SealedSecret {
  readonly keyId: string
  readonly sealed: string
}

/** The secret of a new journal, sealed under every configured key. */
export const newSecret = (keyring: Keyring): readonly SealedSecret[] =>
  keyring.sealUnderEach(randomBytes(SECRET_BYTES).toString('base64'), BELONGS_TO)

/**
 * The secret of a journal, and what it does not hold yet for keys that are new. Throws `StoreRefusedError` where no
 * configured key opens it.
 */
export function openSecret(
  keyring: Keyring,
  stored: readonly SealedSecret[],
): { readonly secret: KeyObject; readonly missing: readonly SealedSecret[] } {
  for (const { sealed } of stored) {
    const text = keyring.open(sealed, BELONGS_TO)
    if (text === undefined) continue
    const known = new Set(stored.map(({ keyId }) => keyId))
    const missing = keyring.sealUnderEach(text, BELONGS_TO).filter(({ keyId }) => !known.has(keyId))
    return { secret: createSecretKey(text, 'base64'), missing }
  }
  throw new StoreRefusedError('No key in PAYAPI_JOURNAL_KEYS is a key of this journal')
}
