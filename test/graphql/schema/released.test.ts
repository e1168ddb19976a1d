import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Change, compareSchemas, unfitFor, unnamedIn } from '../../../scripts/released/compare.ts'
import { changesSinceRelease } from '../../../scripts/released/files.ts'

const RELEASED = `
  type Query { payment(id: ID!, currency: Currency): Payment, oldPayment(id: ID!): OldPayment @deprecated(reason: "Use \`payment\`.") }
  type Payment implements Node { id: ID!, state: State!, amount: String, total: String @deprecated(reason: "Use \`amount\`.") }
  type OldPayment { id: ID! }
  type Refund { id: ID! }
  interface Node { id: ID! }
  union Result = Payment | Refund
  type Mutation { refund(input: RefundInput!, note: String @deprecated(reason: "Use \`input.note\`.")): Result }
  input RefundInput { amount: String!, note: String, memo: String @deprecated(reason: "Use \`note\`.") }
  enum State { PAID, CANCELED, VOID @deprecated(reason: "Use \`CANCELED\`.") }
  enum Currency { KRW, USD }
`

const changed = (...replacements: readonly (readonly [from: string, to: string])[]) =>
  replacements.reduce((sdl, [from, to]) => {
    expect(sdl).toContain(from)
    return sdl.replace(from, to)
  }, RELEASED)

const places = (changes: readonly Change[]) => changes.map(({ path }) => path)

it('a schema beside itself, or with more in it, is neither breaking nor dangerous', async () => {
  const more = changed(
    ['type Refund {', 'type Refund { at: String, '],
    ['type Query {', 'type Query { refund: Refund, '],
  )
  for (const present of [RELEASED, more])
    expect(await compareSchemas(RELEASED, present)).toEqual({ breaking: [], dangerous: [] })
})

it.each([
  ['a field that goes', 'amount: String, total', 'total', 'Payment.amount'],
  ['a type that goes', 'union Result = Payment | Refund', 'union Result = Payment', 'Result'],
  ['a field that may be null', 'state: State!', 'state: State', 'Payment.state'],
  ['an input that is asked for', 'note: String, memo', 'note: String!, memo', 'RefundInput.note'],
  ['an argument that goes', ', currency: Currency', '', 'Query.payment.currency'],
  ['a value that goes', 'KRW, USD', 'KRW', 'Currency.USD'],
  ['a deprecated field of another type', 'total: String', 'total: Int', 'Payment.total'],
])('%s breaks', async (_, from, to, path) => {
  const { breaking } = await compareSchemas(RELEASED, changed([from, to]))
  expect(places(breaking)).toEqual([path])
})

it.each([
  ['a new value', 'PAID, CANCELED', 'PAID, CANCELED, SETTLED', 'State.SETTLED'],
  ['a new member', 'Payment | Refund', 'Payment | Refund | OldPayment', 'Result.OldPayment'],
  ['an interface more', 'type Refund {', 'type Refund implements Node {', 'Refund'],
  ['another default', 'currency: Currency', 'currency: Currency = KRW', 'Query.payment.currency'],
])('%s is dangerous', async (_, from, to, path) => {
  const { breaking, dangerous } = await compareSchemas(RELEASED, changed([from, to]))
  expect(breaking).toEqual([])
  expect(places(dangerous)).toEqual([path])
})

it('what the release deprecated may go, with the types that only it led to; that is dangerous, and says what to use', async () => {
  const present = changed(
    [', oldPayment(id: ID!): OldPayment @deprecated(reason: "Use `payment`.")', ''],
    ['  type OldPayment { id: ID! }\n', ''],
    [', total: String @deprecated(reason: "Use `amount`.")', ''],
    [', note: String @deprecated(reason: "Use `input.note`.")', ''],
    [', memo: String @deprecated(reason: "Use `note`.")', ''],
    [', VOID @deprecated(reason: "Use `CANCELED`.")', ''],
  )
  const { breaking, dangerous } = await compareSchemas(RELEASED, present)
  expect(breaking).toEqual([])
  expect(places(dangerous).sort()).toEqual(
    ['Mutation.refund.note', 'Payment.total', 'Query.oldPayment', 'RefundInput.memo', 'State.VOID'].sort(),
  )
  expect(dangerous.find(({ path }) => path === 'Payment.total')?.message).toContain('Use `amount`.')
})

