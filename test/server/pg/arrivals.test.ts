import { describe, expect, it } from 'vitest'
import type { FacadeProcess } from '../../chaos/world/facade-process.ts'
import { overBothStores, tableIn } from '../../support/journal/both-stores.ts'
import type { GraphQLAnswer } from '../../support/journal/facade.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'
import { PATIENT_MS } from '../../support/journal/store.ts'
import { Inbox } from '../../support/payapi/inbox.ts'
import { httpAnswer } from '../../support/payapi/raw-server.ts'
import { startTestProcess } from '../../support/server/running-facade.ts'
import { type AskedLink, approved, type Fields, type SmsWorld, startSmsWorld } from '../../support/server/sms-world.ts'

// A buyer's browser comes back from the PG's page. Whatever it brings anybody may have written; what it leads to is one
// approval at most, and nobody is told that something is paid which is not.

/** How the page that a browser was shown says that the payment stands. */
const shown = async (response: Response) => [response.status, /data-status="(\w+)"/.exec(await response.text())?.[1]]

const ACCOUNT = { P_TYPE: 'VBANK', P_VACT_NUM: '9400120055661', P_VACT_BANK_CODE: '04' }

const RESOLVE = `mutation($id: ID!, $processed: Boolean!, $transactionId: ID) {
  resolvePaymentOperation(input: { operationId: $id, processed: $processed, transactionId: $transactionId }) { __typename }
}`

const sending = (world: SmsWorld) => ({
  send: async (query: string, variables?: object) => (await world.graphql(query, variables)) as GraphQLAnswer,
})

/** A PG that makes links and cancels nothing. */
const refusingCancels = ({ tid }: Fields): string =>
  tid === undefined
    ? '{"ResultCode":"00","ResultMsg":"ok","MsgSend":"https://m.welpg.com/s/97T9"}'
    : '{"ResultCode":"99","ResultMsg":"no"}'

/** Approves a link so that nothing but the request, or the link, tells the method; returns the payment's id. */
async function approvedWithoutMethod(world: SmsWorld, link: AskedLink, how: 'ANSWERED' | 'RESOLVED'): Promise<string> {
  const transactionId = `WELMX_${link.orderId.slice(-12)}`
  const answer = approved(link.orderId, { P_TID: transactionId, P_TYPE: '' })
  world.approveWith(() => (how === 'ANSWERED' ? answer : 'CUT'))
  await world.next(link, world.authenticated())
  if (how === 'RESOLVED') {
    const id = (await world.state(link))?.['approvalOperationId']
    expect(await world.graphql(RESOLVE, { id, processed: true, transactionId })).not.toHaveProperty('errors')
  }
  return transactionId
}

