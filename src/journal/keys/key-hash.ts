import { createHmac, type KeyObject } from 'node:crypto'

const PREFIX_CHARACTERS = 8
const PREFIX_DIGITS = 6

/** What the journal finds a key by, and what nobody can tell the key from. */
export const hashIdempotencyKey = (secret: KeyObject, key: string): string =>
  createHmac('sha256', secret).update(key).digest('base64url')

/**
 * The first characters of a key, for a person who compares it with what a shop has on record. They hold at most six
 * digits, in any script: that much of a card number may be shown, should the key be one.
 */
export function idempotencyKeyPrefix(key: string): string {
  let prefix = ''
  let digits = 0
  for (const character of [...key].slice(0, PREFIX_CHARACTERS)) {
    if (/\p{N}/u.test(character)) digits++
    if (digits > PREFIX_DIGITS) break
    prefix += character
  }
  return prefix
}
