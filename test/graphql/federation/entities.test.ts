import { describe, expect, it } from 'vitest'
import { ESCROW_PATH, entities, facadeForTests, type Json, PREFIX_PATH } from '../../support/graphql/subgraph.ts'

const { app, calls } = await facadeForTests()

const prefix = (digits: unknown) => ({ __typename: 'CardPrefix', prefix: digits })
const escrow = (transactionId: unknown, merchantId?: unknown) => ({
  __typename: 'EscrowPayment',
  transactionId,
  ...(merchantId === undefined ? {} : { merchantId }),
})

const LOOKUP = `__typename ... on CardPrefix { prefix lookup {
  __typename
  ... on CardPrefix { merchantId prefix cardCompany { code name } cardType cardName }
  ... on PayApiFailure { message outcome retryable }
  ... on PgFailure { resultCode }
  ... on PayApiInvalidInput { issues { path code } }
} }`

const STATUS = `__typename ... on EscrowPayment { merchantId transactionId status {
  __typename
  ... on EscrowStatus { merchantId transactionId orderId state amount }
  ... on PayApiFailure { outcome }
  ... on PayApiInvalidInput { issues { path code } }
} }`

/** Counts what happens at the sandbox during some work. */
async function callsDuring(path: string, work: () => Promise<unknown>): Promise<number> {
  const before = calls(path)
  await work()
  return calls(path) - before
}

describe('a card prefix that another subgraph names', () => {
  it('gets company, type and name', async () => {
    const answer = await entities(app, [prefix('949094')], LOOKUP)
    expect(answer).toEqual({
      data: {
        _entities: [
          {
            __typename: 'CardPrefix',
            prefix: '949094',
            lookup: {
              __typename: 'CardPrefix',
              merchantId: 'welcometst',
              prefix: '949094',
              cardCompany: { code: '06', name: '국민' },
              cardType: 'CREDIT',
              cardName: '국민',
            },
          },
        ],
      },
    })
  })

  it('has its plain fields from the lookup, and null after a failure', async () => {
    const selection = '... on CardPrefix { prefix merchantId cardType cardName cardCompany { code } }'
    const { data, errors } = await entities(app, [prefix('941181'), prefix('000000')], selection)
    expect(errors).toBeUndefined()
    expect(data._entities).toEqual([
      { prefix: '941181', merchantId: 'welcometst', cardType: 'GIFT', cardName: '삼성', cardCompany: { code: '12' } },
      { prefix: '000000', merchantId: null, cardType: null, cardName: null, cardCompany: null },
    ])
  })

  it('costs no call until something of it is asked for', async () => {
    const asked = () => entities(app, [prefix('123456')], '__typename ... on CardPrefix { prefix }')
    expect(await callsDuring(PREFIX_PATH, asked)).toBe(0)
  })

  it('costs one call, however much of it is asked for', async () => {
    const asked = () => entities(app, [prefix('123457')], `${LOOKUP} ... on CardPrefix { cardName cardType }`)
    expect(await callsDuring(PREFIX_PATH, asked)).toBe(1)
  })

  it('costs ten calls where a hundred references name ten prefixes', async () => {
    const references = Array.from({ length: 100 }, (_, index) => prefix(String(200_000 + (index % 10))))
    const asked = async () => {
      const { data } = await entities(app, references, LOOKUP)
      expect(data._entities.map((entity: Json) => entity.lookup.prefix)).toEqual(
        references.map((reference) => reference.prefix),
      )
    }
    expect(await callsDuring(PREFIX_PATH, asked)).toBe(10)
  })

  it('fails alone among a hundred', async () => {
    const references = Array.from({ length: 100 }, (_, index) =>
      prefix(index === 41 ? '000000' : `3000${10 + (index % 90)}`),
    )
    const { data, errors } = await entities(app, references, LOOKUP)
    expect(errors).toBeUndefined()
    const types: string[] = data._entities.map((entity: Json) => entity.lookup.__typename)
    expect(types.filter((type) => type === 'CardPrefix')).toHaveLength(99)
    expect(data._entities[41].lookup).toMatchObject({ __typename: 'PgFailure', outcome: 'NOT_PROCESSED' })
  })

  it('is one of more than PayAPI is asked for at once', async () => {
    const references = Array.from({ length: 700 }, (_, index) => prefix(String(500_000 + index)))
    const { data } = await entities(app, references, '... on CardPrefix { lookup { __typename } }')
    expect(new Set(data._entities.map((entity: Json) => entity.lookup.__typename))).toEqual(new Set(['CardPrefix']))
  })

  it.each([
    ['five digits', '12345', 'INVALID_FORMAT'],
    ['a whole card number', '4000000000000002', 'INVALID_FORMAT'],
    ['a number', 949094, 'WRONG_TYPE'],
    ['nothing', null, 'REQUIRED'],
    ['an object', { digits: '949094' }, 'WRONG_TYPE'],
  ])('may be %s, and is told so', async (_, given, code) => {
    const answer = await entities(app, [prefix('949094'), prefix(given)], LOOKUP)
    expect(answer.errors).toBeUndefined()
    const [good, bad] = answer.data._entities
    expect(good.lookup.__typename).toBe('CardPrefix')
    expect(bad).toMatchObject({ __typename: 'CardPrefix', prefix: null, lookup: { __typename: 'PayApiInvalidInput' } })
    expect(bad.lookup.issues).toContainEqual({ path: ['prefix'], code })
    expect(JSON.stringify(answer)).not.toContain('4000000000000002')
  })

  it('may be missing altogether', async () => {
    const { data, errors } = await entities(app, [{ __typename: 'CardPrefix' }], LOOKUP)
    expect(errors).toBeUndefined()
    expect(data._entities[0].lookup.issues).toEqual([{ path: ['prefix'], code: 'REQUIRED' }])
  })
})

