import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js'

const encode = createMultibyteEncoder('euc-kr')

/** The bytes of a text in code page 949, EUC-KR with its extension; a question mark for what the charset lacks. */
export function encodeEucKr(text: string): Buffer {
  return Buffer.concat([...text].map(encodeCharacter))
}

function encodeCharacter(character: string): Uint8Array {
  try {
    return encode(character)
  } catch {
    return Uint8Array.of(0x3f)
  }
}
