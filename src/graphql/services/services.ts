import type { InputRef, ObjectRef, UnionRef } from '@pothos/core'
import { requireAccess } from '../../auth/authorize.ts'
import { scopeOf, scopeSentence } from '../../auth/scopes.ts'
import { IDEMPOTENCY_KEY } from '../../journal/keys/given-key.ts'
import {
  type Enumeration,
  type InputField,
  type InputFields,
  type InputType,
  id,
  optional,
  type ResultField,
  type ResultFields,
  type ResultType,
  SERVICES,
  type Service,
} from '../../payapi/index.ts'
import { builder, type GraphTypes } from '../builder/builder.ts'
import type { MutationResult, PerformOptions } from '../context.ts'
import { ConflictType, FAILURE_TYPES, OPERATION_ID } from '../failures/types.ts'
import { cardDataTag } from '../federation/tags.ts'
import { limitChanges } from './mutation-limit.ts'

// Everything the graph has of a service is derived from its definition here. Pothos cannot follow types through a loop
// over definitions, so the casts that takes are in this file and nowhere else.

type FieldBuilder = PothosSchemaTypes.ObjectFieldBuilder<
  GraphTypes & PothosSchemaTypes.ExtendDefaultTypes<GraphTypes>,
  object
>
type InputBuilder = PothosSchemaTypes.InputFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<GraphTypes>, 'InputObject'>
type TypeName = 'ID'

const defined = {
  enums: new Map<string, TypeName>(),
  inputs: new Map<string, InputRef<object>>(),
  objects: new Map<string, ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<GraphTypes>, object>>(),
  unions: new Map<string, UnionRef<PothosSchemaTypes.ExtendDefaultTypes<GraphTypes>, MutationResult>>(),
}

/** A mutation, its input and its result union. */
function defineMutation(service: Service): void {
  const input = inputType(service)
  const type = resultUnion(service)
  const scope = scopeOf(service)
  builder.mutationField(service.name, (t) =>
    t.field({
      type,
      ...cardDataTag(service.request),
      description: `${service.about}. ${service.korean}, \`${service.path}\`, contract page ${service.page}. ${scopeSentence(scope)}`,
      args: { input: t.arg({ type: input, required: true, description: 'The request.' }) },
      resolve: (_, args, context, info) => {
        if (service.effect !== 'lookup') limitChanges(info, context.limits.maxChanges)
        const { merchantId, idempotencyKey } = args.input as PerformOptions
        requireAccess(scope, merchantId, context)
        return context.perform(service, args.input, { merchantId, idempotencyKey })
      },
    }),
  )
}

/** The result union of a service: its success type and every failure. */
export function resultUnion(service: Service) {
  const { type } = service.result
  const unionName = `${capitalized(service.name)}Result`
  return memo(defined.unions, unionName, () =>
    builder.unionType(unionName, {
      description: `How \`${service.name}\` ended: ${type}, or a failure.`,
      types: [resultObject(type), ...(service.effect === 'lookup' ? [] : [ConflictType]), ...FAILURE_TYPES],
      resolveType: (result) => (result as MutationResult).type as never,
    }),
  )
}

/** The object type of a success, by its type name. */
export function resultObject(type: string) {
  return memo(defined.objects, type, () => {
    const sources = Object.values(SERVICES as Readonly<Record<string, Service>>).filter(
      ({ result }) => result.type === type,
    )
    const fields: ResultFields = Object.assign({}, ...sources.map(({ result }) => result.fields))
    const changesState = sources.some(({ effect }) => effect !== 'lookup')
    return builder.objectRef<object>(type).implement({
      description: `${sources[0]?.result.about}.`,
      fields: (t) => ({
        ...mapValues(fields, (field, name) =>
          (t as unknown as FieldBuilder).expose(name as never, {
            type: resultFieldType(field.type) as TypeName,
            nullable: true,
            description: fieldDescription(field),
          }),
        ),
        ...(changesState ? { operationId: operationId(t as unknown as FieldBuilder) } : {}),
      }),
    })
  })
}

const actingMerchant = optional(
  id('mid', '가맹점ID', 'Which of the configured merchants acts; the default one where it is left out', 10),
)

const operationId = (t: FieldBuilder) =>
  t.exposeID('operationId' as never, { nullable: true, description: OPERATION_ID })

