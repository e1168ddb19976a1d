import { randomBytes } from 'node:crypto'

/**
 * Returns a new random id of 22 characters (128 bits, base64url). Not a UUID: those may hold runs of digits that the
 * scrubbing of card numbers would take for one.
 */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}
