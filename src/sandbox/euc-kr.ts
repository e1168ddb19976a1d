/** EUC-KR bytes of a text. Node can read that charset, not write it, so the table is read backwards. */

const FIRST = 0xa1
const LAST = 0xfe

let table: ReadonlyMap<string, readonly [number, number]> | undefined

function readTable(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('euc-kr')
  const entries = new Map<string, readonly [number, number]>()
  for (let lead = FIRST; lead <= LAST; lead += 1) {
    for (let trail = FIRST; trail <= LAST; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (!character.includes('\ufffd')) entries.set(character, [lead, trail])
    }
  }
  return entries
}

/** Takes a text, gives its bytes in EUC-KR, with a question mark for what the charset lacks. */
export function encodeEucKr(text: string): Buffer {
  table ??= readTable()
  const known = table
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x80 ? [code] : (known.get(character) ?? [0x3f])
  })
  return Buffer.from(bytes)
}
