import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bench, type Sent, WAYS } from '../../../support/server/ways.ts'

// What a request says has to be what was meant: bytes in another encoding would be read as another order.

const { facade, sent } = bench()

const LOOK_UP = '{ cardPrefix(prefix: "949094") { __typename } }'
const FOUND = { data: { cardPrefix: { __typename: 'CardPrefix' } } }

/** A charge of an order, as the bytes of its name say it. */
function chargeOf(orderId: Uint8Array): Uint8Array<ArrayBuffer> {
  const query = `mutation { chargeMobileBillingKey(input: { orderId: "~", amount: 100,
    billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "x" } }) { __typename } }`
  const [before = '', after = ''] = JSON.stringify({ query }).split('~')
  return Uint8Array.from([...Buffer.from(before), ...orderId, ...Buffer.from(after)])
}

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

const NOT_UTF8: readonly [what: string, body: Uint8Array<ArrayBuffer>][] = [
  ['code page 949', chargeOf(bytesOf('c1 d6 b9 ae 2d b0 a1'))],
  ['Latin 1', chargeOf(bytesOf('63 61 66 e9'))],
  ['UTF-8 that breaks off within a character', chargeOf(bytesOf('ec a3'))],
  ['UTF-8 that breaks off with the body', Uint8Array.from([...chargeOf(bytesOf('61')), 0xec, 0xa3])],
  ['a character that is longer than it need be', chargeOf(bytesOf('c0 80'))],
  ['half a pair of surrogates', chargeOf(bytesOf('ed a0 80'))],
  ['a character beyond the last', chargeOf(bytesOf('f4 90 80 80'))],
  ['UTF-16 with a byte order mark', Uint8Array.from([0xff, 0xfe, ...Buffer.from('{"query":"{"}', 'utf16le')])],
  ['UTF-16', Uint8Array.from(Buffer.from('{"query":"{ __typename }"}', 'utf16le'))],
]

const inChunks = (bytes: Uint8Array<ArrayBuffer>) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 50) controller.enqueue(bytes.subarray(at, at + 50))
      controller.close()
    },
  })

describe.each(WAYS)('%s', (way) => {
  /** Sends a request three times, its document to a facade that knows it. */
  async function answers(request: Sent) {
    const { post } = await facade(way)
    await post({ query: LOOK_UP })
    const before = sent()
    const all = [await post(request), await post(request), await post(request)]
    return { all, sent: sent() - before }
  }

  test.each(NOT_UTF8)('a body in %s is refused with 400, whole or in chunks, and nothing is sent', async (_, body) => {
    const before = sent()
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const { post } = await facade(way)
      for (const given of [body, inChunks(body)]) {
        const { status, json } = await post({ body: given, headers: { 'content-type': type } })
        expect(status).toBe(400)
        expect(json).toEqual({
          errors: [{ message: expect.stringContaining('POST body'), extensions: { code: 'BAD_REQUEST' } }],
        })
      }
    }
    expect(sent()).toBe(before)
  })

  test.each([
    'euc-kr',
    'EUC-KR',
    '"ks_c_5601-1987"',
    'cp949',
    'utf-16',
    'utf-16le',
    'iso-8859-1',
    'us-ascii',
    '""',
    'utf-88',
    'x-utf-8',
  ])('a body that is declared as %s is refused with 415, whatever it holds, and nothing is sent', async (charset) => {
    for (const name of ['charset', 'Charset']) {
      const headers = { 'content-type': `application/json; ${name}=${charset}` }
      const refused = await answers({ query: LOOK_UP, headers })
      expect(refused.sent).toBe(0)
      for (const answer of refused.all) {
        expect(answer).toMatchObject({
          status: 415,
          json: { errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
        })
      }
    }
  })

  test.each([
    'Application/JSON',
    'application/json ; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json; charset=utf8',
    'application/json;\tCHARSET="UTF-8" ; x=y',
    ' application/json ',
    'application/json;',
    'APPLICATION/GraphQL+JSON; charset=utf-8',
  ])('a body is read as "%s"', async (type) => {
    for (const answer of (await answers({ query: LOOK_UP, headers: { 'content-type': type } })).all) {
      expect(answer).toMatchObject({ status: 200, json: FOUND })
    }
  })

  test.each([
    'application/json, text/plain',
    'application/json text/plain',
    'application/json5',
    'json',
    'text/json',
    ';',
  ])('a body is not read as "%s", and nothing is sent', async (type) => {
    const refused = await answers({ query: LOOK_UP, headers: { 'content-type': type } })
    for (const answer of refused.all) expect(answer).toMatchObject({ status: 415 })
    expect(refused.sent).toBe(0)
  })

  test('a body without a media type is refused with 415', async () => {
    for (const answer of (await answers({ query: LOOK_UP, headers: { 'content-type': '' } })).all) {
      expect(answer).toMatchObject({ status: 415 })
    }
  })

  test('a byte order mark before a body is passed over', async () => {
    for (const body of [`\uFEFF${JSON.stringify({ query: LOOK_UP })}`]) {
      for (const answer of (await answers({ body })).all) expect(answer).toMatchObject({ status: 200, json: FOUND })
    }
    for (const answer of (await answers({ body: `\uFEFF\uFEFF{}` })).all) expect(answer).toMatchObject({ status: 400 })
  })

  test.each(['gzip', 'GZIP', 'br', 'deflate', 'identity, gzip', 'x'])(
    'a body compressed with %s is refused with 415, and nothing is sent',
    async (encoding) => {
      const compressed = Uint8Array.from(gzipSync(JSON.stringify({ query: LOOK_UP })))
      const headers = { 'content-encoding': encoding }
      const bodies = [{ body: compressed }, { query: LOOK_UP }]
      const refused = await Promise.all(bodies.map((body) => answers({ ...body, headers })))
      for (const answer of refused.flatMap(({ all }) => all)) {
        expect(answer).toMatchObject({
          status: 415,
          json: { errors: [{ message: 'POST takes a body that is not compressed only.' }] },
        })
      }
    },
  )

  test('a body that says that it is not compressed is read', async () => {
    for (const answer of (await answers({ query: LOOK_UP, headers: { 'content-encoding': 'identity' } })).all) {
      expect(answer).toMatchObject({ status: 200, json: FOUND })
    }
  })

  const asked = 'query ($prefix: String!) { cardPrefix(prefix: $prefix) { __typename } }'

  test.each(['%c1%d6', '%ED%A0%80', '%ff', '%ec%a3'])(
    'a URL in which %s stands is refused with 400, and nothing is sent',
    async (bytes) => {
      const { fetch } = await facade(way)
      const before = sent()
      const url = `/graphql?query=${encodeURIComponent(asked)}&variables=%7B%22prefix%22%3A%22${bytes}%22%7D`
      const { status, json } = await fetch(url, { headers: { 'apollo-require-preflight': '1', accept: GRAPHQL_JSON } })
      expect(status).toBe(400)
      expect(json).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
      expect(sent()).toBe(before)
    },
  )

  test('an empty name of an operation is none, in a body as in a URL', async () => {
    const { post, fetch } = await facade(way)
    for (const operationName of ['', null, undefined]) {
      for (const query of [LOOK_UP, `query Named ${LOOK_UP}`]) {
        for (let time = 0; time < 3; time++) {
          expect(await post({ query, more: { operationName } })).toMatchObject({ status: 200, json: FOUND })
        }
      }
    }
    const url = `/graphql?operationName=&query=${encodeURIComponent(LOOK_UP)}`
    expect(await fetch(url, { headers: { 'apollo-require-preflight': '1' } })).toMatchObject({ json: FOUND })
  })
})

