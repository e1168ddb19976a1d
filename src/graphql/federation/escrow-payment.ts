import { requireAccess } from '../../auth/authorize.ts'
import { scopeOf, scopeSentence } from '../../auth/scopes.ts'
import { type CallMetadata, CHAPTERS } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import type { GraphContext } from '../context.ts'
import { resultUnion } from '../services/services.ts'

const { checkEscrowStatus } = CHAPTERS.escrow
const escrowScope = scopeOf(checkEscrowStatus)

/** An escrow payment that another subgraph named, not looked up. */
export interface EscrowPayment {
  readonly named: { readonly transactionId: unknown }
  readonly merchantId: string | null
  /** Which merchant would be asked, and the id where it can be one. */
  readonly known: Pick<CallMetadata, 'merchantId' | 'transactionId'>
}

export const ESCROW_PAYMENT = 'EscrowPayment'

export const EscrowPaymentType = builder.objectRef<EscrowPayment>(ESCROW_PAYMENT).implement({
  description: 'An escrow payment that another subgraph refers to by its transaction id. 에스크로 거래.',
  fields: (t) => ({
    merchantId: t.id({
      description: `The merchant that is asked: the default one where none was named; null for an unknown one. 가맹점ID. ${scopeSentence(escrowScope)}`,
      resolve: ({ known }) => known.merchantId,
    }),
    transactionId: t.id({
      description: `Transaction id of the payment; null where it cannot be one. 거래ID, \`tid\`. ${scopeSentence(escrowScope)}`,
      resolve: ({ known }) => known.transactionId,
    }),
    status: t.field({
      type: resultUnion(checkEscrowStatus),
      description: `${checkEscrowStatus.about}. ${checkEscrowStatus.korean}, \`${checkEscrowStatus.path}\`. ${scopeSentence(escrowScope)}`,
      resolve: ({ named, merchantId }, _, context) => context.perform(checkEscrowStatus, named, { merchantId }),
    }),
  }),
})

/** Costs nothing: PayAPI is asked for its state on demand. Throws at once for the caller who lacks the right. */
export function escrowPayment(transactionId: unknown, merchantId: string | null, context: GraphContext): EscrowPayment {
  requireAccess(escrowScope, merchantId, context)
  const named = { transactionId }
  return { named, merchantId, known: context.preview(checkEscrowStatus, named, { merchantId }) }
}
