import type { KeyObject } from 'node:crypto'

// Which algorithm goes with which key. A token says by which algorithm it is signed, and must not have a say in it: a
// public key that is taken for a shared secret would let everybody sign.

/** Every algorithm that may be configured; `none` is not among them. */
export const JWT_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'HS256',
  'HS384',
  'HS512',
] as const

type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number]

const CURVES: Readonly<Record<string, JwtAlgorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' }

const MIN_RSA_BITS = 2048

/**
 * The algorithms that a key, or the keys fetched from a URL, may be used with: a shared secret has to be as long as the
 * hash, an RSA key 2048 bits.
 */
export function algorithmsFor(key: URL | KeyObject): readonly JwtAlgorithm[] {
  if (key instanceof URL) return JWT_ALGORITHMS.filter((name) => !name.startsWith('HS'))
  const { type, asymmetricKeyType, asymmetricKeyDetails, symmetricKeySize = 0 } = key
  if (type === 'secret') {
    return JWT_ALGORITHMS.filter((name) => name.startsWith('HS') && symmetricKeySize * 8 >= Number(name.slice(2)))
  }
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS) {
    return JWT_ALGORITHMS.filter((name) => /^[RP]S/.test(name))
  }
  if (asymmetricKeyType === 'ed25519') return ['EdDSA']
  const byCurve = CURVES[asymmetricKeyDetails?.namedCurve ?? '']
  return byCurve === undefined ? [] : [byCurve]
}

/** Which tokens are taken. */
export interface JwtConfig {
  /** Where the keys are fetched from, or the one key. */
  readonly key: URL | KeyObject
  readonly algorithms: readonly JwtAlgorithm[]
  readonly issuer: string
  readonly audience: string
}
