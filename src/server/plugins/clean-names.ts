import type { ASTVisitor, ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../graphql/safe-error.ts'
import { scrubCardNumbers } from '../../payapi/scrub.ts'

/** Refuses a document with a card number in a name: an alias stands in the answer. */
export function useCleanNames(): Plugin {
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
      if (scrubCardNumbers(digits) !== digits) context.reportError(new SafeError('A name holds a card number.'))
    },
  }
}
