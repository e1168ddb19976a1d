import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Consumer, createConsumer, type Packed, packOnce } from '../support/package/packed.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Compressed; the page of GraphiQL takes most of it. Whoever adds to it knows why. */
const MOST_BYTES = 3_400_000

/** What a consumer has beside the package. */
const PEERS = [
  '@graphql-typed-document-node/core',
  '@types/node',
  '@types/react',
  'csstype',
  'graphql',
  'graphql-request',
  'graphql-sse',
  'react',
  'react-dom',
  'undici-types',
]

let packed: Packed
let consumer: Consumer

const tool = (file: string, ...args: readonly string[]) => consumer.node(join(ROOT, 'node_modules', file), ...args)

beforeAll(async () => {
  packed = await packOnce()
  consumer = await createConsumer(PEERS)
})

describe('the package', () => {
  it('has what is used, and nothing else', () => {
    const folders = new Set(packed.files.map(({ path }) => placeOf(path)))
    expect([...folders].toSorted()).toEqual([
      'LICENSE',
      'README.ko.md',
      'README.md',
      'dist/package/dist',
      'dist/package/sbom.cdx.json',
      'dist/package/schema',
      'dist/package/src',
      'package.json',
      'schema',
    ])
    expect(packed.size).toBeLessThan(MOST_BYTES)
    const unwanted = packed.files.filter(({ path }) => /\.(?:map|tsx?|test\..*)$/.test(path.replace(/\.d\.ts$/, '')))
    expect(unwanted).toEqual([])
  })

  it('has its license, and a bill of what it installs and what is built into its page', () => {
    const read = (path: string) => readFileSync(join(packed.folder, path), 'utf8')
    expect(read('LICENSE')).toContain('MIT License')
    const { bomFormat, components } = JSON.parse(read('dist/package/sbom.cdx.json')) as {
      readonly bomFormat: string
      readonly components: readonly { readonly name: string; readonly licenses: readonly unknown[] }[]
    }
    expect(bomFormat).toBe('CycloneDX')
    const names = components.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['graphql-yoga', 'undici', 'graphiql', 'monaco-editor', 'react-dom']))
    expect(names).not.toContain('vitest')
    for (const { name, licenses } of components) expect(licenses, name).not.toEqual([])
    const licences = read('dist/package/dist/graphiql/LICENSES.txt')
    for (const name of ['graphiql', 'monaco-editor', 'react-dom'])
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ `, 'm'))
  })

  it('may be published, and drops no module that somebody needs', () => {
    const manifest = JSON.parse(readFileSync(join(packed.folder, 'package.json'), 'utf8')) as Readonly<
      Record<string, unknown>
    >
    expect(manifest['private']).toBeUndefined()
    expect(manifest['license']).toBe('MIT')
    // A bundler would leave out the modules that register the schema.
    expect(manifest['sideEffects']).toBeUndefined()
    const exported = Object.values(
      manifest['exports'] as Readonly<Record<string, string | Readonly<Record<string, string>>>>,
    )
    for (const file of exported.flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry))))
      expect(existsSync(join(packed.folder, file)), file).toBe(true)
  })

  it('is found in order by publint', async () => {
    const { messages } = await publint({
      pkgDir: packed.folder,
      pack: false,
      strict: true,
    })
    expect(messages).toEqual([])
  })

  it('has types that everybody finds who imports it, by attw', () => {
    const texts = ['--exclude-entrypoints', 'api.graphql', 'schema.graphql']
    // It ends with an error where it finds something.
    const found = tool('@arethetypeswrong/cli/dist/index.js', packed.tarball, '--profile', 'esm-only', ...texts)
    expect(found).toContain('"payapi-graphql/react"')
  })
})

/** In which folder a file is, of those in which all is alike; itself where it stands above them. */
function placeOf(path: string): string {
  const [top = '', second, third] = path.split('/')
  if (top !== 'dist') return second === undefined ? path : top
  return `${top}/${second}/${third}`
}

/** The examples of a document, less those that import nothing of the package. */
function examplesOf(language: string): readonly string[] {
  const text = readFileSync(join(ROOT, `docs/${language}/frontend.md`), 'utf8')
  const blocks = [...text.matchAll(/^```tsx?\n([\s\S]*?)^```/gm)].map(([, code = '']) => code)
  return blocks.filter((code) => code.includes("'payapi-graphql/"))
}

/** Uses every entry point for servers, with types that have to fit. */
const PROGRAM = `import { createServer } from 'node:http'
import type { GraphQLSchema } from 'graphql'
import { createPayApiGraphql, OptionsError, type PayApiGraphql, type PayApiGraphqlOptions } from 'payapi-graphql'
import { createJournaledClient, createPayApiClient, isFailure, type JournaledClient } from 'payapi-graphql/client'
import { ConfigError, optionsFromEnvironment } from 'payapi-graphql/config'
import { type Books, startSandbox } from 'payapi-graphql/sandbox'

const options: PayApiGraphqlOptions = {
  ...optionsFromEnvironment({}),
  log: console,
  onCall: ({ service, durationMs }) => console.log(service, durationMs.toFixed()),
}
// @ts-expect-error There is no such environment.
const wrong: PayApiGraphqlOptions = { environment: 'live' }
const payments: PayApiGraphql = createPayApiGraphql(options)
const schema: GraphQLSchema = payments.schema
createServer(payments.nodeHandler)
const answer: Response = await payments.fetch(new Request('http://shop.test/graphql'), { clientAddress: '192.0.2.1' })
const sandbox = await startSandbox()
const books: Books = sandbox.books()
const { url: baseUrl, merchants } = sandbox
const client: JournaledClient = createJournaledClient({ baseUrl, merchants, journal: { url: 'file:./journal.db' } })
const card = { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' }
const buyer = { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' }
const input = { orderId: 'O-1', amount: '1000', goodsName: '커피', card, buyer, installmentMonths: 0 }
const result = await client.chargeKeyedInCard(input, { idempotencyKey: 'one' })
if (!('outcome' in result)) console.log(result.transactionId?.length, result.operationId.length)
else if (result.type === 'PayApiIdempotencyConflict') console.log(result.reason satisfies string)
else console.log(result.outcome satisfies 'NOT_PROCESSED' | 'UNKNOWN')
const plain = await createPayApiClient({ baseUrl, merchants }).checkEscrowStatus({ transactionId: 'x' })
if (!isFailure(plain)) console.log(plain.type)
// @ts-expect-error A lookup has no key.
await client.lookUpCardPrefix({ prefix: '400000' }, { idempotencyKey: 'x' })
console.log(OptionsError.name, ConfigError.name, wrong, schema, answer.status, books.charges.length)
`

/** Charges a card by either way in, and ends by itself. */
const SHOP = `import { createServer } from 'node:http'
import { once } from 'node:events'
import { createPayApiGraphql } from 'payapi-graphql'
import { createJournaledClient } from 'payapi-graphql/client'
import { optionsFromEnvironment } from 'payapi-graphql/config'
import { startSandbox } from 'payapi-graphql/sandbox'
const told = []
const payments = createPayApiGraphql(optionsFromEnvironment({}))
const server = createServer(payments.nodeHandler).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = 'http://127.0.0.1:' + server.address().port + '/graphql'
const card = { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' }
const buyer = { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' }
const input = (orderId) => ({ orderId, amount: '1000', goodsName: '커피', card, buyer, installmentMonths: 0 })
const query = 'mutation ($input: ChargeKeyedInCardInput!) { chargeKeyedInCard(input: $input) { __typename } }'
const request = (orderId) => new Request(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables: { input: input(orderId) } }),
})
for (const ask of [payments.fetch, fetch]) {
  told.push((await (await ask(request('O-' + told.length))).json()).data.chargeKeyedInCard.__typename)
  const page = await (await ask(new Request(url, { headers: { accept: 'text/html' } }))).text()
  const script = new URL(/type="module" src="([^"]+)"/.exec(page)[1], url)
  for (const encoding of ['identity', 'br'])
    told.push((await ask(new Request(script, { headers: { 'accept-encoding': encoding } }))).status)
}
const sandbox = await startSandbox()
const client = createJournaledClient({ baseUrl: sandbox.url, merchants: sandbox.merchants })
told.push((await client.chargeKeyedInCard(input('O-9'), { idempotencyKey: 'k' })).type)
told.push((await client.chargeKeyedInCard(input('O-9'), { idempotencyKey: 'k' })).type, sandbox.books().charges.length)
server.close()
await Promise.all([payments.close(), client.close()])
await sandbox.close()
console.log(JSON.stringify(told))
`

describe('a consumer', () => {
  it('charges by fetch, by node:http and by the client, shows GraphiQL, and ends by itself', () => {
    consumer.write('shop.js', SHOP)
    const charged = ['CardPayment', 200, 200, 'CardPayment', 200, 200, 'CardPayment', 'CardPayment', 1]
    expect(JSON.parse(consumer.node('shop.js'))).toEqual(charged)
  })

  it.each(['NodeNext', 'Bundler'])('compiles the examples of the documents, strictly, as %s', (moduleResolution) => {
    const examples = [...examplesOf('en'), ...examplesOf('ko')]
    expect(examples).toHaveLength(8)
    for (const [index, code] of examples.entries()) consumer.write(`example-${index}.tsx`, code)
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      module: moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext',
      moduleResolution,
      types: ['node'],
    }
    consumer.write('program.ts', PROGRAM)
    consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.tsx', 'program.ts'] }))
    expect(tool('typescript/bin/tsc', '-p', consumer.folder)).toBe('')
  })

  it('uses it on a server: outcomes, documents and a form that is drawn there', () => {
    consumer.write(
      'server.js',
      `import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { createIdempotencyKey, interpret } from 'payapi-graphql/outcome'
import { ChargeKeyedInCardDocument } from 'payapi-graphql/documents'
import { CardForm } from 'payapi-graphql/react'
import possibleTypes from 'payapi-graphql/possible-types.json' with { type: 'json' }
const outcome = await createIdempotencyKey('pay').run(async () => ({ __typename: 'CardPayment' }))
console.log(JSON.stringify([
  outcome.kind,
  interpret(null).kind,
  ChargeKeyedInCardDocument.kind,
  possibleTypes.PayApiFailure.length > 5,
  renderToString(createElement(CardForm, { language: 'ko', onSubmit() {} })).includes('autoComplete="cc-number"'),
]))`,
    )
    expect(JSON.parse(consumer.node('server.js'))).toEqual(['done', 'checking', 'Document', true, true])
  })
})
