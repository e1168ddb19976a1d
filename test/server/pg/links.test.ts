import { describe, expect, it } from 'vitest'
import { sha256 } from '../../support/payapi/client.ts'
import { startSmsWorld } from '../../support/server/sms-world.ts'

// What createSmsPaymentUrl asks the PG for where the server carries the payment on itself, and where it does not.

const OWN = {
  returnUrl: 'https://shop.example/return',
  nextUrl: 'https://shop.example/next',
  notificationUrl: 'https://shop.example/notice',
}

const URLS = ['P_NEXT_URL', 'P_RETURN_URL', 'P_NOTI_URL']

it.each([
  ['CARD', 'twotrs_isp=Y&block_isp=Y&twotrs_isp_noti=N'],
  ['BANK_TRANSFER', 'twotrs_bank=Y'],
  ['MOBILE', 'twotrs_isp=Y&block_isp=Y&twotrs_isp_noti=N'],
  ['VIRTUAL_ACCOUNT', 'twotrs_isp=Y&block_isp=Y&twotrs_isp_noti=N'],
])('%s is asked for with addresses of the server, and with what the method needs', async (paymentMethod, reserved) => {
  const world = await startSmsWorld(undefined, { PAYAPI_PUBLIC_URL: 'https://pay.shop.example/' })
  const { form } = await world.link({ paymentMethod })
  expect(form['P_NEXT_URL']).toMatch(/^https:\/\/pay\.shop\.example\/pg\/next\/[\w-]{22}$/)
  expect(form['P_RETURN_URL']).toMatch(/^https:\/\/pay\.shop\.example\/pg\/return\/[\w-]{22}$/)
  expect(form['P_NOTI_URL']).toMatch(/^https:\/\/pay\.shop\.example\/pg\/notices\/[\w-]{22}$/)
  expect(form['P_RESERVED']).toBe(reserved)
  expect(Object.keys(form)).not.toContain('')
})

it('the longest public URL leaves every address within a hundred characters', async () => {
  const publicUrl = `https://${'a'.repeat(55)}.kr`
  expect(publicUrl).toHaveLength(66)
  const world = await startSmsWorld(undefined, { PAYAPI_PUBLIC_URL: publicUrl })
  const { form } = await world.link()
  for (const name of URLS) expect(form[name]?.length).toBeLessThanOrEqual(100)
})

describe('what the caller gives', () => {
  it('is kept where it is all of it: the payment is theirs, and no link is written down', async () => {
    const world = await startSmsWorld()
    const { orderId, form } = await world.link({ ...OWN, reserved: 'shop=1' })
    expect(URLS.map((name) => form[name])).toEqual([OWN.nextUrl, OWN.returnUrl, OWN.notificationUrl])
    expect(form['P_RESERVED']).toBe('shop=1')
    expect(await world.state({ orderId })).toBeNull()
  })

  it('is kept where it is a part of it', async () => {
    const world = await startSmsWorld()
    const { orderId, form } = await world.link({ nextUrl: OWN.nextUrl, reserved: 'shop=1' })
    expect(form).toMatchObject({
      P_NEXT_URL: OWN.nextUrl,
      P_NOTI_URL: expect.stringContaining('/pg/notices/'),
      P_RESERVED: 'shop=1',
    })
    expect(await world.state({ orderId })).toMatchObject({ status: 'LINK_CREATED' })
  })

  it('stands beside what the method needs, and wins where both name the same', async () => {
    const world = await startSmsWorld()
    expect((await world.link({ reserved: 'useescrow=Y' })).form['P_RESERVED']).toBe(
      'useescrow=Y&twotrs_isp=Y&block_isp=Y&twotrs_isp_noti=N',
    )
    expect((await world.link({ reserved: 'block_isp=N&twotrs_isp=N' })).form['P_RESERVED']).toBe(
      'block_isp=N&twotrs_isp=N&twotrs_isp_noti=N',
    )
  })

  it.each([
    [
      'a composite parameter that leaves no place for what is needed',
      { reserved: 'x'.repeat(290) },
      'reserved TOO_LONG',
    ],
    [
      'a redirect beside a next URL',
      { nextUrl: OWN.nextUrl, redirectUrl: 'https://shop.example' },
      'redirectUrl UNSUPPORTED',
    ],
    ['a redirect that is no address', { redirectUrl: 'javascript:alert(1)' }, 'redirectUrl INVALID_FORMAT'],
    [
      'a redirect with a line break',
      { redirectUrl: 'https://shop.example/\r\nset-cookie: x' },
      'redirectUrl INVALID_FORMAT',
    ],
  ])('is refused: %s', async (_, input, issue) => {
    const world = await startSmsWorld()
    const result = await world.create({ orderId: 'A-1', ...input })
    expect(result).toMatchObject({ __typename: 'PayApiInvalidInput' })
    const issues = result['issues'] as readonly { path: readonly string[]; code: string }[]
    expect(issues.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([issue])
    expect(world.forms).toEqual([])
  })
})

describe('the same request once more', () => {
  const input = { orderId: 'A-1', idempotencyKey: 'key-1' }

  it('has the first one’s link, although each would have addresses of its own', async () => {
    const world = await startSmsWorld()
    const first = await world.create(input)
    expect(await world.create(input)).toEqual(first)
    expect(world.forms).toHaveLength(1)
    const token = world.forms[0]?.['P_NEXT_URL']?.split('/').at(-1) ?? ''
    expect((await world.next({ token }, {})).status).toBe(200)
  })

  it('is another one with another redirect', async () => {
    const world = await startSmsWorld()
    await world.create(input)
    const other = { ...input, redirectUrl: 'https://shop.example/done' }
    expect(await world.create(other)).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
      reason: 'DIFFERENT_INPUT',
    })
    expect(world.forms).toHaveLength(1)
  })
})

