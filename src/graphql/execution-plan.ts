import {
  type DocumentNode,
  defaultFieldResolver,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  OperationTypeNode,
  responsePathAsArray,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  typeFromAST,
} from 'graphql'
import { planVariables } from './variables-plan.ts'

// Executing an operation, most of graphql's work is the same for each request with the same document: finding the fields
// of every selection, their definitions and resolvers, and what completes their values. A plan does that once. Its
// results are those of graphql's `execute`, in the order the specification has; the tests hold the two against each other.
//
// A compiler to JavaScript (graphql-jit) would be faster by a few microseconds. It makes code of what callers write, and
// a string in a document could become part of it: not before payments.

/** How many errors of variables are told. As in graphql's own execution. */
const MAX_VARIABLE_ERRORS = 50

type Path = GraphQLResolveInfo['path']
type Variables = Readonly<Record<string, unknown>>
type MaybePromise<Value> = Value | Promise<Value>

/** One execution. */
interface Run {
  readonly context: unknown
  readonly variables: Variables
  readonly errors: GraphQLError[]
}

/** Takes a value that a resolver gave, not null; returns what stands in the answer. Throws what becomes an error of the field. */
type Complete = (value: unknown, run: Run, info: GraphQLResolveInfo, path: Path) => unknown

interface PlannedField {
  readonly name: string
  readonly nodes: readonly FieldNode[]
  readonly parentType: GraphQLObjectType
  readonly returnType: GraphQLOutputType
  readonly fieldName: string
  readonly resolve: GraphQLFieldResolver<unknown, unknown>
  readonly args: (variables: Variables) => { [argument: string]: unknown }
  readonly complete: Complete
  /** A nullable leaf whose resolver takes neither arguments nor `info`. */
  readonly isBare: boolean
}

/** An operation, ready to be executed as often as one likes. */
export interface Plan {
  readonly kind: 'query' | 'mutation'
  /**
   * Takes the variables as they came, and the context; executes the operation. A result without `data` tells what is
   * wrong with the variables; nothing was executed then. Never rejects.
   */
  execute(variables: Variables | null | undefined, context: unknown): MaybePromise<ExecutionResult>
}

/**
 * Takes a schema, a valid document and the name of its operation; returns the plan. Undefined for what a plan cannot do:
 * directives, introspection, subscriptions and types that recognise their values themselves.
 */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
): Plan | undefined {
  const operation = getOperationAST(document, operationName)
  if (operation == null || operation.operation === OperationTypeNode.SUBSCRIPTION || !isPlain(document))
    return undefined
  const type = schema.getRootType(operation.operation)
  if (type == null || hasOwnJudgement(schema)) return undefined
  return new Planner(schema, document, operation).plan(type)
}

/** Whether a document holds nothing that depends on the request or asks about the schema itself. */
function isPlain({ definitions }: DocumentNode): boolean {
  return definitions.every(
    (definition) =>
      (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) &&
      !definition.directives?.length &&
      isPlainSelection(definition.selectionSet),
  )
}

function isPlainSelection({ selections }: SelectionSetNode): boolean {
  return selections.every((selection) => {
    if (selection.directives?.length) return false
    if (selection.kind === Kind.FRAGMENT_SPREAD) return true
    if (selection.kind === Kind.INLINE_FRAGMENT) return isPlainSelection(selection.selectionSet)
    const name = selection.name.value
    const answersAs = selection.alias?.value ?? name
    if ((name.startsWith('__') && name !== '__typename') || answersAs === '__proto__') return false
    return selection.selectionSet === undefined || isPlainSelection(selection.selectionSet)
  })
}

const judging = new WeakMap<GraphQLSchema, boolean>()

function hasOwnJudgement(schema: GraphQLSchema): boolean {
  const known = judging.get(schema)
  if (known !== undefined) return known
  const found = Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf != null)
  judging.set(schema, found)
  return found
}

