import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CONTRACT } from '../../src/sandbox/contract.ts'
import { SCENARIOS } from '../../src/sandbox/response/scenarios.ts'
import {
  EXAMPLES,
  exampleOf,
  MID,
  postExample,
  postRaw,
  type RawReply,
  sandboxForTests,
} from '../support/sandbox/forms.ts'

const sandbox = await sandboxForTests()
const PAY = '/noauth/pay/card'

const named = (name: string) => ({ 'x-sandbox-scenario': name })
const chargesOf = (order: string) => sandbox.books.charges.filter(({ oid }) => oid === order)

/** Head and body of the first answer in what came back. */
function split({ bytes }: RawReply): { head: string; body: Buffer } {
  const end = bytes.indexOf('\r\n\r\n')
  return { head: bytes.subarray(0, end).toString('latin1'), body: bytes.subarray(end + 4) }
}

const statusLine = (reply: RawReply) => split(reply).head.split('\r\n')[0]
const has =
  (text: string, times = 1) =>
  (bytes: Buffer) =>
    bytes.toString('latin1').split(text).length > times

/** What a keyed-in payment gets back under a scenario, the connection being closed behind it. */
function raw(name: string, order = 'RAW', enough?: (bytes: Buffer) => boolean): Promise<RawReply> {
  const headers = { ...named(name), Connection: 'close' }
  return postRaw(sandbox, PAY, exampleOf(PAY, { oid: order }), headers, enough)
}

const jsonOf = async (name: string) => JSON.parse(split(await raw(name)).body.toString()) as Record<string, unknown>

/** Scenarios that never end the connection themselves: after their first bytes, or none, the caller hangs up. */
const ENDLESS: Readonly<Record<string, boolean>> = { timeout: true, 'timeout-unprocessed': true, drip: true }

describe('scenarios', () => {
  it('scenarios have distinct names and say whether they process', () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length)
    for (const { processed, description } of SCENARIOS) {
      expect(description.en.startsWith(processed ? 'Processed' : 'Not processed')).toBe(true)
    }
  })

  it.each(SCENARIOS.filter(({ name }) => !ENDLESS[name]))(
    '$name enters the books as it says',
    async ({ name, processed }) => {
      await raw(name, `BOOKS-${name}`)
      expect(chargesOf(`BOOKS-${name}`)).toHaveLength(processed ? 1 : 0)
    },
  )

  it.each(CONTRACT)('$path takes them', async ({ path }) => {
    const { status, body } = await postExample(sandbox, path, {}, named('decline'))
    expect([status, body]).toEqual([200, { ResultCode: '1001', ResultMsg: '카드사에서 승인을 거절하였습니다.' }])
  })

  it.each(['nonsense', '', 'Decline', '__proto__', 'constructor', 'decline, reset'])(
    'named %j do not exist, and the answer lists those that do',
    async (name) => {
      const { status, body } = await postExample(sandbox, PAY, {}, named(name))
      expect([status, body['ResultCode']]).toEqual([400, '9006'])
      for (const scenario of SCENARIOS) expect(body['ResultMsg']).toContain(scenario.name)
    },
  )

  it('a mistake in the form is answered as such, whatever the scenario', async () => {
    for (const { name } of SCENARIOS) {
      const { status, body } = await postExample(sandbox, PAY, { price: '1,004' }, named(name))
      expect([status, body['ResultCode']]).toEqual([400, '9105'])
    }
  })

  it('a business refusal stays a refusal, whatever the scenario', async () => {
    const changes = { billkey: 'NO-SUCH-KEY' }
    for (const name of ['mismatch', 'numbers', 'slow', 'bom', 'zero-code']) {
      const { body } = await postExample(sandbox, '/billing/billpay', changes, named(name))
      expect(body).toEqual({ ResultCode: '3001', ResultMsg: '존재하지 않는 빌키입니다.' })
    }
  })
})