/** What a mutation takes, also one that is carried out as several services. */
export function inputType(service: Service) {
  return inputObject(`${capitalized(service.name)}Input`, `What \`${service.name}\` takes. ${service.korean}.`, {
    ...service.input,
    merchantId: actingMerchant,
    ...(service.effect === 'lookup' ? {} : { idempotencyKey: IDEMPOTENCY_KEY }),
  })
}

function inputObject(name: string, description: string, fields: InputFields): InputRef<object> {
  return memo(defined.inputs, name, () => {
    const defineFields = (t: InputBuilder) =>
      mapValues(fields, (entry) => {
        if (!('group' in entry)) return inputField(t, entry)
        const type = inputObject(`PayApi${entry.group}Input`, entry.about, entry.fields)
        return t.field({ type, required: entry.required, description: entry.about })
      })
    const options = { description, fields: defineFields as never, ...cardDataTag(fields) }
    return builder.inputType(name, options) as InputRef<object>
  })
}

// Of the other types the rules say more than the size does.
const SIZED: readonly InputType[] = ['id', 'string', 'amount', 'url', 'email']

function inputField(t: InputBuilder, field: InputField) {
  const type = inputFieldType(field.type)
  const isRequired = field.required && !field.fillable
  const isFreeText = SIZED.some((sized) => sized === field.type)
  const size = isFreeText && field.size !== undefined ? ` At most ${field.size} characters.` : ''
  return t.field({
    type: (field.type === 'integers' ? [type] : type) as TypeName,
    required: (field.type === 'integers' ? { list: isRequired, items: true } : isRequired) as boolean,
    description: `${field.about}.${size} ${[field.korean, ...(field.wire ? [`\`${field.wire}\``] : [])].join(', ')}.`,
    defaultValue: field.defaultValue as never,
  })
}

function fieldDescription({ about, korean, wire }: ResultField): string {
  const names = wire.length === 0 ? korean : `${korean}, ${wire.map((name) => `\`${name}\``).join(' and ')}`
  return `${about}. ${names}.`
}

const INPUT_TYPES: Readonly<Record<Extract<InputType, string>, string>> = {
  id: 'ID',
  string: 'String',
  amount: 'Amount',
  integer: 'Int',
  integers: 'Int',
  boolean: 'Boolean',
  date: 'Date',
  url: 'URL',
  email: 'EmailAddress',
  ipv4: 'IPv4',
}

function inputFieldType(type: InputType): string {
  return typeof type === 'string' ? INPUT_TYPES[type] : enumType(type)
}

const RESULT_TYPES: Readonly<Record<Extract<ResultType, string>, string>> = {
  id: 'ID',
  string: 'String',
  amount: 'Amount',
  code: 'PayApiCode',
  date: 'Date',
  'date-time': 'DateTime',
  url: 'URL',
}

function resultFieldType(type: ResultType): unknown {
  if (type === 'code') return codeType()
  return typeof type === 'string' ? RESULT_TYPES[type] : enumType(type)
}

/** A code with its name. */
export function codeType() {
  return memo(defined.objects, RESULT_TYPES.code, () =>
    builder.objectRef<object>(RESULT_TYPES.code).implement({
      directives: { shareable: {} },
      description: "A code of PayAPI with its name from the contract's tables.",
      fields: (t) => ({
        code: (t as unknown as FieldBuilder).expose('code' as never, {
          type: 'String',
          nullable: false,
          description: 'The code as PayAPI gives it.',
        }),
        name: (t as unknown as FieldBuilder).expose('name' as never, {
          type: 'String',
          nullable: true,
          description: 'Its Korean name; null for a code that the table lacks.',
        }),
      }),
    }),
  )
}

/** An enumeration of the wire. */
export function enumType(list: Enumeration) {
  return memo(defined.enums, list.name, () => {
    const values = mapValues(list.values, ({ about }, name) => ({ value: name, description: about }))
    return builder.enumType(list.name, { description: list.about, values }) as unknown as TypeName
  })
}

function memo<Value>(known: Map<string, Value>, name: string, make: () => Value): Value {
  const value = known.get(name) ?? make()
  known.set(name, value)
  return value
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]))
}

const capitalized = (name: string) => name[0]?.toUpperCase() + name.slice(1)

for (const service of Object.values<Service>(SERVICES)) defineMutation(service)
