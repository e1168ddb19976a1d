import type { NoticeEvent, NoticeKind } from '../../journal/records/notices.ts'

// The ways in which the PG tells something, as data: what their fields are called, what their codes mean, what they want
// to be answered. (notices.md, N1 to N4; N5 is no notice.) What is called by several names is read from the first there.

/** What is read of a notice, by our names. */
export type NoticeFieldName =
  | 'merchantId'
  | 'orderId'
  | 'transactionId'
  /** The payment's, where the notice's own stands in `transactionId`. */
  | 'originalTransactionId'
  | 'amount'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'approvalNumber'
  | 'accountNumber'
  | 'accountExpiry'
  | 'bankCode'
  | 'bankName'
  | 'payerName'
  | 'reason'
  | 'escrowCode'
  | 'signature'

export type NoticeFieldNames = Readonly<Partial<Record<NoticeFieldName, readonly string[]>>>

/** An event, and the codes that mean it. */
interface EventCodes {
  readonly event: NoticeEvent
  /** By wire name the codes of which one must stand there. */
  readonly when: Readonly<Record<string, readonly string[]>>
  /** By wire name the codes of which none may. */
  readonly unless?: Readonly<Record<string, readonly string[]>>
}

/** How an answer is written that ends the resending. */
export interface NoticeAnswer {
  readonly contentType: string
  readonly body: string
}

export interface NoticeShape {
  /** Only for notices that have this field. */
  readonly has?: string
  readonly fields: NoticeFieldNames
  readonly events: readonly EventCodes[]
  /** Wire names of the codes that say what happened, for a person to read. */
  readonly codes: readonly string[]
  readonly answer: NoticeAnswer
}

export interface NoticeDefinition {
  /** How the kind is called in addresses and in the configuration; the first is the one to use. */
  readonly names: readonly [string, ...string[]]
  /** Tried in their order. */
  readonly shapes: readonly [NoticeShape, ...NoticeShape[]]
}

const text = (body: string): NoticeAnswer => ({ contentType: 'text/plain', body })

/** Two bytes: a space or a newline behind them makes the PG send it again. */
export const OK = text('OK')

/** What the PG may want to read after an escrow change: the manual leaves the form open. */
export const ESCROW_ANSWERS = {
  form: text('cd_rslt=0000&msg_rslt='),
  json: { contentType: 'application/json', body: '{"cd_rslt":"0000","msg_rslt":""}' },
  ok: OK,
} as const

const ONE_STEP = ['CARD', 'ISP', 'BANK', 'MOBILE', 'HPP']

const MOBILE_RESULT: NoticeShape = {
  fields: {
    merchantId: ['P_MID'],
    orderId: ['P_OID'],
    transactionId: ['P_TID'],
    amount: ['P_AMT'],
    dateTime: ['P_AUTH_DT'],
    approvalNumber: ['P_AUTH_NO'],
    accountNumber: ['P_VACT_NUM', 'P_RMESG1'],
    accountExpiry: ['P_VACT_DATE', 'P_RMESG1'],
    bankCode: ['P_VACT_BANK_CODE', 'P_FN_CD1'],
    bankName: ['P_FN_NM'],
    payerName: ['P_UNAME'],
  },
  events: [
    { event: 'VIRTUAL_ACCOUNT_ISSUED', when: { P_TYPE: ['VBANK'], P_STATUS: ['00', '0000'] } },
    { event: 'DEPOSITED', when: { P_TYPE: ['VBANK'], P_STATUS: ['02'] } },
    { event: 'APPROVED', when: { P_TYPE: ONE_STEP, P_STATUS: ['00', '0000'] } },
    { event: 'FAILED', when: { P_STATUS: ['01'] } },
  ],
  codes: ['P_TYPE', 'P_STATUS'],
  answer: OK,
}

