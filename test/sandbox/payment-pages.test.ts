import { describe, expect, it } from 'vitest'
import { type Fields, sandboxForTests } from '../support/sandbox/forms.ts'
import { approve, makeLink } from '../support/sandbox/links.ts'

const sandbox = await sandboxForTests()

const DAY_MS = 24 * 60 * 60 * 1000

async function open(url: string, headers: Fields = {}) {
  const answer = await fetch(url, { headers, redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

async function press(url: string, action: string, fields: Fields = {}) {
  const body = new URLSearchParams({ action, ...fields })
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

/** The hidden fields of the form that leads to the shop. */
const hidden = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, n, v]) => [n, v]),
  )

const statusOf = (order: string) => sandbox.buyer(order).payment.status

describe('the page behind a short URL', () => {
  it.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['ko;q=0.5, en', 'en'],
    ['fr', 'ko'],
    ['', 'ko'],
  ])('a browser that prefers %j is shown %s, and a switch to the other', async (header, language) => {
    const url = await makeLink(sandbox, 'LANGUAGE', 'card')
    const { status, text } = await open(url, { 'accept-language': header })
    expect(status).toBe(200)
    expect(text).toContain(`<html lang="${language}">`)
    const other = language === 'ko' ? 'en' : 'ko'
    expect(text).toContain(`?lang=${other}" lang="${other}"`)
    expect((await open(`${url}?lang=${other}`, { 'accept-language': header })).text).toContain(`<html lang="${other}">`)
  })

  it.each(['card', 'hpp', 'bank', 'vbank'])('for %s has what is bought, escaped, and no script', async (payType) => {
    const goods = `<script>alert("1")</script> & 'x'`
    const url = await makeLink(sandbox, `"><b>${payType}`, payType, { P_GOODS: goods, P_AMT: '1234567' })
    const { text, headers } = await open(url, { 'accept-language': 'en' })
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;')
    expect(text).toContain('1,234,567 won')
    expect(text).not.toMatch(/<script|<b>| on\w+=|style=|javascript:/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'; script-src 'self'")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('for a card of 50,000 won and more offers the instalments that the link names', async () => {
    const monthsOf = async (amount: string, options?: string) => {
      const url = await makeLink(sandbox, 'MONTHS', 'card', { P_AMT: amount, P_QUOTABASE: options })
      const [, months = ''] = /name="months">(.*?)<\/select>/.exec((await open(url)).text) ?? []
      return [...months.matchAll(/value="(\d\d)"/g)].map(([, value]) => value)
    }
    expect(await monthsOf('49999', '01:02:03')).toEqual([])
    expect(await monthsOf('50000', '01:02:03')).toEqual(['00', '02', '03'])
    expect(await monthsOf('50000', '99:06:12')).toEqual(['06', '12'])
    expect(await monthsOf('50000')).toEqual(['00', '02', '03', '06', '12'])
  })

  it('an unknown short URL is a page that says so', async () => {
    const { status, text } = await open(`${sandbox.url}/s/NONE`, { 'accept-language': 'en' })
    expect([status, text.includes('No such link')]).toEqual([404, true])
  })

  it('a method other than GET and POST is refused', async () => {
    const url = await makeLink(sandbox, 'METHOD', 'card')
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405)
  })

  it('the short URL begins with where browsers reach the sandbox', async () => {
    const own = await sandboxForTests({ publicUrl: 'https://pay.shop.example/sandbox' })
    expect(await makeLink(own, 'PUBLIC', 'card')).toMatch(/^https:\/\/pay\.shop\.example\/sandbox\/s\/\w{4,}$/)
  })
})

