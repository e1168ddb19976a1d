import { describe, expect, it } from 'vitest'
import { CONTRACT } from '../../src/sandbox/contract.ts'
import { EXAMPLES, formOf, MID, NOW, post, postBody, postExample, sandboxForTests } from '../support/sandbox/forms.ts'

const sandbox = await sandboxForTests()

describe('the services', () => {
  it('every service of the contract has an example form', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(CONTRACT.map(({ path }) => path).sort())
  })

  it.each(CONTRACT)('$path answers its success with every documented field', async ({ path, success, response }) => {
    const { status, headers, body } = await postExample(sandbox, path)
    expect({ status, code: body['ResultCode'], message: body['ResultMsg'] }).toEqual({
      status: 200,
      code: success,
      message: '정상',
    })
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(Object.keys(body)).toEqual(response.map(({ name }) => name))
    for (const { name, size, values } of response) {
      expect(typeof body[name]).toBe('string')
      if (size !== null) expect(body[name]?.length).toBeLessThanOrEqual(size)
      if (values) expect(values).toContain(body[name])
    }
  })

  it('a full cancel is answered with the names of the request and Korean time', async () => {
    const { body } = await postExample(sandbox, '/cancel/cancel', { tid: 'SANDBOX-CARD-A' })
    expect(body).toMatchObject({ Mid: MID, Tid: 'SANDBOX-CARD-A', Moid: 'ORDER-A', Price: '50000' })
    expect(body).toMatchObject({ CancelDate: '20190906', CancelTime: '110100' })
  })

  it('a partial cancel is answered with what was canceled and what remains', async () => {
    const { body } = await postExample(sandbox, '/cancel/repay', { tid: 'SANDBOX-CARD-B' })
    expect(body).toMatchObject({ Mid: MID, Tid: 'SANDBOX-CARD-B', Price: '20000', RmainPrice: '30000' })
    expect(body['C_Tid']).not.toBe(body['Tid'])
  })

  it('a card with a business registration number is answered as a corporate one', async () => {
    const { body } = await postExample(sandbox, '/billing/billkey/card', { registNo: '1234567890' })
    expect(body).toMatchObject({ CardResultCode: '21', CardKind: '1', Price: '0' })
  })

  it('a card prefix is answered from a table, otherwise from its digits, and 000000 is refused', async () => {
    const ask = async (cardNumber: string) => (await postExample(sandbox, '/search/card/prefix', { cardNumber })).body
    expect(await ask('949094')).toMatchObject({ ResultCode: '00', CardCode: '06', CardType: '0', CardName: '국민' })
    expect(await ask('123456')).toMatchObject({ ResultCode: '00' })
    expect(await ask('123456')).toEqual(await ask('123456'))
    expect(await ask('000000')).toMatchObject({ ResultCode: '4001' })
  })

  it('two requests for a short URL get two URLs', async () => {
    const urls = [await postExample(sandbox, '/smspay/makeUrl'), await postExample(sandbox, '/smspay/makeUrl')].map(
      ({ body }) => body['MsgSend'],
    )
    expect(urls[0]).toMatch(new RegExp(`^${sandbox.url}/s/[0-9A-Z]{4,}$`))
    expect(urls[0]).not.toBe(urls[1])
  })

  it('a form of the second merchant under its own keys is taken', async () => {
    const { body } = await postExample(sandbox, '/billing/billkey/card', { mid: 'welcometwo' })
    expect(body['ResultCode']).toBe('00')
  })

  it('characters outside the basic plane count as one each', async () => {
    const changes = { buyerName: '😀'.repeat(30), oid: 'ORDER-EMOJI' }
    expect((await postExample(sandbox, '/noauth/pay/card', changes)).status).toBe(200)
  })

  it('a form whose blanks are escaped and whose charset is not named is taken', async () => {
    const form = formOf('/noauth/pay/card', { ...EXAMPLES['/noauth/pay/card'], buyerName: 'A B+C' })
    const pairs = Object.entries(form).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const type = { 'content-type': 'Application/X-WWW-Form-Urlencoded' }
    expect((await postBody(sandbox, '/noauth/pay/card', pairs.join('&'), type)).status).toBe(200)
  })

  it('timestamps up to ten minutes away are taken', async () => {
    for (const timestamp of ['20190906105100', '20190906111100']) {
      const { status } = await post(sandbox, '/search/card/prefix', { cardNumber: '949094', timestamp })
      expect(status).toBe(200)
    }
    expect(NOW).toBe(Date.parse('2019-09-06T11:01:00+09:00'))
  })
})
