import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  print,
} from 'graphql'
import { SERVICES } from '../../src/payapi/index.ts'
import { kebabCase, type OperationDocument, PRINTED_MARK } from './operation-documents.ts'

// A document for each field that one can begin with, printed from the schema.

const FAILURE = 'PayApiFailure'

type Field = GraphQLField<unknown, unknown>
type WithFields = GraphQLObjectType | GraphQLInterfaceType

type Kind = OperationDocument['kind']
type Present = Pick<OperationDocument, 'field' | 'file' | 'byHand'>

/**
 * The text of a document for each field that one can begin with, by file name, but for those that are kept by hand. A
 * document that is there keeps the name of its file; the others are numbered on.
 */
export function printedDocuments(schema: GraphQLSchema, present: readonly Present[]): Readonly<Record<string, string>> {
  const isByHand = (name: string) => present.some(({ field, byHand }) => byHand && field === name)
  let last = Math.max(0, ...present.map(({ file }) => Number.parseInt(file, 10)))
  const nextNumber = () => {
    last += 1
    return String(last).padStart(2, '0')
  }
  const printed = rootFields(schema)
    .filter(({ field }) => !isByHand(field.name))
    .map(({ kind, field }) => {
      const file = present.find((document) => document.field === field.name)?.file
      return [file ?? `${nextNumber()}-${kebabCase(field.name)}.graphql`, documentOf(schema, kind, field)]
    })
  return Object.fromEntries(printed)
}

/** The files of documents that were printed, and are no longer: of a field that is gone, or that has one by hand now. */
export function outdatedDocuments(schema: GraphQLSchema, present: readonly Present[]): readonly string[] {
  const printed = printedDocuments(schema, present)
  return present.filter(({ file, byHand }) => !byHand && !(file in printed)).map(({ file }) => file)
}

/** Every field that one can begin with, but for those that are there for gateways: the services first. */
function rootFields(schema: GraphQLSchema): readonly { readonly kind: Kind; readonly field: Field }[] {
  const fieldsOf = (kind: Kind, type: GraphQLObjectType | null | undefined) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }))
  const all = [
    ...fieldsOf('mutation', schema.getMutationType()),
    ...fieldsOf('query', schema.getQueryType()),
    ...fieldsOf('subscription', schema.getSubscriptionType()),
  ].filter(({ field }) => !field.name.startsWith('_'))
  const isService = ({ field }: { readonly field: Field }) => Object.hasOwn(SERVICES, field.name)
  return [...all.filter(isService), ...all.filter((each) => !isService(each))]
}

/** An operation that asks a field for everything that it may answer. */
function documentOf(schema: GraphQLSchema, kind: Kind, { name, args, type }: Field): string {
  const variables = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const [declared, passed] = args.length === 0 ? ['', ''] : [`(${variables})`, `(${given})`]
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const answer = selectionOf(schema, getNamedType(type), []) ?? ''
  return `${PRINTED_MARK}\n${print(parse(`${kind} ${title}${declared} { ${name}${passed} ${answer} }`))}\n`
}

/** All of a type, in braces; nothing of what has no parts, undefined where nothing of it is left. */
function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, within: readonly string[]): string | undefined {
  if (isLeafType(type)) return ''
  const inside = [...within, type.name]
  const selection = isUnionType(type)
    ? members(schema, type, inside)
    : `${fields(schema, type as WithFields, inside)} ${isInterfaceType(type) ? ofEach(schema, type, inside) : ''}`.trim()
  if (selection === '') return undefined
  return isObjectType(type) ? `{ ${selection} }` : `{ __typename ${selection} }`
}

/** The success, what all failures have, and what each of them has beside it. */
function members(schema: GraphQLSchema, union: GraphQLUnionType, within: readonly string[]): string {
  const common = schema.getType(FAILURE) as GraphQLInterfaceType
  const [failures, successes] = [true, false].map((isFailure) =>
    union.getTypes().filter((member) => member.getInterfaces().includes(common) === isFailure),
  ) as [GraphQLObjectType[], GraphQLObjectType[]]
  return [
    ...successes.map((member) => fragment(member, fields(schema, member, [...within, member.name]))),
    failures.length === 0 ? '' : fragment(common, fields(schema, common, within)),
    ofEach(schema, common, within, failures),
  ].join(' ')
}

/** What each of the types behind an interface has beside it. */
function ofEach(
  schema: GraphQLSchema,
  common: GraphQLInterfaceType,
  within: readonly string[],
  types: readonly GraphQLObjectType[] = schema.getPossibleTypes(common),
): string {
  const shared = new Set(Object.keys(common.getFields()))
  return types.map((member) => fragment(member, fields(schema, member, within, shared))).join(' ')
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
