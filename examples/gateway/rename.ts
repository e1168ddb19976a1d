import { type ConstDirectiveNode, concatAST, type FieldDefinitionNode, Kind, parse, print, visit } from 'graphql'

// What Hive Gateway calls a type differently than the subgraph that has it, stands in the supergraph as `@source`.
const SOURCE = parse(`
  extend schema
    @link(url: "https://the-guild.dev/graphql/mesh/spec/v1.0", import: ["@source"])
    @federation__composeDirective(name: "@source")
  directive @source(name: String!, type: String, subgraph: String!) repeatable on
    | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE
    | INPUT_OBJECT | INPUT_FIELD_DEFINITION
`)

/**
 * The SDL of a subgraph with other names for some of its types (`{ CardPayment: 'PayApiCardPayment' }`) and root fields
 * (`{ 'Query.payment': 'payApiPayment' }`), to compose a supergraph for Hive Gateway, which translates. The subgraph itself
 * stays as it is.
 */
export function renameTypes(sdl: string, subgraph: string, names: Readonly<Record<string, string>>): string {
  const source = (name: string, type?: string): ConstDirectiveNode => {
    const argument = (key: string, value: string) =>
      ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: key }, value: { kind: Kind.STRING, value } }) as const
    return {
      kind: Kind.DIRECTIVE,
      name: { kind: Kind.NAME, value: 'source' },
      arguments: [
        argument('name', name),
        ...(type === undefined ? [] : [argument('type', type)]),
        argument('subgraph', subgraph),
      ],
    }
  }
  const renamedField = (field: FieldDefinitionNode, parent: string): FieldDefinitionNode => {
    const value = names[`${parent}.${field.name.value}`]
    if (value === undefined) return field
    const directives = [...(field.directives ?? []), source(field.name.value, print(field.type))]
    return { ...field, name: { ...field.name, value }, directives }
  }
  const renamed = visit(parse(sdl), {
    enter(node) {
      if (!('name' in node) || node.name === undefined) return
      if (
        node.kind === Kind.OBJECT_TYPE_DEFINITION &&
        (node.name.value === 'Query' || node.name.value === 'Mutation')
      ) {
        const { value: parent } = node.name
        return { ...node, fields: (node.fields ?? []).map((field) => renamedField(field, parent)) }
      }
      const name = Object.hasOwn(names, node.name.value) ? names[node.name.value] : undefined
      if (name === undefined) return
      if (node.kind === Kind.NAMED_TYPE) return { ...node, name: { ...node.name, value: name } }
      if (!/Type(Definition|Extension)$/.test(node.kind) || !('directives' in node)) return
      const directives = [...(node.directives ?? []), source(node.name.value)]
      return { ...node, name: { ...node.name, value: name }, directives }
    },
  })
  return print(concatAST([renamed, SOURCE]))
}