const GRAPHQL_JSON = 'application/graphql-response+json'
const JSON_ONLY = 'application/json'

describe.each(WAYS)('%s', (way) => {
  test.each([
    ['*/*', JSON_ONLY],
    ['', JSON_ONLY],
    ['application/json', JSON_ONLY],
    ['Application/JSON; Charset="UTF-8"', JSON_ONLY],
    ['application/json; charset="utf-8"', JSON_ONLY],
    ['application/json ;charset=utf-8 ; q=0.5', JSON_ONLY],
    ['application/json; profile="a,b;q=0"', JSON_ONLY],
    ['application/json;q=0, */*', GRAPHQL_JSON],
    ['application/json;q=0.1, application/graphql-response+json', GRAPHQL_JSON],
    ['application/json;q=0.5, application/graphql-response+json;q=0.4', JSON_ONLY],
    ['application/graphql-response+json, application/json', GRAPHQL_JSON],
    ['application/graphql-response+json;q=0, application/*', JSON_ONLY],
    ['text/html, application/*;q=0.2', JSON_ONLY],
    ['text/event-stream, multipart/mixed, application/graphql-response+json, application/json', GRAPHQL_JSON],
    ['application/json;charset=euc-kr, application/json;q=0.1', JSON_ONLY],
  ])('an answer for "%s" is %s', async (accept, type) => {
    const { post } = await facade(way)
    for (let time = 0; time < 3; time++) {
      const { status, headers, json } = await post({ query: LOOK_UP, headers: { accept } })
      expect(status).toBe(200)
      expect(headers['content-type']).toBe(`${type}; charset=utf-8`)
      expect(json).toEqual(FOUND)
    }
  })

  test.each([
    'application/json;q=0',
    'application/json; q=0.000',
    '*/*;q=0',
    'application/json;q=0, application/graphql-response+json;q=0, */*',
    'application/*;q=0, */*;q=1',
    'application/json; charset="euc-kr"',
    'text/html',
    'text/event-stream',
    'application',
    '"application/json"',
  ])('nothing is done for a request that takes "%s" only', async (accept) => {
    const { post, fetch } = await facade(way)
    const before = sent()
    const query = 'mutation { lookUpCardPrefix(input: { prefix: "949094" }) { __typename } }'
    for (let time = 0; time < 3; time++) {
      const refused = await post({ query, headers: { accept } })
      expect(refused).toMatchObject({ status: 406, json: { errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] } })
    }
    const headers = { accept: accept.replace('text/html', 'text/plain'), 'apollo-require-preflight': '1' }
    expect(await fetch(`/graphql?query=${encodeURIComponent(LOOK_UP)}`, { headers })).toMatchObject({ status: 406 })
    expect(sent()).toBe(before)
  })
})
