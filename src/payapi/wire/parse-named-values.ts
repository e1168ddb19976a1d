import { decodeText } from './charset.ts'
import { withoutPadding } from './json-members.ts'
import { type Answer, codeOf } from './parse-answer.ts'

/**
 * An answer of the payment pages for mobile phones: `P_STATUS=00&P_TID=…`, in which a value may be percent-encoded.
 * Undefined where it has no status.
 */
export function parseNamedValues(body: string): Answer | undefined {
  const members = new Map<string, string[]>()
  for (const pair of body.split(/[&\r\n]+/)) {
    const [, name, value = ''] = /^\s*(\w+)=(.*)$/s.exec(pair) ?? []
    if (name !== undefined) members.set(name, [...(members.get(name) ?? []), withoutPadding(decoded(value))])
  }
  const distinct = (wire: string) => [...new Set(members.get(wire))]
  const resultCodes = [...new Set(distinct('P_STATUS').map(codeOf))]
  if (resultCodes.every((code) => code === '')) return undefined
  const text = (wire: string) => {
    const values = distinct(wire)
    return values.length === 1 ? values[0] || undefined : undefined
  }
  const texts = (wire: string) => distinct(wire).filter((value) => value !== '')
  return { resultCodes, resultMessage: text('P_RMESG1'), text, texts, has: (wire) => texts(wire).length > 0 }
}

const ASCII = /^[\x20-\x7e]*$/
const ESCAPES = /((?:%[\da-f]{2})+)/i

/** Nobody says of which charset escaped bytes are, nor whether all of a text is escaped. */
function decoded(value: string): string {
  if (!ESCAPES.test(value)) return value
  const parts = value.replaceAll('+', ' ').split(ESCAPES)
  const bytes = parts.map((part, index) =>
    index % 2 === 0 ? Buffer.from(part) : Buffer.from(part.replaceAll('%', ''), 'hex'),
  )
  // The second byte of a Korean character may be a letter, which is not escaped.
  if (ASCII.test(value)) return decodeText(Buffer.concat(bytes), 'euc-kr')
  return bytes.map((part, index) => (index % 2 === 0 ? part.toString() : decodeText(part, 'euc-kr'))).join('')
}
