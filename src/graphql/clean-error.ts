import { GraphQLError } from 'graphql'
import { scrubCardNumbers } from '../payapi/scrub.ts'

// graphql-js quotes the offending value in its own messages, and the value may be a card number, a date of birth or
// two digits of a password. So what stands where it puts values is taken out, whatever it is.

const HIDDEN = '[hidden]'

const REWRITES: readonly (readonly [RegExp, string])[] = [
  // 'String cannot represent a non string value: 12', 'Enum "X" cannot represent value: "y"'
  [/( cannot represent [^:]*):[\s\S]*$/, '$1.'],
  // 'Expected value of type "X", found { number: 12 }.'
  [/^(Expected value of type "[^"]*"), found [\s\S]*$/, '$1.'],
  // 'Value "12" does not exist in "X" enum. Did you mean …'
  [/^Value [\s\S]* does not exist in ("\w+") enum[\s\S]*$/, 'A value does not exist in the enum $1.'],
  // 'Expected type "X" to be an object.', 'Expected non-nullable type "X!" not to be null.' hold no value.
]

/** Takes a message of graphql-js or of a fault; returns it without the values it may quote. */
export function cleanMessage(message: string): string {
  const variable = /^Variable "\$(\w+)" got invalid value [\s\S]*?(?: at "(\w+(?:\.\w+|\[\d+\])*)")?; ([\s\S]*)$/.exec(
    message,
  )
  if (variable !== null)
    return `Variable "$${variable[1]}" got an invalid value${at(variable[2])}; ${cleanMessage(variable[3] ?? '')}`
  let clean = message
  for (const [pattern, replacement] of REWRITES) clean = clean.replace(pattern, replacement)
  if (clean.startsWith('Syntax Error'))
    clean = clean.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (/\d/.test(quoted) ? `"${HIDDEN}"` : quoted))
  // What no rewrite knows: six digits are enough for a date of birth.
  return scrubCardNumbers(clean).replace(/\d{6,}/g, HIDDEN)
}

const at = (path: string | undefined) => (path === undefined ? '' : ` at "${path}"`)

/** Takes an error that is about to leave; returns one with a clean message, its place, and only extensions that hold no value. */
export function cleanError(error: GraphQLError): GraphQLError {
  const { code, http, unexpected } = error.extensions
  const extensions = Object.fromEntries(
    Object.entries({ code, http, unexpected }).filter(([, value]) => value !== undefined),
  )
  const { nodes, source, positions, path } = error
  return new GraphQLError(cleanMessage(error.message), {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    extensions,
  })
}
