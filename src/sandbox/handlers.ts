import type { ContractPath } from './contract.ts'
import { Refusal } from './errors.ts'
import { makeSmsUrl, type Place } from './pages/make-url.ts'
import { toKoreanTime } from './request/korean-time.ts'
import type { CheckedForm } from './request/verify.ts'
import { type Currency, formatAmount, parseAmount } from './state/amount.ts'
import { findCardPrefix } from './state/card-prefixes.ts'
import { type Escrow, type EscrowStep, PAY_METHODS, STATUS_CODES } from './state/escrow.ts'
import type { EscrowEvent } from './state/events.ts'
import type { SandboxState } from './state/index.ts'
import type { Transaction } from './state/payments.ts'
import type { PayType } from './state/types.ts'

/** The fields of an answer behind ResultCode and ResultMsg, in the order of the contract. */
type AnswerFields = Readonly<Record<string, string>>

/** Carries a checked form out; the result is the fields of the success. Throws Refusal where it is not carried out. */
type Handler = (form: CheckedForm, state: SandboxState, place: Place) => AnswerFields

const money = (form: CheckedForm, name: string, currency: Currency = 'WON'): bigint =>
  parseAmount(form.get(name), currency) ?? 0n

const moment = (form: CheckedForm, prefix: string): AnswerFields => {
  const { date, time } = toKoreanTime(form.at)
  return { [`${prefix}Date`]: date, [`${prefix}Time`]: time }
}

const transactionOf = (form: CheckedForm, state: SandboxState, field = 'tid'): Transaction =>
  state.payments.find(form.merchant.mid, form.get(field), form.at)

const escrowOf = (form: CheckedForm, state: SandboxState, field = 'tid'): Escrow => {
  const { escrow } = transactionOf(form, state, field)
  if (!escrow) throw new Refusal('notEscrow')
  return escrow
}

const currencyOf = (form: CheckedForm): Currency => (form.get('currency') === 'USD' ? 'USD' : 'WON')

const cancelInFull: Handler = (form, state) => {
  const transaction = transactionOf(form, state)
  const { mid, tid, oid, currency } = transaction
  const amount = money(form, 'price', currencyOf(form))
  state.payments.cancel(transaction, {
    path: form.service.path,
    payType: form.get('payType'),
    currency: currencyOf(form),
    amount,
    rest: 0n,
    cancellationTid: null,
    at: form.at,
  })
  return { Mid: mid, Tid: tid, Moid: oid, Price: formatAmount(amount, currency), ...moment(form, 'Cancel') }
}

const cancelInPart: Handler = (form, state) => {
  const transaction = transactionOf(form, state)
  const { mid, tid, currency } = transaction
  const amount = money(form, 'cancelPrice', currencyOf(form))
  const rest = money(form, 'confirmPrice', currencyOf(form))
  const cancellationTid = state.ids.cancellation(form.at)
  state.payments.cancel(transaction, {
    path: form.service.path,
    payType: form.get('payType'),
    currency: currencyOf(form),
    amount,
    rest,
    cancellationTid,
    at: form.at,
  })
  return {
    Mid: mid,
    Tid: tid,
    C_Tid: cancellationTid,
    Price: formatAmount(amount, currency),
    RmainPrice: formatAmount(rest, currency),
    ...moment(form, 'Cancel'),
  }
}

const issueBillingKey = (form: CheckedForm, state: SandboxState, cardKind: AnswerFields): AnswerFields => {
  const { mid } = form.merchant
  const { company } = findCardPrefix(form.get('cardNumber').slice(0, 6))
  return {
    CardResultCode: company,
    ...cardKind,
    Billkey: state.billingKeys.issue(mid, form.at),
    Price: '0',
    ...moment(form, 'Pay'),
    tid: state.ids.transaction(mid, 'KY', form.at),
  }
}

/** A business registration number (10 digits) stands for a corporate card. */
const issueWithIdentity: Handler = (form, state) =>
  issueBillingKey(form, state, { CardKind: form.get('registNo').length === 10 ? '1' : '0' })

const issueWithoutIdentity: Handler = (form, state) => issueBillingKey(form, state, {})

