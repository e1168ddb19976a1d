import { readFileSync } from 'node:fs'
import { type FieldNode, type GraphQLSchema, type OperationDefinitionNode, parse, print } from 'graphql'
import type { ExplorerOperation } from '../../graphiql/setup.ts'
import type { Localized } from '../../lib/localized.ts'
import { PACKAGE_ROOT } from '../../lib/package-root.ts'
import type { Service } from '../../payapi/index.ts'
import { type RootField, rootField } from './root-fields.ts'
import { TITLES } from './titles.ts'

type Variables = Readonly<Record<string, unknown>>

/** An operation document with what it is about. */
export interface DescribedOperation extends Omit<ExplorerOperation, 'variables'> {
  readonly about: RootField
  /** Its variables; `fillsIn`: without what the server fills in by itself. */
  readonly variables: (fillsIn: boolean) => Variables
}

const OPERATIONS = new URL('schema/operations/', PACKAGE_ROOT)

/** The operations of `schema/operations` that the schema has, in their order. */
export function readOperations(schema: GraphQLSchema): readonly DescribedOperation[] {
  const examples = JSON.parse(readFileSync(new URL('examples.json', OPERATIONS), 'utf8')) as Record<string, Variables>
  return Object.entries(examples).flatMap(([file, example]) => {
    const document = parse(readFileSync(new URL(file, OPERATIONS), 'utf8'))
    const [operation] = document.definitions as readonly OperationDefinitionNode[]
    const [selection] = (operation?.selectionSet.selections ?? []) as readonly FieldNode[]
    const about = rootField(schema, operation?.operation ?? 'query', selection?.name.value ?? '')
    return about === undefined ? [] : [described(operation?.name?.value ?? about.name, print(document), about, example)]
  })
}

function described(name: string, document: string, about: RootField, example: Variables): DescribedOperation {
  return {
    name,
    field: about.name,
    kind: about.kind,
    title: titleOf(about),
    document,
    about,
    variables: (fillsIn) => (fillsIn ? withoutFillable(example, about.service) : example),
    fresh: freshPaths(about, example),
  }
}

/** As the definition of its service has it; else what is written down for it, else what the schema says first. */
function titleOf({ name, service, description }: RootField): Localized {
  if (service !== undefined) return { en: service.about, ko: service.korean }
  const [first = name] = description.split(/(?<=[.;])\s/)
  const said = first.replace(/[.;]$/, '')
  return TITLES[name] ?? { en: said, ko: said }
}

/** An order is charged once, and a key belongs to one request. */
function freshPaths({ kind, service }: RootField, { input }: Variables): readonly string[] {
  if (kind !== 'mutation' || typeof input !== 'object' || input === null) return []
  const names = [...(service?.effect === 'charge' ? ['orderId'] : []), 'idempotencyKey']
  return names.filter((name) => name in input).map((name) => `input.${name}`)
}

function withoutFillable(variables: Variables, service: Service | undefined): Variables {
  const { input } = variables
  if (service === undefined || typeof input !== 'object' || input === null) return variables
  const isFillable = (name: string) => {
    const field = service.request[name]
    return field !== undefined && 'fillable' in field && field.fillable
  }
  return { ...variables, input: Object.fromEntries(Object.entries(input).filter(([name]) => !isFillable(name))) }
}
