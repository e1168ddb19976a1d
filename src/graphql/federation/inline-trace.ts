import { useApolloInlineTrace } from '@graphql-yoga/plugin-apollo-inline-trace'
import type { Plugin } from 'graphql-yoga'
import { type RedactOptions, redactError } from '../failures/redact-errors.ts'

/**
 * Puts a federated trace (`extensions.ftv1`) into the answer of a request which asks for one with
 * `apollo-federation-include-trace: ftv1`. It times every field of every request from then on, so it is for those who
 * have a use for traces.
 */
export function useInlineTrace(options: RedactOptions): Plugin {
  // The trace holds errors as well, in a form in which nobody looks for a card number.
  return useApolloInlineTrace({ rewriteError: (error) => redactError(error, options) }) as Plugin
}
