import { type ExecutionArgs, execute, type GraphQLError, validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** So many errors of a document are told. */
const MAX_DOCUMENT_ERRORS = 10

/** So many errors of the variables of a request are told: graphql-js prints as much as the caller wrote for each. */
const MAX_VARIABLE_ERRORS = 5

/** What bounds the errors of one execution. */
export type ExecutionLimits = Pick<ExecutionArgs, 'options' | 'hideSuggestions'>

/** `suggestions` is whether names of the schema may be suggested. */
export const executionLimits = (suggestions: boolean): ExecutionLimits => ({
  options: { maxCoercionErrors: MAX_VARIABLE_ERRORS },
  hideSuggestions: !suggestions,
})

/** Ends validation and coercion at so many errors. `suggestions` is whether names of the schema may be suggested. */
export function useErrorLimits(suggestions: boolean): Plugin {
  const limits = executionLimits(suggestions)
  const options = { maxErrors: MAX_DOCUMENT_ERRORS, hideSuggestions: !suggestions }
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules) => validate(schema, document, rules, options))
    },
    onExecute({ setExecuteFn }) {
      // A subscription takes its limits where it is subscribed to.
      setExecuteFn((args) => execute({ ...args, ...limits }))
      return {
        onExecuteDone({ result }) {
          // Nothing was executed: the request is wrong, whichever media type says so.
          if (!('data' in result)) for (const { extensions } of errorsOf(result)) extensions['http'] ??= { status: 400 }
        },
      }
    },
  }
}

const errorsOf = (result: object) => ('errors' in result ? ((result.errors ?? []) as readonly GraphQLError[]) : [])