overBothStores('a buyer who comes back', (newJournal) => {
  it('is charged once, and the payment is seen in the graph', async () => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    expect(await world.state(link)).toMatchObject({
      status: 'LINK_CREATED',
      paymentUrl: 'https://m.welpg.com/s/97T9',
      amount: '33000',
      paymentMethod: 'CARD',
      goodsName: '커피',
      paidAt: null,
      payment: null,
      exception: null,
    })
    world.approveWith(() => approved(link.orderId))
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'PAID'])
    expect(world.approvals).toEqual([{ P_TID: 'WELMX_AUTH1', P_MID: 'welcometst' }])
    const transactionId = `WELMX_CARD_${link.orderId.slice(-12)}`
    expect(await world.state(link)).toMatchObject({
      status: 'PAID',
      paidAt: '2026-11-26T01:15:02.000Z',
      payment: { transactionId, status: 'APPROVED', amount: '33000' },
      exception: null,
    })
  })

  it('is charged as long as the link can be paid, however short the time is that things are kept', async () => {
    const journal = await newJournal()
    const world = await startSmsWorld(journal)
    const link = await world.link()
    const store = await journal.open()
    const old = (await store.advanceClock(0)) + 1
    await store.advanceClock(old)
    await store.run('sweepRecords', { keptBefore: old, contentKeptBefore: old })
    await store.sweep({ settledBefore: old, createdBefore: Date.now() + 1 })
    world.approveWith(() => approved(link.orderId))
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'PAID'])
    expect(await world.state(link)).toMatchObject({ status: 'PAID', exception: null })
  })

  it('of many at once is charged once, and all of them hear the first outcome', async () => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    const came = new Inbox<true>()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    world.approveWith(async () => {
      came.put(true)
      await held
      return approved(link.orderId)
    })
    const all = Array.from({ length: 6 }, (_, n) =>
      world.next(link, world.authenticated(n % 2 === 0 ? {} : { P_RMESG1: 'other' }), n % 3 === 0 ? 'GET' : 'POST'),
    )
    await came.next()
    // The others have come by then, and wait.
    for (let n = 0; n < 10; n++) expect(await world.state(link)).toMatchObject({ status: 'AUTHENTICATED' })
    goOn()
    for (const response of await Promise.all(all)) expect(await shown(response)).toEqual([200, 'PAID'])
    expect(world.approvals).toHaveLength(1)
    expect(await world.state(link)).toMatchObject({ status: 'PAID', exception: null })
  })

  it('is charged once, however often and with whatever they come again', async () => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    world.approveWith(() => approved(link.orderId))
    await world.next(link, world.authenticated())
    for (const fields of [
      world.authenticated(),
      world.authenticated({ P_TID: 'WELMX_AUTH2' }),
      world.authenticated({ P_AMT: '1' }),
      { P_STATUS: '01' },
      {},
    ]) {
      expect(await shown(await world.next(link, fields))).toEqual([200, 'PAID'])
    }
    expect(world.approvals).toHaveLength(1)
    expect(await world.state(link)).toMatchObject({ status: 'PAID', exception: null })
  })

  it('is told that it is being checked where the answer to the approval was lost, and is never charged again', async () => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    world.approveWith(() => 'CUT')
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    world.approveWith(() => approved(link.orderId))
    for (const P_TID of ['WELMX_AUTH1', 'WELMX_AUTH2'])
      expect(await shown(await world.next(link, world.authenticated({ P_TID })))).toEqual([200, 'UNKNOWN'])
    expect(world.approvals).toHaveLength(1)
    const state = await world.state(link)
    expect(state).toMatchObject({ status: 'UNKNOWN', paidAt: null, payment: null })
    const resolve = `mutation($id: ID!) { resolvePaymentOperation(input: { operationId: $id, processed: true, transactionId: "TID-77" }) { __typename } }`
    expect(await world.graphql(resolve, { id: state?.['approvalOperationId'] })).not.toHaveProperty('errors')
    expect(await world.state(link)).toMatchObject({
      status: 'PAID',
      payment: { transactionId: 'TID-77', amount: '33000' },
    })
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'PAID'])
  })

  it.each([
    ['another amount', { P_AMT: '3300' }],
    ['more', { P_AMT: '330000' }],
    ['another merchant', { P_MID: 'welcometwo' }],
    ['another order', { P_OID: 'another' }],
    ['a virtual account, which is no money', { P_TYPE: 'VBANK' }],
  ] as const)('is never shown as paid where the approval answers %s: a person looks', async (_, differs) => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    world.approveWith(() => approved(link.orderId, differs))
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    expect(await world.state(link)).toMatchObject({ status: 'UNKNOWN', exception: 'APPROVAL_DIFFERS', payment: null })
  })

  it.each([
    ['is answered without a method', 'ANSWERED'],
    ['is resolved by a person', 'RESOLVED'],
  ] as const)(
    'is shown as waiting for a deposit, and no payment, where the approval of an account %s',
    async (_, how) => {
      const world = await startSmsWorld(await newJournal())
      const link = await world.link({ paymentMethod: 'VIRTUAL_ACCOUNT' })
      const transactionId = await approvedWithoutMethod(world, link, how)
      expect(await world.state(link)).toMatchObject({ status: 'AWAITING_DEPOSIT', payment: null })
      expect(await lookUpPayment(sending(world), transactionId)).toBeNull()
    },
  )

  it.each([
    ['is answered without a method', 'ANSWERED'],
    ['is resolved by a person', 'RESOLVED'],
  ] as const)('is given his money back as he paid it where the approval of a card %s', async (_, how) => {
    const world = await startSmsWorld(await newJournal(), {}, refusingCancels)
    const link = await world.link()
    const transactionId = await approvedWithoutMethod(world, link, how)
    const known = { paymentMethod: 'CARD', status: 'APPROVED', amount: '33000' }
    expect(await lookUpPayment(sending(world), transactionId)).toMatchObject(known)
    expect(await refund(sending(world), { transactionId })).toMatchObject({ resultCode: '99' })
    expect(world.forms.at(-1)).toMatchObject({ payType: 'card', tid: transactionId, price: '33000' })
  })

  it.each([
    ['a card', 'CARD', { paymentMethod: 'CARD', status: 'APPROVED', amount: '33000' }],
    ['an account', 'VIRTUAL_ACCOUNT', null],
  ] as const)(
    'has paid by the method of the link where an earlier version kept none with the approval of %s',
    async (_, paymentMethod, payment) => {
      const journal = await newJournal()
      const world = await startSmsWorld(journal)
      const link = await world.link({ paymentMethod })
      const transactionId = await approvedWithoutMethod(world, link, 'RESOLVED')
      await journal.sql(`update ${tableIn(journal, 'operations')} set request = null`)
      const found = await lookUpPayment(sending(world), transactionId)
      if (payment === null) expect(found).toBeNull()
      else expect(found).toMatchObject(payment)
    },
  )

  it('has a payment of which nothing is claimed where neither approval nor link tells the method, until a cancel does', async () => {
    const journal = await newJournal()
    const world = await startSmsWorld(journal, {}, refusingCancels)
    const link = await world.link()
    const transactionId = await approvedWithoutMethod(world, link, 'RESOLVED')
    await journal.sql(`update ${tableIn(journal, 'operations')} set request = null`)
    await journal.sql(`delete from ${tableIn(journal, 'sms_links')}`)
    expect(await lookUpPayment(sending(world), transactionId)).toMatchObject({
      orderId: link.orderId,
      paymentMethod: null,
      status: null,
      amount: null,
      operations: [{ service: 'approveSmsPayment', state: 'SUCCEEDED' }],
    })
    expect(await refund(sending(world), { transactionId })).toMatchObject({ reason: 'PAYMENT_NOT_KNOWN' })
    const cancel = { paymentMethod: 'CARD', currency: 'KRW', transactionId, amount: '33000' }
    await world.graphql('mutation($i: CancelPaymentInput!) { cancelPayment(input: $i) { __typename } }', { i: cancel })
    expect(await lookUpPayment(sending(world), transactionId)).toMatchObject({ status: 'APPROVED', amount: '33000' })
    expect(await refund(sending(world), { transactionId })).toMatchObject({ resultCode: '99' })
  })

  it('and loads the page again after a person has recorded that nothing was charged, leaves that to be taken back', async () => {
    const world = await startSmsWorld(await newJournal())
    const link = await world.link()
    world.approveWith(() => 'CUT')
    await world.next(link, world.authenticated())
    const id = (await world.state(link))?.['approvalOperationId']
    expect(await world.graphql(RESOLVE, { id, processed: false })).not.toHaveProperty('errors')
    for (let n = 0; n < 2; n++)
      expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'FAILED'])
    const reopen = `mutation($id: ID!) { reopenPaymentOperation(input: { operationId: $id, reason: "wrong line" }) {
      ... on PayApiOperation { state history { kind } } ... on PayApiInvalidInput { issues { message } } } }`
    expect((await world.graphql(reopen, { id })).data).toEqual({
      reopenPaymentOperation: { state: 'UNKNOWN', history: [{ kind: 'RESOLVED' }, { kind: 'REOPENED' }] },
    })
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    await world.graphql(RESOLVE, { id, processed: true, transactionId: 'TID-77' })
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'PAID'])
    expect(world.approvals).toHaveLength(1)
  })

  it.each([
    ['CARD', 'succeeds', (orderId: string) => approved(orderId), 'PAID'],
    ['VIRTUAL_ACCOUNT', 'issues an account', (orderId: string) => approved(orderId, ACCOUNT), 'AWAITING_DEPOSIT'],
    ['CARD', 'fails', () => 'P_STATUS=01&P_RMESG1=no', 'FAILED'],
    ['CARD', 'is lost', () => 'CUT', 'UNKNOWN'],
  ] as const)(
    'is shown how an approval of %s ends that %s, also where the link cannot be written to any more',
    async (paymentMethod, _, answer, status) => {
      const journal = await newJournal()
      const world = await startSmsWorld(journal)
      const link = await world.link({ paymentMethod })
      world.approveWith(async () => {
        await journal.sql(`alter table ${tableIn(journal, 'sms_links')} rename to links_away`)
        return answer(link.orderId)
      })
      expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, status])
      await journal.sql(`alter table ${tableIn(journal, 'links_away')} rename to sms_links`)
      expect(await world.state(link)).toMatchObject({ status })
      expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, status])
      expect(world.approvals).toHaveLength(1)
    },
  )

  it('of an expired link is not charged', async () => {
    const journal = await newJournal()
    const world = await startSmsWorld(journal)
    const link = await world.link({ redirectUrl: 'https://shop.example/done' })
    await journal.sql(`update ${tableIn(journal, 'sms_links')} set expires_at = created_at`)
    const response = await world.next(link, world.authenticated())
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('status')).toBe('EXPIRED')
    expect(world.approvals).toHaveLength(0)
    expect(await world.state(link)).toMatchObject({ status: 'EXPIRED' })
  })

  it('of a link whose creation was never answered is charged all the same', async () => {
    const world = await startSmsWorld(await newJournal(), {}, () => 'CUT')
    expect(await world.create({ orderId: 'lost' })).toMatchObject({ outcome: 'UNKNOWN' })
    expect(await world.state({ orderId: 'lost' })).toMatchObject({ status: 'UNKNOWN', approvalOperationId: null })
    const token = world.forms[0]?.['P_NEXT_URL']?.split('/').at(-1) ?? ''
    world.approveWith(() => approved('lost'))
    expect(await shown(await world.next({ token }, world.authenticated()))).toEqual([200, 'PAID'])
    expect(await world.state({ orderId: 'lost' })).toMatchObject({ status: 'PAID' })
  })

  it('finds no link where PayAPI refused to make it', async () => {
    const world = await startSmsWorld(await newJournal(), {}, () => '{"ResultCode":"9999","ResultMsg":"no"}')
    await world.create({ orderId: 'refused' })
    const token = world.forms[0]?.['P_NEXT_URL']?.split('/').at(-1) ?? ''
    expect(await shown(await world.next({ token }, world.authenticated()))).toEqual([404, 'NOT_FOUND'])
    expect(await world.state({ orderId: 'refused' })).toBeNull()
    expect(world.approvals).toHaveLength(0)
  })

  it('is not charged for an order that was charged before, by another link or a card', async () => {
    const world = await startSmsWorld(await newJournal())
    const first = await world.link()
    const second = await world.link({ orderId: first.orderId, amount: '33001' })
    world.approveWith(() => approved(first.orderId))
    await world.next(first, world.authenticated())
    expect(await shown(await world.next(second, world.authenticated({ P_AMT: '33001' })))).toEqual([200, 'FAILED'])
    expect(world.approvals).toHaveLength(1)
    expect(await world.state(first)).toMatchObject({ status: 'PAID', amount: '33000' })
  })
})

