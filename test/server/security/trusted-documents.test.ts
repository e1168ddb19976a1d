import { readFileSync } from 'node:fs'
import { parse, print, stripIgnoredCharacters } from 'graphql'
import { describe, expect, test } from 'vitest'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { bench, WAYS } from '../../support/server/ways.ts'

const { facade, sent } = bench()

const SCHEMA = new URL('../../../schema/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('trusted-documents.json', SCHEMA), 'utf8')) as Record<string, string>
const file = readFileSync(new URL('operations/16-card-prefix.graphql', SCHEMA), 'utf8')
const [id = ''] = Object.entries(manifest).find(([, text]) => text === print(parse(file))) ?? []

const security = { trustedDocuments: manifest }
const variables = { prefix: '949094' }
const found = { data: { cardPrefix: { __typename: 'CardPrefix' } } }

describe.each(WAYS)('%s', (way) => {
  test.each([
    ['its id as clients of persisted queries do', { extensions: { persistedQuery: { version: 1, sha256Hash: id } } }],
    ['its documentId', { documentId: id }],
    ['its id', { id }],
  ])('a document of the manifest runs by %s', async (_, more) => {
    const { post } = await facade(way, security)
    expect((await post({ variables, more })).json).toMatchObject(found)
  })

  test.each([
    ['as it stands in its file', file],
    ['as clients print it', print(parse(file))],
    ['without layout', stripIgnoredCharacters(file)],
  ])('a document of the manifest runs by its text %s', async (_, query) => {
    const { post } = await facade(way, security)
    expect((await post({ query, variables })).json).toMatchObject(found)
    expect((await post({ query, variables })).json).toMatchObject(found)
  })

  test.each([
    ['another document', 'QUERY_NOT_IN_SAFELIST', { query: '{ __typename }' }],
    [
      'a document of the manifest with a field more',
      'QUERY_NOT_IN_SAFELIST',
      { query: file.replace('{', '{ more: __typename') },
    ],
    [
      'another document under an id of the manifest',
      'QUERY_NOT_IN_SAFELIST',
      { query: '{ __typename }', documentId: id },
    ],
    ['what is no document', 'QUERY_NOT_IN_SAFELIST', { query: '{ "unended' }],
    ['what is no text', 'QUERY_NOT_IN_SAFELIST', { query: { kind: 'Document' } }],
    ['another id', 'PERSISTED_QUERY_NOT_IN_LIST', { id: 'constructor' }],
    ['an id that is no text', 'PERSISTED_QUERY_ID_REQUIRED', { id: 1 }],
    ['nothing', 'PERSISTED_QUERY_ID_REQUIRED', {}],
  ])('%s does not run: %s', async (_, code, more) => {
    const { post } = await facade(way, security)
    const before = sent()
    const headers = { accept: 'application/graphql-response+json' }
    const { status, json } = await post({ variables, more, headers })
    expect({ status, code: json.errors[0].extensions.code, data: json.data }).toEqual({
      status: 400,
      code,
      data: undefined,
    })
    expect(sent()).toBe(before)
  })

  test('ids are ignored where no manifest is configured', async () => {
    const { post } = await facade(way)
    expect(await post({ variables, more: { id } })).toMatchObject({ status: 400 })
  })
})

test('the manifest holds every operation of the folder', () => {
  const texts = Object.values(manifest)
  for (const { file, text } of operationDocuments()) expect(texts, file).toContain(print(parse(text)))
  for (const name of Object.keys(manifest)) expect(name).toMatch(/^[0-9a-f]{64}$/)
})