describe('an escrow payment that another subgraph names', () => {
  const known = {
    transactionId: 'SANDBOX-ESCROW-1',
    status: { __typename: 'EscrowStatus', orderId: 'ORDER-1', state: 'APPROVED', amount: '50000' },
  }

  it('gets its state, from the default merchant where none is named', async () => {
    const references = [
      escrow('SANDBOX-ESCROW-1'),
      escrow('SANDBOX-ESCROW-1', null),
      escrow('SANDBOX-ESCROW-1', 'welcometwo'),
    ]
    const { data, errors } = await entities(app, references, STATUS)
    expect(errors).toBeUndefined()
    expect(data._entities).toMatchObject([
      { ...known, merchantId: 'welcometst' },
      { ...known, merchantId: 'welcometst' },
      { ...known, merchantId: 'welcometwo', status: { merchantId: 'welcometwo' } },
    ])
  })

  it('costs no call until its status is asked for, its merchant included', async () => {
    const asked = () => entities(app, [escrow('SANDBOX-ESCROW-2')], '... on EscrowPayment { merchantId transactionId }')
    expect(await callsDuring(ESCROW_PATH, asked)).toBe(0)
  })

  it('costs one call for each payment of each merchant', async () => {
    const references = Array.from({ length: 90 }, (_, index) =>
      escrow(
        `SANDBOX-ESCROW-${index % 3}`,
        [undefined, 'welcometst', 'welcometwo'][index % 9 < 3 ? 0 : index % 9 < 6 ? 1 : 2],
      ),
    )
    expect(await callsDuring(ESCROW_PATH, () => entities(app, references, STATUS))).toBe(6)
  })

  it('is asked for anew by every request', async () => {
    const asked = async () => {
      await entities(app, [escrow('SANDBOX-ESCROW-1')], STATUS)
      await entities(app, [escrow('SANDBOX-ESCROW-1')], STATUS)
    }
    expect(await callsDuring(ESCROW_PATH, asked)).toBe(2)
  })

  it('takes an id from a subgraph that keeps numbers', async () => {
    const { data } = await entities(app, [escrow(20190906)], STATUS)
    expect(data._entities[0]).toMatchObject({ transactionId: '20190906', status: { __typename: 'PgFailure' } })
  })

  it.each([
    ['an unknown merchant', escrow('SANDBOX-ESCROW-1', 'nobody'), ['merchantId'], 'UNKNOWN_MERCHANT'],
    ['a merchant that is none', escrow('SANDBOX-ESCROW-1', { mid: 'welcometst' }), ['merchantId'], 'UNKNOWN_MERCHANT'],
    ['no transaction', escrow(null, 'welcometst'), ['transactionId'], 'REQUIRED'],
    ['a transaction that is none', escrow(['SANDBOX-ESCROW-1']), ['transactionId'], 'WRONG_TYPE'],
    ['a transaction that is too long', escrow('x'.repeat(41)), ['transactionId'], 'TOO_LONG'],
  ])('may have %s, and is told so', async (_, reference, path, code) => {
    const { data, errors } = await entities(app, [escrow('SANDBOX-ESCROW-1'), reference], STATUS)
    expect(errors).toBeUndefined()
    expect(data._entities[0].status.__typename).toBe('EscrowStatus')
    expect(data._entities[1].status).toEqual({
      __typename: 'PayApiInvalidInput',
      outcome: 'NOT_PROCESSED',
      issues: [{ path, code }],
    })
  })

  it('meets a PayAPI that fails, alone with the failure', async () => {
    const { data, errors } = await entities(app, [escrow('SANDBOX-ESCROW-1')], STATUS, {
      'x-sandbox-scenario': 'http-500',
    })
    expect(errors).toBeUndefined()
    expect(data._entities[0].status).toMatchObject({ __typename: 'PayApiHttpServerError', outcome: 'NOT_PROCESSED' })
  })
})

describe('a reference to no entity of ours', () => {
  it.each([
    ['of another type', { __typename: 'Order', id: '1' }],
    ['of a type that is no entity', { __typename: 'EscrowStatus', transactionId: 'SANDBOX-ESCROW-1' }],
    ['without a type', { prefix: '949094' }],
    ['that is a text', 'CardPrefix'],
  ])('%s fails alone', async (_, reference) => {
    const { data, errors } = await entities(
      app,
      [prefix('949094'), reference, escrow('SANDBOX-ESCROW-1')],
      '__typename',
    )
    expect(data._entities).toEqual([{ __typename: 'CardPrefix' }, null, { __typename: 'EscrowPayment' }])
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }])
  })
})
