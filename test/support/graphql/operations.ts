import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type FieldNode, type OperationDefinitionNode, parse } from 'graphql'
import { type OperationDocument, operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import type { AnyFixture } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import type { Facade, SendOptions } from '../server/facade.ts'

const EXAMPLES = new Map<string, object>(
  Object.entries<AnyFixture>(FIXTURES).flatMap(([name, { example, query }]): [string, object][] => [
    [name, { input: example }],
    ...(query === undefined ? [] : [[query.field, query.example] as [string, object]]),
  ]),
)

/** The example variables of an operation document, as the fixture of its service has them. */
export function exampleOf<Variables>(document: TypedDocumentNode<unknown, Variables>): Variables {
  const [operation] = document.definitions as readonly OperationDefinitionNode[]
  const [selection] = operation?.selectionSet.selections ?? []
  const field = (selection as FieldNode).name.value
  const variables = EXAMPLES.get(field)
  if (variables === undefined) throw new Error(`No fixture has an example for ${field}`)
  return structuredClone(variables) as Variables
}

/** One way of calling a service: its mutation, or the query of a lookup. */
export interface Call {
  /** The field of `Mutation` or `Query`. */
  readonly field: string
  readonly kind: OperationDocument['kind']
  readonly name: ServiceName
  readonly service: Service
  /** The operation document's file. */
  readonly file: string
  readonly document: TypedDocumentNode<Readonly<Record<string, CallResult>>, Readonly<Record<string, unknown>>>
}

/** What a field of an answer holds, as far as every union member has it. */
export interface CallResult {
  readonly __typename: string
  readonly [name: string]: unknown
}

const serviceOf = (field: string) =>
  Object.entries<AnyFixture>(FIXTURES).find(([name, { query }]) => name === field || query?.field === field)?.[0]

/** Every way of calling a service: an operation document each, in their order. */
export const CALLS: readonly Call[] = operationDocuments().flatMap(({ file, field, kind, text }) => {
  const name = serviceOf(field) as ServiceName | undefined
  return name === undefined || kind === 'subscription'
    ? []
    : [{ field, kind, name, service: SERVICES[name], file, document: parse(text) }]
})

/** The mutations. */
export const MUTATIONS: readonly Call[] = CALLS.filter(({ kind }) => kind === 'mutation')

/** Sends the operation document of a call with its example's variables; returns how it ended. */
export async function sendExample(facade: Facade, call: Call, options?: SendOptions): Promise<CallResult> {
  return sendWith(facade, call, exampleOf(call.document), options)
}

/** The same with other variables. */
export async function sendWith(
  facade: Facade,
  { document, field }: Call,
  variables: Readonly<Record<string, unknown>>,
  options?: SendOptions,
): Promise<CallResult> {
  const data = await facade.send(document, variables, options)
  const ending = data[field]
  if (ending === undefined) throw new Error(`The answer has no ${field}`)
  return ending
}

/** An id of the facade's own: 128 bits in base64url. */
export const REQUEST_ID = /^[\w-]{24}$/

/** An instant of now, as the graph gives it. */
export const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
