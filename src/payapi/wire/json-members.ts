/** A text, or anything else as it was written. */
export type JsonValue = string | { readonly json: string }

/** The values of a JSON object's members by name, more than one where the name is doubled. */
type JsonMembers = ReadonlyMap<string, readonly JsonValue[]>

/**
 * The members of the one JSON object that a text is; undefined where it is none. What is no JSON is read once more with
 * what senders get wrong mended, as far as that leaves one meaning only.
 */
export function jsonMembers(text: string): JsonMembers | undefined {
  return membersOf(text) ?? membersOf(mend(text))
}

/** Without blanks at its ends, nor NULs behind it: what a field of fixed length is filled up with. */
export function withoutPadding(text: string): string {
  let rest = text.trim()
  while (rest.endsWith('\0')) rest = rest.slice(0, -1).trimEnd()
  return rest
}

function membersOf(json: string): JsonMembers | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  // What comes out as it went in had no name twice, and no number that a double cannot hold.
  if (JSON.stringify(value) !== json) return tokenizedMembersOf(json)
  const members = new Map<string, readonly JsonValue[]>()
  for (const [name, member] of Object.entries(value)) members.set(name, [textOrJson(member)])
  return members
}

/** Control characters within strings become escapes, `\'` becomes `'`, and what a buffer was filled up with is cut off. */
function mend(text: string): string {
  const whole = withoutPadding(text)
  let mended = ''
  let isString = false
  for (let at = 0; at < whole.length; at++) {
    const character = whole.charAt(at)
    if (character === '"') isString = !isString
    if (character === '\\') {
      at++
      mended += whole.charAt(at) === "'" ? "'" : `\\${whole.charAt(at)}`
    } else {
      mended += isString && character < ' ' ? JSON.stringify(character).slice(1, -1) : character
    }
  }
  return mended
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g

/** Of an object in valid JSON alone: on anything else, the search could take seconds. */
function tokenizedMembersOf(json: string): JsonMembers {
  const members = new Map<string, JsonValue[]>()
  let depth = 0
  let last = ''
  let name: string | undefined
  let start = 0
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    if (depth === 1 && token === ':') {
      name = JSON.parse(last) as string
      start = index + 1
    } else if (depth === 1 && name !== undefined && (token === ',' || token === '}')) {
      const value = textOrWritten(json.slice(start, index).trim())
      const values = members.get(name)
      if (values === undefined) members.set(name, [value])
      else values.push(value)
    }
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    last = token
  }
  return members
}

const textOrJson = (value: unknown): JsonValue => (typeof value === 'string' ? value : { json: JSON.stringify(value) })

const textOrWritten = (json: string): JsonValue => (json.startsWith('"') ? (JSON.parse(json) as string) : { json })
