import { createDecipheriv } from 'node:crypto'
import type { SandboxMerchant } from './merchants.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const BLOCK_BYTES = 16

/**
 * Takes an encrypted field (Base64 over AES-256-CBC with PKCS7 padding) and the merchant whose key it is under.
 * Gives the clear text, or undefined where it is not Base64, not whole blocks, badly padded or no UTF-8.
 */
export function decryptField(value: string, merchant: SandboxMerchant): string | undefined {
  if (!BASE64.test(value)) return undefined
  const encrypted = Buffer.from(value, 'base64')
  if (encrypted.length % BLOCK_BYTES !== 0) return undefined
  const key = Buffer.from(merchant.apiKey, 'ascii')
  const iv = Buffer.from(merchant.apiIv, 'ascii')
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    const clear = Buffer.concat([decipher.update(encrypted), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(clear)
  } catch {
    return undefined
  }
}
