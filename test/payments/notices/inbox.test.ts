import { expect, test, vi } from 'vitest'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { KEYS } from '../../support/journal/operations.ts'
import {
  aDeposit,
  anApproval,
  form,
  lookedAt,
  type NoticeFacade,
  pathOf,
  registered,
  startNoticeFacade,
  unique,
} from '../../support/server/notices.ts'

// Written down, answered, applied: once, however often and wherever it comes.

const keys = Buffer.from(KEYS[0] ?? '').toString('base64')

const startOn = async ({ url }: TestJournal, env: Readonly<Record<string, string>> = {}): Promise<NoticeFacade> => {
  const facade = await startNoticeFacade({ PAYAPI_STORE_URL: url, PAYAPI_JOURNAL_KEYS: keys, ...env })
  await vi.waitFor(async () => expect((await fetch(`${facade.origin}/health/ready`)).status).toBe(200), {
    timeout: 240_000,
    interval: 50,
  })
  return facade
}

overBothStores('the inbox of notices', (newJournal) => {
  test('a hundred copies at once, at two instances, are one notice with one effect', async () => {
    const journal = await newJournal()
    const [one, other] = [await startOn(journal), await startOn(journal)]
    const deposit = aDeposit({ type_msg: '0400' })
    const pairs = Object.entries(deposit)
    const copies = Array.from({ length: 100 }, (_, copy) => {
      // In another order, and with something new in it, it is the same.
      const turned = [...pairs.slice(copy % pairs.length), ...pairs.slice(0, copy % pairs.length)]
      return (copy % 2 === 0 ? one : other).send('deposit', [...turned, ['sent_no', String(copy)]])
    })
    for (const { status, body } of await Promise.all(copies)) expect([status, body]).toEqual([200, 'OK'])
    const found = await one.notices({}, lookedAt)
    expect(found).toMatchObject([{ timesReceived: 100, state: 'WAITING', exception: 'DEPOSIT_WITHDRAWN' }])
    const alarms = [...one.lines, ...other.lines].filter((line) => line.includes('needs a person'))
    expect(alarms).toHaveLength(1)
  })

  test('notices that differ in what matters are two, whatever id they share', async () => {
    const facade = await startOn(await newJournal())
    const deposit = aDeposit()
    await facade.send('deposit', { ...deposit, amt_input: '1' })
    await facade.send('deposit', deposit)
    await facade.send('deposit', deposit)
    const found = await facade.notices({ transactionId: deposit['no_tid'] }, ({ length }) => length === 2)
    expect(found.map(({ amount, timesReceived }) => [amount, timesReceived])).toEqual([
      ['120000', 2],
      ['1', 1],
    ])
  })

  test('what was written down and not applied when a process died is applied by the next one', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    // As a process does that dies between the answer and the effect.
    await store.run('receiveNotice', {
      id: 'notice-1',
      kind: 'DEPOSIT',
      merchantId: 'welcometst',
      linkId: null,
      identity: 'one',
      content: {
        facts: {
          event: 'DEPOSIT_WITHDRAWN',
          escrowEvent: null,
          code: '0400',
          merchantId: null,
          orderId: 'ORDER-1',
          transactionId: 'T-1',
          amount: '1000',
          occurredAt: null,
          approvalNumber: null,
          account: null,
          payerName: null,
          reason: null,
          unreadable: [],
        },
        fields: [],
        charset: 'EUC_KR',
        charsetDoubtful: false,
      },
      address: null,
      signature: null,
      times: 1,
    })
    expect(await store.run('notice', { id: 'notice-1' })).toMatchObject({ state: 'RECEIVED' })
    // However long it was to have it for itself.
    const table = journal.url.startsWith('file:') ? 'notices' : 'payapi.notices'
    await journal.sql(`update ${table} set due_at = ${Date.now() + 3_600_000}`)
    const facade = await startOn(journal)
    expect(await facade.notices({ orderId: 'ORDER-1' }, lookedAt)).toMatchObject([
      { state: 'WAITING', exception: 'DEPOSIT_WITHDRAWN' },
    ])
  })

  test('of several instances one alone takes a notice that is to be looked at', async () => {
    const journal = await newJournal()
    const stores = [await journal.open(), await journal.open()]
    const facade = await startOn(journal)
    await facade.send('deposit', aDeposit())
    await facade.notices({}, lookedAt)
    await facade.close()
    const due = {
      id: (
        await journal.sql(
          'select id from payapi.notices'.replace('payapi.', journal.url.startsWith('file') ? '' : 'payapi.'),
        )
      )[0]?.['id'] as string,
    }
    const dueAt = 1
    await journal.sql(`update ${journal.url.startsWith('file') ? '' : 'payapi.'}notices set due_at = 1`)
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (stores[index % 2] ?? stores[0])?.run('takeNotice', { ...due, dueAt, forMs: 30_000 }),
      ),
    )
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test('a copy from the PG’s own address is looked at at once, however late the next look was to be', async () => {
    const journal = await newJournal()
    const facade = await startOn(journal, {
      PAYAPI_NOTICES_ADDRESSES: '203.0.113.7',
      PAYAPI_TRUSTED_PROXIES: '127.0.0.1',
    })
    const body = form(aDeposit())
    await facade.post(pathOf('deposit'), body)
    await facade.notices({}, lookedAt)
    const isFile = journal.url.startsWith('file:')
    const table = isFile ? 'notices' : 'payapi.notices'
    // Not between what a look reads and what it writes.
    const afterLook = isFile
      ? ''
      : ` from (select pg_advisory_xact_lock(hashtextextended('["notice","' || hash || '"]', 0)) from ${table}) as look`
    await journal.sql(`update ${table} set due_at = ${Date.now() + 3_600_000}, attempts = 20${afterLook}`)
    await facade.post(pathOf('deposit'), body, { 'x-forwarded-for': '203.0.113.7' })
    await expect
      .poll(async () => Number((await journal.sql(`select attempts from ${table}`))[0]?.['attempts']), {
        timeout: 240_000,
      })
      .toBeGreaterThan(20)
    expect(await facade.notices({})).toMatchObject([{ trust: { address: true } }])
  })

  test('what is rare among thousands is found, from both ends', async () => {
    const journal = await newJournal()
    const facade = await startOn(journal)
    const [oldest, newest] = [anApproval(), anApproval()]
    await facade.send('transaction', oldest)
    const isFile = journal.url.startsWith('file:')
    const columns =
      'id, kind, hash, merchant_id, received_at, last_received_at, times_received, state, attempts, kept_from'
    const now = Date.now()
    const values = `'copy-' || i, 'DEPOSIT', 'copy-' || i, 'welcometst', ${now} + i, ${now} + i, 1, 'APPLIED', 1, 0`
    await journal.sql(
      isFile
        ? `with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500) insert into notices (${columns}) select ${values} from n`
        : `insert into payapi.notices (${columns}) select ${values} from generate_series(1, 4500) as i`,
    )
    await facade.send('transaction', newest)
    // Behind them all, also by the clock.
    await journal.sql(
      `update ${isFile ? '' : 'payapi.'}notices set received_at = ${now + 10_000} where transaction_id = '${newest['tid']}'`,
    )
    const page = async (args: string) => {
      const query = `{ notices(filter: { kinds: [TRANSACTION] }, ${args}) { edges { node { transactionId } } pageInfo { hasNextPage } } }`
      const { notices } = await facade.query(query)
      return notices.edges.map(({ node }: { node: { transactionId: string } }) => node.transactionId)
    }
    expect(await page('first: 5')).toEqual([newest['tid'], oldest['tid']])
    expect(await page('last: 1')).toEqual([oldest['tid']])
    expect(await page('last: 2')).toEqual([newest['tid'], oldest['tid']])
  })

  test('a page of notices goes on where the one before it ended, in both directions, and knows its filter', async () => {
    const facade = await startOn(await newJournal())
    const orders: string[] = []
    for (let sent = 0; sent < 5; sent++) {
      const approval = anApproval({ oid: `PAGE-${unique()}` })
      orders.unshift(approval['oid'] ?? '')
      await facade.send('transaction', approval)
    }
    await facade.send('deposit', aDeposit())
    const query = `query ($first: Int, $last: Int, $after: String, $before: String, $kind: PayApiNoticeKind!) {
      notices(filter: { kinds: [$kind] }, first: $first, last: $last, after: $after, before: $before) {
        edges { cursor node { orderId } } pageInfo { hasNextPage hasPreviousPage } } }`
    const page = async (variables: object) => {
      const { notices } = await facade.query(query, { kind: 'TRANSACTION', ...variables })
      return { ...notices, orders: notices.edges.map(({ node }: { node: { orderId: string } }) => node.orderId) }
    }
    const first = await page({ first: 2 })
    expect([first.orders, first.pageInfo.hasNextPage]).toEqual([orders.slice(0, 2), true])
    const second = await page({ first: 3, after: first.edges[1].cursor })
    expect([second.orders, second.pageInfo.hasNextPage]).toEqual([orders.slice(2), false])
    expect((await page({ last: 2, before: second.edges[0].cursor })).orders).toEqual(orders.slice(0, 2))
    await expect(page({ first: 1, after: first.edges[0].cursor, kind: 'DEPOSIT' })).rejects.toThrow('another filter')
  })
})

test('a token in a newer setting beside an older one serves as well', async () => {
  const both = JSON.parse(registered().PAYAPI_NOTICES) as object[]
  const newer = { kind: 'deposit', mid: 'welcometst', token: 'newer-0123456789abcdef' }
  const facade = await startNoticeFacade({ PAYAPI_NOTICES: JSON.stringify([...both, newer]) })
  expect(await facade.post('/pg/notices/deposit/welcometst/newer-0123456789abcdef', form(aDeposit()))).toMatchObject({
    status: 200,
  })
  expect(await facade.post(pathOf('deposit'), form(aDeposit()))).toMatchObject({ status: 200 })
})
