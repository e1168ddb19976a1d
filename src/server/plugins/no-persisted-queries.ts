import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../graphql/safe-error.ts'

/**
 * Tells clients of automatic persisted queries, which name a query by its hash and send it only when asked to, that
 * they have to send it. Message, code and status are those that Apollo's and urql's clients look for.
 */
export function useNoPersistedQueries(): Plugin {
  return {
    onParams({ params: { query, extensions } }) {
      if (query || extensions?.['persistedQuery'] == null) return
      throw new SafeError('PersistedQueryNotSupported', {
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 200 } },
      })
    },
  }
}
