import { CriticalityLevel, DiffRule, diff } from '@graphql-inspector/core'
import { MapperKind, mapSchema } from '@graphql-tools/utils'
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql'

/** A change of the schema: the place in it that a CHANGELOG names, and what it means. */
export interface Change {
  readonly path: string
  readonly message: string
}

/** What a new version of a schema does to who uses the released one. */
export interface Comparison {
  /** Stops clients or gateways that are right today. */
  readonly breaking: readonly Change[]
  /** May surprise them: a value they do not know, or the end of what was deprecated. */
  readonly dangerous: readonly Change[]
}

/** Compares two schemas in SDL, as clients see them or as subgraphs. */
export async function compareSchemas(released: string, present: string): Promise<Comparison> {
  const [before, after] = [parse(released), parse(present)]
  const next = schemaOf(after)
  const { schema, ended } = withoutEnded(schemaOf(before), next)
  // What only deprecated fields led to may go with them.
  const changes = await diff(schema, next, [DiffRule.safeUnreachable])
  const ofLevel = (level: CriticalityLevel) =>
    changes
      .filter(({ criticality, path }) => criticality.level === level && !IS_FEDERATIONS.test(path ?? ''))
      .map(({ path, message, meta }) => ({ path: placeOf(path, meta), message }))
  return {
    breaking: [...ofLevel(CriticalityLevel.Breaking), ...brokenPromises(before, after)],
    dangerous: [...ofLevel(CriticalityLevel.Dangerous), ...ended],
  }
}

const UNRELEASED = '[Unreleased]'

/** What a CHANGELOG says of what is not released yet. */
function unreleasedIn(changelog: string): string {
  const section = changelog.split(/^## /m).find((each) => each.startsWith(UNRELEASED)) ?? UNRELEASED
  return section.slice(UNRELEASED.length).trim()
}

/**
 * Why a CHANGELOG does not fit the release of a version; undefined where it does. What stands under no version would never
 * be compared with what was released before.
 */
export function unfitFor(version: string, changelog: string): string | undefined {
  if (!changelog.includes(`\n## [${version}]`)) return `CHANGELOG.md has no section for ${version}`
  return unreleasedIn(changelog) === ''
    ? undefined
    : `CHANGELOG.md has changes under ${UNRELEASED}: set their version, and put its heading above them`
}

/** Those changes that the section [Unreleased] of a CHANGELOG does not name by their place, as code: `Type.field`. */
export function unnamedIn(changelog: string, changes: readonly Change[]): readonly Change[] {
  const unreleased = unreleasedIn(changelog)
  return changes.filter(({ path }) => !unreleased.includes(`\`${path}\``))
}

const IS_FEDERATIONS = /^(Query\.)?_/

// A member that is added to a union has its place under the union, as a value has under its enumeration.
function placeOf(path = 'schema', meta: unknown): string {
  const { addedUnionMemberTypeName: member } = (meta ?? {}) as { readonly addedUnionMemberTypeName?: string }
  return member === undefined ? path : `${path}.${member}`
}

/** Types that other subgraphs refer to are reachable by that: here each has a field of `Query`. */
function schemaOf(document: DocumentNode): GraphQLSchema {
  const fields = entitiesOf(document).map(({ name }) => `_${name.value}: ${name.value}`)
  const extension = fields.length === 0 ? [] : parse(`extend type Query { ${fields.join(' ')} }`).definitions
  // The definitions of federation's directives are not in a subgraph's SDL.
  return buildASTSchema({ ...document, definitions: [...document.definitions, ...extension] }, { assumeValidSDL: true })
}

function entitiesOf({ definitions }: DocumentNode): readonly ObjectTypeDefinitionNode[] {
  return definitions
    .filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ directives = [] }) => directives.some(({ name }) => name.value === 'key'))
}

/** The released schema without what it deprecated and the next one no longer has: that was announced. */
function withoutEnded(released: GraphQLSchema, next: GraphQLSchema) {
  const ended: Change[] = []
  const keepUnlessEnded = (reason: string | null | undefined, isThere: boolean, path: string) => {
    if (reason == null || isThere) return undefined
    ended.push({ path, message: `What was deprecated is gone: ${reason}` })
    return null
  }
  const schema = mapSchema(released, {
    [MapperKind.FIELD]: ({ deprecationReason }, name, type) =>
      keepUnlessEnded(deprecationReason, name in fieldsOf(next, type), `${type}.${name}`),
    [MapperKind.ARGUMENT]: ({ deprecationReason, astNode }, field, type) => {
      const name = astNode?.name.value ?? ''
      const args = (fieldsOf(next, type)[field] as { args?: readonly { name: string }[] } | undefined)?.args ?? []
      return keepUnlessEnded(
        deprecationReason,
        args.some((arg) => arg.name === name),
        `${type}.${field}.${name}`,
      )
    },
    [MapperKind.ENUM_VALUE]: ({ deprecationReason }, type, _, value) => {
      const values = next.getType(type)
      const isThere = isEnumType(values) && values.getValue(String(value)) !== undefined
      return keepUnlessEnded(deprecationReason, isThere, `${type}.${value}`)
    },
  })
  return { schema, ended }
}

function fieldsOf(schema: GraphQLSchema, name: string): Readonly<Record<string, unknown>> {
  const type = schema.getType(name)
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {}
}

/** The directives of types by which gateways compose: without one of them a supergraph no longer composes. */
const PROMISES = ['key', 'shareable']

function brokenPromises(before: DocumentNode, after: DocumentNode): readonly Change[] {
  const kept = new Set(promisesOf(after).map(({ message }) => message))
  return promisesOf(before).filter(({ message }) => !kept.has(message))
}

function promisesOf({ definitions }: DocumentNode): readonly Change[] {
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return []
    const promises = (node.directives ?? []).filter(({ name }) => PROMISES.includes(name.value))
    return promises.map((promise) => ({
      path: node.name.value,
      message: `Gateways no longer find ${print(promise)} at ${node.name.value}`,
    }))
  })
}
