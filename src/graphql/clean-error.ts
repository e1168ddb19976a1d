import { GraphQLError } from 'graphql'
import { scrubCardNumbers } from '../payapi/scrub.ts'

// graphql-js and yoga quote what the caller sent in their own messages, and that may be a card number, a date of birth
// or two digits of a password. So what stands where they put it is taken out, whatever it is; names of the schema stay.

const HIDDEN = '[hidden]'

const REWRITES: readonly (readonly [RegExp, string])[] = [
  // 'String cannot represent a non string value: 12', 'Enum "X" cannot represent value: "y"'
  [/^([\w" ]+ cannot represent [\w -]+):[\s\S]*$/, '$1.'],
  // 'Expected value of type "X", found { number: 12 }.'
  [/^(Expected value of type "[\w![\]]+")[\s\S]*$/, '$1.'],
  // 'Value "12" does not exist in "X" enum. Did you mean …'
  [/^Value [\s\S]* does not exist in ("\w+") enum[\s\S]*$/, 'A value does not exist in the enum $1.'],
  // 'Argument "input" has invalid value { number: "12" }.', where a variable within a literal came as null
  [/^(Argument "\w+") has invalid value[\s\S]*$/, '$1 has an invalid value.'],
  // 'Field "12" is not defined by type "X".': in variables, the name of a field may be any text
  [
    /^Field "(?![A-Za-z_]\w*" is not defined by type "\w+"\.(?: Did you mean [\w", ]+\?)?$)[\s\S]* is not defined by (type "\w+")\.[\s\S]*$/,
    'A field is not defined by $1.',
  ],
  // 'Unexpected parameter "12" in the request body.', 'Unknown operation named "12".': any text as well
  [/^Unexpected parameter [\s\S]*$/, 'Unexpected parameter in the request body.'],
  [/^Unknown operation named [\s\S]*$/, 'There is no operation of that name.'],
  // 'Syntax Error: Expected Name, found String "12".'; where it is, the error's location tells
  [/^(Syntax Error: [\s\S]*?(?:Name|Int|Float|String|BlockString|Comment)) "[\s\S]*$/, '$1.'],
  [/^(Syntax Error: Invalid \w+ escape sequence):[\s\S]*$/, '$1.'],
  // 'Expected type "X" to be an object.', 'Expected non-nullable type "X!" not to be null.' hold no value.
]

/** Takes a message of graphql-js or of yoga; returns it without what it may quote of a request. */
export function cleanMessage(message: string): string {
  const clean = REWRITES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message)
  // What no rewrite knows: names of the schema have a digit or two, dates of birth, card numbers and keys have more.
  return scrubCardNumbers(clean).replace(/\w+/g, (word) => (word.replace(/\D/g, '').length > 2 ? HIDDEN : word))
}

/**
 * The value in 'Variable "$input" got invalid value { … } at "input.card"; Field "x" is not defined …' may hold any text,
 * so the message is not read from its front: the reason behind the semicolon is the original error's, and what stands
 * before it ends with the place.
 */
function cleanVariableMessage(name: string, { message, originalError }: GraphQLError): string {
  const reason = `; ${originalError?.message}`
  if (!message.endsWith(reason)) return `Variable "$${name}" got an invalid value.`
  const place = / at ("\w+(?:\.\w+|\[\d+\])+")$/.exec(message.slice(0, -reason.length))?.[1]
  return cleanMessage(`Variable "$${name}" got an invalid value${place ? ` at ${place}` : ''}`) + cleanReason(reason)
}

const cleanReason = (reason: string) => `; ${cleanMessage(reason.slice(2))}`

/**
 * A request that is not even JSON has a status of its own also for clients that only know JSON. Yoga sees that by the
 * original error in the extensions, which does not leave.
 */
function statusOf({ extensions: { http, originalError } }: GraphQLError): unknown {
  return originalError === undefined || http === undefined ? http : { ...(http as object), spec: false }
}

/** Takes an error that is about to leave; returns one with a clean message, its place, and only extensions that hold no value. */
export function cleanError(error: GraphQLError): GraphQLError {
  const { code, unexpected } = error.extensions
  const http = statusOf(error)
  const extensions = Object.fromEntries(
    Object.entries({ code, http, unexpected }).filter(([, value]) => value !== undefined),
  )
  const { nodes, source, positions, path } = error
  const variable = /^Variable "\$(\w+)" got invalid value /.exec(error.message)?.[1]
  return new GraphQLError(variable ? cleanVariableMessage(variable, error) : cleanMessage(error.message), {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
    extensions,
  })
}
