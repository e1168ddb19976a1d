import type { GraphQLError } from 'graphql'
import type { FetchAPI } from 'graphql-yoga'
import { negotiateAnswerType } from './media-types.ts'

interface Extensions {
  readonly code?: unknown
  readonly http?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
}

/**
 * The answer to a request that is refused before anything of it is executed, as GraphQL over HTTP has it. The error
 * names its status, and perhaps headers, in `extensions.http`.
 */
export function refusalResponse(error: GraphQLError, accept: string | null, fetchAPI: FetchAPI): Response {
  const { code, http } = error.extensions as Extensions
  const type = negotiateAnswerType(accept) ?? 'application/json'
  return new fetchAPI.Response(JSON.stringify({ errors: [{ message: error.message, extensions: { code } }] }), {
    status: http?.status ?? 500,
    headers: { 'content-type': `${type}; charset=utf-8`, ...http?.headers },
  })
}
