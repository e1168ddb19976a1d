import { createHash } from 'node:crypto'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * Takes the order in which a service signs, the clear values and the merchant's signKey.
 * Gives the signature that the form must carry: lower-case hex of SHA-256 (contract: "Common to all services").
 */
export function expectedSignature(
  order: readonly string[],
  clear: ReadonlyMap<string, string>,
  signKey: string,
): string {
  const pairs = order.map((name) => `${name}=${name === 'mkey' ? sha256(signKey) : (clear.get(name) ?? '')}`)
  return sha256(pairs.join('&'))
}
