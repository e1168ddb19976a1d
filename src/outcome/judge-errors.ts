import { MESSAGES, type Message } from './texts.ts'
import type { OutcomeKind } from './types.ts'
import { type Fields, unknown, type Verdict, verdict } from './verdict.ts'

const wrongRequest: readonly [OutcomeKind, Message] = ['refused', MESSAGES.unavailable]

/** Errors that come before anything is sent, by their code. */
const REFUSALS: Readonly<Record<string, readonly [OutcomeKind, Message]>> = {
  RATE_LIMITED: ['retry', MESSAGES.retry],
  UNAUTHENTICATED: ['refused', MESSAGES.signIn],
  FORBIDDEN: wrongRequest,
  BAD_USER_INPUT: ['invalid', MESSAGES.invalid],
  BAD_REQUEST: wrongRequest,
  BODY_ALREADY_READ: wrongRequest,
  DOCUMENT_TOO_COMPLEX: wrongRequest,
  GRAPHQL_PARSE_FAILED: wrongRequest,
  GRAPHQL_VALIDATION_FAILED: wrongRequest,
  NOT_ACCEPTABLE: wrongRequest,
  NOT_READY: ['retry', MESSAGES.retry],
  NO_JOURNAL: wrongRequest,
  OPERATION_RESOLUTION_FAILURE: wrongRequest,
  PERSISTED_QUERY_ID_REQUIRED: wrongRequest,
  PERSISTED_QUERY_NOT_IN_LIST: wrongRequest,
  PERSISTED_QUERY_NOT_SUPPORTED: wrongRequest,
  QUERY_NOT_IN_SAFELIST: wrongRequest,
  TOO_MANY_CHANGES: wrongRequest,
  TOO_MANY_REPRESENTATIONS: wrongRequest,
  TOO_MANY_STREAMS: ['retry', MESSAGES.retry],
  UNSUPPORTED_MEDIA_TYPE: wrongRequest,
}

/** What errors in the place of a member mean: unless every one surely came before anything was sent, nobody knows. */
export function judgeErrors(errors: readonly Fields[], hasData: boolean): Verdict {
  const verdicts = errors.map((error) => judgeError(error, hasData))
  return verdicts.find(({ outcome }) => outcome.kind === 'checking') ?? verdicts[0] ?? unknown()
}

function judgeError({ extensions, locations, originalError, path }: Fields, hasData: boolean): Verdict {
  const code = String((extensions as Fields | null | undefined)?.['code'])
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (refusal !== undefined) return verdict(...refusal, 'untouched')
  // An error of the document or its variables has a place in the document, and none in the data.
  // urql keeps the error as it came within one of its own.
  const places = locations ?? (originalError as Fields | undefined)?.['locations']
  const isOfRequest = !hasData && path === undefined && Array.isArray(places) && places.length > 0
  return isOfRequest ? verdict(...wrongRequest, 'untouched') : unknown()
}
