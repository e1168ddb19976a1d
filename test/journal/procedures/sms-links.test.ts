import { describe, expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { LinkNotice } from '../../../src/journal/procedures/sms-links/index.ts'
import type { NewSmsLink } from '../../../src/journal/records/sms-link.ts'
import { overBothStores } from '../../support/journal/both-stores.ts'
import { claimApproval, linkIn } from '../../support/journal/links.ts'
import { ending, HOUR, NOW, operation, unique } from '../../support/journal/operations.ts'

const ended = (given: Parameters<typeof ending>[0] = {}) => ending({ result: '{}', ...given })
const unknown = ended({ state: 'UNKNOWN' })
const failed = ended({ state: 'FAILED', keepsOrder: false })
const neverSent = ended({ state: 'FAILED', keepsOrder: false, keepsKey: false })

const ACCOUNT = { bankCode: '04', bankName: '국민은행', number: '9400120055661', holderName: '김하나', expiresAt: null }

const stateOf = (store: OperationStore, { token }: NewSmsLink, now = NOW) => store.run('smsLinkOfToken', { token, now })

const notice = (link: NewSmsLink, given: Partial<LinkNotice>): LinkNotice => ({
  linkId: link.id,
  at: NOW + 5_000,
  merchantId: link.merchantId,
  orderId: link.orderId,
  amount: link.amount,
  transactionId: 'TID-1',
  step: { kind: 'DEPOSITED', accountNumber: ACCOUNT.number },
  ...given,
})

const issued = { kind: 'ACCOUNT_ISSUED', account: ACCOUNT } as const
const deposited = { kind: 'DEPOSITED', accountNumber: ACCOUNT.number } as const
const withdrawn = { kind: 'DEPOSIT_WITHDRAWN', accountNumber: ACCOUNT.number } as const

overBothStores('links of SMS payments', (newJournal) => {
  const openStore = async () => (await newJournal()).open()
  const vbank = { paymentMethod: 'VIRTUAL_ACCOUNT' }

  it('a link is found by its token, of which only a hash is kept', async () => {
    const journal = await newJournal()
    const store = await journal.open()
    const link = await linkIn(store, { redirectUrl: 'https://shop.example/paid' })
    const { token, noticeToken, ...kept } = link
    expect(await stateOf(store, link)).toEqual({
      ...kept,
      status: 'LINK_CREATED',
      paidAt: null,
      transactionId: null,
      approvalOperationId: null,
      exception: null,
      paymentUrl: null,
      virtualAccount: null,
    })
    expect(await store.run('smsLinkOfToken', { token: noticeToken, now: NOW })).toBeUndefined()
    const rows = JSON.stringify(
      await journal.sql(`select * from ${journal.url.startsWith('postgres') ? 'payapi.' : ''}sms_links`),
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    )
    for (const secret of [token, noticeToken, '커피', 'shop.example']) expect(rows).not.toContain(secret)
  })

  describe('before anybody uses it', () => {
    it('a link whose creation is under way or unknown is there, and its state is unknown', async () => {
      const store = await openStore()
      for (const how of [null, unknown]) {
        const link = await linkIn(store, {}, how)
        expect(await stateOf(store, link)).toMatchObject({ status: 'UNKNOWN' })
        expect((await claimApproval(store, link)).claim).toEqual({ granted: true })
      }
    })

    it('a link that surely was not made is none', async () => {
      const store = await openStore()
      const link = await linkIn(store, {}, failed)
      expect(await stateOf(store, link)).toBeUndefined()
      expect((await claimApproval(store, link)).claim).toMatchObject({ by: 'GUARD', refusal: 'GONE' })
    })

    it('a link expires by time alone, and is not approved any more', async () => {
      const store = await openStore()
      const link = await linkIn(store)
      expect(await stateOf(store, link, link.expiresAt - 1)).toMatchObject({ status: 'LINK_CREATED' })
      expect(await stateOf(store, link, link.expiresAt)).toMatchObject({ status: 'EXPIRED' })
      const { claim } = await claimApproval(store, link, link.expiresAt)
      expect(claim).toMatchObject({ by: 'GUARD', refusal: 'EXPIRED' })
    })
  })

  describe('an approval', () => {
    it.each([
      ['under way', null, 'AUTHENTICATED'],
      ['unknown', unknown, 'UNKNOWN'],
      ['refused', failed, 'FAILED'],
      ['never sent', neverSent, 'FAILED'],
      ['processed', ended({ transactionId: 'TID-7' }), 'PAID'],
    ] as const)('that is %s is that of the link', async (_, how, status) => {
      const store = await openStore()
      const link = await linkIn(store)
      const { approval } = await claimApproval(store, link)
      if (how !== null) await store.finish(approval.id, approval.owner, how)
      const expected = {
        status,
        approvalOperationId: approval.id,
        transactionId: status === 'PAID' ? 'TID-7' : null,
        paidAt: status === 'PAID' ? expect.any(Number) : null,
      }
      for (const now of [NOW, link.expiresAt]) expect(await stateOf(store, link, now)).toMatchObject(expected)
      await store.run('recordSmsApproval', { linkId: link.id, now: NOW })
      expect(await stateOf(store, link)).toMatchObject(expected)
    })

    it('of many at once one is granted, over two instances', async () => {
      const journal = await newJournal()
      const stores = [await journal.open(), await journal.open()] as const
      const link = await linkIn(stores[0])
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, n) => claimApproval(stores[n % 2 === 0 ? 0 : 1], link, NOW, unique('key'))),
      )
      expect(claims.filter(({ claim }) => claim.granted)).toHaveLength(1)
    })

    it.each([
      ['under way', null],
      ['unknown', unknown],
      ['refused', failed],
      ['processed', ended()],
    ] as const)('that is %s is the last, also for another authentication', async (_, how) => {
      const store = await openStore()
      const link = await linkIn(store)
      const { approval } = await claimApproval(store, link)
      if (how !== null) await store.finish(approval.id, approval.owner, how)
      // Another shop of the same order number, as it were: the order is no obstacle, only the link is.
      const other = operation({ merchantId: unique('mid'), service: 'approveSmsPayment' })
      const input = { linkId: link.id, operationId: other.id, now: NOW }
      expect(await store.claimGuarded(other, { name: 'guardSmsApproval', input })).toMatchObject({ refusal: 'USED' })
    })

    it('that surely was never sent is made once more', async () => {
      const store = await openStore()
      const link = await linkIn(store)
      const { approval } = await claimApproval(store, link)
      await store.finish(approval.id, approval.owner, neverSent)
      const again = await claimApproval(store, link)
      expect(again.claim).toEqual({ granted: true })
      expect(await stateOf(store, link)).toMatchObject({ approvalOperationId: again.approval.id })
    })

    it('that a person resolved is that of the link', async () => {
      const store = await openStore()
      for (const [state, status] of [
        ['SUCCEEDED', 'PAID'],
        ['FAILED', 'FAILED'],
      ] as const) {
        const link = await linkIn(store)
        const { approval } = await claimApproval(store, link)
        await store.finish(approval.id, approval.owner, unknown)
        const found = { state, result: '{}', resolution: '{}', keepsOrder: true, recordedBy: 'x', recordedAt: NOW }
        await store.run('resolveOperation', { id: approval.id, resolution: found })
        expect(await stateOf(store, link)).toMatchObject({ status })
      }
    })

    it('of a virtual account is no money', async () => {
      const store = await openStore()
      const link = await linkIn(store, vbank)
      const { approval } = await claimApproval(store, link)
      await store.finish(approval.id, approval.owner, ended({ transactionId: 'TID-1' }))
      const awaiting = { status: 'AWAITING_DEPOSIT', paidAt: null, transactionId: null }
      expect(await stateOf(store, link)).toMatchObject(awaiting)
      await store.run('recordSmsApproval', { linkId: link.id, now: NOW })
      expect(await stateOf(store, link)).toMatchObject(awaiting)
      await store.run('advanceLink', notice(link, {}))
      expect(await stateOf(store, link)).toMatchObject({ status: 'PAID', transactionId: 'TID-1' })
    })

    it('of a link that a notice has paid already is not made', async () => {
      const store = await openStore()
      const link = await linkIn(store)
      await store.run('advanceLink', notice(link, { step: { kind: 'APPROVED' } }))
      expect(await stateOf(store, link)).toMatchObject({ status: 'PAID', transactionId: 'TID-1', paidAt: NOW + 5_000 })
      // The link stands for the money from then on, so that no charge of the order meets anything else.
      const { claim } = await claimApproval(store, link)
      expect(claim).toMatchObject({ granted: false, by: 'ORDER', operation: { id: link.id } })
    })
  })

  describe('notices of a virtual account', () => {
    const play = async (...steps: readonly (LinkNotice['step'] | Partial<LinkNotice>)[]) => {
      const store = await openStore()
      const link = await linkIn(store, vbank)
      const moves = []
      for (const step of steps)
        moves.push(await store.run('advanceLink', notice(link, 'kind' in step ? { step } : step)))
      return { moves, state: await stateOf(store, link) }
    }

    it('issue and deposit pay it', async () => {
      const { moves, state } = await play(issued, deposited)
      expect(moves).toEqual([
        { moved: true, status: 'AWAITING_DEPOSIT' },
        { moved: true, status: 'PAID' },
      ])
      expect(state).toMatchObject({ virtualAccount: ACCOUNT, paidAt: NOW + 5_000, transactionId: 'TID-1' })
    })

    it('a deposit that comes before its issue pays it all the same, and the account is filled in', async () => {
      const { moves, state } = await play(deposited, issued)
      expect(moves).toEqual([
        { moved: true, status: 'PAID' },
        { moved: false, status: 'PAID', reason: 'ALREADY' },
      ])
      expect(state).toMatchObject({ status: 'PAID', virtualAccount: ACCOUNT })
    })

    it('the same again has no effect', async () => {
      const { moves } = await play(issued, issued, deposited, deposited, issued)
      expect(moves.map(({ moved }) => moved)).toEqual([true, false, true, false, false])
    })

    it('a withdrawal is the end, in whatever order', async () => {
      for (const steps of [
        [issued, deposited, withdrawn],
        [issued, withdrawn, deposited],
      ]) {
        expect((await play(...steps)).state).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
      }
    })

    it.each([
      ['another amount', { amount: '32999' }, 'AMOUNT_DIFFERS'],
      ['more', { amount: '330000' }, 'AMOUNT_DIFFERS'],
      ['an amount with a sign', { amount: '-33000' }, 'AMOUNT_DIFFERS'],
      ['another merchant', { merchantId: 'other' }, 'MERCHANT_DIFFERS'],
      ['another order', { orderId: 'other' }, 'ORDER_DIFFERS'],
      ['another account', { step: { ...deposited, accountNumber: '1' } }, 'ACCOUNT_DIFFERS'],
      ['another method', { step: { kind: 'APPROVED' } }, 'METHOD_DIFFERS'],
    ] as const)('a deposit of %s is for a person, never paid', async (_, given, reason) => {
      const { moves, state } = await play(issued, given)
      expect(moves[1]).toEqual({ moved: false, status: 'AWAITING_DEPOSIT', reason })
      expect(state).toMatchObject({ status: 'AWAITING_DEPOSIT', exception: reason, transactionId: null })
    })

    it('zeros before the amount do not count, and what is not said is not compared', async () => {
      const { state } = await play({ amount: '0000000033000', merchantId: null, orderId: null })
      expect(state).toMatchObject({ status: 'PAID' })
    })

    it('an account that only the browser named gives way to the one of the PG', async () => {
      const claimed = { kind: 'ACCOUNT_ISSUED', account: { ...ACCOUNT, number: '666' }, isClaimed: true } as const
      const first = await play(claimed)
      expect(first.state).toMatchObject({ status: 'AWAITING_DEPOSIT', virtualAccount: { number: '666' } })
      expect((await play(claimed, issued)).state).toMatchObject({ virtualAccount: ACCOUNT, exception: null })
      expect((await play(issued, claimed)).state).toMatchObject({ virtualAccount: ACCOUNT, exception: null })
      // Of a deposit alone the bank is not known yet, but the number is.
      expect((await play(deposited, claimed)).state).toMatchObject({
        status: 'PAID',
        virtualAccount: { number: ACCOUNT.number },
      })
      expect((await play(claimed, deposited)).state).toMatchObject({
        status: 'PAID',
        virtualAccount: { number: ACCOUNT.number },
      })
    })
  })

  describe('a notice beside an approval', () => {
    const approved = { step: { kind: 'APPROVED' } } as const

    it('moves nothing while nobody knows what became of the approval', async () => {
      const store = await openStore()
      const link = await linkIn(store)
      const { approval } = await claimApproval(store, link)
      for (const status of ['AUTHENTICATED', 'UNKNOWN'] as const) {
        if (status === 'UNKNOWN') await store.finish(approval.id, approval.owner, unknown)
        const move = await store.run('advanceLink', notice(link, approved))
        expect(move).toEqual({ moved: false, status, reason: 'APPROVAL_DECIDES' })
      }
    })

    it('that tells the same is nothing new, and one that contradicts it is for a person', async () => {
      const store = await openStore()
      const paid = await linkIn(store)
      const first = await claimApproval(store, paid)
      await store.finish(first.approval.id, first.approval.owner, ended({ transactionId: 'TID-1' }))
      expect(await store.run('advanceLink', notice(paid, approved))).toMatchObject({ reason: 'ALREADY' })
      const other = await store.run('advanceLink', notice(paid, { ...approved, transactionId: 'TID-2' }))
      expect(other).toMatchObject({ reason: 'CONTRADICTION', status: 'PAID' })
      const refused = await linkIn(store)
      const second = await claimApproval(store, refused)
      await store.finish(second.approval.id, second.approval.owner, failed)
      expect(await store.run('advanceLink', notice(refused, approved))).toMatchObject({ reason: 'CONTRADICTION' })
      expect(await stateOf(store, refused)).toMatchObject({ status: 'FAILED', exception: 'CONTRADICTION' })
    })
  })

  it('a failed arrival is written down and does not end the link', async () => {
    const store = await openStore()
    const link = await linkIn(store)
    const input = { linkId: link.id, exception: 'APPROVAL_ADDRESS_REFUSED', now: NOW } as const
    expect(await store.run('recordFailedArrival', input)).toMatchObject({
      status: 'FAILED',
      exception: 'APPROVAL_ADDRESS_REFUSED',
    })
    const late = await claimApproval(store, link, link.expiresAt)
    expect(late.claim).toMatchObject({ by: 'GUARD', refusal: 'EXPIRED' })
    expect((await claimApproval(store, link)).claim).toEqual({ granted: true })
    expect(await store.run('recordFailedArrival', { ...input, exception: null })).toMatchObject({
      status: 'AUTHENTICATED',
    })
  })

  describe('a list', () => {
    it('has its pages in order, forwards and backwards, by merchant, order, time and state', async () => {
      const store = await openStore()
      const merchantId = unique('mid')
      const links: NewSmsLink[] = []
      for (let n = 0; n < 5; n++) links.push(await linkIn(store, { merchantId, createdAt: NOW + Math.floor(n / 2) }))
      const ids = links.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)).map(({ id }) => id)
      const { approval } = await claimApproval(store, links[1] as NewSmsLink)
      await store.finish(approval.id, approval.owner, unknown)
      const find = async (given: object) => {
        const found = await store.run('findSmsLinks', {
          filter: { merchantIds: [merchantId] },
          limit: 10,
          now: NOW,
          ...given,
        })
        return found.map(({ id }) => id)
      }
      expect(await find({})).toEqual(ids)
      expect(await find({ limit: 2 })).toEqual(ids.slice(0, 2))
      const place = (at: number) => {
        const { createdAt, id } = links.find((link) => link.id === ids[at]) as NewSmsLink
        return { createdAt, id }
      }
      expect(await find({ after: place(1) })).toEqual(ids.slice(2))
      expect(await find({ before: place(3), backwards: true, limit: 2 })).toEqual([ids[2], ids[1]])
      const filter = (more: object) => ({ filter: { merchantIds: [merchantId], ...more } })
      expect(await find(filter({ statuses: ['UNKNOWN'] }))).toEqual([links[1]?.id])
      expect(await find(filter({ statuses: ['LINK_CREATED'] }))).toEqual(ids.filter((id) => id !== links[1]?.id))
      expect(await find({ ...filter({ statuses: ['EXPIRED'] }), now: NOW + 72 * HOUR + 10 })).toHaveLength(4)
      expect(await find(filter({ orderId: links[2]?.orderId }))).toEqual([links[2]?.id])
      expect(await find(filter({ createdFrom: NOW + 1, createdBefore: NOW + 2 }))).toHaveLength(2)
      expect(await find({ filter: { merchantIds: [] } })).toEqual([])
    })
  })
})
