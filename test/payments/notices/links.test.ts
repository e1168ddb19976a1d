import { expect, test, vi } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewSmsLink } from '../../../src/journal/records/sms-link.ts'
import type { NewOperation } from '../../../src/journal/store.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { overBothStores, type TestJournal, tableIn } from '../../support/journal/both-stores.ts'
import { claimApproval, linkIn } from '../../support/journal/links.ts'
import { ending, KEYS, operation } from '../../support/journal/operations.ts'
import {
  aDeposit,
  anApproval,
  form,
  lookedAt,
  MERCHANT,
  type NoticeFacade,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'

// Notices that belong to an SMS link move it, as far as they agree with what was asked for.

const keys = Buffer.from(KEYS[0] ?? '').toString('base64')
const HOUR = 3_600_000
const ACCOUNT = '9400120055661'

interface Linked {
  readonly facade: NoticeFacade
  readonly store: OperationStore
  readonly link: NewSmsLink
  /** Puts the next look at a notice off by so much. */
  putOff(orderId: string, ms: number): Promise<void>
  /** Has a notice looked at once more, whatever came of it; resolves then. */
  lookAgain(orderId: string): Promise<void>
  /** Sends a notice to the link's own address; resolves to how the latest one stands once it was looked at. */
  tell(fields: Record<string, string | Buffer>): Promise<Record<string, unknown>>
  status(): Promise<string | undefined>
  exception(): Promise<string | null | undefined>
}

const newLink = (given: Partial<NewSmsLink> = {}): NewSmsLink => {
  const number = unique()
  return {
    id: `link-operation-${number}`,
    token: `buyer-${number}`.padEnd(22, 'x'),
    noticeToken: `notice-${number}`.padEnd(22, 'x'),
    merchantId: MERCHANT,
    orderId: `LINK-${number}`,
    paymentMethod: 'VIRTUAL_ACCOUNT',
    amount: '33000',
    goodsName: '커피',
    charset: 'EUC_KR',
    redirectUrl: null,
    createdAt: Date.now(),
    expiresAt: Date.now() + 72 * HOUR,
    ...given,
  }
}

async function approve(store: OperationStore, link: NewSmsLink, state: 'SUCCEEDED' | 'UNKNOWN'): Promise<NewOperation> {
  const { approval } = await claimApproval(store, link, Date.now())
  await store.finish(approval.id, approval.owner, ending({ result: '{}', state }))
  return approval
}

async function linked(journal: TestJournal, given: Partial<NewSmsLink> = {}): Promise<Linked> {
  const store = await journal.open()
  const link = newLink(given)
  await linkIn(store, link)
  const facade = await startNoticeFacade({ PAYAPI_STORE_URL: journal.url, PAYAPI_JOURNAL_KEYS: keys })
  await vi.waitFor(async () => expect((await fetch(`${facade.origin}/health/ready`)).status).toBe(200), {
    timeout: 240_000,
    interval: 50,
  })
  let sent = 0
  const linkOf = () => store.run('smsLinkOfToken', { token: link.token, now: Date.now() })
  const putOff = async (orderId: string, ms: number) => {
    const change = `set due_at = ${Date.now() + ms}, attempts = 20 where order_id = '${orderId}'`
    await journal.sql(`update ${tableIn(journal, 'notices')} ${change}`)
  }
  return {
    facade,
    store,
    link,
    putOff,
    async lookAgain(orderId) {
      await putOff(orderId, 0)
      const attempts = `select attempts from ${tableIn(journal, 'notices')} where order_id = '${orderId}'`
      await vi.waitFor(async () => expect(Number((await journal.sql(attempts))[0]?.['attempts'])).toBeGreaterThan(20), {
        timeout: 240_000,
        interval: 50,
      })
    },
    async tell(fields) {
      const answer = await facade.post(`/pg/notices/${link.noticeToken}`, form(fields))
      expect([answer.status, answer.body]).toEqual([200, 'OK'])
      sent++
      const found = await facade.notices({}, (all) => all.length === sent && lookedAt(all))
      return found[0]
    },
    status: async () => (await linkOf())?.status,
    exception: async () => (await linkOf())?.exception,
  }
}

const result = ({ orderId }: NewSmsLink, more: Record<string, string> = {}) => ({
  P_TYPE: 'VBANK',
  P_STATUS: '02',
  P_MID: MERCHANT,
  P_OID: orderId,
  P_TID: `T-${unique()}`,
  P_AMT: '33000',
  P_FN_CD1: '04',
  P_RMESG1: `P_VACCT_NO=${ACCOUNT}|P_EXP_DT=20261205`,
  ...more,
})

const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) {
  chargeKeyedInCard(input: $input) {
    __typename
    ... on CardPayment { operationId }
    ... on PayApiIdempotencyConflict { reason operationId }
  }
}`

overBothStores('notices of links', (newJournal) => {
  test('an issue waits for the deposit, a deposit pays, and a deposit that is withdrawn is for a person', async () => {
    const { link, tell, status, facade } = await linked(await newJournal())
    expect(await tell(result(link, { P_STATUS: '00' }))).toMatchObject({ state: 'APPLIED', trust: { matches: true } })
    expect(await status()).toBe('AWAITING_DEPOSIT')
    expect(await tell(result(link))).toMatchObject({ state: 'APPLIED', exception: null, trust: { matches: true } })
    expect(await status()).toBe('PAID')
    await facade.send(
      'deposit',
      aDeposit({ type_msg: '0400', no_oid: link.orderId, amt_input: '33000', no_vacct: ACCOUNT }),
    )
    expect(await facade.notices({ kinds: ['DEPOSIT'] }, lookedAt)).toMatchObject([
      { state: 'APPLIED', exception: 'DEPOSIT_WITHDRAWN', appliedTo: {} },
    ])
    expect(await status()).toBe('DEPOSIT_WITHDRAWN')
  })

  test('an order that a deposit paid is not charged to a card as well, and the operation of its link is named', async () => {
    const { link, tell, facade } = await linked(await newJournal())
    const { input } = FIXTURES.chargeKeyedInCard.minimal
    const charge = (more: object) => facade.query(CHARGE, { input: { ...input, orderId: link.orderId, ...more } })
    expect(await tell(result(link, { P_STATUS: '00' }))).toMatchObject({ state: 'APPLIED' })
    expect(await tell(result(link))).toMatchObject({ state: 'APPLIED' })
    expect((await charge({})).chargeKeyedInCard).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
      reason: 'SAME_ORDER',
      operationId: link.id,
    })
    expect((await charge({ orderId: `${link.orderId}-2` })).chargeKeyedInCard.__typename).toBe('CardPayment')
  })

  test('a deposit for an order that a card paid already is taken in all the same, and a person has to look at it', async () => {
    const { link, tell, status, exception, facade } = await linked(await newJournal())
    const { input } = FIXTURES.chargeKeyedInCard.minimal
    const charge = () => facade.query(CHARGE, { input: { ...input, orderId: link.orderId } })
    const { operationId } = (await charge()).chargeKeyedInCard
    expect(await tell(result(link))).toMatchObject({ state: 'APPLIED', trust: { matches: true } })
    expect(await status()).toBe('PAID')
    expect(await exception()).toBe('ORDER_CHARGED_BEFORE')
    expect((await charge()).chargeKeyedInCard).toMatchObject({ reason: 'SAME_ORDER', operationId })
  })

  test('what was applied is so since the first time, however often it is looked at', async () => {
    const journal = await newJournal()
    const { link, tell, facade, lookAgain } = await linked(journal)
    await tell(result(link))
    await journal.sql(`update ${tableIn(journal, 'notices')} set applied_at = 1000`)
    await lookAgain(link.orderId)
    expect(await facade.notices({})).toMatchObject([{ state: 'APPLIED', appliedAt: '1970-01-01T00:00:01.000Z' }])
  })

  test('what a person has acknowledged is so until it needs one for another reason', async () => {
    const { store, facade, lookAgain } = await linked(await newJournal())
    const link = newLink()
    const { orderId } = link
    await facade.send('deposit', aDeposit({ type_msg: '0400', no_oid: orderId, amt_input: '33001', no_vacct: ACCOUNT }))
    const [{ id }] = (await facade.notices({ orderId }, lookedAt)) as [{ id: string }]
    const acknowledge = `mutation ($id: ID!) { acknowledgeNotice(input: { noticeId: $id, note: "seen" }) { __typename } }`
    await facade.query(acknowledge, { id })
    await lookAgain(orderId)
    const acknowledgement = { acknowledgedBy: 'anonymous', note: 'seen' }
    const waiting = { state: 'WAITING', exception: 'DEPOSIT_WITHDRAWN' }
    expect(await facade.notices({ orderId })).toMatchObject([{ ...waiting, acknowledgement }])
    await linkIn(store, link)
    await lookAgain(orderId)
    const held = { state: 'HELD', exception: 'AMOUNT_DIFFERS' }
    expect(await facade.notices({ orderId, states: ['HELD'] })).toMatchObject([{ ...held, acknowledgement: null }])
  })

  test('an issue after the deposit takes nothing back', async () => {
    const { link, tell, status } = await linked(await newJournal())
    await tell(result(link))
    expect(await tell(result(link, { P_STATUS: '00' }))).toMatchObject({ state: 'APPLIED', exception: null })
    expect(await status()).toBe('PAID')
  })

  test.each([
    ['amount', { P_AMT: '33001' }, 'AMOUNT_DIFFERS'],
    ['merchant', { P_MID: 'welcometwo' }, 'MERCHANT_DIFFERS'],
    ['order', { P_OID: 'ANOTHER' }, 'ORDER_DIFFERS'],
    ['account', { P_RMESG1: 'P_VACCT_NO=1111111111111|P_EXP_DT=20261205' }, 'ACCOUNT_DIFFERS'],
    ['method', { P_TYPE: 'CARD', P_STATUS: '00' }, 'METHOD_DIFFERS'],
  ])('a deposit of another %s moves nothing, and is for a person', async (_, more, exception) => {
    const { link, tell, status } = await linked(await newJournal())
    await tell(result(link, { P_STATUS: '00' }))
    expect(await tell(result(link, more))).toMatchObject({ state: 'HELD', exception, trust: { matches: false } })
    expect(await status()).toBe('AWAITING_DEPOSIT')
  })

  test('a second deposit is for a person; the same one told in two ways is one', async () => {
    const { link, tell, facade } = await linked(await newJournal())
    await tell(result(link))
    expect(await tell(result(link))).toMatchObject({ state: 'HELD', exception: 'SECOND_DEPOSIT' })
    await facade.send('deposit', aDeposit({ no_oid: link.orderId, amt_input: '33000', no_vacct: ACCOUNT }))
    expect(await facade.notices({ kinds: ['DEPOSIT'] }, lookedAt)).toMatchObject([
      { state: 'APPLIED', exception: null },
    ])
  })

  test.each([
    ['another id', {}],
    ['the same id', { P_TID: 'T-FIRST' }],
  ])('a deposit after a withdrawal is for a person under %s, and the link stays withdrawn', async (_, more) => {
    const { link, tell, status, facade } = await linked(await newJournal())
    await tell(result(link, { P_TID: 'T-FIRST', P_AUTH_DT: '20261127101500' }))
    const withdrawal = { type_msg: '0400', no_oid: link.orderId, amt_input: '33000', no_vacct: ACCOUNT }
    await facade.send('deposit', aDeposit(withdrawal))
    await facade.notices({ kinds: ['DEPOSIT'] }, lookedAt)
    const again = form(result(link, { P_AUTH_DT: '20261127150000', ...more }))
    expect(await facade.post(`/pg/notices/${link.noticeToken}`, again)).toMatchObject({ body: 'OK' })
    const found = await facade.notices({}, (all) => all.length === 3 && lookedAt(all))
    expect(found[0]).toMatchObject({ state: 'HELD', exception: 'SECOND_DEPOSIT' })
    expect(await status()).toBe('DEPOSIT_WITHDRAWN')
  })

  test('of many deposits at once one pays, and each other is for a person', async () => {
    const { link, facade, status } = await linked(await newJournal())
    const deposits = Array.from({ length: 12 }, () => form(result(link)))
    await Promise.all(deposits.map((deposit) => facade.post(`/pg/notices/${link.noticeToken}`, deposit)))
    const found = await facade.notices({}, (all) => all.length === deposits.length && lookedAt(all))
    const seconds = found.filter(({ exception }) => exception === 'SECOND_DEPOSIT')
    expect(seconds).toHaveLength(deposits.length - 1)
    expect(await status()).toBe('PAID')
    const [first] = found.filter(({ exception }) => exception === null)
    const paid = `query ($id: ID!) { smsPayment(orderId: $id) { payment { transactionId amount } } }`
    expect((await facade.query(paid, { id: link.orderId })).smsPayment.payment).toEqual({
      transactionId: first.transactionId,
      amount: '33000',
    })
  })

  test('a failure ends what is not paid', async () => {
    const { link, tell, status } = await linked(await newJournal(), { paymentMethod: 'CARD' })
    const { P_RMESG1: _, ...failure } = result(link, { P_TYPE: 'CARD', P_STATUS: '01' })
    expect(await tell(failure)).toMatchObject({ event: 'FAILED', state: 'APPLIED' })
    expect(await status()).toBe('FAILED')
  })

  test('an approval in one transaction pays', async () => {
    const { link, tell, status } = await linked(await newJournal(), { paymentMethod: 'CARD' })
    expect(await tell(result(link, { P_TYPE: 'ISP', P_STATUS: '00' }))).toMatchObject({ state: 'APPLIED' })
    expect(await status()).toBe('PAID')
  })

  test('a notice comes in the charset that was asked for with the link', async () => {
    const { link, tell, facade } = await linked(await newJournal(), { charset: 'UTF_8' })
    await tell({ ...result(link), P_UNAME: Buffer.from('김하나') })
    expect(await facade.notices({})).toMatchObject([{ payerName: '김하나', charsetDoubtful: false }])
  })

  test('a deposit that comes before its link is known is applied when the link appears', async () => {
    const { store, facade, putOff } = await linked(await newJournal())
    const link = newLink()
    await facade.send('deposit', aDeposit({ no_oid: link.orderId, amt_input: '33000', no_vacct: ACCOUNT }))
    expect(await facade.notices({ orderId: link.orderId }, lookedAt)).toMatchObject([{ state: 'WAITING' }])
    await putOff(link.orderId, HOUR)
    await linkIn(store, { ...link, createdAt: Date.now() })
    await facade.notices({ orderId: link.orderId, states: ['APPLIED'] })
    expect((await store.run('smsLinkOfToken', { token: link.token, now: Date.now() }))?.status).toBe('PAID')
  })

  test('an approval that waited long is looked at when its operation appears', async () => {
    const { store, facade, putOff } = await linked(await newJournal())
    const approval = anApproval()
    await facade.send('transaction', approval)
    const orderId = approval['oid'] ?? ''
    expect(await facade.notices({ orderId }, lookedAt)).toMatchObject([{ state: 'WAITING' }])
    await putOff(orderId, HOUR)
    const charge = operation({ merchantId: MERCHANT, orderId, amount: '1004', createdAt: Date.now() })
    await store.claim(charge)
    await store.finish(charge.id, charge.owner, ending({ result: '{}', state: 'UNKNOWN' }))
    expect(await facade.notices({ orderId, states: ['PROPOSED'] })).toMatchObject([
      { appliedTo: { operation: { id: charge.id } } },
    ])
  })

  test('a cancel that waited long is looked at when its operation appears, which names the payment alone', async () => {
    const { store, facade, putOff } = await linked(await newJournal())
    const cancel = anApproval({ transType: '01' })
    await facade.send('transaction', cancel)
    const orderId = cancel['oid'] ?? ''
    expect(await facade.notices({ orderId }, lookedAt)).toMatchObject([{ state: 'WAITING' }])
    await putOff(orderId, HOUR)
    const canceling = operation({
      merchantId: MERCHANT,
      service: 'cancelPayment',
      orderId: null,
      claimsOrder: false,
      transactionId: cancel['tid'] ?? '',
      amount: '1004',
      createdAt: Date.now(),
    })
    await store.claim(canceling)
    await store.finish(canceling.id, canceling.owner, ending({ result: '{}', state: 'UNKNOWN' }))
    expect(await facade.notices({ orderId, states: ['PROPOSED'] })).toMatchObject([
      { appliedTo: { operation: { id: canceling.id } } },
    ])
  })

  test('a look that a wrong clock put off for days is not waited for', async () => {
    const { store, facade, putOff } = await linked(await newJournal())
    const link = newLink({ createdAt: Date.now() - HOUR })
    await facade.send('deposit', aDeposit({ no_oid: link.orderId, amt_input: '33000', no_vacct: ACCOUNT }))
    await facade.notices({ orderId: link.orderId }, lookedAt)
    await linkIn(store, link)
    await putOff(link.orderId, 240 * HOUR)
    await facade.notices({ orderId: link.orderId, states: ['APPLIED'] })
  })

  test('a link’s address takes what is for it alone: another link’s order moves neither', async () => {
    const { link, tell, store, status } = await linked(await newJournal())
    const other = newLink()
    await linkIn(store, other)
    expect(await tell(result(other))).toMatchObject({ state: 'HELD', exception: 'ORDER_DIFFERS' })
    expect(await status()).toBe('LINK_CREATED')
    expect((await store.run('smsLinkOfToken', { token: other.token, now: Date.now() }))?.status).toBe('LINK_CREATED')
    expect(link.orderId).not.toBe(other.orderId)
  })

  test('the deposit into an account that an approval issued is no second payment of the order', async () => {
    const { link, store, tell, status, exception } = await linked(await newJournal())
    await approve(store, link, 'SUCCEEDED')
    expect(await tell(result(link))).toMatchObject({ state: 'APPLIED' })
    expect(await status()).toBe('PAID')
    expect(await exception()).toBeNull()
  })

  test('of an approval by an operation whose answer was lost, a notice is evidence', async () => {
    const { link, store, facade, status } = await linked(await newJournal(), { paymentMethod: 'CARD' })
    const approval = await approve(store, link, 'UNKNOWN')
    await facade.send('transaction', anApproval({ oid: link.orderId, transAmount: '33000' }))
    expect(await facade.notices({ orderId: link.orderId }, lookedAt)).toMatchObject([
      { state: 'PROPOSED', appliedTo: { operation: { id: approval.id, state: 'UNKNOWN' } } },
    ])
    expect(await status()).toBe('UNKNOWN')
  })

  test('payments that notices alone tell of are listed among those that were approved here', async () => {
    const { facade, store } = await linked(await newJournal())
    const paid = aDeposit()
    const issued = anApproval({ transType: '03' })
    const gone = aDeposit()
    await facade.send('deposit', paid)
    const charge = operation({ merchantId: MERCHANT, orderId: 'CHARGED', amount: '1004', createdAt: Date.now() })
    await store.claim(charge)
    const success = JSON.stringify({ type: 'CardPayment', transactionId: 'T-CHARGED' })
    await store.finish(charge.id, charge.owner, ending({ result: success, transactionId: 'T-CHARGED' }))
    await facade.send('transaction', issued)
    await facade.send('deposit', gone)
    await facade.send('deposit', { ...gone, type_msg: '0400' })
    await facade.send('deposit', aDeposit({ amt_input: 'none' }))
    await facade.notices({}, (all) => all.length === 5 && lookedAt(all))
    const list = async (args = '') => {
      const query = `{ payments(${args || 'first: 20'}) { edges { cursor node { transactionId status } } } }`
      const { payments } = await facade.query(query)
      return payments.edges.map(({ node }: { node: object }) => node)
    }
    const all = [
      { transactionId: gone['no_tid'], status: 'DEPOSIT_WITHDRAWN' },
      { transactionId: issued['tid'], status: 'AWAITING_DEPOSIT' },
      { transactionId: 'T-CHARGED', status: 'APPROVED' },
      { transactionId: paid['no_tid'], status: 'APPROVED' },
    ]
    expect(await list()).toEqual(all)
    expect(await list('last: 2')).toEqual(all.slice(2))
    expect(await list('filter: { statuses: [AWAITING_DEPOSIT] }')).toEqual([all[1]])
    expect(await list(`filter: { orderId: "${paid['no_oid']}" }`)).toEqual([all[3]])
  })

  test('the notices of a payment are those of its account, whatever transaction ids they have', async () => {
    const { link, tell, store, facade } = await linked(await newJournal())
    const [issue, deposit] = [result(link, { P_STATUS: '00' }), result(link)]
    await tell(issue)
    await tell(deposit)
    for (const transactionId of [issue.P_TID, deposit.P_TID]) {
      const payments = [{ merchantId: MERCHANT, transactionId }]
      const [found] = await store.run('readPayments', { payments })
      expect(found?.notices.map(({ event }) => event)).toEqual(['VIRTUAL_ACCOUNT_ISSUED', 'DEPOSITED'])
    }
    const ofAnother = { payments: [{ merchantId: 'other', transactionId: deposit.P_TID }] }
    expect(await store.run('readPayments', ofAnother)).toMatchObject([{ notices: [] }])
    const payment = `query ($transactionId: ID!) { payment(transactionId: $transactionId) {
      status amount remainingAmount orderId paymentMethod notices { event } history { kind notice { event } } } }`
    expect((await facade.query(payment, { transactionId: deposit.P_TID })).payment).toEqual({
      status: 'APPROVED',
      amount: '33000',
      remainingAmount: '33000',
      orderId: link.orderId,
      paymentMethod: 'VIRTUAL_ACCOUNT',
      notices: [{ event: 'VIRTUAL_ACCOUNT_ISSUED' }, { event: 'DEPOSITED' }],
      history: [
        { kind: 'NOTICE', notice: { event: 'VIRTUAL_ACCOUNT_ISSUED' } },
        { kind: 'NOTICE', notice: { event: 'DEPOSITED' } },
      ],
    })
    const ofLink = await store.run('noticesOfLinks', { linkIds: [link.id] })
    expect(ofLink.map(({ transactionId }) => transactionId)).toEqual([issue.P_TID, deposit.P_TID])
  })
})
