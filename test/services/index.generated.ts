import type { Fixtures } from './fixture.ts'
import { fixture as cancelPayment } from './cancel-payment.ts'
import { fixture as cancelPaymentPartially } from './cancel-payment-partially.ts'
import { fixture as chargeCardBillingKey } from './charge-card-billing-key.ts'
import { fixture as chargeKeyedInCard } from './charge-keyed-in-card.ts'
import { fixture as chargeMobileBillingKey } from './charge-mobile-billing-key.ts'
import { fixture as checkEscrowStatus } from './check-escrow-status.ts'
import { fixture as confirmEscrowDenial } from './confirm-escrow-denial.ts'
import { fixture as confirmEscrowPurchase } from './confirm-escrow-purchase.ts'
import { fixture as createSmsPaymentUrl } from './create-sms-payment-url.ts'
import { fixture as deleteCardBillingKey } from './delete-card-billing-key.ts'
import { fixture as denyEscrowPurchase } from './deny-escrow-purchase.ts'
import { fixture as issueCardBillingKey } from './issue-card-billing-key.ts'
import { fixture as issueCardBillingKeyWithoutAuth } from './issue-card-billing-key-without-auth.ts'
import { fixture as lookUpCardPrefix } from './look-up-card-prefix.ts'
import { fixture as registerEscrowDelivery } from './register-escrow-delivery.ts'

export const FIXTURES: Fixtures = {
  cancelPayment,
  cancelPaymentPartially,
  chargeCardBillingKey,
  chargeKeyedInCard,
  chargeMobileBillingKey,
  checkEscrowStatus,
  confirmEscrowDenial,
  confirmEscrowPurchase,
  createSmsPaymentUrl,
  deleteCardBillingKey,
  denyEscrowPurchase,
  issueCardBillingKey,
  issueCardBillingKeyWithoutAuth,
  lookUpCardPrefix,
  registerEscrowDelivery,
}
