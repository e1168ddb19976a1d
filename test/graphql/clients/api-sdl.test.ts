import { readFileSync } from 'node:fs'
import { diff } from '@graphql-inspector/core'
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
  visit,
} from 'graphql'
import { expect, it } from 'vitest'
import { apiSchema } from '../../../scripts/api-schema.ts'
import { API } from '../../support/graphql/client-project.ts'
import { facadeForTest } from '../../support/server/facade.ts'

const text = readFileSync(API, 'utf8')
const api = buildSchema(text)

it('what a client reads from the server is api.graphql, and beside it only what is there for gateways', async () => {
  const { post } = await facadeForTest()
  const { data } = await post({ query: getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }) })
  const served = printSchema(buildClientSchema(data as unknown as IntrospectionQuery))
  const changes = await diff(api, buildSchema(served))
  const more = changes.map(({ type, path }) => `${type} ${path}`)
  expect(more.filter((line) => !/^\w+ (_|Query\._|EscrowPayment)/.test(line))).toEqual([])
  expect(more).toEqual(expect.arrayContaining(['TYPE_ADDED _Any', 'FIELD_ADDED Query._service']))
})

it('api.graphql has no directive but those that every client knows, and every scalar keeps its specification', () => {
  const used = new Set<string>()
  visit(parse(text), { Directive: ({ name }) => void used.add(name.value) })
  expect([...used].filter((name) => !['specifiedBy', 'deprecated', 'oneOf'].includes(name))).toEqual([])
  const scalars = Object.values(api.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
  expect(scalars.map((type) => isScalarType(type) && URL.canParse(type.specifiedByURL ?? ''))).not.toContain(false)
  expect(scalars.length).toBeGreaterThan(5)
})

it('what only other subgraphs refer to is left out; what nothing leads to is not, so that the rules can name it', () => {
  const subgraph = buildSchema(`
    type Query { greeting: String, shipment: Shipment, _service: String, _entities: [_Entity] }
    type Shipment { id: ID! }
    type Place { id: ID! }
    type Lost { name: String }
    union _Entity = Shipment | Place
  `)
  const expected = buildSchema(`
    type Query { greeting: String, shipment: Shipment }
    type Shipment { id: ID! }
    type Lost { name: String }
  `)
  const [printed, wanted] = [apiSchema(subgraph), expected].map((each) => printSchema(lexicographicSortSchema(each)))
  expect(printed).toBe(wanted)
})
