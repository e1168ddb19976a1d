import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SERVICES, type Service } from '../../payapi/index.ts'

const LOOKUPS: ReadonlySet<string> = new Set(
  Object.values<Service>(SERVICES).flatMap(({ name, effect }) => (effect === 'lookup' ? [name] : [])),
)

/**
 * Takes how many fields of one operation may change something; refuses documents with more. One is one's own to repeat,
 * to limit and to look for in the log; of several, one may have succeeded when the others fail.
 */
export function useChangeLimit(maxChanges: number): Plugin {
  const rule = (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.MUTATION || changesOf(operation, context).size <= maxChanges) return
      const message = `An operation may change ${maxChanges === 1 ? 'one thing' : `${maxChanges} things`} only.`
      const extensions = { code: 'TOO_MANY_CHANGES' }
      context.reportError(new GraphQLError(message, { nodes: [operation], extensions }))
    },
  })
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(rule)
    },
  }
}

/** The names in the answer of whatever changes something: equal ones are one field, executed once. */
function changesOf({ selectionSet }: OperationDefinitionNode, context: ValidationContext): ReadonlySet<string> {
  const changes = new Set<string>()
  const seen = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const { name, alias } = selection
        if (!LOOKUPS.has(name.value) && name.value !== '__typename') changes.add((alias ?? name).value)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet)
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value)
        const fragment = context.getFragment(selection.name.value)
        if (fragment) collect(fragment.selectionSet)
      }
    }
  }
  collect(selectionSet)
  return changes
}
