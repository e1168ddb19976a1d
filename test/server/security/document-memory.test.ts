import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { bench, type Facade, WAYS } from '../../support/server/ways.ts'

// What is kept of documents is bounded by the memory that it takes, whatever callers send.

const { facade } = bench()

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const COUNT = 100
/** The bound is 16; all documents, or what is made of them, take 30 and more. */
const MAX_MEGABYTES = 24

const limits = { maxBodyBytes: 500_000, maxTokens: 2_000, maxAliases: 400 }
const padded = (text: string, n: number) => `#${`${n} `.padEnd(400_000, 'x')}\n${text}`

const KINDS: readonly [kind: string, document: (n: number) => string][] = [
  ['that run', (n) => padded('{ __typename }', n)],
  ['of many tokens', (n) => `{ ${'a: __typename '.repeat(360)} b${n}: __typename }`],
  ['that do not run', (n) => padded('{ nothing }', n)],
  ['that are none', (n) => padded('{', n)],
]

async function megabytesKept({ post }: Facade, document: (n: number) => string): Promise<number> {
  const send = async (first: number, count: number) => {
    for (let n = first; n < first + count; n++) await post({ query: document(n) })
    collectGarbage()
    return process.memoryUsage().heapUsed / 1e6
  }
  const before = await send(0, 5)
  return (await send(5, COUNT)) - before
}

test.each(KINDS)('of large documents %s a bounded number is kept', async (_, document) => {
  // The way that keeps most: what yoga keeps, and what it does not have to be asked for again.
  expect(await megabytesKept(await facade(WAYS[1], { limits }), document)).toBeLessThan(MAX_MEGABYTES)
})

test('of large documents that are trusted in another layout a bounded number is kept', async () => {
  const trusted = await facade('without a socket', { trustedDocuments: { x: '{ __typename }' }, limits })
  expect(await megabytesKept(trusted, (n) => padded('{ __typename }', n))).toBeLessThan(MAX_MEGABYTES)
})
