import { expect, test } from 'vitest'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { KEYS } from '../../support/journal/operations.ts'
import { lookUpPayment, refund } from '../../support/journal/payments.ts'
import {
  aDeposit,
  anApproval,
  form,
  lookedAt,
  type NoticeFacade,
  pathOf,
  startNoticeFacade,
} from '../../support/server/notices.ts'

// Payments that notices alone tell of, and what notices tell of others.

const keys = Buffer.from(KEYS[0] ?? '').toString('base64')

const LIST = `query ($filter: PayApiPaymentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  payments(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    edges { node { transactionId status amount } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`

overBothStores('payments and notices', (newJournal) => {
  async function started(journal: TestJournal, env: Readonly<Record<string, string>> = {}) {
    await journal.open()
    const facade = await startNoticeFacade({ PAYAPI_STORE_URL: journal.url, PAYAPI_JOURNAL_KEYS: keys, ...env })
    const send = async (query: string, variables: object = {}) => ({ data: await facade.query(query, variables) })
    const list = async (variables: object = {}) => (await facade.query(LIST, variables)).payments
    return { facade, graph: { send }, list }
  }

  const told = async (facade: NoticeFacade, kind: 'deposit' | 'transaction', fields: Record<string, string>) => {
    expect(await facade.send(kind, fields)).toMatchObject({ body: 'OK' })
    return facade.notices({ orderId: fields['no_oid'] ?? fields['oid'] }, lookedAt)
  }

  test('a deposit is a payment that can be looked up and given back', async () => {
    const { facade, graph } = await started(await newJournal())
    const deposit = aDeposit()
    const { no_tid: transactionId, no_oid: orderId } = deposit
    await told(facade, 'deposit', deposit)
    const payment = await lookUpPayment(graph, transactionId)
    expect(payment).toMatchObject({
      orderId,
      paymentMethod: 'VIRTUAL_ACCOUNT',
      currency: 'KRW',
      status: 'APPROVED',
      amount: '120000',
      remainingAmount: '120000',
      approvedAt: '2026-11-27T05:10:05.000Z',
      operations: [],
      history: [{ kind: 'NOTICE', amount: '120000', operation: null }],
    })
    // The sandbox does not know of it: that it was asked as a virtual account is what counts here.
    expect(await refund(graph, { transactionId, amount: '20000' })).toMatchObject({ __typename: 'PgFailure' })
    const after = await lookUpPayment(graph, transactionId)
    expect(after).toMatchObject({ status: 'APPROVED', paymentMethod: 'VIRTUAL_ACCOUNT' })
    expect(after?.history).toMatchObject([{ kind: 'NOTICE' }, { kind: 'PARTIAL_CANCEL', amount: '20000' }])
    const notices = `query ($id: ID!) { payment(transactionId: $id) {
      notices { event orderId } history { notice { event } } } }`
    expect((await graph.send(notices, { id: transactionId })).data.payment).toEqual({
      notices: [{ event: 'DEPOSITED', orderId }],
      history: [{ notice: { event: 'DEPOSITED' } }, { notice: null }],
    })
  })

  test('a deposit that was taken back leaves nothing to give back, under either id', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const deposit = aDeposit()
    await told(facade, 'deposit', deposit)
    const { no_oid, no_vacct } = deposit as { no_oid: string; no_vacct: string }
    const withdrawal = aDeposit({ type_msg: '0400', no_oid, no_vacct })
    await told(facade, 'deposit', withdrawal)
    for (const transactionId of [deposit['no_tid'], withdrawal['no_tid']]) {
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({
        transactionId: deposit['no_tid'],
        status: 'DEPOSIT_WITHDRAWN',
        amount: '120000',
        remainingAmount: '0',
      })
      expect(await refund(graph, { transactionId })).toMatchObject({ reason: 'NOTHING_LEFT' })
    }
    expect((await list({ filter: { statuses: ['DEPOSIT_WITHDRAWN'] } })).edges).toMatchObject([
      { node: { transactionId: deposit['no_tid'] } },
    ])
  })

  test('a deposit after a withdrawal is a payment that stands, and the first one stays withdrawn', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const first = aDeposit()
    const account = { no_oid: String(first['no_oid']), no_vacct: String(first['no_vacct']) }
    const withdrawal = aDeposit({ ...account, type_msg: '0400', tm_trans: '141105' })
    const second = aDeposit({ ...account, tm_trans: '141205' })
    for (const fields of [first, withdrawal, second]) await told(facade, 'deposit', fields)
    const orders = { orderId: account.no_oid }
    expect(await facade.notices(orders, lookedAt)).toMatchObject([
      { event: 'DEPOSITED', exception: null },
      { event: 'DEPOSIT_WITHDRAWN', state: 'APPLIED', exception: 'DEPOSIT_WITHDRAWN', trust: { matches: true } },
      { event: 'DEPOSITED', exception: null },
    ])
    for (const transactionId of [first['no_tid'], withdrawal['no_tid']])
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({
        transactionId: first['no_tid'],
        status: 'DEPOSIT_WITHDRAWN',
      })
    expect(await lookUpPayment(graph, second['no_tid'])).toMatchObject({ status: 'APPROVED', amount: '120000' })
    expect((await list({ filter: { statuses: ['APPROVED'] } })).edges).toMatchObject([
      { node: { transactionId: second['no_tid'] } },
    ])
  })

  test.each([
    ['amount', { amt_input: '0000000000001' }, 'AMOUNT_DIFFERS'],
    ['order', { no_oid: 'ANOTHER' }, 'ORDER_DIFFERS'],
    ['account', { no_vacct: '1111111111111' }, 'ACCOUNT_DIFFERS'],
  ])(
    'a withdrawal of another %s than the deposit is for a person, and takes nothing back',
    async (_, more, exception) => {
      const { facade, graph } = await started(await newJournal())
      const deposit = aDeposit()
      await told(facade, 'deposit', deposit)
      const [withdrawal] = await told(facade, 'deposit', { ...deposit, type_msg: '0400', ...more })
      expect(withdrawal).toMatchObject({
        event: 'DEPOSIT_WITHDRAWN',
        state: 'HELD',
        exception,
        trust: { matches: false },
      })
      expect(await lookUpPayment(graph, deposit['no_tid'])).toMatchObject({ status: 'APPROVED', amount: '120000' })
    },
  )

  test('a withdrawal of what a card paid is for a person, and takes nothing back', async () => {
    const { facade, graph } = await started(await newJournal())
    const charge = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
      ... on CardPayment { transactionId } } }`
    const input = { orderId: 'CARD', amount: '1004', billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
    const { transactionId } = (await graph.send(charge, { input })).data.chargeCardBillingKey
    const fields = { no_tid: transactionId, no_oid: 'CARD', amt_input: '1004', type_msg: '0400' }
    expect(await told(facade, 'deposit', aDeposit(fields))).toMatchObject([
      { state: 'HELD', exception: 'METHOD_DIFFERS', appliedTo: { operation: { service: 'chargeCardBillingKey' } } },
    ])
    expect(await lookUpPayment(graph, transactionId)).toMatchObject({ status: 'APPROVED', remainingAmount: '1004' })
  })

  test('a cancel of what notices alone tell of is for a person, as nobody asked for it here', async () => {
    const { facade } = await started(await newJournal())
    const approval = anApproval()
    await told(facade, 'transaction', approval)
    const [cancel] = await told(facade, 'transaction', { ...approval, transType: '01' })
    expect(cancel).toMatchObject({ event: 'CANCELED', state: 'HELD', exception: 'CANCEL_NOT_ASKED_FOR' })
  })

  test('a second deposit to an account is a payment of its own', async () => {
    const { facade, graph } = await started(await newJournal())
    const first = aDeposit()
    const account = { no_oid: String(first['no_oid']), no_vacct: String(first['no_vacct']) }
    const second = aDeposit({ ...account, amt_input: '50000' })
    await told(facade, 'deposit', first)
    await told(facade, 'deposit', second)
    const known = { status: 'APPROVED', canceledAmount: '0' }
    expect(await lookUpPayment(graph, first['no_tid'])).toMatchObject({ ...known, amount: '120000' })
    expect(await lookUpPayment(graph, second['no_tid'])).toMatchObject({ ...known, amount: '50000' })
  })

  test('an approval of another program is a payment; a notice of our own adds to its history alone', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const foreign = anApproval()
    await told(facade, 'transaction', foreign)
    expect(await lookUpPayment(graph, foreign['tid'])).toMatchObject({ status: 'APPROVED', amount: '1004' })
    const charge = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
      ... on CardPayment { transactionId } } }`
    const input = { orderId: 'OURS', amount: '1004', billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
    const { transactionId } = (await graph.send(charge, { input })).data.chargeCardBillingKey
    await told(facade, 'transaction', anApproval({ tid: transactionId, oid: 'OURS' }))
    expect((await lookUpPayment(graph, transactionId))?.history).toMatchObject([
      { kind: 'APPROVAL' },
      { kind: 'NOTICE' },
    ])
    expect((await list()).edges.map(({ node }: { node: { transactionId: string } }) => node.transactionId)).toEqual([
      transactionId,
      foreign['tid'],
    ])
  })

  test.each(['never', 'propose'])(
    'with %s, a notice of a charge whose answer was lost approves nothing',
    async (settle) => {
      const { facade, graph, list } = await started(await newJournal(), { PAYAPI_NOTICES_SETTLE: settle })
      const charge = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
      ... on PayApiFailure { outcome } } }`
      const input = { orderId: 'LOST', amount: '1004', billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
      const lost = await fetch(facade.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sandbox-scenario': 'reset' },
        body: JSON.stringify({ query: charge, variables: { input } }),
      })
      expect(await lost.json()).toMatchObject({ data: { chargeCardBillingKey: { outcome: 'UNKNOWN' } } })
      const approval = anApproval({ oid: 'LOST' })
      await told(facade, 'transaction', approval)
      expect(await lookUpPayment(graph, approval['tid'])).toMatchObject({
        status: null,
        amount: null,
        history: [{ kind: 'NOTICE' }],
      })
      expect((await list()).edges).toEqual([])
      expect(await refund(graph, { transactionId: approval['tid'] })).toMatchObject({ reason: 'PAYMENT_NOT_KNOWN' })
    },
  )

  test('what comes from elsewhere than the PG and fits nothing is no payment, until the PG sends the same', async () => {
    const { facade, graph, list } = await started(await newJournal(), {
      PAYAPI_NOTICES_ADDRESSES: '203.0.113.7',
      PAYAPI_TRUSTED_PROXIES: '127.0.0.1',
    })
    const from = async (address: string, kind: 'deposit' | 'transaction', fields: Record<string, string>) => {
      expect(await facade.post(pathOf(kind), form(fields), { 'x-forwarded-for': address })).toMatchObject({
        body: 'OK',
      })
      return facade.notices({ orderId: fields['no_oid'] ?? fields['oid'] }, lookedAt)
    }
    const [deposit, approval] = [aDeposit(), anApproval()]
    const all = [
      ['deposit', deposit, deposit['no_tid']],
      ['transaction', approval, approval['tid']],
    ] as const
    for (const [kind, fields, transactionId] of all) {
      expect(await from('198.51.100.1', kind, fields)).toMatchObject([
        { state: 'WAITING', trust: { address: false, matches: null } },
      ])
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({ status: null, amount: null })
      expect(await refund(graph, { transactionId })).toMatchObject({ reason: 'PAYMENT_NOT_KNOWN' })
    }
    expect((await list()).edges).toEqual([])
    for (const [kind, fields, transactionId] of all) {
      expect(await from('203.0.113.7', kind, fields)).toMatchObject([
        { state: 'WAITING', timesReceived: 2, trust: { address: true } },
      ])
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({ status: 'APPROVED' })
    }
    expect((await list()).edges).toHaveLength(2)
    const { no_oid = '', no_vacct = '' } = deposit
    await from('198.51.100.1', 'deposit', aDeposit({ no_oid, no_vacct, type_msg: '0400', amt_input: '1' }))
    expect(await lookUpPayment(graph, deposit['no_tid'])).toMatchObject({ status: 'APPROVED' })
  })

  test('the list has operations and notices in one order, forwards and backwards', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const newest: string[] = []
    for (let round = 0; round < 3; round++) {
      const deposit = aDeposit()
      await told(facade, 'deposit', deposit)
      newest.unshift(String(deposit['no_tid']))
      const charge = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
        ... on CardPayment { transactionId } } }`
      const order = { orderId: `ORDER-${round}`, amount: '1004', buyer: { name: '홍길동' } }
      const input = { ...order, billingKey: 'SANDBOX-CARDKEY-1' }
      newest.unshift((await graph.send(charge, { input })).data.chargeCardBillingKey.transactionId)
    }
    type Page = { edges: { node: { transactionId: string } }[]; pageInfo: Record<string, string | boolean> }
    const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.transactionId)
    const forwards: string[] = []
    for (let after: unknown = null; ; ) {
      const page: Page = await list({ first: 2, after })
      forwards.push(...idsOf(page))
      if (page.pageInfo['hasNextPage'] !== true) break
      after = page.pageInfo['endCursor']
    }
    expect(forwards).toEqual(newest)
    const backwards: string[] = []
    for (let before: unknown = null; ; ) {
      const page: Page = await list({ last: 2, before, filter: { statuses: ['APPROVED'] } })
      backwards.unshift(...idsOf(page))
      if (page.pageInfo['hasPreviousPage'] !== true) break
      before = page.pageInfo['startCursor']
    }
    expect(backwards).toEqual(newest)
    expect(idsOf(await list({ filter: { orderId: 'ORDER-1' } }))).toEqual([newest[2]])
    const { no_oid, no_tid } = aDeposit() as { no_oid: string; no_tid: string }
    await told(facade, 'deposit', aDeposit({ no_oid, no_tid }))
    expect(idsOf(await list({ filter: { orderId: no_oid } }))).toEqual([no_tid])
    expect(idsOf(await list({ filter: { merchantId: 'welcometwo' } }))).toEqual([])
    expect(idsOf(await list({ filter: { createdBefore: '2020-01-01T00:00:00Z' } }))).toEqual([])
  })

  test('a link is a payment from its issue on, and its deposit’s from then on, under either id', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const create = `mutation ($input: CreateSmsPaymentUrlInput!) { createSmsPaymentUrl(input: $input) {
      ... on SmsPaymentUrl { paymentUrl } } }`
    const goods = { goodsName: '커피', orderId: 'LINK-1', amount: '33000' }
    const asked = await graph.send(create, { input: { ...goods, paymentMethod: 'VIRTUAL_ACCOUNT' } })
    const { paymentUrl } = asked.data.createSmsPaymentUrl
    const press = async (action: string) => {
      const body = new URLSearchParams({ action, name: '김하나', bank: '04' })
      expect((await fetch(paymentUrl, { method: 'POST', body, redirect: 'manual' })).status).toBeLessThan(400)
    }
    await press('issue')
    const [issue] = await facade.notices({ orderId: 'LINK-1' }, lookedAt)
    expect(await lookUpPayment(graph, issue.transactionId)).toMatchObject({
      status: 'AWAITING_DEPOSIT',
      amount: null,
      remainingAmount: null,
      paymentMethod: 'VIRTUAL_ACCOUNT',
    })
    expect(await refund(graph, { transactionId: issue.transactionId })).toMatchObject({ reason: 'PAYMENT_NOT_KNOWN' })
    expect((await list()).edges).toMatchObject([{ node: { transactionId: issue.transactionId } }])
    await press('deposit')
    const [deposit] = await facade.notices({ orderId: 'LINK-1' }, (all) => all.length === 2 && lookedAt(all))
    for (const transactionId of [issue.transactionId, deposit.transactionId])
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({
        transactionId: deposit.transactionId,
        status: 'APPROVED',
        amount: '33000',
      })
    expect((await list()).edges).toMatchObject([{ node: { transactionId: deposit.transactionId, status: 'APPROVED' } }])
    // By the id under which the account was issued, the deposit is given back.
    expect(await refund(graph, { transactionId: issue.transactionId, amount: '3000' })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
      transactionId: deposit.transactionId,
      remainingAmount: '30000',
    })
    expect(await refund(graph, { transactionId: deposit.transactionId })).toMatchObject({ remainingAmount: '0' })
    expect(await lookUpPayment(graph, issue.transactionId)).toMatchObject({ status: 'CANCELED' })
    expect((await list({ filter: { statuses: ['CANCELED'] } })).edges).toHaveLength(1)
    const link = `{ smsPayment(orderId: "LINK-1") { status payment { status transactionId } } }`
    expect((await graph.send(link)).data.smsPayment.payment).toEqual({
      status: 'CANCELED',
      transactionId: deposit.transactionId,
    })
  })

  test('a link’s deposit that two kinds of notices tell of is one payment, which is given back once', async () => {
    const { facade, graph, list } = await started(await newJournal())
    const create = `mutation ($input: CreateSmsPaymentUrlInput!) { createSmsPaymentUrl(input: $input) {
      ... on SmsPaymentUrl { paymentUrl } } }`
    const goods = { goodsName: '커피', orderId: 'LINK-2', amount: '33000' }
    const asked = await graph.send(create, { input: { ...goods, paymentMethod: 'VIRTUAL_ACCOUNT' } })
    const { paymentUrl } = asked.data.createSmsPaymentUrl
    for (const action of ['issue', 'deposit']) {
      const body = new URLSearchParams({ action, name: '김하나', bank: '04' })
      expect((await fetch(paymentUrl, { method: 'POST', body, redirect: 'manual' })).status).toBeLessThan(400)
    }
    const isDeposited = (all: readonly { event: string }[]) => all.some(({ event }) => event === 'DEPOSITED')
    const found = await facade.notices({ orderId: 'LINK-2' }, (all) => isDeposited(all) && lookedAt(all))
    const first = found.find(({ event }) => event === 'DEPOSITED')
    const again = aDeposit({
      no_oid: 'LINK-2',
      no_vacct: first.virtualAccount.number,
      amt_input: '0000000033000',
      cd_bank: '00000004',
    })
    expect(await facade.send('deposit', again)).toMatchObject({ body: 'OK' })
    await facade.notices({ orderId: 'LINK-2' }, (all) => all.length > found.length && lookedAt(all))
    expect(await refund(graph, { transactionId: again['no_tid'], amount: '3000' })).toMatchObject({
      __typename: 'PartialPaymentCancellation',
      transactionId: first.transactionId,
      remainingAmount: '30000',
    })
    expect(await refund(graph, { transactionId: first.transactionId })).toMatchObject({ remainingAmount: '0' })
    for (const transactionId of [again['no_tid'], first.transactionId]) {
      expect(await lookUpPayment(graph, transactionId)).toMatchObject({
        transactionId: first.transactionId,
        status: 'CANCELED',
        amount: '33000',
      })
      expect(await refund(graph, { transactionId })).toMatchObject({ reason: 'NOTHING_LEFT' })
    }
    expect((await list()).edges).toMatchObject([{ node: { transactionId: first.transactionId } }])
  })

  test('of many cancels of one amount that are told at once, each that was asked for is told of once', async () => {
    const { facade, graph } = await started(await newJournal())
    const charge = `mutation ($input: ChargeCardBillingKeyInput!) { chargeCardBillingKey(input: $input) {
      ... on CardPayment { transactionId } } }`
    const input = { orderId: 'PARTS', amount: '1004', billingKey: 'SANDBOX-CARDKEY-1', buyer: { name: '홍길동' } }
    const { transactionId } = (await graph.send(charge, { input })).data.chargeCardBillingKey
    for (const remainingAmount of ['704', '404'])
      expect(await refund(graph, { transactionId, amount: '300' })).toMatchObject({ remainingAmount })
    const part = { orgTid: transactionId, oid: 'PARTS', transType: '11', transAmount: '300' }
    const notices = Array.from({ length: 12 }, () => anApproval(part))
    await Promise.all(notices.map((notice) => facade.send('transaction', notice)))
    const found = await facade.notices({ orderId: 'PARTS' }, (all) => all.length === notices.length && lookedAt(all))
    const applied = found.filter(({ state }) => state === 'APPLIED')
    expect(new Set(applied.map(({ appliedTo }) => appliedTo.operation.id)).size).toBe(2)
    expect(applied).toHaveLength(2)
    expect(found.filter(({ exception }) => exception === 'CANCEL_NOT_ASKED_FOR')).toHaveLength(10)
  })

  test('what was recorded of a cancel under the id of the issue stays once the deposit was given back after it', async () => {
    const { facade, graph } = await started(await newJournal())
    const create = `mutation ($input: CreateSmsPaymentUrlInput!) { createSmsPaymentUrl(input: $input) {
      ... on SmsPaymentUrl { paymentUrl } } }`
    const goods = { goodsName: '커피', orderId: 'LINK-3', amount: '33000' }
    const asked = await graph.send(create, { input: { ...goods, paymentMethod: 'VIRTUAL_ACCOUNT' } })
    for (const action of ['issue', 'deposit']) {
      const body = new URLSearchParams({ action, name: '김하나', bank: '04' })
      await fetch(asked.data.createSmsPaymentUrl.paymentUrl, { method: 'POST', body, redirect: 'manual' })
    }
    const found = await facade.notices({ orderId: 'LINK-3' }, (all) => all.length === 2 && lookedAt(all))
    const idOf = (event: string): string => found.find((notice) => notice.event === event).transactionId
    const cancel = `mutation ($input: CancelPaymentInput!) { result: cancelPayment(input: $input) {
      ... on PayApiFailure { outcome operationId } } }`
    const all = { amount: '33000', currency: 'KRW', paymentMethod: 'VIRTUAL_ACCOUNT' }
    const lost = await fetch(facade.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sandbox-scenario': 'reset-unprocessed' },
      body: JSON.stringify({
        query: cancel,
        variables: { input: { ...all, transactionId: idOf('VIRTUAL_ACCOUNT_ISSUED') } },
      }),
    })
    const { outcome, operationId } = ((await lost.json()) as { data: { result: Record<string, string> } }).data.result
    expect(outcome).toBe('UNKNOWN')
    const resolve = `mutation ($input: ResolvePaymentOperationInput!) { result: resolvePaymentOperation(input: $input) {
      ... on PayApiOperation { state } } }`
    expect((await graph.send(resolve, { input: { operationId, processed: false } })).data.result.state).toBe('FAILED')
    expect(await refund(graph, { transactionId: idOf('DEPOSITED'), amount: '3000' })).toMatchObject({
      remainingAmount: '30000',
    })
    const reopen = `mutation ($input: ReopenPaymentOperationInput!) { result: reopenPaymentOperation(input: $input) {
      __typename } }`
    const { data } = await graph.send(reopen, { input: { operationId, reason: 'It was canceled after all.' } })
    expect(data.result.__typename).toBe('PayApiInvalidInput')
  })
})
