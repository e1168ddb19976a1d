import { GraphQLError } from 'graphql'
import { SafeError } from '../../auth/errors.ts'
import { HIDDEN, redactCardNumbers } from '../../lib/redact.ts'

// graphql-js and yoga quote what the caller sent in their own messages, and that may be a card number, a date of birth
// or two digits of a password. So what stands where they put it is taken out, whatever it is; names of the schema stay.
// What callers send decides how long such a message is and what it looks like, so nothing here looks at more of it than
// at a sentence, and no pattern can begin in more than one place.

/** No message of a library is longer that quotes nothing but names. */
const MAX_LENGTH = 1_000

const REWRITES: readonly (readonly [RegExp, string])[] = [
  // 'String cannot represent a non string value: 12', 'Enum "X" cannot represent value: "y"'
  [/^((?:Enum )?"?\w+"? cannot represent [\w -]+):[\s\S]*$/, '$1.'],
  // 'Expected value of type "X", found { number: 12 }.'
  [/^(Expected value of type "[\w![\]]+")[\s\S]*$/, '$1.'],
  // 'Argument "input" has invalid value { number: "12" }.', where a variable within a literal came as null
  [/^(Argument "\w+") has invalid value[\s\S]*$/, '$1 has an invalid value.'],
  // 'Unexpected parameter "12" in the request body.', 'Unknown operation named "12".': any text
  [/^Unexpected parameter [\s\S]*$/, 'Unexpected parameter in the request body.'],
  [/^Unknown operation named [\s\S]*$/, 'There is no operation of that name.'],
  // 'Syntax Error: Expected Name, found String "12".'; where it is, the error's location tells
  [/^(Syntax Error: [\w $!:.,(){}[\]<>=@|&]*(?:Name|Int|Float|String|BlockString|Comment)) "[\s\S]*$/, '$1.'],
  [/^(Syntax Error: Invalid \w+ escape sequence):[\s\S]*$/, '$1.'],
  // 'Expected type "X" to be an object.', 'Expected non-nullable type "X!" not to be null.' hold no value.
]

/** Of the messages that quote any text and go on behind it: how they begin, and what is behind the text. */
const QUOTING: readonly (readonly [start: string, behind: string, replacement: string])[] = [
  // 'Value "12" does not exist in "X" enum. Did you mean …'
  ['Value "', '" does not exist in "', 'A value does not exist in the enum'],
  // 'Field "12" is not defined by type "X".': in variables, the name of a field may be any text
  ['Field "', '" is not defined by type "', 'A field is not defined by type'],
]

const NAME = /^[A-Za-z_]\w{0,60}$/

/** A message of graphql-js or of yoga, without what it may quote of a request. */
function redactMessage(message: string, { suggestions = true }: RedactOptions = {}): string {
  const redacted = withoutValues(message)
  // What no rewrite knows: names of the schema have a digit or two, dates of birth, card numbers and keys have more.
  const safe = redactCardNumbers(redacted).replace(/\w+/g, (word) =>
    word.replace(/\D/g, '').length > 2 ? HIDDEN : word,
  )
  const suggested = safe.indexOf(' Did you mean ')
  return suggestions || suggested < 0 ? safe : safe.slice(0, suggested)
}

function withoutValues(message: string): string {
  const start = message.slice(0, MAX_LENGTH)
  for (const [begins, behind, replacement] of QUOTING) {
    const at = start.startsWith(begins) ? message.lastIndexOf(behind) : -1
    if (at < 0) continue
    if (begins === 'Field "' && NAME.test(message.slice(begins.length, at))) break
    const type = /^\w+/.exec(message.slice(at + behind.length, at + behind.length + MAX_LENGTH))?.[0]
    return `${replacement} "${type}".`
  }
  for (const [pattern, replacement] of REWRITES) if (pattern.test(start)) return start.replace(pattern, replacement)
  return message.length > MAX_LENGTH ? 'The request is not valid.' : message
}

/**
 * The value in 'Variable "$input" got invalid value { … } at "input.card"; Field "x" is not defined …' may hold any text,
 * so the message is not read from its front: the reason behind the semicolon is the original error's, and what stands
 * before it ends with the place.
 */
function redactVariableMessage(name: string, { message, originalError }: GraphQLError, options: RedactOptions): string {
  const reason = `; ${originalError?.message}`
  if (originalError === undefined || !message.endsWith(reason)) return `Variable "$${name}" got an invalid value.`
  const before = message.slice(0, -reason.length).slice(-MAX_LENGTH)
  const place = / at ("\w+(?:\.\w+|\[\d+\])+")$/.exec(before.slice(Math.max(0, before.lastIndexOf(' at "'))))?.[1]
  const redacted = redactMessage(`Variable "$${name}" got an invalid value${place ? ` at ${place}` : ''}`)
  return `${redacted}; ${messageOf(originalError, options)}`
}

/** What may be told beside values. */
export interface RedactOptions {
  /** Whether names of the schema may be suggested; true where left out. */
  readonly suggestions?: boolean
}

const VARIABLE = /^Variable "\$(\w{1,100})" got invalid value /

function messageOf(error: Error, options: RedactOptions): string {
  if (isSafe(error)) return error.message
  const variable = error instanceof GraphQLError ? VARIABLE.exec(error.message)?.[1] : undefined
  return variable === undefined
    ? redactMessage(error.message, options)
    : redactVariableMessage(variable, error as GraphQLError, options)
}

/** Whether a message is our own: graphql-js wraps what a resolver throws, and says the same. */
function isSafe(error: Error): boolean {
  if (error instanceof SafeError) return true
  const { originalError } = error as GraphQLError
  return originalError instanceof SafeError && originalError.message === error.message
}

/**
 * A request that is not even JSON has a status of its own also for clients that only know JSON. Yoga sees that by the
 * original error in the extensions, which does not leave.
 */
function statusOf({ extensions: { http, originalError } }: GraphQLError): unknown {
  return originalError === undefined || http === undefined ? http : { ...(http as object), spec: false }
}

/** An error as it may leave: its message redacted, its place, and only extensions that hold no value. */
export function redactError(error: GraphQLError, options: RedactOptions = {}): GraphQLError {
  const { code, unexpected } = error.extensions
  const http = statusOf(error)
  const extensions = Object.fromEntries(
    Object.entries({ code, http, unexpected }).filter(([, value]) => value !== undefined),
  )
  const { nodes, source, positions, path } = error
  return new GraphQLError(messageOf(error, options), {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    extensions,
  })
}
