import { randomFillSync } from 'node:crypto'

const ID_BYTES = 16

// One system call for many ids: a call for each costs more than the rest of making one.
const pool = Buffer.alloc(ID_BYTES * 256)
let used = pool.length

/**
 * Returns a new random id of 22 characters (128 bits, base64url). Not a UUID: those may hold runs of digits that the
 * scrubbing of card numbers would take for one.
 */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += ID_BYTES
  return pool.toString('base64url', used - ID_BYTES, used)
}
