import { describe, expect, test } from 'vitest'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade } = bench()

const html = { headers: { accept: 'text/html' } }

describe.each(WAYS)('%s', (way) => {
  test.each([
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
    'query { ...F } fragment F on Query { __schema { queryType { name } } }',
    '{ _service { sdl } }',
    '{ hidden: _service { sdl } }',
  ])('a closed schema is not told: %s', async (query) => {
    const { post } = await facade(way, { introspection: false })
    const { json } = await post({ query })
    expect(json).not.toHaveProperty('data')
    expect(json.errors[0].extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' })
    expect((await (await facade(way)).post({ query })).json.errors).toBeUndefined()
  })

  test('a closed schema suggests no names', async () => {
    const query = '{ cardPrefixx(prefix: "949094") { __typename } }'
    const message = async (introspection: boolean) => {
      const { post } = await facade(way, { introspection })
      return (await post({ query })).json.errors[0].message
    }
    expect(await message(true)).toBe('Cannot query field "cardPrefixx" on type "Query". Did you mean "cardPrefix"?')
    expect(await message(false)).toBe('Cannot query field "cardPrefixx" on type "Query".')
  })

  test('a closed schema still tells of types what clients ask for', async () => {
    const { post } = await facade(way, { introspection: false })
    expect((await post({ query: '{ __typename }' })).json).toEqual({ data: { __typename: 'Query' } })
  })

  test('GraphiQL is there unless it is switched off', async () => {
    expect((await (await facade(way)).fetch('/graphql', html)).headers['content-type']).toContain('text/html')
    const { status, headers } = await (await facade(way, { graphiql: false })).fetch('/graphql', html)
    expect(status).not.toBe(200)
    expect(headers['content-type'] ?? '').not.toContain('html')
  })
})
