import { type ArgumentNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'
import { SafeError } from '../../auth/errors.ts'

/**
 * Throws where the `_entities` of an operation hold more references than a request may, all of them together: before
 * the first one is resolved, whichever of them that is.
 */
export function limitRepresentations(info: GraphQLResolveInfo, maxRepresentations: number): void {
  if (countRepresentations(info) <= maxRepresentations) return
  throw new SafeError(`A request may hold ${maxRepresentations} representations at most.`, {
    extensions: { code: 'TOO_MANY_REPRESENTATIONS', http: { status: 400, spec: true } },
  })
}

/** A field that stands twice under one name is executed once. */
function countRepresentations({ operation, fragments, variableValues }: GraphQLResolveInfo): number {
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const { name, alias, arguments: given = [] } = selection
        if (name.value === '_entities') counts.set((alias ?? name).value, sizeOf(given, variableValues))
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet)
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value)
        const fragment = fragments[selection.name.value]
        if (fragment !== undefined) collect(fragment.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function sizeOf(given: readonly ArgumentNode[], variables: GraphQLResolveInfo['variableValues']): number {
  const value = given.find(({ name }) => name.value === 'representations')?.value
  if (value?.kind === Kind.LIST) return value.values.length
  const list = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined
  return Array.isArray(list) ? list.length : 1
}
