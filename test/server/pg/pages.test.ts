import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PATIENT_MS } from '../../support/journal/store.ts'
import { sha256 } from '../../support/payapi/client.ts'
import { connectTo, type RawAnswer } from '../../support/server/raw-client.ts'
import { approved, type SmsWorld, startSmsWorld } from '../../support/server/sms-world.ts'

// What a buyer's browser is shown, and what the pages are proof against.

/** Sends bytes to the server, and returns its answer. */
async function raw({ facade }: SmsWorld, head: readonly string[], body = ''): Promise<RawAnswer> {
  const client = await connectTo(facade.origin)
  client.send(`${[...head, 'host: localhost', 'connection: close'].join('\r\n')}\r\n\r\n${body}`)
  return client.answer()
}

const FORM = 'content-type: application/x-www-form-urlencoded'

const postOf = (token: string, body: string, type = FORM): [string[], string] => [
  [`POST /pg/next/${token} HTTP/1.1`, type, `content-length: ${Buffer.byteLength(body)}`],
  body,
]

const nameOf = ({ body }: RawAnswer) => /<main data-status="(\w+)"/.exec(body)?.[1]

describe('a token', () => {
  it.each([
    ['of nobody', 'A'.repeat(22)],
    ['that is too short', 'A'.repeat(21)],
    ['that is too long', 'A'.repeat(23)],
    ['with other characters', `${'A'.repeat(20)}%00`],
    ['with a path behind it', `${'A'.repeat(22)}/x`],
    ['with a way out of its folder', `../${'A'.repeat(22)}`],
    ['that is empty', ''],
    ['that is markup', '%3Cscript%3Ealert(1)%3C/script%3E'],
  ])('%s finds nothing, and says nothing of what came', async (_, token) => {
    const world = await startSmsWorld()
    await world.link()
    const answer = await raw(world, ...postOf(token, 'P_STATUS=00'))
    expect([answer.status, nameOf(answer)]).toEqual([404, 'NOT_FOUND'])
    expect(answer.body).not.toMatch(/script|%3C/i)
    expect(world.approvals).toHaveLength(0)
  })

  it('of nobody ends the connection where something of the request was not read, and else keeps it', async () => {
    const { facade } = await startSmsWorld()
    const client = await connectTo(facade.origin)
    const head = (method: string, more = '') =>
      `${method} /pg/next/${'A'.repeat(22)} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`
    for (let n = 0; n < 2; n++) {
      client.send(head('GET'))
      expect((await client.answer()).status).toBe(404)
    }
    client.send(head('POST', `${FORM}\r\ncontent-length: 1000\r\n`))
    expect(await client.answer()).toMatchObject({ status: 404, headers: { connection: 'close' } })
    await client.closed
  })

  it('of a notice does not open the page, and that of the page takes no notice', async () => {
    const world = await startSmsWorld()
    const { form, token } = await world.link()
    const noticeToken = form['P_NOTI_URL']?.split('/').at(-1) ?? ''
    expect(noticeToken).not.toBe(token)
    expect((await world.next({ token: noticeToken }, world.authenticated())).status).toBe(404)
    const notice = await fetch(`${world.facade.origin}/pg/notices/${token}`, { method: 'POST', body: 'P_STATUS=02' })
    expect([notice.status, await notice.text()]).toEqual([404, 'FAIL'])
  })

  it('has 128 bits of chance, anew for each link', async () => {
    const world = await startSmsWorld()
    const links = [await world.link(), await world.link(), await world.link()]
    const tokens = links.flatMap(({ form, token }) => [token, form['P_NOTI_URL']?.split('/').at(-1) ?? ''])
    expect(new Set(tokens).size).toBe(6)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(16)
  })

  it(
    'that is guessed again and again is not looked for any more, and the buyer still comes through',
    async () => {
      const world = await startSmsWorld()
      const link = await world.link()
      world.approveWith(() => approved(link.orderId))
      const guess = async (n: number) =>
        (await world.next({ token: String(n).padStart(22, 'A') }, { P_STATUS: '00' })).status
      const statuses = []
      for (let n = 0; n < 320; n += 32)
        statuses.push(...(await Promise.all(Array.from({ length: 32 }, (_, more) => guess(n + more)))))
      expect(new Set(statuses)).toEqual(new Set([404, 429]))
      expect(statuses.at(-1)).toBe(429)
      expect((await world.next(link, world.authenticated())).status).toBe(200)
    },
    PATIENT_MS,
  )
})

