import { type ASTNode, type DefinitionNode, type DocumentNode, type NameNode, print, visit } from 'graphql'

/**
 * A graph in SDL, with types, fields, arguments, values and members in the order of their names: the order in which
 * modules are evaluated differs from one loader to the next. Directives stay as they are, for their order may mean
 * something.
 */
export function sortedSdl(graph: DocumentNode): string {
  const document = visit(graph, { leave: sortParts })
  return print({ ...document, definitions: [...document.definitions].sort(byDefinition) })
}

function sortParts(node: ASTNode): ASTNode | undefined {
  switch (node.kind) {
    case 'ObjectTypeDefinition':
    case 'InterfaceTypeDefinition':
      return { ...node, interfaces: sorted(node.interfaces), fields: sorted(node.fields) }
    case 'InputObjectTypeDefinition':
      return { ...node, fields: sorted(node.fields) }
    case 'FieldDefinition':
      return { ...node, arguments: sorted(node.arguments) }
    case 'EnumTypeDefinition':
      return { ...node, values: sorted(node.values) }
    case 'UnionTypeDefinition':
      return { ...node, types: sorted(node.types) }
    default:
      return undefined
  }
}

interface Named {
  readonly name: NameNode
}

const sorted = <Node extends Named>(nodes: readonly Node[] = []): readonly Node[] =>
  [...nodes].sort((one, other) => compare(one.name.value, other.name.value))

// What has no name, the schema itself, comes first.
const byDefinition = (one: DefinitionNode, other: DefinitionNode) => compare(nameOf(one), nameOf(other))

const nameOf = (node: DefinitionNode) => ('name' in node ? (node.name?.value ?? '') : '')

// By code unit, as everywhere alike; a locale's order differs from one machine to the next.
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