const DEPOSIT: NoticeShape = {
  fields: {
    merchantId: ['id_merchant'],
    orderId: ['no_oid'],
    transactionId: ['no_tid'],
    amount: ['amt_input'],
    date: ['dt_trans'],
    time: ['tm_trans'],
    accountNumber: ['no_vacct'],
    bankCode: ['cd_bank'],
    payerName: ['nm_input'],
  },
  events: [
    { event: 'DEPOSITED', when: { type_msg: ['0200'] } },
    { event: 'DEPOSIT_WITHDRAWN', when: { type_msg: ['0400'] } },
  ],
  codes: ['type_msg'],
  answer: OK,
}

const ESCROW_CODES = ['2', '02', '3', '03', '4', '04', '8', '08', '10', '31', '32']

const ESCROW_CHANGE: NoticeShape = {
  fields: {
    merchantId: ['id_merchant'],
    orderId: ['no_oid'],
    transactionId: ['no_tid'],
    originalTransactionId: ['tid_org'],
    amount: ['price'],
    dateTime: ['dt_req'],
    reason: ['msg_deny'],
    escrowCode: ['cl_status'],
  },
  events: [{ event: 'ESCROW_CHANGED', when: { cl_status: ESCROW_CODES } }],
  codes: ['cl_status'],
  answer: ESCROW_ANSWERS.form,
}

/** The page on which a buyer decides reports to the same address. */
const PURCHASE_DECISION: NoticeShape = {
  has: 'P_ESCROW_TID',
  fields: { transactionId: ['P_ESCROW_TID'], reason: ['P_RMESG1'], escrowCode: ['P_CL_STATUS'] },
  events: [{ event: 'ESCROW_CHANGED', when: { P_CL_STATUS: ['buyComplete', 'denyComplete'], P_STATUS: ['00'] } }],
  codes: ['P_CL_STATUS', 'P_STATUS'],
  answer: OK,
}

/** The names are those of one live merchant: the PG has published none. All may be others by configuration. */
export const TRANSACTION_FIELDS = {
  merchantId: 'mid',
  orderId: 'oid',
  transactionId: 'tid',
  originalTransactionId: 'orgTid',
  type: 'transType',
  status: 'transStatus',
  amount: 'transAmount',
  date: 'transDate',
  time: 'transTime',
  approvalNumber: 'cardApplNumber',
  accountNumber: 'vacctNumber',
  bankCode: 'vacctBankCode',
  payerName: 'buyerName',
  reason: 'resultMessage',
  signature: 'signature',
} as const

export type TransactionFieldName = keyof typeof TRANSACTION_FIELDS

const TRANSACTION_TYPES: Readonly<Record<string, NoticeEvent>> = {
  '00': 'APPROVED',
  '01': 'CANCELED',
  '11': 'PARTIALLY_CANCELED',
  '02': 'DEPOSITED',
  '03': 'VIRTUAL_ACCOUNT_ISSUED',
}

/** The shape of transaction notices whose fields are called as configured. */
export function transactionShape(
  names: Readonly<Partial<Record<TransactionFieldName, string>>> = {},
  answer = 'OK',
): NoticeShape {
  const { type, status, ...fields } = { ...TRANSACTION_FIELDS, ...names }
  const events = Object.entries(TRANSACTION_TYPES).map(([code, event]) => ({
    event,
    when: { [type]: [code], [status]: ['00', '0000'] },
  }))
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([name, wire]) => [name, [wire]])),
    // A notice without a status says nothing of success or failure.
    events: [...events, { event: 'FAILED', when: { [type]: ['00'] }, unless: { [status]: ['', '00', '0000'] } }],
    codes: [type, status],
    answer: text(answer),
  }
}

export const NOTICE_KINDS: Readonly<Record<NoticeKind, NoticeDefinition>> = {
  MOBILE_RESULT: { names: ['mobile', 'n1'], shapes: [MOBILE_RESULT] },
  DEPOSIT: { names: ['deposit', 'n2'], shapes: [DEPOSIT] },
  ESCROW_CHANGE: { names: ['escrow', 'n3'], shapes: [PURCHASE_DECISION, ESCROW_CHANGE] },
  TRANSACTION: { names: ['transaction', 'n4'], shapes: [transactionShape()] },
}
