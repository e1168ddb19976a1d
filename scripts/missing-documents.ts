import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  print,
} from 'graphql'
import { SERVICES } from '../src/payapi/index.ts'
import { kebabCase, type OperationDocument } from './operation-documents.ts'

// A document for each field that one can begin with, printed once: from then on it is kept by hand.

const FAILURE = 'PayApiFailure'

type Field = GraphQLField<unknown, unknown>
type WithFields = GraphQLObjectType | GraphQLInterfaceType

/** A document for each field that has none, by file name. They are numbered on. */
export function missingDocuments(
  schema: GraphQLSchema,
  present: readonly Pick<OperationDocument, 'field' | 'file'>[],
): Readonly<Record<string, string>> {
  const missing = rootFields(schema).filter(({ field }) => !present.some((document) => document.field === field.name))
  const last = Math.max(0, ...present.map(({ file }) => Number.parseInt(file, 10)))
  const numbered = missing.map(({ kind, field }, index) => {
    const number = String(last + index + 1).padStart(2, '0')
    return [`${number}-${kebabCase(field.name)}.graphql`, documentOf(schema, kind, field)]
  })
  return Object.fromEntries(numbered)
}

/** Every field that one can begin with, but for those that are there for gateways: the services first. */
function rootFields(schema: GraphQLSchema): readonly { readonly kind: 'mutation' | 'query'; readonly field: Field }[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {})
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
  const all = [
    ...mutations.map((field) => ({ kind: 'mutation' as const, field })),
    ...queries.map((field) => ({ kind: 'query' as const, field })),
  ].filter(({ field }) => !field.name.startsWith('_'))
  const isService = ({ field }: { readonly field: Field }) => Object.hasOwn(SERVICES, field.name)
  return [...all.filter(isService), ...all.filter((each) => !isService(each))]
}

/** An operation that asks a field for everything that it may answer. */
function documentOf(schema: GraphQLSchema, kind: 'mutation' | 'query', { name, args, type }: Field): string {
  const variables = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const [declared, passed] = args.length === 0 ? ['', ''] : [`(${variables})`, `(${given})`]
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const answer = selectionOf(schema, getNamedType(type), []) ?? ''
  return `${print(parse(`${kind} ${title}${declared} { ${name}${passed} ${answer} }`))}\n`
}

/** All of a type, in braces; nothing of what has no parts, undefined where nothing of it is left. */
function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, within: readonly string[]): string | undefined {
  if (isLeafType(type)) return ''
  const inside = [...within, type.name]
  const selection = isUnionType(type) ? members(schema, type, inside) : fields(schema, type as WithFields, inside)
  if (selection === '') return undefined
  return isObjectType(type) ? `{ ${selection} }` : `{ __typename ${selection} }`
}

/** The success, what all failures have, and what each of them has beside it. */
function members(schema: GraphQLSchema, union: GraphQLUnionType, within: readonly string[]): string {
  const common = schema.getType(FAILURE) as GraphQLInterfaceType
  const shared = new Set(Object.keys(common.getFields()))
  const [failures, successes] = [true, false].map((isFailure) =>
    union.getTypes().filter((member) => member.getInterfaces().includes(common) === isFailure),
  ) as [GraphQLObjectType[], GraphQLObjectType[]]
  return [
    ...successes.map((member) => fragment(member, fields(schema, member, [...within, member.name]))),
    failures.length === 0 ? '' : fragment(common, fields(schema, common, within)),
    ...failures.map((member) => fragment(member, fields(schema, member, within, shared))),
  ].join(' ')
}

const fragment = ({ name }: GraphQLNamedType, selection: string) =>
  selection === '' ? '' : `... on ${name} { ${selection} }`

/**
 * Left out is what begins within itself, what costs a call of its own (the union of its result), and what needs a scope
 * beside that of the whole. Of what has a query of its own there is only what has no parts.
 */
function fields(schema: GraphQLSchema, type: WithFields, within: readonly string[], but = new Set<string>()): string {
  const isPart = hasQuery(schema, type.name) && within.slice(0, -1).some((name) => hasQuery(schema, name))
  return Object.values(type.getFields())
    .filter(({ name, args }) => !but.has(name) && !args.some(isRequiredArgument))
    .filter(({ description }) => !description?.includes('Needs the scope'))
    .map((field) => ({ field, named: getNamedType(field.type) }))
    .filter(({ named }) => !within.includes(named.name) && !isUnionType(named))
    .filter(({ named }) => isLeafType(named) || !isPart)
    .map(({ field, named }) => ({ name: field.name, selection: selectionOf(schema, named, within) }))
    .filter(({ selection }) => selection !== undefined)
    .map(({ name, selection }) => `${name} ${selection}`)
    .join(' ')
}

/** Whether there is a query for one of a type; a connection is many of them. */
const hasQuery = (schema: GraphQLSchema, name: string) =>
  !name.endsWith('Connection') &&
  Object.values(schema.getQueryType()?.getFields() ?? {}).some(({ type }) => getNamedType(type).name === name)
