import { expect, test } from 'vitest'
import { formEncoded } from '../../src/payapi/form-encoding.ts'

test('a value is encoded as URLSearchParams encodes it, whichever characters it has', () => {
  const texts = ['', 'ORDER-1_a.b*', '정기구독 11월', "한 글+자 & = % ~!(')", '\r\n\t', '💳 카드', 'a%20b']
  for (let code = 0; code < 0x1_0000; code += 64) {
    const all = Array.from({ length: 64 }, (_, offset) => String.fromCodePoint(code + offset)).join('')
    if (all.isWellFormed()) texts.push(all)
  }
  for (const text of texts) expect(`a=${formEncoded(text)}`).toBe(new URLSearchParams({ a: text }).toString())
})