class Planner {
  readonly #schema: GraphQLSchema
  readonly #operation: OperationDefinitionNode
  readonly #fragments: Record<string, FragmentDefinitionNode> = Object.create(null)

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema
    this.#operation = operation
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[definition.name.value] = definition
    }
  }

  plan(type: GraphQLObjectType): Plan {
    const fields = this.#fieldsOf(type, [this.#operation.selectionSet])
    const isMutation = this.#operation.operation === OperationTypeNode.MUTATION
    const begin = isMutation ? this.#executeInTurn : this.#executeFields
    const definitions = this.#operation.variableDefinitions ?? []
    const coerce = planVariables(this.#schema, definitions)
    const execute: Plan['execute'] = (given, context) => {
      let variables = coerce(given ?? {})
      if (variables === undefined) {
        const { errors, coerced } = getVariableValues(this.#schema, definitions, given ?? {}, {
          maxErrors: MAX_VARIABLE_ERRORS,
        })
        if (errors) return { errors }
        variables = coerced
      }
      const run: Run = { context, variables, errors: [] }
      try {
        const data = begin.call(this, fields, undefined, run, undefined)
        if (!isPromise(data)) return resultOf(run, data)
        return data.then(
          (done) => resultOf(run, done),
          (error: GraphQLError) => failed(run, error),
        )
      } catch (error) {
        return failed(run, error as GraphQLError)
      }
    }
    return { kind: isMutation ? 'mutation' : 'query', execute }
  }

  /** Finds the fields of a type that selections ask for, merged by the name under which they answer. */
  #fieldsOf(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): readonly PlannedField[] {
    const nodes = new Map<string, FieldNode[]>()
    const seen = new Set<string>()
    const applies = (condition: FragmentDefinitionNode['typeCondition'] | undefined) => {
      const conditional = condition && typeFromAST(this.#schema, condition)
      if (conditional === undefined || conditional === type) return true
      return isAbstractType(conditional) && this.#schema.isSubType(conditional, type)
    }
    const collect = (selectionSet: SelectionSetNode): void => {
      for (const selection of selectionSet.selections) {
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value
          const found = nodes.get(name)
          if (found === undefined) nodes.set(name, [selection])
          else found.push(selection)
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (applies(selection.typeCondition)) collect(selection.selectionSet)
        } else if (!seen.has(selection.name.value)) {
          seen.add(selection.name.value)
          const fragment = this.#fragments[selection.name.value]
          if (fragment !== undefined && applies(fragment.typeCondition)) collect(fragment.selectionSet)
        }
      }
    }
    for (const selectionSet of selections) collect(selectionSet)
    return [...nodes].map(([name, fieldNodes]) => this.#field(type, name, fieldNodes))
  }

  #field(parentType: GraphQLObjectType, name: string, nodes: readonly FieldNode[]): PlannedField {
    const [node] = nodes as readonly [FieldNode, ...FieldNode[]]
    const fieldName = node.name.value
    const definition = fieldName === '__typename' ? TypeNameMetaFieldDef : parentType.getFields()[fieldName]
    if (definition === undefined) throw new Error(`A valid document asks for ${parentType.name}.${fieldName}`)
    const resolve = definition.resolve ?? defaultFieldResolver
    return {
      name,
      nodes,
      parentType,
      returnType: definition.type,
      fieldName,
      resolve,
      args: planArguments(definition, node),
      complete: this.#completion(definition.type, nodes),
      isBare: isLeafType(definition.type) && resolve.length < 4 && definition.args.length === 0,
    }
  }

  #completion(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isNonNullType(type)) {
      const completeNullable = this.#completion(type.ofType, nodes)
      return (value, run, info, path) => {
        const completed = completeNullable(value, run, info, path)
        if (isPromise(completed)) return completed.then((done) => present(done, info))
        return present(completed, info)
      }
    }
    const complete = this.#nullableCompletion(type, nodes)
    return (value, run, info, path) => {
      if (value instanceof Error) throw value
      return value === null || value === undefined ? null : complete(value, run, info, path)
    }
  }

  #nullableCompletion(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isListType(type)) return this.#listCompletion(type.ofType, nodes)
    if (isLeafType(type)) return serializer(type)
    const fieldsOf = this.#subfields(nodes)
    if (isObjectType(type)) return (value, run, _, path) => this.#executeFields(fieldsOf(type), value, run, path)
    if (isAbstractType(type)) return this.#abstractCompletion(type, fieldsOf)
    throw new Error(`Values of ${String(type)} cannot be completed`)
  }

  /** The fields of what a selection is made on, found when a type is first met there. */
  #subfields(nodes: readonly FieldNode[]): (type: GraphQLObjectType) => readonly PlannedField[] {
    const selections = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    const known = new Map<GraphQLObjectType, readonly PlannedField[]>()
    return (type) => {
      let fields = known.get(type)
      if (fields === undefined) {
        fields = this.#fieldsOf(type, selections)
        known.set(type, fields)
      }
      return fields
    }
  }

  #abstractCompletion(
    type: GraphQLAbstractType,
    fieldsOf: (type: GraphQLObjectType) => readonly PlannedField[],
  ): Complete {
    const resolveType = type.resolveType ?? ((value: unknown) => (value as { readonly __typename?: string }).__typename)
    const possible = new Map(this.#schema.getPossibleTypes(type).map((each) => [each.name, each]))
    return (value, run, info, path) => {
      const execute = (name: unknown) => {
        const runtimeType = typeof name === 'string' ? possible.get(name) : undefined
        if (runtimeType === undefined) throw new Error(`A value of ${type.name} is of no type that it can be of`)
        return this.#executeFields(fieldsOf(runtimeType), value, run, path)
      }
      const name = resolveType(value, run.context, info, type)
      return isPromise(name) ? name.then(execute) : execute(name)
    }
  }

  #listCompletion(itemType: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    const complete = this.#completion(itemType, nodes)
    const mayBeNull = !isNonNullType(itemType)
    return (value, run, info, path) => {
      if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) {
        const message = `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`
        throw new GraphQLError(message)
      }
      let hasPromise = false
      const items = Array.from(value as Iterable<unknown>, (item, index) => {
        const itemPath: Path = { prev: path, key: index, typename: undefined }
        const completed = attempt(
          () => item,
          (done) => complete(done, run, info, itemPath),
          (fault) => settle(fault, nodes, itemPath, mayBeNull, run),
        )
        hasPromise ||= isPromise(completed)
        return completed
      })
      return hasPromise ? Promise.all(items) : items
    }
  }

  #executeField(field: PlannedField, source: unknown, run: Run, parentPath: Path | undefined): unknown {
    if (field.isBare) return executeBare(field, source, run, parentPath)
    const path = pathOf(field, parentPath)
    const info = this.#info(field, run, path)
    return attempt(
      () => field.resolve(source, field.args(run.variables), run.context, info),
      (value) => field.complete(value, run, info, path),
      (fault) => settle(fault, field.nodes, path, !isNonNullType(field.returnType), run),
    )
  }

  #executeFields(
    fields: readonly PlannedField[],
    source: unknown,
    run: Run,
    parentPath: Path | undefined,
  ): MaybePromise<Record<string, unknown>> {
    const data: Record<string, unknown> = {}
    let hasPromise = false
    try {
      for (const field of fields) {
        const completed = this.#executeField(field, source, run, parentPath)
        data[field.name] = completed
        if (isPromise(completed)) hasPromise = true
      }
    } catch (fault) {
      if (!hasPromise) throw fault
      // What was begun must not fail unseen.
      return whole(data).then(
        () => Promise.reject(fault),
        () => Promise.reject(fault),
      )
    }
    return hasPromise ? whole(data) : data
  }

  /** Of a mutation: each field only when the one before has ended. */
  #executeInTurn(
    fields: readonly PlannedField[],
    source: unknown,
    run: Run,
    parentPath: Path | undefined,
  ): MaybePromise<Record<string, unknown>> {
    const data: Record<string, unknown> = {}
    const proceed = (first: number): MaybePromise<Record<string, unknown>> => {
      for (let index = first; index < fields.length; index++) {
        const field = fields[index] as PlannedField
        const completed = this.#executeField(field, source, run, parentPath)
        if (isPromise(completed)) {
          return completed.then((done) => {
            data[field.name] = done
            return proceed(index + 1)
          })
        }
        data[field.name] = completed
      }
      return data
    }
    return proceed(0)
  }

  #info(field: PlannedField, run: Run, path: Path): GraphQLResolveInfo {
    return {
      fieldName: field.fieldName,
      fieldNodes: field.nodes,
      returnType: field.returnType,
      parentType: field.parentType,
      path,
      schema: this.#schema,
      fragments: this.#fragments,
      rootValue: undefined,
      operation: this.#operation,
      variableValues: run.variables as Record<string, unknown>,
    }
  }
}