it('what is deprecated only now may not go with it', async () => {
  const announced = changed(['amount: String, ', 'amount: String @deprecated(reason: "Use `sum`."), '])
  expect(await compareSchemas(RELEASED, announced)).toEqual({ breaking: [], dangerous: [] })
  const { breaking } = await compareSchemas(RELEASED, changed(['amount: String, ', '']))
  expect(places(breaking)).toEqual(['Payment.amount'])
})

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n'
const SUBGRAPH = `${LINK}
  type Query { greeting: String }
  type Shipment @key(fields: "id") @key(fields: "number") { id: ID!, number: ID, state: String }
  type Place @shareable { name: String }
`

it.each([
  ['a key that goes', ' @key(fields: "number")', '', 'Shipment'],
  ['another key', '@key(fields: "id")', '@key(fields: "id number")', 'Shipment'],
  ['a type that is no longer shareable', ' @shareable', '', 'Place'],
  ['a field of a type to which only other subgraphs refer', ', state: String', '', 'Shipment.state'],
])('%s breaks a supergraph', async (_, from, to, path) => {
  const { breaking } = await compareSchemas(SUBGRAPH, SUBGRAPH.replace(from, to))
  expect(places(breaking)).toEqual([path])
})

it('an entity or a key more breaks nothing', async () => {
  const more = `${SUBGRAPH.replace('type Place', 'type Place @key(fields: "name")')}type New @key(fields: "id") { id: ID! }`
  expect((await compareSchemas(SUBGRAPH, more)).breaking).toEqual([])
})

const CHANGELOG = `# Changelog

## [Unreleased]

- The state \`State.SETTLED\`, and \`State.VOIDED\` some day.

## [0.2.0] - 2026-11-26

- \`Result.OldPayment\`
`

it('a change is named where its place stands as code in the section of what is not released', () => {
  const change = (path: string) => ({ path, message: '' })
  const changes = ['State.SETTLED', 'State', 'State.VOID', 'Result.OldPayment'].map(change)
  expect(places(unnamedIn(CHANGELOG, changes))).toEqual(['State', 'State.VOID', 'Result.OldPayment'])
  const last = CHANGELOG.slice(0, CHANGELOG.indexOf('## [0.2.0]'))
  expect(places(unnamedIn(last, changes))).toEqual(['State', 'State.VOID', 'Result.OldPayment'])
  expect(places(unnamedIn('# Changelog\n', changes))).toHaveLength(4)
})

it('a version is released once the CHANGELOG has its section, and nothing that belongs to none', () => {
  expect(unfitFor('0.3.0', CHANGELOG)).toContain('no section for 0.3.0')
  expect(unfitFor('0.2.0', CHANGELOG)).toContain('under [Unreleased]')
  const released = CHANGELOG.replace('[Unreleased]\n', '[Unreleased]\n\n## [0.3.0] - 2026-12-01\n')
  expect(unfitFor('0.3.0', released)).toBeUndefined()
})

it('nothing that the last release had breaks', async () => {
  expect((await changesSinceRelease()).breaking).toEqual([])
})

it('the version of the package is the locked one, and has its section in the CHANGELOG', () => {
  const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const [{ version }, locked] = ['package.json', 'package-lock.json'].map((path) => JSON.parse(read(path)))
  expect(locked).toMatchObject({ version, packages: { '': { version } } })
  expect(read('CHANGELOG.md')).toContain(`\n## [${version}] - `)
})
