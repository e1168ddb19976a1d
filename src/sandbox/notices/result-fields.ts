import { BANKS, CARD_COMPANIES } from '../../payapi/definition/code-tables.ts'
import { toKoreanTime } from '../request/korean-time.ts'
import type { BuyerChoice } from '../state/authentications.ts'
import type { SmsPayment } from '../state/sms-payments.ts'
import type { PayType, VirtualAccount } from '../state/types.ts'

export type Fields = Readonly<Record<string, string>>

/** The path under which the books count approvals and charges of the payment page. */
export const APPROVAL_PATH = '/smspay/approve'

const TYPES: Readonly<Record<PayType, string>> = { card: 'CARD', hpp: 'MOBILE', bank: 'BANK', vbank: 'VBANK' }
const SUCCESS_MESSAGE = '정상 처리되었습니다.'
const CARRIER = 'SKT'
const PHONE = '01012345678'

/** A test number; what an answer shows of it unless told otherwise. */
export const CLEAR_CARD_NUMBER = '4000000000000002'
const MASKED_CARD_NUMBER = '400000******0002'

/** What was approved. `amount` is in won, `at` in epoch milliseconds. */
export interface Approved {
  readonly payment: SmsPayment
  readonly tid: string
  readonly amount: string
  readonly at: number
  readonly choice: BuyerChoice
  readonly approvalNumber: string
}

/** What a notice and the answer to an approval have in common (mobile02 §2.5). */
function commonFields(payment: SmsPayment, tid: string, status: string, amount: string, at: number): Fields {
  const { date, time } = toKoreanTime(at)
  return {
    P_STATUS: status,
    P_TID: tid,
    P_TYPE: TYPES[payment.payType],
    P_AUTH_DT: date + time,
    P_MID: payment.mid,
    P_OID: payment.oid,
    P_AMT: amount,
  }
}

function institution(payType: PayType, code: string): Fields {
  if (payType === 'hpp') return { P_FN_CD1: PHONE.slice(0, 3), P_FN_CD2: CARRIER, P_FN_NM: CARRIER }
  const name = (payType === 'card' ? CARD_COMPANIES : BANKS)[code] ?? ''
  return { P_FN_CD1: code, P_FN_CD2: '', P_FN_NM: name }
}

/** The fields of an approval, as the answer to it and its notice carry them. */
export function approvedFields({ payment, tid, amount, at, choice, approvalNumber }: Approved): Fields {
  const { payType } = payment
  const common = {
    ...commonFields(payment, tid, '00', amount, at),
    P_UNAME: choice.name,
    ...institution(payType, choice.institution),
    P_RMESG1: SUCCESS_MESSAGE,
    P_RMESG2: choice.months,
    P_NOTI: '',
  }
  if (payType !== 'card') return common
  return {
    ...common,
    P_AUTH_NO: approvalNumber,
    P_CARD_ISSUER_CODE: choice.institution,
    P_CARD_ISSUER_NAME: CARD_COMPANIES[choice.institution] ?? '',
    P_CARD_NUM: MASKED_CARD_NUMBER,
    P_PRTC_CODE: '1',
  }
}

/** The answer to an approval: the same, and what only the answer has. `billingKey` is a phone's. */
export function approvalAnswer(approved: Approved, billingKey: string | undefined): Fields {
  const { payment } = approved
  const { P_PRTC_CODE: partial, ...fields } = approvedFields(approved)
  return {
    ...fields,
    ...(partial === undefined ? {} : { P_CARD_PRTC_CODE: partial, P_CARD_INTEREST: '0', P_CARD_CHECKFLAG: '0' }),
    ...(billingKey === undefined ? {} : { P_HPP_CORP: CARRIER, P_HPP_NUM: PHONE, P_HPP_BILLKEY: billingKey }),
    P_MNAME: payment.mid,
    P_NOTEURL: payment.request.notificationUrl ?? '',
    P_NEXT_URL: payment.request.nextUrl,
  }
}

/** The answer where nothing is approved. */
export function refusalAnswer(payment: SmsPayment | undefined, message: string): Fields {
  const ids = payment && { P_MID: payment.mid, P_OID: payment.oid }
  return { P_STATUS: '01', P_RMESG1: message, ...ids }
}

/** A virtual account as a notice names it; the deadline has 14 digits at the issue and 8 at a deposit. */
function accountText({ number, expiresAt }: VirtualAccount, digits: number): string {
  const { date, time } = toKoreanTime(expiresAt)
  return `P_VACCT_NO=${number}|P_EXP_DT=${(date + time).slice(0, digits)}`
}

/** The notice that an account was issued: no money yet. */
export function issuedFields(payment: SmsPayment, account: VirtualAccount, tid: string, at: number): Fields {
  return {
    ...commonFields(payment, tid, '00', payment.price, at),
    P_UNAME: account.payer,
    ...institution('vbank', account.bankCode),
    P_RMESG1: accountText(account, 14),
    P_RMESG2: '',
    P_NOTI: '',
  }
}

/** The notice of a deposit. */
export function depositedFields(
  payment: SmsPayment,
  account: VirtualAccount,
  deposit: { readonly tid: string; readonly amount: string; readonly at: number },
): Fields {
  return {
    ...commonFields(payment, deposit.tid, '02', deposit.amount, deposit.at),
    P_UNAME: account.payer,
    ...institution('vbank', account.bankCode),
    P_RMESG1: accountText(account, 8),
    P_RMESG2: '',
    P_NOTI: '',
  }
}

/** What the browser brings to the merchant's page with an issued account: there is nothing to approve. */
export function accountFields({ number, expiresAt, holder, bankCode }: VirtualAccount): Fields {
  const { date, time } = toKoreanTime(expiresAt)
  return {
    P_VACT_NUM: number,
    P_VACT_DATE: date,
    P_VACT_TIME: time,
    P_VACT_NAME: holder,
    P_VACT_BANK_CODE: bankCode,
  }
}
