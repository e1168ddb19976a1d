import { GraphQLError } from 'graphql'

/** An error in our own words: its message holds nothing of a request, so that it is told as it is. */
export class SafeError extends GraphQLError {}

/** Credentials that are not good. The message is for the log: it says why, and holds nothing of them. */
export class BadCredentialsError extends Error {
  override readonly name = 'BadCredentialsError'
  /** Whether they were good once. */
  readonly expired: boolean

  constructor(reason: string, expired = false) {
    super(reason)
    this.expired = expired
  }
}

/** Credentials that cannot be looked into now: the keys to do so cannot be had. The message is for the log. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError'
}

/** How a caller is asked for credentials: `WWW-Authenticate`. */
export type Challenge = string

/** How callers are asked for credentials of the configured kinds. */
export function challengeFor({ jwt, apiKeys }: { readonly jwt?: unknown; readonly apiKeys?: unknown }): Challenge {
  const schemes = [...(jwt === undefined ? [] : ['Bearer']), ...(apiKeys === undefined ? [] : ['ApiKey'])]
  return schemes.map((scheme) => `${scheme} realm="payapi-graphql"`).join(', ')
}

/** What the caller is told of refused credentials: 401, or 503 where they may be good. */
export function refusalOf(fault: BadCredentialsError | KeysUnavailableError, challenge: Challenge): GraphQLError {
  if (fault instanceof KeysUnavailableError) {
    return refusal('Credentials cannot be checked now. Nothing was sent; try again.', { status: 503 })
  }
  const message = fault.expired ? 'The credentials have expired.' : 'The credentials are not valid.'
  return refusal(message, withChallenge(challenge.replace(/^(Bearer [^,]*)/, '$1, error="invalid_token"')))
}

/** A refusal of the schema as HTTP has it, 401. */
export function withStatus(error: GraphQLError, challenge: Challenge): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error
  return new SafeError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions: { ...extensions, http: withChallenge(challenge) },
  })
}

const withChallenge = (challenge: Challenge) => ({ status: 401, headers: { 'www-authenticate': challenge } })

function refusal(message: string, http: object): GraphQLError {
  return new SafeError(message, { extensions: { code: 'UNAUTHENTICATED', http } })
}
