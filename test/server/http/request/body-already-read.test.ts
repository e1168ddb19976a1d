import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHandler } from '../../../../src/server/app.ts'
import { createLogger } from '../../../../src/server/telemetry/logger.ts'
import { type BodyReader, behind, HARMFUL, HARMLESS, PARSERS } from '../../../support/server/body-readers.ts'
import { facadeForFile } from '../../../support/server/facade.ts'
import { connectTo, type RawClient, rawPost } from '../../../support/server/raw-client.ts'

// Mounted in another server, a request may come whose body somebody has read. It is answered as if it had not been, or
// refused at once with the reason.

const facade = await facadeForFile()

const LOOK_UP = { query: '{ cardPrefix(prefix: "949094") { __typename } }' }
const FOUND = { data: { cardPrefix: { __typename: 'CardPrefix' } } }

const charge = (orderId: string) => ({
  query: 'mutation ($input: ChargeMobileBillingKeyInput!) { chargeMobileBillingKey(input: $input) { __typename } }',
  variables: { input: { orderId, amount: '100', billingKey: 'SANDBOX-MOBILEKEY-1', buyer: { name: '홍길동' } } },
})
const charges = () => facade.sandbox.books.charges.length

const ALREADY_READ = {
  errors: [{ message: expect.stringContaining('read before'), extensions: { code: 'BODY_ALREADY_READ' } }],
}

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** GraphQL behind somebody who reads bodies, and what it logs. */
async function mounted(read: BodyReader): Promise<{ readonly client: RawClient; readonly lines: readonly string[] }> {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const handler = createHandler({ client: facade.client, log, security: { limits: { maxBodyBytes: 2_000 } } })
  return { client: await connectTo(await listening(behind(read, handler))), lines }
}

async function ask(client: RawClient, body: object, headers: Readonly<Record<string, string>> = {}) {
  client.send(rawPost(body, headers))
  const { status, body: text } = await client.answer()
  return { status, json: JSON.parse(text) as unknown }
}

describe.each(Object.entries({ ...HARMLESS, 'it is parsed as JSON': PARSERS.json }))('where %s', (_, read) => {
  it('GraphQL is answered, by either way through the server, and a change is made once', async () => {
    const { client } = await mounted(read)
    for (let time = 0; time < 3; time++) expect(await ask(client, LOOK_UP)).toEqual({ status: 200, json: FOUND })
    const before = charges()
    expect(await ask(client, charge('ORDER-1'))).toMatchObject({ status: 200, json: { data: {} } })
    expect(charges()).toBe(before + 1)
  })

  it('a body that is too large is refused with 413', async () => {
    const { client } = await mounted(read)
    expect(await ask(client, { ...LOOK_UP, more: 'x'.repeat(3_000) })).toMatchObject({ status: 413 })
  })

  it('another media type is refused with 415', async () => {
    const { client } = await mounted(read)
    expect(await ask(client, charge('ORDER-2'), { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  })
})

describe.each(Object.entries(HARMFUL))('where %s', (_, read) => {
  it('GraphQL is refused at once with the reason, which stands in the log, and nothing is sent', async () => {
    const before = charges()
    const { client, lines } = await mounted(read)
    expect(await ask(client, charge('ORDER-3'))).toEqual({ status: 500, json: ALREADY_READ })
    expect(charges()).toBe(before)
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', fault: expect.objectContaining({ name: 'BodyAlreadyReadError' }) }),
    )
  })

  it('GraphQL by GET is answered', async () => {
    const { client } = await mounted(async (request) => {
      if (request.method === 'POST') await read(request)
    })
    client.send(
      `GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: localhost\r\napollo-require-preflight: 1\r\naccept: */*\r\n\r\n`,
    )
    expect(await client.answer()).toMatchObject({ status: 200 })
  })
})

it('a request that was destroyed before it came is not waited for', async () => {
  const { client, lines } = await mounted((request) => void request.destroy())
  client.send(rawPost(LOOK_UP))
  await client.closed
  expect(lines).toEqual([])
})

/** A POST of some bytes. */
const raw = (body: Buffer) => {
  const headers = `host: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  return Buffer.concat([Buffer.from(`POST /graphql HTTP/1.1\r\n${headers}\r\n\r\n`), body])
}

/** A charge of a buyer whose name is some bytes. */
function rawCharge(orderId: string, name: Buffer): Buffer {
  const [first = '', last = ''] = JSON.stringify(charge(orderId)).split('홍길동')
  return raw(Buffer.concat([Buffer.from(first), name, Buffer.from(last)]))
}

describe('what a parser of JSON has lost', () => {
  /** Sends bytes behind a parser of JSON, and behind nobody. */
  async function bothWays(sent: Buffer) {
    const answers = []
    for (const read of [PARSERS.json, () => {}]) {
      const { client } = await mounted(read)
      client.socket.write(sent)
      const { status, body: text } = await client.answer()
      answers.push({ status, json: JSON.parse(text) as unknown })
    }
    return answers
  }

  it('text in another charset is refused as it is without the parser', async () => {
    const before = charges()
    const [parsed, unparsed] = await bothWays(rawCharge('ORDER-4', Buffer.from('c8abb1e6b5bf', 'hex')))
    expect(parsed).toEqual(unparsed)
    expect(parsed).toMatchObject({ status: 400 })
    expect(charges()).toBe(before)
  })

  it.each([
    ['members that come twice', '{"query":"{ nothing }","query":"{ __typename }"}', 200],
    ['a prototype', '{"__proto__":{"query":"{ __typename }"}}', 400],
    [
      'a prototype among variables',
      '{"query":"query ($x: Int) { __typename @include(if: true) }","variables":{"__proto__":{"x":1}}}',
      200,
    ],
    ['a number that is none of JSON', '{"query":"{ __typename }","variables":{"x":1e999}}', 500],
    ['half a character, escaped', '{"query":"{ __typename }","variables":{"x":"\\ud800"}}', 200],
    ['a text', '"{ __typename }"', 500],
    ['null', 'null', 400],
    ['a list', '[]', 400],
  ])('%s', async (_, body, status) => {
    const [parsed, unparsed] = await bothWays(raw(Buffer.from(body)))
    expect(parsed).toMatchObject({ status })
    if (status !== 500) expect(parsed).toEqual(unparsed)
  })
})

describe('a text that a decoder may have damaged', () => {
  const DAMAGED = [
    ['latin1', Buffer.from('홍길동')],
    ['ascii', Buffer.from('홍길동')],
    ['utf16le', Buffer.from('홍길동')],
    ['utf8', Buffer.from('c8abb1e6b5bf', 'hex')],
    // As long as what stands in its place.
    ['utf8', Buffer.from('f09f98', 'hex')],
  ] as const

  it.each(DAMAGED)('is refused where it was read as %s', async (encoding, name) => {
    const before = charges()
    const { client } = await mounted(async (request) => {
      request.setEncoding(encoding)
      let body = ''
      for await (const chunk of request) body += chunk
      Object.assign(request, { body })
    })
    client.socket.write(rawCharge('ORDER-5', name))
    const { status, body } = await client.answer()
    expect({ status, json: JSON.parse(body) }).toEqual({ status: 500, json: ALREADY_READ })
    expect(charges()).toBe(before)
  })
})
