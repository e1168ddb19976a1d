import { readFileSync } from 'node:fs'
import { diff } from '@graphql-inspector/core'
import {
  buildClientSchema,
  buildSchema,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isScalarType,
  isSpecifiedScalarType,
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

it('a type that nothing leads to is not left out, so that the rules of the schema can name it', () => {
  const field = { type: GraphQLString }
  const query = new GraphQLObjectType({ name: 'Query', fields: { _service: field, greeting: field } })
  const lost = new GraphQLObjectType({ name: 'Lost', fields: { name: field } })
  const { Query, Lost } = apiSchema(new GraphQLSchema({ query, types: [lost] })).getTypeMap()
  expect(Object.keys((Query as GraphQLObjectType).getFields())).toEqual(['greeting'])
  expect(Lost).toBe(lost)
})
