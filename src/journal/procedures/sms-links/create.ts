import type { NewSmsLink } from '../../records/sms-link.ts'
import type { Steps, Transaction } from '../transaction.ts'
import type { LinkContent } from './rows.ts'

/** Writes a link down in the transaction of the claim that makes it: it is there before PayAPI hears of it. */
export function* createSmsLink(tx: Transaction, link: NewSmsLink): Steps<undefined> {
  const { id, goodsName, charset, redirectUrl } = link
  const content: LinkContent = { goodsName, charset, redirectUrl, account: null, isAccountClaimed: false }
  yield* tx.run(
    tx.db
      .insertInto('sms_links')
      .values({
        id,
        token_hash: tx.codec.hash(link.token),
        notice_token_hash: tx.codec.hash(link.noticeToken),
        merchant_id: link.merchantId,
        order_id: link.orderId,
        payment_method: link.paymentMethod,
        amount: link.amount,
        status: 'LINK_CREATED',
        approval_operation_id: null,
        transaction_id: null,
        exception: null,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        paid_at: null,
        content: tx.codec.seal(JSON.stringify(content), id),
        kept_from: yield* tx.clock(),
      })
      // Claimed once more after an answer that was lost.
      .onConflict((conflict) => conflict.doNothing()),
  )
  return undefined
}
