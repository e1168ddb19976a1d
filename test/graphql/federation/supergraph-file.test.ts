import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { supergraphFile } from '../../../examples/gateway/compose.ts'

it('is what the committed subgraphs compose to (else: node --import tsx examples/gateway/compose.ts)', () => {
  const committed = readFileSync(new URL('../../../examples/gateway/supergraph.graphql', import.meta.url), 'utf8')
  expect(committed).toBe(supergraphFile())
})
