import { setImmediate as turn } from 'node:timers/promises'
import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { planOperation } from '../../src/graphql/execution-plan.ts'

// A plan gives what graphql's own execution gives, to the letter: data, errors, their places and their order.

const schema = buildSchema(`
  interface Animal { name: String!, friend: Animal }
  type Dog implements Animal { name: String!, friend: Animal, barks(times: Int = 2): String, kind: Kind, weight: Float }
  type Cat implements Animal { name: String!, friend: Animal, lives: Int, kind: Kind }
  type Stone { weight: Float! }
  union Thing = Dog | Cat | Stone
  enum Kind { BIG SMALL }
  input Where { name: String, kinds: [Kind!] = [BIG], within: Where, most: Int! = 3 }
  type Query {
    thing(id: ID!, where: Where): Thing
    things(count: Int = 3, where: Where): [Thing!]
    must: Stone!
    animals: [Animal]!
    matrix: [[Int!]]
    broken: String
    brokenLater: String
    brokenHere: String!
    brokenError: String
    notAList: [Int]
    wrongKind: Kind
    wrongType: Thing
    echo(where: Where, flag: Boolean, rate: Float, ids: [ID!]): String
  }
  type Mutation { add(by: Int!): Int!, addLater(by: Int!): Int, fail: Int, failHard: Int! }
`)

const later = async <Value>(value: Value): Promise<Value> => {
  await turn()
  return value
}

const dog = { type: 'Dog', name: 'Bello', kind: 'BIG', weight: 12.5, friend: () => later(cat) }
const cat = { type: 'Cat', name: 'Mimi', lives: later(9), kind: 'SMALL' }
const nameless = { type: 'Cat', name: null, lives: 1 }
const stone = { type: 'Stone', weight: later(1) }
let sum = 0

function resolver(type: string, field: string, resolve: (...args: never[]) => unknown): void {
  const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field]
  if (definition) definition.resolve = resolve as never
}

const typeOf = ({ type }: { type: string }) => type
for (const name of ['Animal', 'Thing']) Object.assign(schema.getType(name) as object, { resolveType: typeOf })
Object.assign(schema.getType('Animal') as object, {
  resolveType: async (value: { type: string }) => later(typeOf(value)),
})
resolver('Query', 'thing', (_, { id }: { id: string }) => later({ dog, cat, stone, nameless }[id]))
resolver('Query', 'things', (_, { count }: { count: number }) => [dog, later(cat), stone].slice(0, count))
resolver('Query', 'must', () => null)
resolver('Query', 'animals', () => new Set([dog, later(nameless), null, cat]))
resolver('Query', 'matrix', () => [[1, 2], [3, null], null, later([4])])
resolver('Query', 'broken', () => {
  throw new GraphQLError('No.', { extensions: { code: 'NO' } })
})
resolver('Query', 'brokenLater', () => later(undefined).then(() => Promise.reject(new Error('Not now.'))))
resolver('Query', 'brokenHere', () => Promise.reject(new Error('Not here.')))
resolver('Query', 'brokenError', () => new Error('An error as a value.'))
resolver('Query', 'notAList', () => 7)
resolver('Query', 'wrongKind', () => 'HUGE')
resolver('Query', 'wrongType', () => ({ type: 'Nothing' }))
resolver(
  'Query',
  'echo',
  (_source: unknown, args: object, _context: unknown, info: { path: object; fieldName: string }) =>
    JSON.stringify([Object.entries(args).sort(), info.path, info.fieldName]),
)
resolver('Dog', 'barks', ({ name }: { name: string }, { times }: { times: number }) => `${name}!`.repeat(times))
resolver('Mutation', 'add', (_, { by }: { by: number }) => {
  sum += by
  return sum
})
resolver('Mutation', 'addLater', async (_, { by }: { by: number }) => {
  const before = sum
  await turn()
  sum = before + by
  return sum
})
resolver('Mutation', 'fail', () => Promise.reject(new Error('It failed.')))
resolver('Mutation', 'failHard', () => {
  throw new Error('It failed hard.')
})

const DOCUMENTS = [
  '{ thing(id: "dog") { __typename ... on Dog { name barks } } }',
  '{ thing(id: "cat") { ... on Animal { name friend { name } } ... on Cat { lives kind } } }',
  '{ thing(id: "nothing") { __typename } }',
  '{ thing(id: "nameless") { __typename ... on Animal { name } } other: thing(id: "stone") { ... on Stone { weight } } }',
  '{ thing(id: "dog") { ...D ...D } } fragment D on Dog { name ...E friend { name ...F } } fragment E on Dog { kind } fragment F on Animal { __typename friend { name } }',
  '{ thing(id: "dog") { ... on Dog { friend { name } friend { __typename ... on Cat { lives } } n: name } } }',
  '{ things { ... on Dog { barks(times: 1) loud: barks(times: 3) heavy: weight } ... on Stone { weight } ... on Cat { kind } } }',
  '{ animals { name friend { name } } }',
  '{ matrix }',
  '{ must { weight } thing(id: "dog") { __typename } }',
  '{ broken brokenLater brokenError notAList wrongKind a: broken }',
  '{ brokenHere thing(id: "cat") { __typename ... on Cat { lives } } }',
  '{ brokenLater brokenHere }',
  '{ constructor: matrix toString: broken }',
  'mutation { a: addLater(by: 2) b: add(by: 3) c: addLater(by: 4) fail d: add(by: 1) }',
  'mutation { a: add(by: 1) failHard b: add(by: 1) }',
  'mutation { fail a: addLater(by: 5) __typename }',
]