const NO_ARGUMENTS = Object.freeze({})

const pathOf = (field: PlannedField, prev: Path | undefined): Path => ({
  prev,
  key: field.name,
  typename: field.parentType.name,
})

// Neither a bare resolver nor the completion of a leaf looks at it.
const NO_INFO = undefined as unknown as GraphQLResolveInfo
const NO_PATH = undefined as unknown as Path

/** As any field, without making what a bare one does not look at. */
function executeBare(field: PlannedField, source: unknown, run: Run, parentPath: Path | undefined): unknown {
  return attempt(
    () => field.resolve(source, NO_ARGUMENTS, run.context, NO_INFO),
    (value) => field.complete(value, run, NO_INFO, NO_PATH),
    (fault) => settle(fault, field.nodes, pathOf(field, parentPath), true, run),
  )
}

/** How the arguments of a field come about: usually they are variables that are there, as they are. */
function planArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode): PlannedField['args'] {
  if (definition.args.length === 0) return () => ({})
  const given = node.arguments ?? []
  const ordinary: PlannedField['args'] = (variables) => getArgumentValues(definition, node, variables)
  const hasAll = definition.args.every(({ name }) => given.some((argument) => argument.name.value === name))
  const byVariable = given.flatMap(({ name, value }) =>
    value.kind === Kind.VARIABLE ? [{ argument: name.value, variable: value.name.value }] : [],
  )
  if (!hasAll || byVariable.length < given.length) return ordinary
  return (variables) => {
    const values: { [argument: string]: unknown } = {}
    for (const { argument, variable } of byVariable) {
      const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined
      // What is missing or null may have a default, or be an error.
      if (value === undefined || value === null) return ordinary(variables)
      values[argument] = value
    }
    return values
  }
}

