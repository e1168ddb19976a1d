import { readdirSync, readFileSync } from 'node:fs'
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isObjectType,
  parse,
  print,
} from 'graphql'
import { SERVICES, type Service } from '../src/payapi/index.ts'

const OPERATIONS = new URL('../schema/operations/', import.meta.url)

const FAILURE_INTERFACE = 'PayApiFailure'

/** `cancelPayment` as a file is named: `cancel-payment`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** An operation document of `schema/operations`. */
export interface OperationDocument {
  readonly file: string
  readonly text: string
  /** The field of `Mutation` or `Query` that it asks for. */
  readonly field: string
  readonly kind: 'mutation' | 'query'
  /** What it calls itself. */
  readonly name: string
}

/** The documents that are there, in the order of their numbers. */
export function operationDocuments(): readonly OperationDocument[] {
  const files = readdirSync(OPERATIONS).filter((name) => name.endsWith('.graphql'))
  return files.sort().map((file) => described(file, readFileSync(new URL(file, OPERATIONS), 'utf8')))
}

function described(file: string, text: string): OperationDocument {
  const [operation, more] = parse(text).definitions
  if (operation?.kind !== 'OperationDefinition' || more !== undefined) throw new Error(`${file} must be one operation`)
  const [field] = operation.selectionSet.selections
  if (field?.kind !== 'Field' || operation.name === undefined) throw new Error(`${file} must be named and ask a field`)
  const kind = operation.operation === 'query' ? 'query' : 'mutation'
  return { file, text, field: field.name.value, kind, name: operation.name.value }
}

/** A document for each service that has none, by file name. They are numbered on. */
export function missingDocuments(
  schema: GraphQLSchema,
  present: readonly OperationDocument[],
  services: readonly Service[] = Object.values<Service>(SERVICES),
): Readonly<Record<string, string>> {
  const missing = services.filter(({ name }) => !present.some(({ field }) => field === name))
  const last = Math.max(0, ...present.map(({ file }) => Number.parseInt(file, 10)))
  const numbered = missing.map((service, index) => {
    const number = String(last + index + 1).padStart(2, '0')
    return [`${number}-${kebabCase(service.name)}.graphql`, documentOf(schema, service)]
  })
  return Object.fromEntries(numbered)
}

/** A mutation that asks for everything that its service may end with. */
function documentOf(schema: GraphQLSchema, service: Service): string {
  const field = schema.getMutationType()?.getFields()[service.name]
  if (field === undefined) throw new Error(`The graph has no mutation ${service.name}`)
  const common = fieldsOf(schema.getType(FAILURE_INTERFACE) as GraphQLObjectType)
  const members = (field.type as GraphQLUnionType).getTypes().map((type) => {
    const isFailure = type.getInterfaces().some(({ name }) => name === FAILURE_INTERFACE)
    const own = fieldsOf(type).filter(({ name }) =>
      isFailure ? !common.some((shared) => shared.name === name) : name in service.result.fields,
    )
    return fragment(type.name, own)
  })
  const name = service.name.charAt(0).toUpperCase() + service.name.slice(1)
  const [success, ...failures] = members
  return `${print(
    parse(`mutation ${name}($input: ${field.args[0]?.type}) {
      ${service.name}(input: $input) { __typename ${success} ${fragment(FAILURE_INTERFACE, common)} ${failures.join(' ')} }
    }`),
  )}\n`
}

type Field = GraphQLField<unknown, unknown>

const fieldsOf = (type: GraphQLObjectType): readonly Field[] => Object.values(type.getFields())

const fragment = (type: string, fields: readonly Field[]) =>
  fields.length === 0 ? '' : `... on ${type} { ${fields.map(selection).join(' ')} }`

function selection({ name, type }: { readonly name: string; readonly type: GraphQLOutputType }): string {
  const object = getNamedType(type)
  return isObjectType(object) ? `${name} { ${fieldsOf(object).map(selection).join(' ')} }` : name
}
