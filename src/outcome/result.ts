// Whatever a client hands over: a member of a union, the data of a request, the body of an answer, what Apollo Client,
// urql and graphql-request make of it, or the error that they throw.

type Fields = Readonly<Record<string, unknown>>

/** What a result comes to: for each field that was asked for, a member with the name of its type, or the errors in its place. */
export type Found =
  | { readonly type: string; readonly member: Fields }
  | { readonly errors: readonly Fields[]; readonly hasData: boolean }

const ROOTS: readonly unknown[] = ['Mutation', 'Query', 'Subscription']

/** Fields whose type is no union: documents need not ask for its name. */
const TYPE_OF_FIELD: Readonly<Record<string, string>> = {
  paymentOperation: 'PayApiOperation',
  paymentOperationByKey: 'PayApiOperation',
  paymentOperationChanged: 'PayApiOperation',
  payment: 'PayApiPayment',
  paymentChanged: 'PayApiPayment',
  smsPayment: 'PayApiSmsPayment',
  smsPaymentChanged: 'PayApiSmsPayment',
}

export function findResults(result: unknown): readonly Found[] {
  if (!isFields(result)) return [NOTHING]
  const { __typename: type } = result
  if (typeof type === 'string' && !ROOTS.includes(type)) return [{ type, member: result }]
  const errors = errorsIn(result)
  const data = dataIn(result) ?? (errors === undefined && isRoot(result) ? result : undefined)
  const fields = Object.entries(data ?? {}).filter(([name]) => name !== '__typename')
  if (fields.length === 0) return [{ errors: errors ?? [], hasData: data !== undefined }]
  return fields.map(([name, value]) =>
    isFields(value)
      ? { type: typeName(name, value), member: value }
      : { errors: errorsAt(name, errors), hasData: true },
  )
}

/** An error that names another field says nothing of this one. */
const errorsAt = (field: string, errors: readonly Fields[] = []) =>
  errors.filter(({ path }) => !Array.isArray(path) || path[0] === field)

const NOTHING: Found = { errors: [], hasData: false }

/** Where clients keep what they wrap: the answer, or an error. */
const WRAPPERS = ['error', 'networkError', 'response', 'result', 'cause'] as const

/** What is wrapped more often than this is no client's. */
const DEPTH = 4

function errorsIn(from: Fields, depth = DEPTH): readonly Fields[] | undefined {
  const own = from['errors'] ?? from['graphQLErrors']
  if (Array.isArray(own) && own.length > 0) return own.filter(isFields)
  return inWrapper(from, depth, errorsIn)
}

function dataIn(from: Fields, depth = DEPTH): Fields | undefined {
  const own = from['data']
  return isFields(own) ? own : inWrapper(from, depth, dataIn)
}

function inWrapper<Sought>(from: Fields, depth: number, find: (from: Fields, depth: number) => Sought | undefined) {
  if (depth === 0) return undefined
  for (const name of WRAPPERS) {
    const inner = from[name]
    const found = isFields(inner) ? find(inner, depth - 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The data of a request has objects for its fields, or null. An error of any kind has not. */
function isRoot(result: Fields): boolean {
  if (result instanceof Error || 'data' in result || 'error' in result) return false
  return Object.entries(result).every(([name, value]) => name === '__typename' || value === null || isFields(value))
}

function typeName(field: string, { __typename: type }: Fields): string {
  if (typeof type === 'string') return type
  return Object.hasOwn(TYPE_OF_FIELD, field) ? (TYPE_OF_FIELD[field] ?? '') : ''
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
