import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bench, WAYS } from '../../support/server/ways.ts'

// Clients that name a query by its hash first, and send it when they are told to: Apollo's persisted-query link and
// urql's persisted exchange, as they ask over HTTP and as they read the answer.

const { facade } = bench()

const query = 'query LookUp($prefix: String!) { cardPrefix(prefix: $prefix) { __typename } }'
const variables = { prefix: '949094' }
const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } }
const found = { data: { cardPrefix: { __typename: 'CardPrefix' } } }

const ACCEPTS = [
  'application/graphql-response+json,application/json;q=0.9',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  '*/*',
]

const notSupported = {
  status: 200,
  json: {
    errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
  },
}

const search = (fields: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString()

describe.each(WAYS)('%s', (way) => {
  describe.each(ACCEPTS)('a client that accepts %s', (accept) => {
    test('is told to send the query where it posts a hash, and is answered when it does', async () => {
      const { post } = await facade(way)
      const headers = { accept }
      const asked = await post({ variables, more: { operationName: 'LookUp', extensions }, headers })
      expect({ status: asked.status, json: asked.json }).toEqual(notSupported)
      for (const more of [{ operationName: 'LookUp' }, { operationName: 'LookUp', extensions }]) {
        expect((await post({ query, variables, more, headers })).json).toEqual(found)
      }
    })

    test('is told so where it gets a hash, and is answered when it gets or posts the query', async () => {
      const { fetch, post } = await facade(way)
      const headers = { accept, 'content-type': 'application/json', 'x-apollo-operation-name': 'LookUp' }
      const named = { operationName: 'LookUp', variables, extensions }
      const asked = await fetch(`/graphql?${search(named)}`, { headers })
      expect({ status: asked.status, json: asked.json }).toEqual(notSupported)
      expect((await fetch(`/graphql?${search({ ...named, query })}`, { headers })).json).toEqual(found)
      expect((await post({ query, variables, headers: { accept } })).json).toEqual(found)
    })
  })

  test('trusted documents keep their own protocol', async () => {
    const { post } = await facade(way, { trustedDocuments: { [extensions.persistedQuery.sha256Hash]: query } })
    expect((await post({ variables, more: { extensions } })).json).toEqual(found)
    const unknown = { persistedQuery: { version: 1, sha256Hash: 'unknown' } }
    const refused = await post({ variables, more: { extensions: unknown } })
    expect(refused.json.errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }])
  })
})
