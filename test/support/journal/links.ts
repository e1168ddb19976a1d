import { expect } from 'vitest'
import type { Guard, OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewSmsLink } from '../../../src/journal/records/sms-link.ts'
import type { Finish, NewOperation } from '../../../src/journal/store.ts'
import { ending, HOUR, NOW, operation, unique } from './operations.ts'

/** A link whose creation was claimed with it, and ended so; undefined for one that is under way. */
export async function linkIn(
  store: OperationStore,
  given: Partial<NewSmsLink> = {},
  how: Finish | null = ending({ result: '{}' }),
) {
  const link: NewSmsLink = {
    id: unique('op'),
    token: unique('token'),
    noticeToken: unique('notice'),
    merchantId: unique('mid'),
    orderId: unique('order'),
    paymentMethod: 'CARD',
    amount: '33000',
    goodsName: '커피',
    charset: 'EUC_KR',
    redirectUrl: null,
    createdAt: NOW,
    expiresAt: NOW + 72 * HOUR,
    ...given,
  }
  const creation = operation({
    id: link.id,
    merchantId: link.merchantId,
    orderId: link.orderId,
    claimsOrder: false,
    service: 'createSmsPaymentUrl',
    createdAt: link.createdAt,
  })
  const guard = { name: 'createSmsLink', input: link } as const
  expect(await store.claimGuarded(creation, guard)).toEqual({ granted: true })
  if (how !== null) await store.finish(creation.id, creation.owner, how)
  return link
}

/** The approval of a link, and what guards its claim, as the server has them. */
export function approvalOf(link: NewSmsLink, now = NOW, key = link.id): { approval: NewOperation; guard: Guard } {
  const approval = operation({
    merchantId: link.merchantId,
    orderId: link.orderId,
    claimsOrder: true,
    service: 'approveSmsPayment',
    idempotencyKey: key,
    amount: link.amount,
    createdAt: now,
  })
  return { approval, guard: { name: 'guardSmsApproval', input: { linkId: link.id, operationId: approval.id, now } } }
}

/** Claims the approval of a link, as the server does. */
export async function claimApproval(store: OperationStore, link: NewSmsLink, now = NOW, key = link.id) {
  const { approval, guard } = approvalOf(link, now, key)
  return { approval, claim: await store.claimGuarded(approval, guard) }
}
