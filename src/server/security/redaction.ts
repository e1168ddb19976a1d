import type { ASTVisitor, GraphQLError, ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../auth/errors.ts'
import { type RedactOptions, redactError } from '../../graphql/failures/redact-errors.ts'
import { redactCardNumbers } from '../../lib/redact.ts'

/** Refuses a document with a card number in a name: an alias stands in the answer. */
export function useSafeNames(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(CardNumberInNameRule)
    },
  }
}

function CardNumberInNameRule(context: ValidationContext): ASTVisitor {
  return {
    Name({ value }) {
      const digits = value.replaceAll('_', '')
      // Without its place: the name would stand in the error's path.
      if (redactCardNumbers(digits) !== digits) context.reportError(new SafeError('A name holds a card number.'))
    },
  }
}

/** Redacts every error of every answer, whichever stage it came from. */
export function useRedactedErrors(options: RedactOptions): Plugin {
  const redacted = <Result extends { readonly errors?: readonly unknown[] }>(result: Result): Result =>
    result.errors === undefined
      ? result
      : { ...result, errors: result.errors.map((error) => redactError(error as GraphQLError, options)) }
  return {
    onSubscribe() {
      return {
        onSubscribeResult: () => ({
          onNext({ result, setResult }) {
            setResult(redacted(result))
          },
        }),
      }
    },
    onResultProcess({ result, setResult }) {
      if ('errors' in result) setResult(redacted(result as { readonly errors?: readonly GraphQLError[] }))
    },
  }
}