describe('statuses', () => {
  it.each([
    ['http-400', 400],
    ['http-408', 408],
    ['http-500', 500],
    ['http-500-processed', 500],
  ])('%s', async (name, status) => {
    const { status: got, body } = await postExample(sandbox, PAY, {}, named(name))
    expect([got, body['ResultCode']]).toEqual([status, `9${status}`])
  })

  it.each([
    ['http-404-html', 404],
    ['http-502-html', 502],
    ['unreadable', 200],
  ])('%s is a page in HTML', async (name, status) => {
    const { head, body } = split(await raw(name))
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toContain('Content-Type: text/html; charset=utf-8')
    expect(body.toString()).toContain('<html')
  })

  it.each([
    ['redirect', 302],
    ['redirect-307', 307],
  ])('%s points to the same path', async (name, status) => {
    const { head } = split(await raw(name))
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toContain(`Location: ${PAY}`)
  })
})

describe('connections', () => {
  it.each([
    ['reset', 'reset', 1],
    ['reset-unprocessed', 'reset', 0],
    ['close', 'fin', 1],
    ['close-unprocessed', 'fin', 0],
  ])('%s ends without a byte', async (name, ending, charges) => {
    expect(await raw(name, `END-${name}`)).toEqual({ bytes: Buffer.alloc(0), ending })
    expect(chargesOf(`END-${name}`)).toHaveLength(charges)
  })

  it('truncated announces more bytes than it sends', async () => {
    const reply = await raw('truncated')
    const { head, body } = split(reply)
    const announced = Number(/Content-Length: (\d+)/.exec(head)?.[1])
    expect(reply.ending).toBe('fin')
    expect(body.length).toBe(Math.floor(announced / 2))
  })

  it('drip sends one byte after the other, and ends with its caller', async () => {
    const reply = await raw('drip', 'DRIP', has('1\r\n \r\n', 2))
    expect(statusLine(reply)).toBe('HTTP/1.1 200 OK')
    expect(reply.ending).toBe('stopped')
    expect(chargesOf('DRIP')).toHaveLength(1)
  })

  it.each([
    ['timeout', 1],
    ['timeout-unprocessed', 0],
  ])('%s is silent until the sandbox closes', async (name, charges) => {
    const own = await sandboxForTests()
    const pending = postRaw(own, PAY, exampleOf(PAY), named(name))
    await expect.poll(() => [own.books.requests[PAY], own.books.charges.length]).toEqual([1, charges])
    await own.close()
    expect((await pending).bytes).toHaveLength(0)
    expect(own.books.charges).toHaveLength(charges)
  })

  it('answer-too-many puts a second answer behind the first', async () => {
    const enough = has('HTTP/1.1 200 OK', 2)
    const reply = await postRaw(sandbox, PAY, exampleOf(PAY), named('answer-too-many'), (bytes) => enough(bytes))
    const { head, body } = split(reply)
    const length = Number(/Content-Length: (\d+)/.exec(head)?.[1])
    expect(JSON.parse(body.subarray(0, length).toString())).toMatchObject({ ResultCode: '00', Price: '1004' })
    const second = split({ ...reply, bytes: body.subarray(length) })
    expect(JSON.parse(second.body.toString())).toEqual({ ResultCode: '00', ResultMsg: '정상' })
  })
})