const WITH_VARIABLES =
  'query ($where: Where, $flag: Boolean, $rate: Float, $ids: [ID!], $id: ID! = "dog", $count: Int) { thing(id: $id, where: $where) { __typename } things(count: $count) { __typename } echo(where: $where, flag: $flag, rate: $rate, ids: $ids) }'

const VARIABLES: readonly (Record<string, unknown> | null | undefined)[] = [
  undefined,
  null,
  {},
  { where: { name: 'x' } },
  { where: { name: 'x', kinds: ['SMALL', 'BIG'], within: { most: 1, within: null }, most: 4 } },
  { where: { kinds: 'SMALL' } },
  { where: { kinds: null } },
  { where: { kinds: [null] } },
  { where: { kinds: ['HUGE'] } },
  { where: { most: null } },
  { where: { most: 1.5 } },
  { where: { most: 2 ** 31 } },
  { where: { most: '1' } },
  { where: { nothing: 1 } },
  { where: JSON.parse('{"__proto__": {"most": 1}}') },
  { where: [] },
  { where: 'x' },
  { where: null, flag: null },
  { flag: true, rate: 1, ids: [1, '2'] },
  { flag: 'true' },
  { rate: 'fast' },
  { ids: 'one' },
  { ids: [['x']] },
  { ids: [1.5] },
  { id: null },
  { id: 7 },
  { id: 'cat', count: null },
  { count: 1, unknown: 'x' },
  { where: { name: 1 }, flag: 1, rate: true, ids: [null], id: {}, count: 'x' },
]

async function both(of: GraphQLSchema, text: string, variables?: Record<string, unknown> | null) {
  const document = parse(text)
  expect(validate(of, document)).toEqual([])
  const plan = planOperation(of, document)
  if (plan === undefined) throw new Error('there is no plan')
  sum = 0
  const usual = await execute({ schema: of, document, variableValues: variables, contextValue: {} })
  sum = 0
  const planned = await plan.execute(variables, {})
  sum = 0
  const again = await plan.execute(variables, {})
  return { usual: shown(usual), planned: shown(planned), again: shown(again) }
}

/** As it goes out, and with where each error came from. */
function shown({ data, errors }: ExecutionResult) {
  const causes = errors?.map(({ originalError }) => originalError?.message)
  return { text: JSON.stringify(data), errors: JSON.parse(JSON.stringify(errors ?? null)), causes }
}

describe('a plan gives what graphql gives', () => {
  // What graphql says of a value that is of no kind it can be of, nobody sees: it is masked.
  const masked = /wrongKind|wrongType/

  test.each(DOCUMENTS)('for %s', async (text) => {
    const { usual, planned, again } = await both(schema, text)
    if (!masked.test(text)) expect(planned).toEqual(usual)
    expect(planned.text).toBe(usual.text)
    expect(planned.errors?.map(({ path }: GraphQLError) => path)).toEqual(
      usual.errors?.map(({ path }: GraphQLError) => path),
    )
    expect(again).toEqual(planned)
  })

  test.each(VARIABLES)('for the variables %j', async (variables) => {
    const { usual, planned } = await both(schema, WITH_VARIABLES, variables)
    expect(planned).toEqual(usual)
  })

  it('for a value of no type that it can be of, as an error of its field', async () => {
    const { usual, planned } = await both(schema, '{ wrongType { __typename } }')
    expect(planned.text).toBe(usual.text)
    expect(planned.errors[0]).toMatchObject({ path: ['wrongType'] })
  })

  it('for one operation of several', async () => {
    const document = parse('query A { matrix } mutation B { add(by: 1) }')
    sum = 0
    expect(planOperation(schema, document)).toBeUndefined()
    expect(planOperation(schema, document, 'C')).toBeUndefined()
    expect(planOperation(schema, document, 'B')?.kind).toBe('mutation')
    expect(await planOperation(schema, document, 'B')?.execute({}, {})).toEqual({ data: { add: 1 } })
  })
})

describe('there is no plan for', () => {
  test.each([
    '{ __schema { description } }',
    '{ __type(name: "Dog") { name } }',
    'query ($yes: Boolean!) { broken @include(if: $yes) }',
    '{ thing(id: "x") { ... on Dog @skip(if: true) { name } } }',
    '{ thing(id: "x") { ...D } } fragment D on Dog { name @skip(if: true) }',
    '{ __proto__: broken }',
  ])('%s', (text) => {
    expect(planOperation(schema, parse(text))).toBeUndefined()
  })
})

it('executes nothing where the variables do not fit', async () => {
  const plan = planOperation(schema, parse('mutation ($by: Int!) { add(by: $by) }'))
  sum = 0
  const result = await plan?.execute({ by: 'x' }, {})
  expect(result).not.toHaveProperty('data')
  expect(sum).toBe(0)
})
