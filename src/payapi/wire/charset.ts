import { isUtf8 } from 'node:buffer'
import { createMultibyteDecoder } from '@exodus/bytes/multi-byte.js'
import { memoizeOne } from '../../lib/memoize.ts'

/** Any of the names that EUC-KR has with its extension, code page 949 of Windows (UHC). */
const KOREAN = /949|5601|ksc|euckr|uhc|korean|isoir149/
const UTF_16 = /^utf-?16(?:le|be)?$/
const BYTE_ORDER_MARK = '\ufeff'

const isKorean = memoizeOne((charset: string): boolean => KOREAN.test(charset.replace(/[^a-z\d]/g, '')))

/** As WHATWG's `euc-kr`, all of code page 949. The decoder of Node's own ICU knows half of it. */
const decodeKorean = createMultibyteDecoder('euc-kr', true)

/**
 * The text of some bytes, whatever charset they are declared in: a byte that fits no character costs this character
 * alone. Who declares a charset is wrong often enough, so that only code page 949 and UTF-16 are taken at their word,
 * and the former only where the bytes are no Korean in UTF-8.
 */
export function decodeText(bytes: Buffer, declared: string): string {
  if (UTF_16.test(declared)) return new TextDecoder(declared).decode(bytes)
  const text = bytes.toString('utf8')
  if (text.startsWith(BYTE_ORDER_MARK)) return text.slice(BYTE_ORDER_MARK.length)
  if (isUtf8(bytes) && !isKorean(declared)) return text
  return isMostlyUtf8(text) ? text : decodeKorean(bytes)
}

/** A charset in which the PG sends by itself; its name is that of `PayApiCharset`. */
export type Charset = 'EUC_KR' | 'UTF_8'

/** The charset that a content type or a setting names; undefined where it is none of the two. */
export function charsetNamed(declared: string): Charset | undefined {
  const name = declared.toLowerCase()
  if (/^"?utf-?8"?$/.test(name)) return 'UTF_8'
  return isKorean(name) ? 'EUC_KR' : undefined
}

/** The same of a whole content type. */
export const charsetOfType = (contentType: string): Charset | undefined =>
  charsetNamed(/charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType)?.[1] ?? '')

/** The text of some bytes in one charset and no other: what is wrong becomes U+FFFD. */
export const decodeAs = (bytes: Buffer, charset: Charset): string =>
  charset === 'UTF_8' ? bytes.toString('utf8') : decodeKorean(bytes)

/** Whether some bytes say more in the other charset. A hint for a person: short Korean names are right in both. */
export const looksLikeOther = (bytes: Buffer, charset: Charset): boolean =>
  bytes.some((byte) => byte > 0x7f) && isUtf8(bytes) === (charset === 'EUC_KR')

/** Whether a text whose bytes are no UTF-8 everywhere is meant as UTF-8: Korean is three bytes a character there. */
function isMostlyUtf8(text: string): boolean {
  const whole = text.match(/[\u0800-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0
  const broken = text.match(/\ufffd/g)?.length ?? 0
  return whole > 0 && whole >= broken
}

/** Whether a word names a charset, which some take for a `Content-Encoding`. */
export function isCharset(word: string): boolean {
  return isKorean(word) || /^(?:utf|ucs|iso|latin|windows-|us-ascii|ascii)/.test(word)
}
