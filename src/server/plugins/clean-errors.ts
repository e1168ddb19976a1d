import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type CleanOptions, cleanError } from '../../graphql/clean-error.ts'

/** Cleans every error of every answer, whichever stage it came from. */
export function useCleanErrors(options: CleanOptions): Plugin {
  return {
    onResultProcess({ result, setResult }) {
      if ('errors' in result && result.errors !== undefined) {
        setResult({ ...result, errors: result.errors.map((error) => cleanError(error as GraphQLError, options)) })
      }
    },
  }
}
