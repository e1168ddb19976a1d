import { readFileSync } from 'node:fs'
import { validate } from '@graphql-inspector/core'
import { buildSchema, print, Source } from 'graphql'
import { expect, it } from 'vitest'
import * as documents from '../../../schema/operations.generated.ts'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { API } from '../../support/graphql/client-project.ts'

const api = buildSchema(readFileSync(API, 'utf8'))

const faultsIn = (sources: readonly Source[]) =>
  validate(api, [...sources]).map(({ source, errors, deprecated }) => [
    source.name,
    ...[...errors, ...deprecated].map(({ message }) => message),
  ])

it('every operation is valid for a client, and asks for nothing deprecated', () => {
  const sources = operationDocuments().map(({ file, text }) => new Source(text, file))
  expect(faultsIn(sources)).toEqual([])
  expect(sources.length).toBeGreaterThan(15)
})

it('every typed document is valid for a client, and there is one for each operation', () => {
  const typed = Object.entries(documents).filter(([name]) => name.endsWith('Document'))
  expect(faultsIn(typed.map(([name, document]) => new Source(print(document), name)))).toEqual([])
  expect(typed.map(([name]) => name).sort()).toEqual(
    operationDocuments()
      .map(({ name }) => `${name}Document`)
      .sort(),
  )
})

it('an operation that only a gateway may send is not valid for a client', () => {
  const source = new Source('query Sdl { _service { sdl } }', 'sdl.graphql')
  expect(faultsIn([source])).toEqual([['sdl.graphql', expect.stringContaining('_service')]])
})
