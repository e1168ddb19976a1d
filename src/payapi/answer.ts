/** PayAPI's answer: one JSON object that has a `ResultCode`. */
export interface Answer {
  readonly resultCode: string
  readonly resultMessage: string | undefined
  /** The text of a field; undefined where it is missing, empty, null or no plain value. Never throws. */
  text(wire: string): string | undefined
  /** Whether the field is there with a value of any kind, readable or not. */
  has(wire: string): boolean
}

/** Takes the body of an answer; returns it parsed, or undefined where it is no object with a `ResultCode`. */
export function parseAnswer(body: string): Answer | undefined {
  const fields = parseObject(body)
  if (fields === undefined) return undefined
  const raw = (wire: string) => (Object.hasOwn(fields, wire) ? fields[wire] : undefined)
  const code = raw('ResultCode')
  const text = (wire: string) => plainText(raw(wire))
  // A code sent as a number has lost the zero before it.
  const resultCode = typeof code === 'number' ? String(code).padStart(2, '0') : text('ResultCode')
  if (resultCode === undefined) return undefined
  const has = (wire: string) => raw(wire) !== undefined && raw(wire) !== null && raw(wire) !== ''
  return { resultCode, resultMessage: text('ResultMsg'), text, has }
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    let value: unknown = JSON.parse(body)
    // Only what is JSON is searched for numbers: in what is not, the search could take seconds.
    if (LONG_NUMBER.test(body)) value = JSON.parse(keepLongNumbers(body))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const LONG_NUMBER = /\d{16}/

/**
 * Takes JSON and puts its long numbers outside of strings into quotes: as JavaScript numbers they would be rounded, and
 * money with them.
 */
function keepLongNumbers(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') || token.length < 16 ? token : `"${token}"`,
  )
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}
