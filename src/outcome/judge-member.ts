import { fieldLabel } from './field-labels.ts'
import { issueText } from './issue-texts.ts'
import { DONE, MESSAGES, type Message } from './texts.ts'
import type { OutcomeField, OutcomeKind } from './types.ts'
import { type Fields, type KeyEffect, unknown, type Verdict, verdict } from './verdict.ts'

/** What a member of a result union means, or something that was asked for by its id. */
export function judgeMember(type: string, member: Fields): Verdict {
  const done = Object.hasOwn(DONE, type) ? DONE[type] : undefined
  if (done !== undefined) return verdict('done', done, 'spent', member['operationId'])
  const states = Object.hasOwn(STATES, type) ? STATES[type] : undefined
  return states === undefined ? judgeFailure(type, member) : judgeState(states, member)
}

type State = readonly [OutcomeKind, Message, KeyEffect]
type States = Readonly<Record<string, State>>

const waiting = (message: Message): State => ['checking', message, 'kept']

// A payment may be another operation's than the one that a key was sent with, so it says nothing of a key.
const STATES: Readonly<Record<string, States>> = {
  PayApiOperation: {
    SUCCEEDED: ['done', MESSAGES.succeeded, 'spent'],
    FAILED: ['refused', MESSAGES.failed, 'spent'],
    IN_PROGRESS: waiting(MESSAGES.underWay),
    UNKNOWN: waiting(MESSAGES.checking),
  },
  PayApiPayment: {
    AWAITING_DEPOSIT: waiting(MESSAGES.awaitingDeposit),
    APPROVED: ['done', MESSAGES.paid, 'kept'],
    PARTIALLY_CANCELED: ['done', MESSAGES.partlyCanceled, 'kept'],
    CANCELED: ['done', MESSAGES.canceled, 'kept'],
    DEPOSIT_WITHDRAWN: ['conflict', MESSAGES.depositWithdrawn, 'kept'],
  },
  PayApiSmsPayment: {
    LINK_CREATED: waiting(MESSAGES.awaitingPayment),
    AUTHENTICATED: waiting(MESSAGES.underWay),
    AWAITING_DEPOSIT: waiting(MESSAGES.awaitingDeposit),
    PAID: ['done', MESSAGES.paid, 'kept'],
    DEPOSIT_WITHDRAWN: ['conflict', MESSAGES.depositWithdrawn, 'kept'],
    // The buyer may try again while the link works.
    FAILED: ['retry', MESSAGES.linkFailed, 'kept'],
    EXPIRED: ['refused', MESSAGES.linkExpired, 'kept'],
    UNKNOWN: waiting(MESSAGES.checking),
  },
}

function judgeState(states: States, { state, status, id, approvalOperationId }: Fields): Verdict {
  const name = String(state ?? status)
  const known = Object.hasOwn(states, name) ? states[name] : undefined
  const [kind, message, key] = known ?? waiting(MESSAGES.checking)
  return verdict(kind, message, key, state === undefined ? approvalOperationId : id)
}

/** Failures that are of one outcome, whatever a document asks of them. */
const NEVER_PROCESSED: readonly string[] = ['PayApiInvalidInput', 'PgFailure', 'PayApiRefundRefused']

// Also a failure that a later version has added, by what all failures have.
function judgeFailure(type: string, failure: Fields): Verdict {
  const { outcome, retryable, operationId } = failure
  const surelyNot = outcome === 'NOT_PROCESSED' || (outcome === undefined && NEVER_PROCESSED.includes(type))
  if (!surelyNot) return unknown(operationId)
  if (type === 'PayApiInvalidInput') {
    return verdict('invalid', MESSAGES.invalid, 'untouched', operationId, fieldsOf(failure))
  }
  // Its key or its order is an earlier request's, and what became of that nobody says here.
  if (type === 'PayApiIdempotencyConflict') {
    return retryable === true
      ? verdict('checking', MESSAGES.underWay, 'kept', operationId)
      : verdict('conflict', MESSAGES.earlier, 'kept', operationId)
  }
  if (type === 'PayApiRefundRefused') return judgeRefund(failure)
  if (retryable === true) return verdict('retry', MESSAGES.retry, 'kept', operationId)
  if (type === 'PgFailure') return verdict('refused', MESSAGES.refused, 'spent', operationId)
  return verdict('refused', MESSAGES.unavailable, type === 'PayApiHttpClientError' ? 'spent' : 'untouched', operationId)
}

const REFUNDS: Readonly<Record<string, Message>> = {
  PAYMENT_NOT_KNOWN: MESSAGES.paymentNotKnown,
  NOTHING_LEFT: MESSAGES.nothingLeft,
  MORE_THAN_REMAINS: MESSAGES.moreThanRemains,
}

function judgeRefund({ reason, retryable, operationId }: Fields): Verdict {
  if (retryable === true) return verdict('retry', MESSAGES.refundUnderWay, 'kept', operationId)
  if (reason === 'CANCEL_UNSETTLED') return verdict('conflict', MESSAGES.refundUnsettled, 'kept', operationId)
  const known = Object.hasOwn(REFUNDS, String(reason)) ? REFUNDS[String(reason)] : undefined
  return verdict('refused', known ?? MESSAGES.unavailable, 'untouched', operationId)
}

function fieldsOf({ issues }: Fields): readonly OutcomeField[] {
  return (Array.isArray(issues) ? (issues as readonly Fields[]) : []).map(({ path, code }) => {
    const names = Array.isArray(path) ? path.map(String) : []
    return { path: names, code: String(code), label: fieldLabel(names), text: issueText(String(code)) }
  })
}