describe('a request', () => {
  it.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s does nothing', async (method) => {
    const world = await startSmsWorld()
    const { token } = await world.link()
    const query = new URLSearchParams(world.authenticated())
    const response = await fetch(`${world.facade.origin}/pg/next/${token}?${query}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect(world.approvals).toHaveLength(0)
  })

  it.each([
    ['too large', 'x=1&'.repeat(20_000), FORM, 413],
    ['of JSON', '{}', 'content-type: application/json', 415],
    ['of parts', '', 'content-type: multipart/form-data; boundary=x', 415],
    ['without a type', 'P_STATUS=00', 'x: y', 415],
    ['that is compressed', 'P_STATUS=00', `${FORM}\r\ncontent-encoding: gzip`, 415],
    ['that names a field twice', 'P_STATUS=01&P_STATUS=00', FORM, 400],
    ['that names the transaction twice', 'P_STATUS=00&P_TID=a&P_TID=b', FORM, 400],
  ])('with a body %s is not understood', async (_, body, type, status) => {
    const world = await startSmsWorld()
    const { token } = await world.link()
    const answer = await raw(world, ...postOf(token, body, type))
    expect([answer.status, nameOf(answer)]).toEqual([status, 'NOT_UNDERSTOOD'])
    expect(world.approvals).toHaveLength(0)
  })

  it('with a body without a length that does not end is not understood', async () => {
    const world = await startSmsWorld()
    const { token } = await world.link()
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const answer = await raw(
      world,
      [`POST /pg/next/${token} HTTP/1.1`, FORM, 'transfer-encoding: chunked'],
      chunk + chunk,
    )
    expect([answer.status, nameOf(answer)]).toEqual([413, 'NOT_UNDERSTOOD'])
  })

  it('in EUC-KR, with fields that nobody knows and some twice, is taken', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => approved(link.orderId))
    const fields = new URLSearchParams(world.authenticated({ P_RMESG1: '' })).toString()
    const answer = await raw(world, ...postOf(link.token, `P_RMESG1=%C4%AB%B5%E5&${fields}&P_RMESG1=x&idc_name=fc&=&&`))
    expect(nameOf(answer)).toBe('PAID')
  })

  // The first two letters are valid UTF-8 as well.
  const EUC_KR = '%C4%AB%C6%AE-%C1%D6%B9%AE'
  const UTF_8 = encodeURIComponent('카트-주문')
  it.each([
    ['in EUC-KR, for a link that asked for nothing else', {}, '', EUC_KR],
    ['in UTF-8, for a link that asked for it', { charset: 'UTF_8' }, '', UTF_8],
    ['in UTF-8, as its content type says', {}, '; charset=utf-8', UTF_8],
  ])('with a Korean order number %s, is the link’s', async (_, input, charset, sent) => {
    const world = await startSmsWorld()
    const end = randomUUID().slice(0, 18)
    const link = await world.link({ orderId: `카트-주문-${end}`, ...input })
    world.approveWith(() => approved(link.orderId))
    const fields = new URLSearchParams(world.authenticated())
    const answer = await raw(world, ...postOf(link.token, `${fields}&P_OID=${sent}-${end}`, `${FORM}${charset}`))
    expect(nameOf(answer)).toBe('PAID')
    expect(await world.state(link)).toMatchObject({ status: 'PAID', exception: null })
  })

  it('with a Korean order number in EUC-KR in its URL, is the link’s', async () => {
    const world = await startSmsWorld()
    const end = randomUUID().slice(0, 18)
    const link = await world.link({ orderId: `카트-주문-${end}` })
    world.approveWith(() => approved(link.orderId))
    const query = `${new URLSearchParams(world.authenticated())}&P_OID=${EUC_KR}-${end}`
    const answer = await raw(world, [`GET /pg/next/${link.token}?${query} HTTP/1.1`])
    expect(nameOf(answer)).toBe('PAID')
  })

  it('with another Korean order number in EUC-KR than the link’s is not approved', async () => {
    const world = await startSmsWorld()
    const link = await world.link({ orderId: '카트-주문' })
    const fields = new URLSearchParams(world.authenticated())
    const answer = await raw(world, ...postOf(link.token, `${fields}&P_OID=%C4%AB%C6%AE-%C4%AB%C6%AE`))
    expect(nameOf(answer)).toBe('FAILED')
    expect(await world.state(link)).toMatchObject({ exception: 'ORDER_DIFFERS' })
    expect(world.approvals).toHaveLength(0)
  })

  it('in a POST is not mixed with what its URL holds', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    const query = new URLSearchParams(world.authenticated())
    const answer = await raw(world, ...postOf(`${link.token}?${query}`, 'P_STATUS=01'))
    expect(nameOf(answer)).toBe('FAILED')
    expect(world.approvals).toHaveLength(0)
  })
})

describe('a page', () => {
  it('runs nothing, loads nothing, is kept and framed by nobody, and speaks both languages', async () => {
    const world = await startSmsWorld(undefined, { PAYAPI_BEHIND_TLS: 'on' })
    const { token } = await world.link()
    const { headers, body } = await raw(world, ...postOf(token, ''))
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(body).not.toMatch(/<script|<link|<img|<form|\son\w+=|javascript:|url\(/i)
    expect(body).toContain('<html lang="ko">')
    expect(body).toMatch(/아직 결제되지 않았습니다[\s\S]*lang="en"[\s\S]*Not paid yet/)
  })

  it('tells nothing of what came, nor of the payment but how it stands', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    const answer = await raw(
      world,
      ...postOf(link.token, new URLSearchParams({ P_STATUS: '01', P_RMESG1: '<b>x</b>', P_NOTI: '"><i>' }).toString()),
    )
    for (const text of ['<b>', '<i>', link.orderId, '33000', '커피', link.token])
      expect(answer.body).not.toContain(text)
  })

  it('says that the payment is being processed while it is, and loads itself anew', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const came = new Promise<void>((resolve) => {
      world.approveWith(async () => {
        resolve()
        await held
        return approved(link.orderId)
      })
    })
    const first = world.next(link, world.authenticated())
    await came
    const looking = await world.next(link, {}, 'GET')
    expect(await looking.text()).toContain('data-status="AUTHENTICATED"')
    expect(looking.headers.get('refresh')).toBe('3')
    expect(await world.state(link)).toMatchObject({ status: 'AUTHENTICATED' })
    goOn()
    expect(await (await first).text()).toContain('data-status="PAID"')
  })

  it('of the return shows how it stands, and does nothing', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    const path = new URL(link.form['P_RETURN_URL'] ?? '').pathname
    expect(path).toBe(`/pg/return/${link.token}`)
    const body = new URLSearchParams(world.authenticated())
    const response = await fetch(`${world.facade.origin}${path}`, { method: 'POST', body })
    expect(await response.text()).toContain('data-status="LINK_CREATED"')
    expect(world.approvals).toHaveLength(0)
  })

  it('gives way to the shop’s own, which is told the order and how it stands', async () => {
    const world = await startSmsWorld()
    const redirectUrl = 'https://shop.example/done?shop=1&status=mine#top'
    const link = await world.link({ redirectUrl })
    world.approveWith(() => approved(link.orderId))
    const response = await world.next(link, world.authenticated())
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(
      `https://shop.example/done?shop=1&status=PAID&orderId=${link.orderId}#top`,
    )
    expect(await response.text()).toBe('')
    const unknown = await world.next({ token: 'A'.repeat(22) }, { redirectUrl: 'https://evil.example' })
    expect(unknown.headers.get('location')).toBeNull()
  })

  it('is there for everybody, whoever may call the graph', async () => {
    const keys = JSON.stringify([{ id: 'shop', hash: sha256('key'), scopes: ['sms:create', 'payments:read'] }])
    const world = await startSmsWorld(undefined, { PAYAPI_AUTH: 'api-key', PAYAPI_API_KEYS: keys })
    expect((await world.next({ token: 'A'.repeat(22) }, {})).status).toBe(404)
    expect((await fetch(world.facade.url, { method: 'POST', body: '{}' })).status).not.toBe(200)
  })
})

it('nothing is sent while the journal cannot be used, and the buyer is asked to try again', async () => {
  const world = await startSmsWorld(
    undefined,
    { PAYAPI_STORE_URL: 'postgres://nobody@127.0.0.1:1/journal' },
    undefined,
    {
      waits: false,
    },
  )
  const response = await world.next({ token: 'A'.repeat(22) }, world.authenticated())
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('data-status="NOT_NOW"')
})
