import { createHash } from 'node:crypto'
import { BANKS } from '../../payapi/definition/code-tables.ts'
import type { SandboxMerchant } from '../merchants.ts'
import { toKoreanTime } from '../request/korean-time.ts'
import { PAY_METHODS } from '../state/escrow.ts'
import type { EscrowEvent, TransactionEvent } from '../state/events.ts'
import type { VirtualAccount } from '../state/types.ts'
import type { Fields } from './result-fields.ts'

// The three notices whose addresses a merchant registers once: deposit of the PC window, escrow change, transaction.

/** A deposit to a virtual account, or its withdrawal. `amount` is in won, `at` in epoch milliseconds. */
export interface Deposit {
  readonly type: 'deposit' | 'withdrawal'
  readonly mid: string
  readonly oid: string
  readonly tid: string
  readonly amount: string
  readonly account: Pick<VirtualAccount, 'number' | 'bankCode' | 'payer'>
  readonly at: number
}

/** `type_msg` of a deposit notice. */
export const DEPOSIT_CODES = { deposit: '0200', withdrawal: '0400' } as const

/** The bank that the money comes from. */
const PAYERS_BANK = '88'

/** Numbers are filled up with zeros, as live notices are. */
export function depositNotice({ type, mid, oid, tid, amount, account, at }: Deposit): Fields {
  const { date, time } = toKoreanTime(at)
  return {
    no_tid: tid,
    no_oid: oid,
    id_merchant: mid,
    cd_bank: account.bankCode.padStart(8, '0'),
    cd_deal: PAYERS_BANK.padStart(8, '0'),
    dt_trans: date,
    tm_trans: time,
    no_vacct: account.number,
    amt_input: amount.padStart(13, '0'),
    flg_close: '0',
    cl_close: '0',
    type_msg: DEPOSIT_CODES[type],
    nm_inputbank: (BANKS[PAYERS_BANK] ?? '').slice(0, 2),
    nm_input: account.payer,
    dt_inputstd: date,
    dt_calculstd: date,
    dt_transbase: date,
    cl_trans: '1100',
    cl_kor: '2',
  }
}

/** `cl_status` of an escrow notice; a list of its own, which clashes with that of the escrow status service. */
export const ESCROW_CODES: Readonly<Record<EscrowEvent['step'], string>> = {
  delivery: '2',
  confirm: '3',
  deny: '4',
  cancel: '8',
  confirmDenial: '10',
}

export function escrowNotice({ mid, oid, tid, step, payType, amount, reason, at }: EscrowEvent): Fields {
  const { date, time } = toKoreanTime(at)
  return {
    id_merchant: mid,
    no_oid: oid,
    no_tid: tid,
    cl_status: ESCROW_CODES[step],
    dt_req: date + time,
    cl_paymethod: PAY_METHODS[payType],
    msg_deny: reason,
    price: amount,
    tid_org: '',
  }
}

/** `transType` of a transaction notice. */
export const TRANSACTION_CODES: Readonly<Record<TransactionEvent['type'], string>> = {
  approval: '00',
  cancel: '01',
  'partial-cancel': '11',
  deposit: '02',
  issue: '03',
}

/** What the sandbox signs, in this order and as PayAPI does: the PG has not published its list. */
export const SIGNED_TRANSACTION_FIELDS = ['mid', 'mkey', 'tid', 'transType', 'transAmount'] as const

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** The names are those of a live merchant's table: the PG has not published its own. */
export function transactionNotice(event: TransactionEvent, merchant: SandboxMerchant): Fields {
  const { type, mid, oid, tid, payType, amount, at } = event
  const { date, time } = toKoreanTime(at)
  const fields: Fields = {
    mid,
    oid,
    tid,
    transType: TRANSACTION_CODES[type],
    transStatus: '00',
    transAmount: amount,
    transDate: date,
    transTime: time,
    payMethod: payType,
    resultMessage: '정상',
  }
  const signed = SIGNED_TRANSACTION_FIELDS.map(
    (name) => `${name}=${name === 'mkey' ? sha256(merchant.signKey) : (fields[name] ?? '')}`,
  )
  return { ...fields, signature: sha256(signed.join('&')) }
}
