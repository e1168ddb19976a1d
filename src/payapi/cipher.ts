import { createCipheriv } from 'node:crypto'

/**
 * Takes a clear value and a merchant's api key (32 characters) and api iv (16 characters), and returns the value as
 * PayAPI wants encrypted fields: AES-256-CBC with PKCS7 padding, Base64. (Contract, 'Common to all services'.)
 * Throws where key or iv have another length.
 */
export function encryptField(clear: string, key: string, iv: string): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'))
  return cipher.update(clear, 'utf8', 'base64') + cipher.final('base64')
}
