import { type ASTVisitor, OperationTypeNode, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { countChanges, tooManyChanges } from '../../graphql/services/mutation-limit.ts'

/** Refuses documents with an operation that changes more than it may, whatever the variables. */
export function useMutationLimit(maxChanges: number): Plugin {
  const rule = (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.MUTATION) return
      const fragment = (name: string) => context.getFragment(name)
      if (countChanges({ operation, fragment }) > maxChanges)
        context.reportError(tooManyChanges(maxChanges, [operation]))
    },
  })
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(rule)
    },
  }
}
