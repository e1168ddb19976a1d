import { type DirectiveNode, Kind, parse, stripIgnoredCharacters, valueFromASTUntyped } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ask, entities, facadeForTests, servedDocument, servedSdl } from '../../support/graphql/subgraph.ts'

// What a gateway's tools take for granted of the URL of any subgraph, on our own types.

const { app } = await facadeForTests()
const sdl = await servedSdl(app)
const document = await servedDocument(app)

const argumentsOf = (directive: DirectiveNode | undefined) =>
  Object.fromEntries((directive?.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))

const typeNamed = (name: string) =>
  document.definitions.find((node) => 'name' in node && node.name?.value === name) as
    | { readonly directives?: readonly DirectiveNode[] }
    | undefined

const directivesOf = (name: string) =>
  typeNamed(name)?.directives?.map((node) => ({ name: node.name.value, ...argumentsOf(node) }))

describe('_service', () => {
  it('has an SDL that is never null, of all that is ours', async () => {
    const { data } = await ask(
      app,
      '{ __type(name: "_Service") { kind fields { name type { kind ofType { name } } } } }',
    )
    expect(data.__type).toEqual({
      kind: 'OBJECT',
      fields: [{ name: 'sdl', type: { kind: 'NON_NULL', ofType: { name: 'String' } } }],
    })
    expect(sdl).toContain('type Query')
    expect(sdl).toContain('type Mutation')
  })

  it('shows nothing of what is there for gateways', () => {
    expect(sdl).not.toMatch(/_entities|_service|_Entity|_Any|_Service|^directive |federation__/m)
  })
})

describe('@link', () => {
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
  )

  it('names one federation specification of version 2 and imports what is used', () => {
    expect(links.map(argumentsOf)).toEqual([
      { url: 'https://specs.apollo.dev/federation/v2.3', import: ['@key', '@shareable', '@tag'] },
    ])
    for (const name of ['@key', '@shareable', '@tag']) expect(sdl.split(`${name}`).length).toBeGreaterThan(2)
  })
})

describe('@key', () => {
  it('makes the entities that a reference can be of', async () => {
    const { data } = await ask(
      app,
      '{ entity: __type(name: "_Entity") { kind possibleTypes { name } } any: __type(name: "_Any") { kind } }',
    )
    expect(data).toEqual({
      entity: {
        kind: 'UNION',
        possibleTypes: [
          { name: 'CardPrefix' },
          { name: 'EscrowPayment' },
          { name: 'PayApiOperation' },
          { name: 'PayApiPayment' },
        ],
      },
      any: { kind: 'SCALAR' },
    })
  })

  it('@key of what has one identity is single', async () => {
    expect(directivesOf('CardPrefix')).toEqual([{ name: 'key', fields: 'prefix' }])
    const { data } = await entities(
      app,
      [{ __typename: 'CardPrefix', prefix: '949094' }],
      '... on CardPrefix { cardName }',
    )
    expect(data._entities).toEqual([{ cardName: '국민' }])
  })

  it('@key of what has several identities is composite and multiple', async () => {
    expect(directivesOf('EscrowPayment')).toEqual([
      { name: 'key', fields: 'merchantId transactionId' },
      { name: 'key', fields: 'transactionId' },
    ])
    const { data } = await entities(
      app,
      [
        { __typename: 'EscrowPayment', merchantId: 'welcometwo', transactionId: 'SANDBOX-ESCROW-1' },
        { __typename: 'EscrowPayment', transactionId: 'SANDBOX-ESCROW-2' },
      ],
      '... on EscrowPayment { status { ... on EscrowStatus { merchantId orderId } } }',
    )
    expect(data._entities).toEqual([
      { status: { merchantId: 'welcometwo', orderId: 'ORDER-1' } },
      { status: { merchantId: 'welcometst', orderId: 'ORDER-2' } },
    ])
  })

  it('lets references of both types come in one batch', async () => {
    const { data } = await entities(
      app,
      [
        { __typename: 'EscrowPayment', transactionId: 'SANDBOX-ESCROW-2' },
        { __typename: 'CardPrefix', prefix: '949094' },
      ],
      '__typename ... on CardPrefix { prefix } ... on EscrowPayment { transactionId }',
    )
    expect(data._entities).toEqual([
      { __typename: 'EscrowPayment', transactionId: 'SANDBOX-ESCROW-2' },
      { __typename: 'CardPrefix', prefix: '949094' },
    ])
  })
})

describe('the other directives', () => {
  it('@shareable is on the values that another subgraph may have as well', () => {
    const shareable = [...stripIgnoredCharacters(sdl).matchAll(/type (\w+)@shareable/g)].map(([, name]) => name)
    expect(shareable.sort()).toEqual(['PageInfo', 'PayApiCode', 'PayApiInputIssue'])
  })

  it('@tag is written by its own name', () => {
    expect(stripIgnoredCharacters(sdl)).toContain('@tag(name:"pci")')
  })

  it('@inaccessible is nowhere: nothing of ours is for gateways only', () => {
    expect(sdl).not.toContain('@inaccessible')
  })

  it('@specifiedBy of our scalars is in the SDL', () => {
    expect(directivesOf('EmailAddress')).toMatchObject([{ name: 'specifiedBy' }])
  })
})

describe('the SDL as a document', () => {
  it('keeps descriptions, for the documentation of the supergraph', () => {
    const described = parse(sdl).definitions.filter((node) => 'description' in node && node.description !== undefined)
    // All but the link to the specification.
    expect(described).toHaveLength(document.definitions.length - 1)
  })
})
