import { describe, expect, it } from 'vitest'
import { createPrefixCache, type PrefixCache } from '../../../src/graphql/services/prefix-cache.ts'
import type { CallResult, PreparedCall } from '../../../src/payapi/index.ts'
import { createApp } from '../../../src/server/app.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import {
  ask,
  ESCROW_PATH,
  entities,
  type Fetches,
  facadeForTests,
  PREFIX_PATH,
} from '../../support/graphql/subgraph.ts'

const { client, calls } = await facadeForTests()

/** An app with a cache that outlives requests. `change` makes other answers of PayAPI's. */
function appWith(prefixCache: PrefixCache | undefined, change = (ending: CallResult) => ending): Fetches {
  const changed = {
    prepare: client.prepare.bind(client),
    prepareAgain: client.prepareAgain.bind(client),
    preconnect: client.preconnect.bind(client),
    defaultMerchantId: client.defaultMerchantId,
    send: async (call: PreparedCall) => change(await client.send(call)),
  }
  return createApp({ client: changed, unreachable: changed, log: createLogger('silent'), prefixCache })
}

const QUERY = `query ($prefix: String!, $merchantId: ID) {
  cardPrefix(prefix: $prefix, merchantId: $merchantId) { __typename ... on CardPrefix { merchantId cardName } }
}`
const MUTATION = `mutation ($prefix: String!) {
  lookUpCardPrefix(input: { prefix: $prefix }) { __typename ... on CardPrefix { cardName } }
}`

const lookUp = async (app: Fetches, prefix: string, merchantId?: string, headers?: Record<string, string>) =>
  (await ask(app, QUERY, { prefix, merchantId }, headers)).data.cardPrefix

/** Asks for a prefix as a gateway does, by reference. */
const refer = async (app: Fetches, prefix: string) => {
  const { data } = await entities(app, [{ __typename: 'CardPrefix', prefix }], '... on CardPrefix { cardName }')
  return data._entities[0]
}

async function callsDuring(path: string, work: () => Promise<unknown>): Promise<number> {
  const before = calls(path)
  await work()
  return calls(path) - before
}

describe('a cache of card prefixes', () => {
  it('answers the references of the next request', async () => {
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 60_000 }))
    const made = await callsDuring(PREFIX_PATH, async () => {
      const first = await lookUp(app, '949094')
      expect(await refer(app, '949094')).toEqual({ cardName: first.cardName })
      expect(await refer(app, '949094')).toEqual({ cardName: first.cardName })
    })
    expect(made).toBe(1)
  })

  it('is not for the query, which says what PayAPI says now', async () => {
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 60_000 }))
    await refer(app, '949094')
    expect(await callsDuring(PREFIX_PATH, () => lookUp(app, '949094'))).toBe(1)
  })

  it('is off where there is none', async () => {
    const app = appWith(undefined)
    expect(await callsDuring(PREFIX_PATH, async () => [await refer(app, '949094'), await refer(app, '949094')])).toBe(2)
  })

  it('keeps the merchants apart', async () => {
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 60_000 }))
    const made = await callsDuring(PREFIX_PATH, async () => {
      expect(await lookUp(app, '949094', 'welcometwo')).toMatchObject({ merchantId: 'welcometwo' })
      await refer(app, '949094')
      await refer(app, '949094')
    })
    expect(made).toBe(2)
  })

  it('remembers no failure', async () => {
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 60_000 }))
    const asked = async () => [await refer(app, '000000'), await refer(app, '000000')]
    expect(await callsDuring(PREFIX_PATH, asked)).toBe(2)
  })

  it('remembers no success with a gap in it', async () => {
    const cache = createPrefixCache({ size: 10, ttlMs: 60_000 })
    const gappy = appWith(cache, (ending) => ({ ...ending, cardName: null }))
    expect(await lookUp(gappy, '949094')).toMatchObject({ cardName: null })
    expect(await refer(appWith(cache), '949094')).toMatchObject({ cardName: '국민' })
  })

  it('neither answers nor learns from a request with a scenario', async () => {
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 60_000 }))
    await lookUp(app, '949094')
    expect(await lookUp(app, '949094', undefined, { 'x-sandbox-scenario': 'decline' })).toEqual({
      __typename: 'PgFailure',
    })
    await lookUp(app, '941181', undefined, { 'x-sandbox-scenario': 'bom' })
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '941181'))).toBe(1)
  })

  it('hides nothing from the mutation, which makes it new', async () => {
    const cache = createPrefixCache({ size: 10, ttlMs: 60_000 })
    const app = appWith(cache)
    await lookUp(app, '949094')
    expect(await callsDuring(PREFIX_PATH, () => ask(app, MUTATION, { prefix: '949094' }))).toBe(1)
    await ask(app, MUTATION, { prefix: '510000' })
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '510000'))).toBe(0)
  })

  it('forgets after its time', async () => {
    let now = 1
    const app = appWith(createPrefixCache({ size: 10, ttlMs: 1_000, now: () => now }))
    await lookUp(app, '949094')
    now += 999
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '949094'))).toBe(0)
    now += 2
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '949094'))).toBe(1)
  })

  it('is bounded: the one that was not asked for the longest goes', async () => {
    const app = appWith(createPrefixCache({ size: 2, ttlMs: 60_000 }))
    for (const prefix of ['100001', '100002', '100001', '100003']) await refer(app, prefix)
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '100001'))).toBe(0)
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '100002'))).toBe(1)
  })

  it('is not for escrow payments, which take no room in it either', async () => {
    // Every field answered, as only what is whole is remembered.
    const whole = (ending: CallResult) => ({
      ...ending,
      ...(ending.type === 'EscrowStatus' && { denialReason: '변심' }),
    })
    const app = appWith(createPrefixCache({ size: 1, ttlMs: 60_000 }), whole)
    await lookUp(app, '949094')
    const reference = { __typename: 'EscrowPayment', transactionId: 'SANDBOX-ESCROW-1' }
    const asked = () => entities(app, [reference], '... on EscrowPayment { status { __typename } }')
    expect(await callsDuring(ESCROW_PATH, async () => [await asked(), await asked()])).toBe(2)
    expect(await callsDuring(PREFIX_PATH, () => refer(app, '949094'))).toBe(0)
  })
})
