import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { useInlineTrace } from '../../../src/graphql/federation/inline-trace.ts'
import { createApp } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { ask, facadeForTests } from '../../support/graphql/subgraph.ts'

const { client } = await facadeForTests()

const CARD = '4000000000000002'
const ASKS = { 'apollo-federation-include-trace': 'ftv1' }

const options = { client, log: createLogger('silent'), inlineTrace: useInlineTrace }
const app = createApp(options)

/** What of a trace these tests look at. */
interface TraceNode {
  readonly responseName?: string
  readonly type?: string
  readonly child?: readonly TraceNode[]
  readonly error?: readonly { readonly message: string }[]
}

// The format of traces comes with the plugin.
const require = createRequire(createRequire(import.meta.url).resolve('@graphql-yoga/plugin-apollo-inline-trace'))
const { Trace } = require('@apollo/usage-reporting-protobuf') as {
  Trace: { decode(bytes: Uint8Array): { readonly root?: TraceNode; readonly durationNs: unknown } }
}

const traceOf = (ftv1: string) => Trace.decode(Buffer.from(ftv1, 'base64'))

it('gives a trace to who asks for one', async () => {
  const { extensions } = await ask(app, '{ cardPrefix(prefix: "949094") { __typename } }', {}, ASKS)
  const trace = traceOf(extensions.ftv1)
  expect(trace.root?.child?.map(({ responseName, type }) => [responseName, type])).toEqual([
    ['cardPrefix', 'LookUpCardPrefixResult'],
  ])
  expect(Number(trace.durationNs)).toBeGreaterThan(0)
})

it('gives none where it is off', async () => {
  const { extensions } = await ask(createApp({ ...options, inlineTrace: undefined }), '{ __typename }', {}, ASKS)
  expect(extensions).toBeUndefined()
})

it('gives none to who does not ask', async () => {
  expect(await ask(app, '{ _service { __typename } }')).toEqual({ data: { _service: { __typename: '_Service' } } })
})

it('holds no card number in its errors either', async () => {
  const mutation = 'mutation ($input: ChargeKeyedInCardInput!) { chargeKeyedInCard(input: $input) { __typename } }'
  const { extensions } = await ask(app, mutation, { input: { card: { number: { is: CARD } } } }, ASKS)
  const [error] = traceOf(extensions.ftv1).root?.error ?? []
  expect(error?.message).toMatch(/^Variable "\$input" got an invalid value/)
  expect(Buffer.from(extensions.ftv1, 'base64').toString('latin1')).not.toContain(CARD)
})

it('tells of a fault of ours no more than the answer does', async () => {
  const faulty = createApp({
    ...options,
    client: {
      prepare: client.prepare.bind(client),
      prepareAgain: client.prepareAgain.bind(client),
      preconnect: client.preconnect.bind(client),
      defaultMerchantId: client.defaultMerchantId,
      send: () => Promise.reject(new Error('something inside')),
    },
  })
  const { extensions } = await ask(faulty, '{ cardPrefix(prefix: "949094") { __typename } }', {}, ASKS)
  expect(traceOf(extensions.ftv1).root?.child?.[0]?.error?.map(({ message }) => message)).toEqual(['Unexpected error.'])
})
