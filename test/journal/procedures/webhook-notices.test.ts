import { expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { EVENT_TYPES, type EventType } from '../../../src/journal/records/events.ts'
import type { NoticeFacts, NoticeKind } from '../../../src/journal/records/notices.ts'
import type { NewSmsLink } from '../../../src/journal/records/sms-link.ts'
import { NOTICE_SERVICES } from '../../../src/payments/notices/services.ts'
import { overBothStores } from '../../support/journal/both-stores.ts'
import * as links from '../../support/journal/links.ts'
import { ending, finding, HOUR, NOW, operation, unique } from '../../support/journal/operations.ts'

const SHOP = { id: 'shop', events: Object.keys(EVENT_TYPES) as EventType[] }
const ACCOUNT = { bankCode: '04', bankName: '국민은행', number: '9400120055661', holderName: '김하나', expiresAt: null }
const unknown = ending({ state: 'UNKNOWN', result: '{}' })

async function typesIn(store: OperationStore, merchantId: string): Promise<readonly string[]> {
  const found = await store.run('findWebhookDeliveries', { filter: { merchantIds: [merchantId] }, limit: 1_000 })
  return found
    .map(({ event }) => event)
    .sort((one, other) => one.sequence - other.sequence)
    .map(({ type }) => type)
}

/** A link that was made, of an account unless told otherwise. */
const linkIn = (store: OperationStore, given: Partial<NewSmsLink> = {}, how = ending({ result: '{}' })) =>
  links.linkIn(store, { paymentMethod: 'VIRTUAL_ACCOUNT', expiresAt: Date.now() + HOUR, ...given }, how)

const CARD = { paymentMethod: 'CARD' }

/** Claims the approval of a link, as the server does, and ends it. */
async function approve(
  store: OperationStore,
  link: NewSmsLink,
  how: ReturnType<typeof ending>,
  meanwhile: () => Promise<unknown> = async () => {},
) {
  const { approval, claim } = await links.claimApproval(store, link)
  expect(claim).toEqual({ granted: true })
  await meanwhile()
  expect(await store.finish(approval.id, approval.owner, how)).toBe(true)
  return approval
}

const facts = (given: Partial<NoticeFacts>): NoticeFacts => ({
  event: 'DEPOSITED',
  escrowEvent: null,
  code: 'VBANK 02',
  merchantId: null,
  orderId: null,
  transactionId: null,
  amount: '33000',
  occurredAt: null,
  approvalNumber: null,
  account: null,
  payerName: '홍길동',
  reason: null,
  unreadable: [],
  ...given,
})

interface Told {
  readonly kind?: NoticeKind
  readonly linkId?: string | null
  readonly settle?: 'never' | 'propose' | 'verified'
  readonly address?: boolean | null
  /** What tells it from others that say the same. */
  readonly identity?: string
}

/** Takes a notice in, as often as it is looked at twice, and gives how it then stands. */
async function notice(
  store: OperationStore,
  merchantId: string,
  said: Partial<NoticeFacts>,
  { kind = 'DEPOSIT', linkId = null, settle = 'propose', address = true, identity = unique('notice') }: Told = {},
) {
  let id = unique('notice')
  const content = { facts: facts(said), fields: [], charset: 'EUC_KR', charsetDoubtful: false } as const
  const received = { id, kind, merchantId, linkId, identity, content, address, signature: null, times: 1 }
  for (let index = 0; index < 2; index++) {
    id = (await store.run('receiveNotice', received)).id
    await store.run('applyNotice', { id, settle, services: NOTICE_SERVICES })
  }
  return await store.run('notice', { id })
}

overBothStores('the payment of a link', (newJournal) => {
  const open = async () => (await newJournal()).open(undefined, [SHOP])

  it('that is approved is told as approved and as paid, with the link’s own operation', async () => {
    const store = await open()
    const link = await linkIn(store, CARD)
    await approve(store, link, ending({ result: '{"paymentMethod":"CARD"}', transactionId: 'tid' }))
    expect(await typesIn(store, link.merchantId)).toEqual(['payment.approved', 'sms_payment.paid'])
    const [paid] = await store.run('findWebhookDeliveries', {
      filter: { merchantIds: [link.merchantId], eventTypes: ['sms_payment.paid'] },
      limit: 1,
    })
    expect(paid?.event).toMatchObject({ operationId: link.id, orderId: link.orderId, transactionId: 'tid' })
  })

  it('whose approval is unknown is not told as paid before a person resolves it', async () => {
    const store = await open()
    const link = await linkIn(store, CARD)
    const approval = await approve(store, link, unknown)
    expect(await typesIn(store, link.merchantId)).toEqual(['operation.unknown'])
    await store.run('resolveOperation', {
      id: approval.id,
      resolution: finding({ state: 'SUCCEEDED', result: '{}', transactionId: 'tid' }),
    })
    expect((await typesIn(store, link.merchantId)).slice(1)).toEqual([
      'operation.settled',
      'payment.approved',
      'sms_payment.paid',
    ])
  })

  it.each([
    ['answered', ending({ result: '{"paymentMethod":"VIRTUAL_ACCOUNT"}' })],
    ['resolved', unknown],
  ])('whose account was issued, as was %s, awaits the deposit, which is told when it comes', async (_, how) => {
    const store = await open()
    const link = await linkIn(store)
    const { merchantId, orderId } = link
    const approval = await approve(store, link, how)
    if (how === unknown)
      await store.run('resolveOperation', {
        id: approval.id,
        resolution: finding({ state: 'SUCCEEDED', result: '{}' }),
      })
    const before = how === unknown ? ['operation.unknown', 'operation.settled'] : []
    expect(await typesIn(store, merchantId)).toEqual([...before, 'sms_payment.awaiting_deposit'])
    const issued = { event: 'VIRTUAL_ACCOUNT_ISSUED', transactionId: 'issue', orderId, account: ACCOUNT } as const
    expect(await notice(store, merchantId, issued, { linkId: link.id })).toMatchObject({ state: 'APPLIED' })
    const deposit = { transactionId: 'deposit', orderId, account: ACCOUNT }
    expect(await notice(store, merchantId, deposit, { linkId: link.id })).toMatchObject({ state: 'APPLIED' })
    // The merchant's own notices tell of the same deposit.
    await notice(store, merchantId, deposit, { kind: 'TRANSACTION' })
    expect((await typesIn(store, merchantId)).slice(before.length)).toEqual([
      'sms_payment.awaiting_deposit',
      'sms_payment.paid',
      'payment.approved',
    ])
  })

  it('whose account a notice told of first is told so once', async () => {
    const store = await open()
    const link = await linkIn(store)
    const { id: linkId, merchantId, orderId } = link
    const issued = { event: 'VIRTUAL_ACCOUNT_ISSUED', orderId, account: ACCOUNT } as const
    const how = ending({ result: '{"paymentMethod":"VIRTUAL_ACCOUNT"}' })
    await approve(store, link, how, () => notice(store, merchantId, issued, { linkId }))
    expect(await typesIn(store, merchantId)).toEqual(['sms_payment.awaiting_deposit'])
  })

  it('whose deposit is withdrawn is told so once, whichever notices say it', async () => {
    const store = await open()
    const { id: linkId, merchantId, orderId } = await linkIn(store)
    const said = { orderId, account: ACCOUNT, transactionId: 'tid' }
    await notice(store, merchantId, said, { linkId })
    for (const kind of ['DEPOSIT', 'TRANSACTION'] as const)
      await notice(store, merchantId, { ...said, event: 'DEPOSIT_WITHDRAWN' }, { linkId, kind })
    expect(await typesIn(store, merchantId)).toEqual(['sms_payment.paid', 'payment.approved', 'deposit.withdrawn'])
  })

  it('is not told of where a notice does not fit', async () => {
    const store = await open()
    const { id: linkId, merchantId, orderId } = await linkIn(store)
    const wrong = { orderId, account: ACCOUNT, transactionId: 'tid', amount: '1' }
    expect(await notice(store, merchantId, wrong, { linkId })).toMatchObject({ exception: 'AMOUNT_DIFFERS' })
    const withdrawn = { ...wrong, event: 'DEPOSIT_WITHDRAWN' } as const
    expect(await notice(store, merchantId, withdrawn, { linkId })).toMatchObject({ exception: 'AMOUNT_DIFFERS' })
    expect(await typesIn(store, merchantId)).toEqual([])
  })

  it('that nobody made within its time is told as expired, once, and not where the link surely was not made', async () => {
    const store = await open()
    const past = { expiresAt: Date.now() - 1 }
    const [gone, unmade, used, fresh] = [
      await linkIn(store, past),
      await linkIn(store, past, ending({ state: 'FAILED', result: '{}' })),
      await linkIn(store, CARD),
      await linkIn(store),
    ]
    await approve(store, used, ending({ result: '{}' }))
    expect(await store.run('expireLinks', null)).toEqual({ expired: 2, more: false })
    expect(await store.run('expireLinks', null)).toEqual({ expired: 0, more: false })
    expect(await typesIn(store, gone.merchantId)).toEqual(['sms_payment.expired'])
    for (const each of [unmade, fresh]) expect(await typesIn(store, each.merchantId)).toEqual([])
    expect(await typesIn(store, used.merchantId)).not.toContain('sms_payment.expired')
    const now = Date.now()
    expect(await store.run('smsLink', { linkId: gone.id, now })).toMatchObject({ status: 'EXPIRED' })
    expect(await store.run('smsLink', { linkId: unmade.id, now })).toBeUndefined()
    // A clock that was ahead has told too soon: the link is none the worse for it.
    expect(await store.run('smsLink', { linkId: gone.id, now: NOW })).toMatchObject({ status: 'LINK_CREATED' })
  })
})

overBothStores('a notice', (newJournal) => {
  const open = async () => (await newJournal()).open(undefined, [SHOP])

  it('of a deposit that no link is known for is told as unmatched, and as a payment, once', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { orderId: 'order-1', transactionId: 'tid-1', account: ACCOUNT }
    expect(await notice(store, merchantId, said)).toMatchObject({ state: 'WAITING', exception: null })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched', 'payment.approved'])
    await notice(store, merchantId, said, { kind: 'TRANSACTION' })
    expect((await typesIn(store, merchantId)).filter((type) => type === 'payment.approved')).toHaveLength(1)
  })

  it.each([
    ['its own', ['tid-1', 'tid-2', 'tid-3', 'tid-4']],
    ['one and the same', ['tid-1', 'tid-1', 'tid-1', 'tid-1']],
  ])('of a deposit, or a withdrawal, after another is told each time, under %s id', async (_, ids) => {
    const store = await open()
    const merchantId = unique('mid')
    for (const [index, transactionId] of ids.entries()) {
      const event = index % 2 === 0 ? 'DEPOSITED' : 'DEPOSIT_WITHDRAWN'
      const said = { event, orderId: 'order-1', transactionId, account: ACCOUNT, occurredAt: NOW + index } as const
      await notice(store, merchantId, said)
      // Another kind of notices tells of the same.
      await notice(store, merchantId, { ...said, transactionId: `${transactionId}-again` }, { kind: 'TRANSACTION' })
    }
    expect((await typesIn(store, merchantId)).filter((type) => type !== 'notice.unmatched')).toEqual([
      'payment.approved',
      'deposit.withdrawn',
      'payment.approved',
      'deposit.withdrawn',
    ])
  })

  it('of a withdrawal that does not fit its deposit is not told', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { orderId: 'order-1', transactionId: 'tid-1', account: ACCOUNT }
    await notice(store, merchantId, said)
    const withdrawal = { ...said, event: 'DEPOSIT_WITHDRAWN', amount: '1' } as const
    expect(await notice(store, merchantId, withdrawal)).toMatchObject({ state: 'HELD', exception: 'AMOUNT_DIFFERS' })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched', 'payment.approved'])
  })

  it('of a deposit that comes from elsewhere and fits nothing is a payment once the PG sends the same, and told once', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { orderId: 'order-1', transactionId: 'tid-1', account: ACCOUNT }
    const how = { identity: 'deposit', address: false }
    expect(await notice(store, merchantId, said, how)).toMatchObject({ state: 'WAITING', exception: null })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched'])
    for (const address of [true, false, true]) await notice(store, merchantId, said, { ...how, address })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched', 'payment.approved'])
  })

  it('of a withdrawal that comes from elsewhere and fits nothing is for a person, and not told', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { event: 'DEPOSIT_WITHDRAWN', orderId: 'order-1', transactionId: 'tid-1', account: ACCOUNT } as const
    expect(await notice(store, merchantId, said, { address: false })).toMatchObject({ exception: 'DEPOSIT_WITHDRAWN' })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched'])
  })

  it('that comes from elsewhere does not keep the PG’s own from being told', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { orderId: 'order-1', transactionId: 'tid-1', account: ACCOUNT }
    await notice(store, merchantId, said, { address: false })
    await notice(store, merchantId, said)
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched', 'notice.unmatched', 'payment.approved'])
  })

  it('of a deposit to a link that comes from elsewhere moves it, as it fits', async () => {
    const store = await open()
    const { id: linkId, merchantId, orderId } = await linkIn(store)
    const said = { orderId, transactionId: 'tid-1', account: ACCOUNT }
    await notice(store, merchantId, said, { linkId, address: false })
    expect(await typesIn(store, merchantId)).toEqual(['sms_payment.paid', 'payment.approved'])
  })

  it('of an approval that fits nothing is told as unmatched alone', async () => {
    const store = await open()
    const merchantId = unique('mid')
    const said = { event: 'APPROVED', orderId: 'order-1', transactionId: 'tid-1' } as const
    const { id } = (await notice(store, merchantId, said, { kind: 'TRANSACTION' })) ?? {}
    const [delivery] = await store.run('findWebhookDeliveries', { filter: { merchantIds: [merchantId] }, limit: 2 })
    expect(delivery?.event).toMatchObject({
      type: 'notice.unmatched',
      noticeId: id,
      operationId: null,
      orderId: 'order-1',
      transactionId: 'tid-1',
    })
    expect(await typesIn(store, merchantId)).toEqual(['notice.unmatched'])
  })

  it('that proposes what became of an unknown operation tells nothing', async () => {
    const store = await open()
    const made = operation({ amount: '33000' })
    await store.claim(made)
    await store.finish(made.id, made.owner, unknown)
    const { merchantId, orderId } = made
    const said = { event: 'APPROVED', orderId, transactionId: 'tid' } as const
    expect(await notice(store, merchantId, said, { kind: 'TRANSACTION' })).toMatchObject({ state: 'PROPOSED' })
    expect(await typesIn(store, merchantId)).toEqual(['operation.unknown'])
  })

  it('of what an operation of ours did tells nothing more', async () => {
    const store = await open()
    const made = operation({ amount: '33000' })
    await store.claim(made)
    const { merchantId, orderId } = made
    const said = { event: 'APPROVED', orderId, transactionId: 'tid' } as const
    // It may come while the operation is under way: it fits, and waits.
    expect(await notice(store, merchantId, said, { kind: 'TRANSACTION' })).toMatchObject({ state: 'WAITING' })
    expect(await typesIn(store, merchantId)).toEqual([])
    await store.finish(made.id, made.owner, ending({ result: '{}', transactionId: 'tid' }))
    expect(await notice(store, merchantId, said, { kind: 'TRANSACTION' })).toMatchObject({ state: 'APPLIED' })
    expect(await typesIn(store, merchantId)).toEqual(['payment.approved'])
  })

  it('of an escrow change is told as that, and not where an operation of ours made it', async () => {
    const store = await open()
    const said = {
      event: 'ESCROW_CHANGED',
      escrowEvent: 'CONFIRMED',
      orderId: 'order-1',
      transactionId: 'tid',
    } as const
    const merchantId = unique('mid')
    expect(await notice(store, merchantId, said, { kind: 'ESCROW_CHANGE' })).toMatchObject({ state: 'APPLIED' })
    expect(await typesIn(store, merchantId)).toEqual(['escrow.changed'])
    const ours = operation({
      service: 'confirmEscrowPurchase',
      transactionId: 'tid',
      orderId: null,
      claimsOrder: false,
    })
    await store.claim(ours)
    await store.finish(ours.id, ours.owner, ending({ result: '{}' }))
    expect(await notice(store, ours.merchantId, said, { kind: 'ESCROW_CHANGE' })).toMatchObject({ state: 'APPLIED' })
    expect(await typesIn(store, ours.merchantId)).toEqual(['escrow.changed'])
  })
})
