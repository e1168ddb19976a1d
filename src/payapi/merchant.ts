import { encryptField } from './cipher.ts'
import { Secret } from './secret.ts'
import { sha256Hex, sign } from './signature.ts'

/** A merchant's credentials as its PG contract gives them. */
export interface MerchantCredentials {
  /** Merchant id, `mid`, up to 10 characters. */
  readonly mid: string
  /** The key whose hash (`mkey`) goes into every signature. */
  readonly signKey: string
  /** AES key for card fields, 32 characters. */
  readonly apiKey: string
  /** AES initialisation vector for card fields, 16 characters. */
  readonly apiIv: string
}

/** A merchant that can sign and encrypt; its keys cannot be read back or printed. */
export class Merchant {
  /** Merchant id, `mid`. */
  readonly mid: string
  readonly #mkey: Secret
  readonly #apiKey: Secret
  readonly #apiIv: Secret

  /** Takes the credentials. Throws where api key or iv have a length that AES-256-CBC does not take. */
  constructor(credentials: MerchantCredentials) {
    this.mid = credentials.mid
    this.#mkey = new Secret(sha256Hex(credentials.signKey))
    this.#apiKey = new Secret(credentials.apiKey)
    this.#apiIv = new Secret(credentials.apiIv)
    this.encrypt('')
  }

  /** Takes the signed names in order and the clear values of the form; returns the `signature`. `mkey` is filled in here. */
  sign(names: readonly string[], clearValue: (name: string) => string | undefined): string {
    return sign(names, (name) => (name === 'mkey' ? this.#mkey.reveal() : clearValue(name)))
  }

  /** Takes a clear value; returns it encrypted with this merchant's key, Base64. */
  encrypt(clear: string): string {
    return encryptField(clear, this.#apiKey.reveal(), this.#apiIv.reveal())
  }
}