function serializer(type: GraphQLLeafType): (value: unknown) => unknown {
  return (value) => {
    const serialized = type.serialize(value)
    if (serialized === null || serialized === undefined) throw new Error(`A value of ${type.name} has no form`)
    return serialized
  }
}

function present(completed: unknown, { parentType, fieldName }: GraphQLResolveInfo): unknown {
  if (completed !== null) return completed
  throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${fieldName}.`)
}

/** Gets a value, now or later, and completes it; gives a fault of either to what settles it. */
function attempt(
  get: () => unknown,
  complete: (value: unknown) => unknown,
  onFault: (fault: unknown) => null,
): unknown {
  const finish = (value: unknown): unknown => {
    try {
      const completed = complete(value)
      return isPromise(completed) ? completed.then(undefined, onFault) : completed
    } catch (fault) {
      return onFault(fault)
    }
  }
  let value: unknown
  try {
    value = get()
  } catch (fault) {
    return onFault(fault)
  }
  return isPromise(value) ? value.then(finish, onFault) : finish(value)
}

/** A fault becomes an error of the answer, and the value null; where that may not be, the fault goes up to what contains it. */
function settle(fault: unknown, nodes: readonly FieldNode[], path: Path, mayBeNull: boolean, run: Run): null {
  const error = locatedError(fault, nodes, responsePathAsArray(path))
  if (!mayBeNull) throw error
  run.errors.push(error)
  return null
}

async function whole(data: Record<string, unknown>): Promise<Record<string, unknown>> {
  const names = Object.keys(data)
  const values = await Promise.all(Object.values(data))
  for (const [index, name] of names.entries()) data[name] = values[index]
  return data
}

function resultOf({ errors }: Run, data: Record<string, unknown> | null): ExecutionResult {
  return errors.length === 0 ? { data } : { errors, data }
}

function failed(run: Run, error: GraphQLError): ExecutionResult {
  run.errors.push(error)
  return resultOf(run, null)
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
