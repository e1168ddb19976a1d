import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js'

/** What a merchant may ask for in `P_CHARSET`. */
export type Charset = 'euc-kr' | 'utf8'

/** Made when it is needed first: it takes a twentieth of a start, and only one that buyers see a page of needs it. */
let encodeKorean: ReturnType<typeof createMultibyteEncoder> | undefined

/** The bytes of a text in code page 949, EUC-KR with its extension; a question mark for what the charset lacks. */
export function encodeEucKr(text: string): Buffer {
  return Buffer.concat([...text].map(encodeCharacter))
}

function encodeCharacter(character: string): Uint8Array {
  try {
    encodeKorean ??= createMultibyteEncoder('euc-kr')
    return encodeKorean(character)
  } catch {
    return Uint8Array.of(0x3f)
  }
}

export function encodeText(text: string, charset: Charset): Buffer {
  return charset === 'utf8' ? Buffer.from(text) : encodeEucKr(text)
}

const PLAIN = /[A-Za-z0-9*._-]/

function encodeFormValue(text: string, charset: Charset): string {
  const characters = [...encodeText(text, charset)].map((byte) => {
    const character = String.fromCharCode(byte)
    if (PLAIN.test(character)) return character
    return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return characters.join('')
}

/** Fields as `application/x-www-form-urlencoded`, escaped over the bytes of a charset. */
export function encodeForm(fields: Readonly<Record<string, string>>, charset: Charset): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeFormValue(value, charset)}`)
    .join('&')
}