describe('bodies', () => {
  it('empty answers without a body', async () => {
    const reply = await raw('empty')
    expect([statusLine(reply), split(reply).body.length]).toEqual(['HTTP/1.1 200 OK', 0])
  })

  it('no-result-code answers every field but the ResultCode', async () => {
    expect(Object.keys(await jsonOf('no-result-code'))).toEqual([
      'ResultMsg',
      'PayDate',
      'PayTime',
      'Price',
      'tid',
      'ApplNum',
    ])
  })

  it('too-large answers JSON of more than 64 KiB', async () => {
    const { body } = split(await raw('too-large'))
    expect(body.length).toBeGreaterThan(64 * 1024)
    expect(JSON.parse(body.toString())).toMatchObject({ ResultCode: '00' })
  })

  it('slow answers its success after the wait', async () => {
    expect(await jsonOf('slow')).toMatchObject({ ResultCode: '00', Price: '1004' })
  })

  it.each(Object.keys(EXAMPLES))('mismatch names another Mid and Tid on %s', async (path) => {
    const { body } = await postExample(sandbox, path, {}, named('mismatch'))
    expect(body['Mid']).toBe('othermerch')
    expect(body['Tid']).toBeDefined()
    expect(Object.values(body)).not.toContain(MID)
    expect(Object.values(body)).not.toContain(EXAMPLES[path]?.['tid'] ?? 'none')
  })

  it.each([
    ['euc-kr', 'application/json; charset=euc-kr'],
    ['euc-kr-undeclared', 'application/json'],
    ['euc-kr-mislabelled', 'application/json; charset=utf-8'],
  ])('%s is in EUC-KR', async (name, type) => {
    const { head, body } = split(await raw(name))
    expect(head).toContain(`Content-Type: ${type}\r\n`)
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow()
    expect(JSON.parse(new TextDecoder('euc-kr').decode(body))).toMatchObject({ ResultCode: '00', ResultMsg: '정상' })
  })

  it.each([
    ['cp949', 'c3b3b8ae89e7bdc0b4cfb4d92e208c63'],
    ['cp949-cut', 'c3b3b8ae89e7bdc0b4cfb4d92e208c'],
  ])('%s has syllables that are not in EUC-KR', async (name, message) => {
    const { head, body } = split(await raw(name))
    expect(head).toContain('Content-Type: application/json; charset=euc-kr\r\n')
    expect(body.toString('hex')).toContain(`22${message}22`)
    expect(body.toString('latin1')).toContain('"ResultCode":"00"')
  })

  it('odd-json breaks the rules of JSON and names a charset as its encoding', async () => {
    const { head, body } = split(await raw('odd-json'))
    expect(head).toContain('Content-Encoding: UTF-8\r\n')
    expect(() => JSON.parse(body.toString()) as unknown).toThrow()
    expect(body.toString()).toContain(`"정상\n\t처리되었습니다. \\'OK\\'"`)
    expect(body.toString()).toMatch(/\}\0{4}$/)
  })

  it('zero-code has that code and else the whole answer', async () => {
    expect(await jsonOf('zero-code')).toMatchObject({ ResultCode: '0000', ResultMsg: '정상', Price: '1004' })
  })

  it.each([
    [{}, '00', '9999'],
    [{ billkey: 'NO-SUCH-KEY' }, '3001', '00'],
  ])('two-codes has both for %j', async (changes, first, second) => {
    const path = '/billing/billpay'
    const headers = { ...named('two-codes'), Connection: 'close' }
    const { body } = split(await postRaw(sandbox, path, exampleOf(path, changes), headers))
    const codes = [...body.toString().matchAll(/"ResultCode":"(\d+)"/g)].map(([, code]) => code)
    expect(codes).toEqual([first, second])
    expect(JSON.parse(body.toString())).toMatchObject({ ResultCode: second })
  })

  it('continue sends a 100 before the answer', async () => {
    const { bytes } = await raw('continue')
    expect(bytes.toString('latin1')).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n/)
  })

  it('numbers has numbers and a ResultCode that is none', async () => {
    expect(await jsonOf('numbers')).toMatchObject({
      ResultCode: '00',
      Price: 1004,
      PayDate: 20190906,
      PayTime: 110100,
      tid: expect.any(String) as unknown,
    })
  })

  it('extra-fields has what nobody documented, dangerous names included', async () => {
    const { body } = split(await raw('extra-fields'))
    expect(body.toString()).toContain('"__proto__":{"ResultCode":"9999"}')
    expect(JSON.parse(body.toString())).toMatchObject({ ResultCode: '00', Price: '1004', Count: 3, Nothing: null })
  })

  it('missing-fields is the ResultCode alone', async () => {
    expect(await jsonOf('missing-fields')).toEqual({ ResultCode: '00' })
  })

  it('bom begins with a byte order mark', async () => {
    const { body } = split(await raw('bom'))
    expect(body.subarray(0, 4).toString('hex')).toBe('efbbbf7b')
  })

  it('gzip answers a compressed body', async () => {
    const { head, body } = split(await raw('gzip'))
    expect(head).toContain('Content-Encoding: gzip')
    expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({ ResultCode: '00' })
  })
})
