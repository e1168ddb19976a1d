import {
  type ASTNode,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLResolveInfo,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { SafeError } from '../../auth/errors.ts'
import { SERVICES, type Service } from '../../payapi/index.ts'

// Of several changes in one operation one may have succeeded when the others fail, so a caller may make only so many.
// What `@skip` and `@include` leave out is none. Where a variable decides, that is known when the operation is executed.

type Variables = Readonly<Record<string, unknown>>

/** An operation, and how the fragments of its document are found. */
interface Counted {
  readonly operation: OperationDefinitionNode
  fragment(name: string): FragmentDefinitionNode | null | undefined
}

const LOOKUPS: ReadonlySet<string> = new Set(
  Object.values<Service>(SERVICES).flatMap(({ name, effect }) => (effect === 'lookup' ? [name] : [])),
)

/** How many fields of a mutation change something: without `variables` those that are executed whatever these are. */
export function countChanges({ operation, fragment }: Counted, variables: Variables = {}): number {
  const changes = new Set<string>()
  const seen = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isExecuted(selection, variables)) continue
      if (selection.kind === Kind.FIELD) {
        const { name, alias } = selection
        // Equal names in the answer are one field, executed once.
        if (!LOOKUPS.has(name.value) && name.value !== '__typename') changes.add((alias ?? name).value)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet)
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value)
        const found = fragment(selection.name.value)
        if (found) collect(found.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  return changes.size
}

/** Throws where an operation, as it is executed now, changes more than it may. */
export function limitChanges({ operation, fragments, variableValues }: GraphQLResolveInfo, maxChanges: number): void {
  const counted: Counted = { operation, fragment: (name) => fragments[name] }
  if (countChanges(counted, variableValues) > maxChanges) throw tooManyChanges(maxChanges)
}

/** What is said of an operation that changes more than it may; nothing of it is done. */
export function tooManyChanges(maxChanges: number, nodes?: readonly ASTNode[]): GraphQLError {
  const message = `An operation may change ${maxChanges === 1 ? 'one thing' : `${maxChanges} things`} only.`
  const extensions = { code: 'TOO_MANY_CHANGES', http: { status: 400, spec: true } }
  return new SafeError(message, { ...(nodes && { nodes }), extensions })
}

function isExecuted({ directives = [] }: { readonly directives?: readonly DirectiveNode[] }, variables: Variables) {
  return directives.every(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true
    const value = given.find((argument) => argument.name.value === 'if')?.value
    const is = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value
    return is === (name.value === 'include')
  })
}
