import { type Charset, decodeAs, looksLikeOther } from '../../payapi/wire/charset.ts'
import { type JsonValue, jsonMembers, withoutPadding } from '../../payapi/wire/json-members.ts'

/** A parameter of a notice, as it was sent. */
export interface SentField {
  readonly name: string
  readonly value: string
}

/** The parameters of a body in their order, doubled ones included. */
export interface SentFields {
  readonly fields: readonly SentField[]
  /** Whether the bytes say more in the other charset: they are read in the one that was said all the same. */
  readonly charsetDoubtful: boolean
}

const AMPERSAND = 0x26
const EQUALS = 0x3d
const PERCENT = 0x25
const PLUS = 0x2b
const SPACE = 0x20

/** A form: taken apart and percent-decoded as bytes, and only then read in its charset. */
export function readForm(body: Buffer, charset: Charset): SentFields {
  const fields: SentField[] = []
  const text = (bytes: Buffer) => decodeAs(percentDecoded(bytes), charset)
  for (let start = 0; start < body.length; ) {
    const at = body.indexOf(AMPERSAND, start)
    const end = at < 0 ? body.length : at
    const pair = body.subarray(start, end)
    const equals = pair.indexOf(EQUALS)
    if (pair.length > 0)
      fields.push({
        name: text(equals < 0 ? pair : pair.subarray(0, equals)).trim(),
        value: withoutPadding(equals < 0 ? '' : text(pair.subarray(equals + 1))),
      })
    start = end + 1
  }
  return { fields, charsetDoubtful: looksLikeOther(percentDecoded(body), charset) }
}

/** What is no escape stands as it is: a notice is never rejected for a byte. */
function percentDecoded(bytes: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const digits = byte === PERCENT ? bytes.toString('latin1', at + 1, at + 3) : ''
    if (/^[\da-f]{2}$/i.test(digits)) {
      decoded[length++] = Number.parseInt(digits, 16)
      at += 2
    } else {
      decoded[length++] = byte === PLUS ? SPACE : byte
    }
  }
  return decoded.subarray(0, length)
}

/** The members of a JSON object; undefined where the body is none. */
export function readJson(body: Buffer, charset: Charset): SentFields | undefined {
  const members = jsonMembers(decodeAs(body, charset))
  if (members === undefined) return undefined
  const fields = [...members].flatMap(([name, values]) => values.map((value) => ({ name, value: plainText(value) })))
  return { fields, charsetDoubtful: looksLikeOther(body, charset) }
}

/** A text as it is, null as nothing, anything else as it is written. */
function plainText(value: JsonValue): string {
  if (typeof value === 'string') return withoutPadding(value)
  return value.json === 'null' ? '' : value.json
}
