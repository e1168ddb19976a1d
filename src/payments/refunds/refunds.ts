import type { IdempotencyConflict } from '../../journal/claims/conflict.ts'
import { requestText } from '../../journal/claims/request-text.ts'
import type { Journal } from '../../journal/journal.ts'
import { readKey } from '../../journal/keys/given-key.ts'
import { StoreUnavailableError } from '../../journal/store.ts'
import type {
  CallMetadata,
  CallOptions,
  CallResult,
  InvalidInput,
  PayApiClient,
  PreparedCall,
} from '../../payapi/index.ts'
import { openPayment } from '../read.ts'
import { ignoredFields, type RequestOptions } from '../requests.ts'
import { type AskedRefund, planRefund, type RefundRefusal, type RefundRefusalReason } from './plan.ts'
import { CANCELS, REFUND } from './request.ts'

/** A refund that does not fit what is known of the payment. Nothing was sent for it. */
export interface RefundRefused extends CallMetadata {
  readonly type: 'PayApiRefundRefused'
  readonly message: string
  readonly outcome: 'NOT_PROCESSED'
  readonly retryable: boolean
  readonly reason: RefundRefusalReason
  readonly remainingAmount: string | null
}

export type RefundResult = CallResult | IdempotencyConflict | RefundRefused

interface RefundPlace {
  readonly client: Pick<PayApiClient, 'prepare' | 'preconnect' | 'send'>
  readonly journal: Journal
  /** Scopes the key. */
  readonly caller: string
}

interface RefundOptions extends RefundPlace {
  readonly idempotencyKey: string | null
  /** Merchant, headers, and what is wrong with the request already. */
  readonly call: CallOptions
}

/** Each round but the last found the payment changed since it was read; that it changes so often is no race any more. */
const ROUNDS = 20

/**
 * Gives a payment back, wholly or in part, as the cancel that fits. What it may give back is decided by what is known of the
 * payment when the cancel is claimed, in the claim's own transaction; a key that was used before answers before that.
 */
export async function refundPayment(
  input: unknown,
  place: RefundPlace,
  { merchantId, idempotencyKey, headers = {} }: RequestOptions = {},
): Promise<RefundResult> {
  const { key, issues } = readKey(idempotencyKey, true)
  const call = { merchantId, headers, issues, ignoredFields: ignoredFields(key) }
  const options = { ...place, idempotencyKey: key, call }
  const { client, journal } = place
  const refund = client.prepare(REFUND, input, call)
  if ('type' in refund) return refund
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const result = await tryOnce(refund, input, options)
      if (result !== 'CHANGED') return result
    }
    throw new StoreUnavailableError('The payment keeps changing')
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    return journal.unavailable(refund, { idempotencyKey: key, claimsOrder: false }, fault)
  }
}

async function tryOnce(
  refund: PreparedCall,
  input: unknown,
  options: RefundOptions,
): Promise<RefundResult | 'CHANGED'> {
  const { client, journal, caller, idempotencyKey, call } = options
  const { mid: merchantId } = refund.merchant
  const transactionId = refund.metadata.transactionId ?? ''
  const key = idempotencyKey === null ? null : { caller, idempotencyKey, services: CANCELS.map(({ name }) => name) }
  const state = await journal.store.run('readRefund', { merchantId, transactionId, key })
  const text = requestText(refund)
  if (state.earlier !== undefined) {
    const earlier = await journal.replay(state.earlier, refund, text)
    return earlier === 'FREE_AGAIN' ? 'CHANGED' : earlier
  }
  const plan = planRefund(openPayment(state.payment, journal), askedOf(refund))
  if ('reason' in plan) return refused(refund.metadata, plan)
  // The taxes must be of the amount also where that was left out.
  const filledIn = client.prepare(REFUND, { ...(input as object), amount: plan.input.amount }, call)
  if ('type' in filledIn) return filledIn
  const cancel = client.prepare(plan.service, plan.input, call)
  if ('type' in cancel) return ofRefund(cancel)
  const { requestId: id } = cancel.metadata
  const guard = {
    name: 'passRefund',
    input: { id, ...state.payment.key, key, version: state.version },
  } as const
  const result = await journal.runGuarded(cancel, { caller, idempotencyKey, text }, guard, client)
  return result === 'GUARDED' ? 'CHANGED' : result
}

function askedOf({ form }: PreparedCall): AskedRefund {
  const given = (name: keyof AskedRefund): string | null => {
    const entry = REFUND.request[name]
    const value = entry === undefined || 'group' in entry ? undefined : form[entry.wire]
    return typeof value === 'string' ? value : null
  }
  return { amount: given('amount'), vatAmount: given('vatAmount'), taxFreeAmount: given('taxFreeAmount') }
}

/** What is wrong with the cancel, as far as its caller gave it. */
const ofRefund = (invalid: InvalidInput): InvalidInput => ({
  ...invalid,
  issues: invalid.issues.filter(({ path: [name = ''] }) => Object.hasOwn(REFUND.request, name)),
})

const EXPLANATIONS: Readonly<Record<RefundRefusalReason, string>> = {
  PAYMENT_NOT_KNOWN: 'What was paid is not known here.',
  NOTHING_LEFT: 'Nothing remains of the payment.',
  MORE_THAN_REMAINS: 'More was asked for than remains of the payment.',
  CANCEL_UNSETTLED: 'How much remains depends on a cancel that is under way or of unknown outcome.',
}

const refused = (metadata: CallMetadata, refusal: RefundRefusal): RefundRefused => ({
  type: 'PayApiRefundRefused',
  message: `${EXPLANATIONS[refusal.reason]} Nothing was sent for this request.`,
  outcome: 'NOT_PROCESSED',
  retryable: refusal.passes,
  ...metadata,
  operationId: refusal.operationId,
  reason: refusal.reason,
  remainingAmount: refusal.remainingAmount,
})