describe('the buttons', () => {
  it('pay brings the browser to the next URL by POST, in the charset of the link', async () => {
    for (const [asked, charset] of [
      [undefined, 'euc-kr'],
      ['utf8', 'utf-8'],
    ] as const) {
      const url = await makeLink(sandbox, 'PAY', 'card', { P_CHARSET: asked })
      const { status, text } = await press(url, 'pay', { name: '홍길동', institution: '14', months: '02' })
      expect(status).toBe(200)
      expect(text).toContain(`method="post" action="http://shop.test/next" accept-charset="${charset}"`)
      expect(text).toContain('<script src="continue.js" defer></script>')
      expect(hidden(text)).toMatchObject({ P_STATUS: '00', P_AMT: '1004' })
      expect(statusOf('PAY')).toBe('authenticated')
    }
  })

  it('pay by GET redirects there, and keeps what stands behind the question mark', async () => {
    const url = await makeLink(sandbox, 'GET', 'card', { P_NEXT_URL: 'http://shop.test/next?shop=1' })
    const { status, location } = await press(url, 'pay', { method: 'GET' })
    expect(status).toBe(303)
    expect(location).toMatch(/^http:\/\/shop\.test\/next\?shop=1&P_STATUS=00&P_RMESG1=%C0%CE/)
  })

  it('pay with an answer that was chosen has the approval answered so', async () => {
    const url = await makeLink(sandbox, 'CHOSEN', 'card')
    await press(url, 'pay', { approval: 'http-500' })
    const handOver = hidden((await press(url, 'pay', { approval: 'unreadable' })).text)
    const answer = await approve({ url: '', method: 'POST', charset: 'euc-kr', fields: handOver as Fields })
    expect(answer.type).toBe('text/html; charset=utf-8')
    expect(statusOf('CHOSEN')).toBe('paid')
  })

  it.each([
    ['fail', '인증에 실패하였습니다.'],
    ['give-up', '사용자가 결제를 취소하였습니다.'],
  ])('%s brings a failure to the shop, after which one may try again', async (action, message) => {
    const url = await makeLink(sandbox, 'FAIL', 'bank')
    expect(hidden((await press(url, action)).text)).toMatchObject({ P_STATUS: '01', P_RMESG1: message })
    expect(statusOf('FAIL')).toBe('failed')
    expect((await press(url, 'pay')).status).toBe(200)
    expect(statusOf('FAIL')).toBe('authenticated')
  })

  it('a payment in one step leads to the return URL', async () => {
    const url = await makeLink(sandbox, 'ONE-STEP', 'card', { P_RESERVED: 'x' })
    expect(await press(url, 'pay')).toMatchObject({ status: 303, location: 'http://shop.test/return?shop=1' })
    expect(statusOf('ONE-STEP')).toBe('paid')
  })

  it('issue shows the account and the way to the shop; deposit and withdraw move it', async () => {
    const url = await makeLink(sandbox, 'ISSUE', 'vbank')
    expect(await press(url, 'issue')).toMatchObject({ status: 303, location: expect.stringMatching(/^\w+\?lang=ko$/) })
    const page = (await open(url)).text
    expect(page).toContain(sandbox.buyer('ISSUE').payment.account?.number)
    expect(hidden(page)).toMatchObject({ P_STATUS: '00', P_VACT_BANK_CODE: '04' })
    expect(page).not.toContain('value="withdraw"')
    expect((await press(url, 'withdraw')).status).toBe(409)
    await press(url, 'deposit')
    expect(statusOf('ISSUE')).toBe('deposited')
    await press(url, 'withdraw')
    expect(statusOf('ISSUE')).toBe('withdrawn')
    expect((await press(url, 'withdraw')).status).toBe(409)
  })

  it('deposit of another amount takes what was typed, and nothing that is no amount', async () => {
    const url = await makeLink(sandbox, 'TYPED', 'vbank')
    await press(url, 'issue')
    for (const amount of ['', '0', '-1', '1.5', '1,000', '1e3', '1234567890123'])
      expect((await press(url, 'deposit-other', { amount })).status).toBe(400)
    expect((await press(url, 'deposit-other', { amount: '7' })).status).toBe(303)
    expect(sandbox.books.charges.filter(({ oid }) => oid === 'TYPED').map(({ price }) => price)).toEqual(['7'])
  })

  it.each([
    ['card', ['issue', 'deposit', 'deposit-other', 'withdraw', 'nonsense', '']],
    ['vbank', ['pay', 'deposit', 'withdraw', 'constructor']],
  ])('what does not go with a %s is refused and changes nothing', async (payType, actions) => {
    const url = await makeLink(sandbox, `NOT-${payType}`, payType)
    for (const action of actions) expect((await press(url, action, { amount: '1' })).status).toBe(409)
    expect(statusOf(`NOT-${payType}`)).toBe('open')
  })

  it('nothing more is paid at a link that is paid', async () => {
    const url = await makeLink(sandbox, 'PAID', 'card')
    await approve(await sandbox.buyer('PAID').pay())
    for (const action of ['pay', 'fail', 'give-up']) expect((await press(url, action)).status).toBe(409)
    expect((await open(url)).text).toContain('data-status="paid"')
  })

  it('a link can be paid at for 72 hours', async () => {
    const own = await sandboxForTests()
    const url = await makeLink(own, 'OLD', 'card')
    await own.advance(3 * DAY_MS - 1)
    expect((await press(url, 'pay')).status).toBe(200)
    await own.advance(1)
    expect((await press(url, 'pay')).status).toBe(409)
    expect((await open(url, { 'accept-language': 'en' })).text).toContain('This link has expired.')
    const later = await makeLink(own, 'NEW', 'card')
    expect((await press(later, 'pay')).status).toBe(200)
  })
})
