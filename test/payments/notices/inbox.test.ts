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
