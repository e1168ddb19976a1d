import { describe, expect, test } from 'vitest'
import { createPayApiClient } from '../../src/payapi/index.ts'
import { FIXTURES } from '../services/index.generated.ts'
import { clientFor, MERCHANT, OTHER_MERCHANT } from '../support/payapi/client.ts'
import { answering, httpAnswer, startRawServer } from '../support/payapi/raw-server.ts'

// What a client is made of, and what it refuses to be made of.

describe('a base URL', () => {
  const GOOD = [
    'https://payapi.paywelcome.co.kr',
    'https://tpayapi.paywelcome.co.kr/',
    'https://proxy.example:8443/payapi',
    'http://127.0.0.1:4010',
    'http://127.8.9.10',
    'http://localhost:4010/',
    'http://[::1]:4010',
  ]
  for (const url of GOOD) {
    test(`may be ${url}`, () => {
      expect(() => clientFor(url)).not.toThrow()
    })
  }

  const BAD: readonly [url: string, why: RegExp][] = [
    ['http://payapi.paywelcome.co.kr', /https/],
    ['http://127.0.0.1.example.com', /https/],
    ['http://localhost.example.com', /https/],
    ['http://10.0.0.1', /https/],
    ['http://0.0.0.0', /https/],
    ['http://[::2]', /https/],
    ['ftp://payapi.paywelcome.co.kr', /http or https/],
    ['file:///etc/hosts', /http or https/],
    ['payapi.paywelcome.co.kr', /http or https/],
    ['', /http or https/],
    ['https://user:hunter2@payapi.paywelcome.co.kr', /host and a path only/],
    ['https://payapi.paywelcome.co.kr/?key=hunter2', /host and a path only/],
    ['https://payapi.paywelcome.co.kr/#hunter2', /host and a path only/],
  ]
  for (const [url, why] of BAD) {
    test(`must not be ${url || 'empty'}, and is not told back`, () => {
      expect(() => clientFor(url)).toThrow(why)
      expect(() => clientFor(url)).not.toThrow(/hunter2|paywelcome|example/)
    })
  }
})

test('at least one merchant is needed', () => {
  expect(() => createPayApiClient({ baseUrl: 'https://payapi.example', merchants: [] })).toThrow(/merchant/)
})

test('keys of a wrong length are refused when the client is made, and are not told back', () => {
  for (const wrong of [{ apiKey: 'too short' }, { apiIv: 'too short' }]) {
    const merchants = [{ ...MERCHANT, ...wrong }]
    const make = () => createPayApiClient({ baseUrl: 'https://payapi.example', merchants })
    expect(make).toThrow()
    expect(make).not.toThrow(/too short|0123456789abcdef|fedcba/)
  }
})

test('the first merchant acts where none is named, and a named one where it is', async () => {
  const server = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00"}')))
  const client = clientFor(server.url, { merchants: [OTHER_MERCHANT, MERCHANT] })
  const actors = []
  for (const merchantId of [undefined, null, MERCHANT.mid, OTHER_MERCHANT.mid]) {
    const ending = await client.deleteCardBillingKey(FIXTURES.deleteCardBillingKey.minimal.input, { merchantId })
    actors.push('merchantId' in ending && ending.merchantId)
  }
  expect(actors).toEqual([OTHER_MERCHANT.mid, OTHER_MERCHANT.mid, MERCHANT.mid, OTHER_MERCHANT.mid])
  expect(server.requests.all.map(({ body }) => new URLSearchParams(body).get('mid'))).toEqual(actors)
})

test('a merchant named like what every object has is not configured', async () => {
  for (const merchantId of ['constructor', '__proto__', '']) {
    const ending = await clientFor('http://127.0.0.1:1').deleteCardBillingKey({ billingKey: 'KEY' }, { merchantId })
    expect(ending).toMatchObject({ type: 'PayApiInvalidInput', issues: [{ code: 'UNKNOWN_MERCHANT' }] })
  }
})
