import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bench, WAYS } from '../../support/server/ways.ts'

// Clients that name a query by its hash first, and send it when they are told to: Apollo's persisted-query link and
// urql's persisted exchange, as they ask over HTTP and as they read the answer.

const { facade, sent } = bench()

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

  describe('with trusted documents', () => {
    const headers = { 'apollo-require-preflight': 'true' }
    const hash = extensions.persistedQuery.sha256Hash

    test.each([
      [
        "Apollo's and urql's persisted queries",
        (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      ],
      ["urql's persisted documents", (documentId: string) => ({ documentId })],
      ['an id', (id: string) => ({ id })],
    ])('%s run by POST and by GET, and an unknown one is told not to be in the list', async (_, named) => {
      const { fetch, post } = await facade(way, { trustedDocuments: { [hash]: query } })
      const [known, unknown] = [named(hash), named('unknown')]
      const operationName = 'LookUp'
      const got = (fields: object) => fetch(`/graphql?${search({ ...fields, operationName, variables })}`, { headers })
      expect(await post({ variables, more: { ...known, operationName } })).toMatchObject({ status: 200, json: found })
      expect(await got(known)).toMatchObject({ status: 200, json: found })
      const notInList = { status: 400, json: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }] } }
      const accept = 'application/graphql-response+json'
      expect(await post({ variables, more: unknown, headers: { accept } })).toMatchObject(notInList)
      expect(await fetch(`/graphql?${search(unknown)}`, { headers: { ...headers, accept } })).toMatchObject(notInList)
    })

    test('a query by GET that is not in the list is refused, under an id that is, too', async () => {
      const { fetch } = await facade(way, { trustedDocuments: { [hash]: query } })
      const accept = 'application/graphql-response+json'
      for (const more of [{}, { extensions }, { documentId: hash }]) {
        const url = `/graphql?${search({ query: '{ __typename }', ...more })}`
        expect(await fetch(url, { headers: { ...headers, accept } })).toMatchObject({
          status: 400,
          json: { errors: [{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }] },
        })
      }
    })

    test('a mutation of the list by GET is refused, whatever names it, and nothing is sent', async () => {
      const mutation =
        'mutation LookUp($input: LookUpCardPrefixInput!) { lookUpCardPrefix(input: $input) { __typename } }'
      const { fetch, post } = await facade(way, { trustedDocuments: { [hash]: mutation } })
      const input = { input: variables }
      const before = sent()
      for (const named of [{ extensions }, { documentId: hash }, { id: hash }, { query: mutation }]) {
        const refused = await fetch(`/graphql?${search({ ...named, variables: input })}`, { headers })
        expect(refused).toMatchObject({ status: 405 })
      }
      expect(sent()).toBe(before)
      const posted = await post({ variables: input, more: { documentId: hash } })
      expect(posted.json).toEqual({ data: { lookUpCardPrefix: { __typename: 'CardPrefix' } } })
    })

    test('one by GET without a header that a page of another site cannot send is refused', async () => {
      const { fetch } = await facade(way, { trustedDocuments: { [hash]: query } })
      const before = sent()
      for (const named of [{ extensions }, { documentId: hash }]) {
        expect(await fetch(`/graphql?${search({ ...named, variables })}`)).toMatchObject({ status: 403 })
      }
      expect(sent()).toBe(before)
    })
  })

  describe('a query by GET', () => {
    test.each([
      ["urql with yoga's header", { 'x-graphql-yoga-csrf': 'true', accept: ACCEPTS[1] }],
      ["Apollo's client with its header", { 'apollo-require-preflight': 'true', accept: ACCEPTS[0] }],
    ])('is answered as %s sends it, with variables, extensions and a name', async (_, headers) => {
      const { fetch } = await facade(way)
      const fields = { query, variables, operationName: 'LookUp', extensions: { client: { name: 'shop' } } }
      const answer = await fetch(`/graphql?${search(fields)}`, { headers: headers as Record<string, string> })
      expect(answer).toMatchObject({ status: 200, json: found })
    })

    test('is refused without the header, whatever else it has', async () => {
      const { fetch } = await facade(way)
      const before = sent()
      for (const accept of ACCEPTS) {
        expect(await fetch(`/graphql?${search({ query, variables })}`, { headers: { accept } })).toMatchObject({
          status: 403,
        })
      }
      expect(sent()).toBe(before)
    })
  })
})