it('without a public URL everything must be given, and a redirect has no effect', async () => {
  const env = { PAYAPI_ENV: 'test', PAYAPI_AUTH: 'none' }
  const world = await startSmsWorld(undefined, env)
  const result = await world.create({ orderId: 'A-1', redirectUrl: 'https://shop.example/done' })
  const issues = result['issues'] as readonly { path: readonly string[]; code: string }[]
  expect(issues.map(({ path, code }) => `${path.join('.')} ${code}`).sort()).toEqual([
    'nextUrl REQUIRED',
    'redirectUrl UNSUPPORTED',
    'reserved REQUIRED',
    'returnUrl REQUIRED',
  ])
  expect(await world.create({ orderId: 'A-1', ...OWN, reserved: 'x' })).toMatchObject({ __typename: 'SmsPaymentUrl' })
})

describe('smsPayment', () => {
  it('is of several links of an order the one that is paid, else the newest', async () => {
    const world = await startSmsWorld()
    const first = await world.link()
    const second = await world.link({ orderId: first.orderId, amount: '1004' })
    expect(await world.state(first)).toMatchObject({ amount: '1004' })
    world.approveWith(() => `P_STATUS=00&P_TID=T-1&P_TYPE=CARD&P_AMT=33000&P_MID=welcometst&P_OID=${first.orderId}`)
    await world.next(first, world.authenticated())
    expect(await world.state(second)).toMatchObject({ amount: '33000', status: 'PAID' })
  })

  it('is listed, newest first, in pages, by its state and of the merchants of the caller', async () => {
    const keys = ['welcometst', 'welcometwo'].map((merchant) => ({
      id: merchant,
      hash: sha256(merchant),
      scopes: ['sms:create', 'payments:read'],
      merchants: [merchant],
    }))
    const world = await startSmsWorld(undefined, { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: JSON.stringify(keys) })
    const as = (merchant: string) => ({ 'x-api-key': merchant })
    const create = `mutation($input: CreateSmsPaymentUrlInput!) { createSmsPaymentUrl(input: $input) { __typename } }`
    for (const [n, merchantId] of ['welcometst', 'welcometwo', 'welcometst', 'welcometst'].entries()) {
      const input = { orderId: `A-${n}`, merchantId, paymentMethod: 'CARD', goodsName: 'x', amount: '1004' }
      await world.graphql(create, { input }, as(merchantId))
    }
    const LIST = `query($first: Int, $after: String, $filter: PayApiSmsPaymentFilter) { smsPayments(first: $first, after: $after, filter: $filter) {
      edges { node { orderId } } pageInfo { hasNextPage endCursor } } }`
    type Page = { edges: { node: { orderId: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    const list = async (variables: object, merchant = 'welcometst') => {
      const { data, errors } = await world.graphql(LIST, variables, as(merchant))
      if (errors !== undefined) throw new Error(errors[0]?.message)
      return data?.['smsPayments'] as Page
    }
    const first = await list({ first: 2 })
    expect(first.edges.map(({ node }) => node.orderId)).toEqual(['A-3', 'A-2'])
    expect(first.pageInfo.hasNextPage).toBe(true)
    const rest = await list({ first: 2, after: first.pageInfo.endCursor })
    expect(rest.edges.map(({ node }) => node.orderId)).toEqual(['A-0'])
    expect((await list({}, 'welcometwo')).edges.map(({ node }) => node.orderId)).toEqual(['A-1'])
    expect((await list({ filter: { statuses: ['PAID'] } })).edges).toEqual([])
    expect((await list({ filter: { statuses: ['LINK_CREATED'], orderId: 'A-2' } })).edges).toHaveLength(1)
    await expect(list({ filter: { merchantId: 'welcometwo' } })).rejects.toThrow(/may not act/)
    await expect(list({ filter: { orderId: 'A-2' }, after: first.pageInfo.endCursor })).rejects.toThrow(
      /another filter/,
    )
    const one = await world.graphql(
      '{ smsPayment(orderId: "A-1", merchantId: "welcometwo") { status } }',
      {},
      as('welcometst'),
    )
    expect(one.errors?.[0]?.message).toMatch(/may not act/)
  })
})