const charge = (form: CheckedForm, state: SandboxState, payType: PayType): AnswerFields => {
  const { service, merchant, at } = form
  const price = money(form, 'price')
  const { tid } = state.payments.charge({
    path: service.path,
    mid: merchant.mid,
    oid: form.get('oid'),
    payType,
    price,
    at,
  })
  const approval: AnswerFields = payType === 'card' ? { ApplNum: state.ids.approval() } : {}
  return { ...moment(form, 'Pay'), Price: String(price), tid, ...approval }
}

const chargeCardKey: Handler = (form, state) => {
  state.billingKeys.checkUsable(form.merchant.mid, form.get('billkey'), 'card', form.at)
  return charge(form, state, 'card')
}

const chargeMobileKey: Handler = (form, state) => {
  state.billingKeys.checkUsable(form.merchant.mid, form.get('billkey'), 'mobile', form.at)
  return charge(form, state, 'hpp')
}

const chargeCard: Handler = (form, state) => charge(form, state, 'card')

const deleteBillingKey: Handler = (form, state) => {
  state.billingKeys.delete(form.merchant.mid, form.get('billkey'), form.at)
  return {}
}

const lookUpPrefix: Handler = (form) => {
  const { company, type, name } = findCardPrefix(form.get('cardNumber'))
  return { CardCode: company, CardType: type, CardName: name }
}

/** Tells of a step of an escrow payment. */
const tellEscrow = (form: CheckedForm, state: SandboxState, step: EscrowEvent['step'], field = 'tid'): void => {
  const { mid, tid, oid, payType, price, currency, escrow } = transactionOf(form, state, field)
  const amount = formatAmount(price, currency)
  const reason = escrow?.denialReason ?? ''
  state.emit({ type: 'escrow', step, mid, tid, oid, payType, amount, reason, at: form.at })
}

const registerDelivery: Handler = (form, state) => {
  escrowOf(form, state).deliver({
    oid: form.get('oid'),
    soid: form.get('soid'),
    report: form.get('report'),
    courier: form.get('exCode'),
  })
  tellEscrow(form, state, 'delivery')
  return moment(form, 'Result')
}

const advance =
  (step: EscrowStep): Handler =>
  (form, state) => {
    escrowOf(form, state, 'originalTid').advance(step)
    tellEscrow(form, state, step, 'originalTid')
    return moment(form, 'Result')
  }

const denyPurchase: Handler = (form, state) => {
  escrowOf(form, state, 'originalTid').deny(form.find('denyMsg'), form.find('refundBankCode'))
  tellEscrow(form, state, 'deny', 'originalTid')
  return moment(form, 'Result')
}

const escrowStatus: Handler = (form, state) => {
  const escrow = escrowOf(form, state)
  const { mid, oid, tid, approvedAt, payType, price, currency } = transactionOf(form, state)
  return {
    idMerchant: mid,
    noOid: oid,
    noTid: tid,
    clStatus: STATUS_CODES[escrow.state],
    dtAppl: toKoreanTime(approvedAt).date,
    clPaymethod: PAY_METHODS[payType],
    price: formatAmount(price, currency),
    msgDeny: escrow.denialReason,
  }
}

// A record, so that the compiler names a path of the contract that has no handler.
const BY_PATH: Readonly<Record<ContractPath, Handler>> = {
  '/cancel/cancel': cancelInFull,
  '/cancel/repay': cancelInPart,
  '/billing/billkey/card': issueWithIdentity,
  '/noauth/billkey/card': issueWithoutIdentity,
  '/billing/billpay': chargeCardKey,
  '/billing/billkey/delete': deleteBillingKey,
  '/billing/hppbillpay': chargeMobileKey,
  '/noauth/pay/card': chargeCard,
  '/search/card/prefix': lookUpPrefix,
  '/escrow/delivery': registerDelivery,
  '/escrow/buyconfirm': advance('confirm'),
  '/escrow/buydeny': denyPurchase,
  '/escrow/denyconfirm': advance('confirmDenial'),
  '/escrow/checkstatus': escrowStatus,
  '/smspay/makeUrl': makeSmsUrl,
}

/** The handlers by path. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map(Object.entries(BY_PATH))