it(
  'a server that dies during an approval leaves it unknown, and the next one never approves again',
  async () => {
    const started: { env: Fields; process: FacadeProcess }[] = []
    const start = async (env: Fields) => {
      const process = await startTestProcess(env)
      started.push({ env, process })
      return { url: process.url, origin: new URL(process.url).origin, lines: [] }
    }
    const world = await startSmsWorld(undefined, {}, undefined, { start })
    const link = await world.link()
    const came = new Inbox<true>()
    world.approveWith(() => {
      came.put(true)
      return new Promise(() => {})
    })
    const cut = world.next(link, world.authenticated()).catch(() => 'cut')
    await came.next()
    const [first] = started
    first?.process.process.kill('SIGKILL')
    await first?.process.exited
    expect(await cut).toBe('cut')
    world.facade = await start(first?.env ?? {})
    world.approveWith(() => approved(link.orderId))
    let status: unknown
    do status = (await world.state(link))?.['status']
    while (status === 'AUTHENTICATED')
    expect(status).toBe('UNKNOWN')
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    expect(world.approvals).toHaveLength(1)
  },
  PATIENT_MS,
)

describe('what a browser may bring', () => {
  const paidAfter = async (fields: (world: SmsWorld) => Fields, status: string, exception: string | null) => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => approved(link.orderId))
    expect(await shown(await world.next(link, fields(world)))).toEqual([200, status])
    expect(world.approvals).toHaveLength(0)
    expect(await world.state(link)).toMatchObject({ status, exception, paidAt: null })
    // The buyer themselves may still pay.
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'PAID'])
    return world
  }

  it.each([
    ['an amount below', { P_AMT: '1' }, 'AMOUNT_DIFFERS'],
    ['an amount above', { P_AMT: '330000' }, 'AMOUNT_DIFFERS'],
    ['an amount that is none', { P_AMT: '33000.00' }, 'AMOUNT_DIFFERS'],
    ['another merchant', { P_MID: 'welcometwo' }, 'MERCHANT_DIFFERS'],
    ['another order', { P_OID: 'another' }, 'ORDER_DIFFERS'],
    ['no transaction id', { P_TID: '' }, 'AUTHENTICATION_MALFORMED'],
    ['a transaction id that is too long', { P_TID: 'x'.repeat(41) }, 'AUTHENTICATION_MALFORMED'],
    ['a transaction id with a line break', { P_TID: 'a\r\nb' }, 'AUTHENTICATION_MALFORMED'],
    ['no address', { P_REQ_URL: '' }, 'APPROVAL_ADDRESS_REFUSED'],
    ['an address elsewhere', { P_REQ_URL: 'https://evil.example/approve' }, 'APPROVAL_ADDRESS_REFUSED'],
    [
      'an address of the PG, before a sandbox',
      { P_REQ_URL: 'https://m.paywelcome.co.kr/' },
      'APPROVAL_ADDRESS_REFUSED',
    ],
  ] as const)('%s is not approved, and somebody sees it', async (_, differs, exception) => {
    const world = await paidAfter((given) => given.authenticated(differs), 'FAILED', exception)
    const events = world.facade.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'sms arrival refused')
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ level: 'warn', exception, merchantId: 'welcometst', linkId: expect.any(String) })
    const said = JSON.stringify(events)
    for (const value of Object.values(differs)) if (value.length > 1) expect(said).not.toContain(value)
  })

  it('an authentication that is told with four digits is approved like one with two', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => approved(link.orderId))
    expect(await shown(await world.next(link, world.authenticated({ P_STATUS: '0000' })))).toEqual([200, 'PAID'])
    expect(world.approvals).toHaveLength(1)
  })

  it('a failed authentication charges nothing, and the buyer may try again', async () => {
    await paidAfter(() => ({ P_STATUS: '01', P_RMESG1: 'no' }), 'FAILED', null)
  })

  it('nothing at all charges nothing', async () => {
    await paidAfter(() => ({}), 'LINK_CREATED', null)
  })

  it('zeros before the amount, and no amount, are taken', async () => {
    const world = await startSmsWorld()
    for (const P_AMT of ['000000033000', '']) {
      const link = await world.link()
      world.approveWith(() => approved(link.orderId))
      expect(await shown(await world.next(link, world.authenticated({ P_AMT })))).toEqual([200, 'PAID'])
    }
  })

  it('a redirect of the approval is not followed', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => httpAnswer(302, '', { location: `${world.pg.url}/approve?id=2` }))
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    expect(world.approvals).toHaveLength(1)
  })

  it.each([
    ['a page', '<html>P_STATUS : 00</html>'],
    ['two outcomes', 'P_STATUS=00&P_STATUS=01'],
    ['nothing', ''],
  ])('an approval that answers %s is unknown', async (_, answer) => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => answer)
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'UNKNOWN'])
    expect(await world.state(link)).toMatchObject({ status: 'UNKNOWN' })
  })

  it('an approval that is refused is the last one, and nothing was charged', async () => {
    const world = await startSmsWorld()
    const link = await world.link()
    world.approveWith(() => Buffer.concat([Buffer.from('P_STATUS=01&P_RMESG1='), Buffer.from('c4abb5e5bbe7', 'hex')]))
    expect(await shown(await world.next(link, world.authenticated()))).toEqual([200, 'FAILED'])
    world.approveWith(() => approved(link.orderId))
    for (const P_TID of ['WELMX_AUTH1', 'WELMX_AUTH2'])
      expect(await shown(await world.next(link, world.authenticated({ P_TID })))).toEqual([200, 'FAILED'])
    expect(world.approvals).toHaveLength(1)
    const state = await world.state(link)
    const asked = `query($id: ID!) { paymentOperation(id: $id) { service state orderId amount failure { __typename ... on PgFailure { resultMessage } } } }`
    const { data } = await world.graphql(asked, { id: state?.['approvalOperationId'] })
    expect(data?.['paymentOperation']).toEqual({
      service: 'approveSmsPayment',
      state: 'FAILED',
      orderId: link.orderId,
      amount: '33000',
      failure: { __typename: 'PgFailure', resultMessage: '카드사' },
    })
  })

  it('a virtual account that only the browser names is shown, and is no money', async () => {
    const world = await startSmsWorld()
    const link = await world.link({ paymentMethod: 'VIRTUAL_ACCOUNT' })
    const account = {
      P_STATUS: '00',
      P_TID: 'WELMX_VBNK1',
      P_AMT: '33000',
      P_VACT_NUM: '9400120055661',
      P_VACT_DATE: '20261205',
      P_VACT_TIME: '2359',
      P_VACT_BANK_CODE: '04',
    }
    expect(await shown(await world.next(link, account))).toEqual([200, 'AWAITING_DEPOSIT'])
    expect(world.approvals).toHaveLength(0)
    expect(await world.state(link)).toMatchObject({
      status: 'AWAITING_DEPOSIT',
      paidAt: null,
      payment: null,
      virtualAccount: {
        number: '9400120055661',
        bank: { code: '04', name: '국민은행' },
        expiresAt: '2026-12-05T14:59:00.000Z',
      },
    })
  })
})

