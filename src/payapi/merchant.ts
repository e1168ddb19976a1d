import { createCipheriv, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { Secret } from '../lib/secret.ts'

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
  // As bytes, Node 24 would take longer to see what they are than to encrypt.
  readonly #apiKey: KeyObject
  readonly #apiIv: Secret

  /** Throws where api key or iv have a length that AES-256-CBC does not take. */
  constructor(credentials: MerchantCredentials) {
    this.mid = credentials.mid
    this.#mkey = new Secret(sha256Hex(credentials.signKey))
    this.#apiKey = createSecretKey(credentials.apiKey, 'latin1')
    this.#apiIv = new Secret(credentials.apiIv)
    this.encrypt('')
  }

  /** The `signature` over these names, in order. `mkey` is filled in here. */
  sign(names: readonly string[], clearValue: (name: string) => string | undefined): string {
    return sign(names, (name) => (name === 'mkey' ? this.#mkey.reveal() : clearValue(name)))
  }

  /**
   * A value as PayAPI wants encrypted fields: AES-256-CBC with PKCS7 padding, Base64, under the merchant's api key (32
   * characters) and api iv (16 characters). (Contract, 'Common to all services'.)
   */
  encrypt(clear: string): string {
    const cipher = createCipheriv('aes-256-cbc', this.#apiKey, Buffer.from(this.#apiIv.reveal(), 'latin1'))
    return cipher.update(clear, 'utf8', 'base64') + cipher.final('base64')
  }
}

/** SHA-256 of a text in UTF-8, as lower-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex')
}

/**
 * PayAPI's `signature` over the names that a service signs, in its order: SHA-256, lower-case hex, over `name=value`
 * pairs joined by `&`, values not url-encoded. (Contract, 'Common to all services'.) Throws where a signed value is
 * missing: an unsigned form must never leave.
 */
export function sign(names: readonly string[], clearValue: (name: string) => string | undefined): string {
  let text = ''
  for (const name of names) {
    const value = clearValue(name)
    if (value === undefined) throw new Error(`The signed field ${name} has no value`)
    text += `${text === '' ? '' : '&'}${name}=${value}`
  }
  return sha256Hex(text)
}