describe('an address of the PG, where no sandbox is', () => {
  const ENV = {
    PAYAPI_ENV: 'test',
    PAYAPI_AUTH: 'none',
    PAYAPI_PUBLIC_URL: 'https://pay.shop.example',
  }

  it.each([
    'https://evil.example/',
    'https://m.paywelcome.co.kr.evil.example/',
    'https://evilpaywelcome.co.kr/',
    'https://m.paywe1come.co.kr/',
    'http://m.paywelcome.co.kr/',
    'https://m.paywelcome.co.kr:8443/',
    'https://m.paywelcome.co.kr@evil.example/',
    'https://user:pass@m.paywelcome.co.kr/',
    'https://m.paywelcome.co.kr./',
    'https://m.paywelcome.co.kr\\@evil.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/',
    'javascript:alert(1)',
  ])('%s is none: nothing is sent, and somebody sees it', async (P_REQ_URL) => {
    const world = await startSmsWorld(undefined, ENV)
    const link = await world.link()
    expect(link.form['P_NEXT_URL']).toMatch(/^https:\/\/pay\.shop\.example\/pg\/next\/[\w-]{22}$/)
    for (const address of [P_REQ_URL, `${world.pg.url}/approve`]) {
      expect(await shown(await world.next(link, world.authenticated({ P_REQ_URL: address })))).toEqual([200, 'FAILED'])
    }
    expect(world.approvals).toHaveLength(0)
    expect(await world.state(link)).toMatchObject({ status: 'FAILED', exception: 'APPROVAL_ADDRESS_REFUSED' })
    expect(world.facade.lines.filter((line) => line.includes('sms arrival refused'))).toHaveLength(2)
  })
})
