import { type ExpressionBuilder, type ExpressionWrapper, type Selectable, sql } from 'kysely'
import type { SmsLink, SmsLinkException, SmsLinkStatus, VirtualAccount } from '../../records/sms-link.ts'
import type { JournalTables, SmsLinksTable } from '../../schema/tables.ts'
import type { OperationState } from '../../store.ts'
import { transactionIdIn } from '../operations/transaction-ids.ts'
import type { Steps, Transaction } from '../transaction.ts'

/** What is sealed of a link. */
export interface LinkContent {
  readonly goodsName: string
  readonly charset: 'EUC_KR' | 'UTF_8'
  readonly redirectUrl: string | null
  readonly account: VirtualAccount | null
  /** Whether only the buyer's browser named the account: what the PG says takes its place. */
  readonly isAccountClaimed: boolean
}

/** A link with what depends on its operations and the time. */
export interface LinkRow extends Selectable<SmsLinksTable> {
  readonly status_now: SmsLinkStatus
  readonly approval_state: OperationState | 'WITHDRAWN' | null
}

type Tables = JournalTables & { creation: JournalTables['operations']; approval: JournalTables['operations'] }

type LinkTables = 'sms_links' | 'creation' | 'approval'

/** As they are kept: of one that expired it was told, and whether its time has run out the clock says. */
const UNUSED = ['LINK_CREATED', 'EXPIRED']

/**
 * How a link stands: an approval is an operation, so that what became of it, or what a person found out, is that of the
 * link; time alone ends one that nobody used. It is one expression, for whoever shows it and whoever looks for it.
 */
export function statusNow(
  { eb }: { readonly eb: ExpressionBuilder<Tables, LinkTables> },
  now: number,
): ExpressionWrapper<Tables, LinkTables, string> {
  const own = eb.ref('sms_links.status')
  const isAccount = eb('sms_links.payment_method', '=', 'VIRTUAL_ACCOUNT')
  return (
    eb
      .case()
      // A deposit is money, whatever became of the account's issue.
      .when(eb.and([isAccount, eb('sms_links.status', 'in', ['AWAITING_DEPOSIT', 'PAID', 'DEPOSIT_WITHDRAWN'])]))
      .then(own)
      .when(eb('approval.state', '=', 'IN_PROGRESS'))
      .then(sql.lit<string>('AUTHENTICATED'))
      .when(eb('approval.state', '=', 'UNKNOWN'))
      .then(sql.lit<string>('UNKNOWN'))
      .when(eb('approval.state', '=', 'FAILED'))
      .then(sql.lit<string>('FAILED'))
      .when(eb.and([isAccount, eb('approval.state', '=', 'SUCCEEDED')]))
      .then(sql.lit<string>('AWAITING_DEPOSIT'))
      .when(eb('approval.state', '=', 'SUCCEEDED'))
      .then(sql.lit<string>('PAID'))
      .when(eb('sms_links.status', 'not in', UNUSED))
      .then(own)
      .when(eb('sms_links.expires_at', '<=', now))
      .then(sql.lit<string>('EXPIRED'))
      .when(eb('creation.state', 'in', ['UNKNOWN', 'IN_PROGRESS']))
      .then(sql.lit<string>('UNKNOWN'))
      .else(sql.lit<string>('LINK_CREATED'))
      .end() as never
  )
}

/** Links that may exist: what surely was not made is none. */
export function selectLinks(tx: Transaction, now: number) {
  return tx.db
    .selectFrom('sms_links')
    .leftJoin('operations as creation', (join) =>
      join.onRef('creation.id', '=', 'sms_links.id').on('creation.state', '<>', 'WITHDRAWN'),
    )
    .leftJoin('operations as approval', (join) =>
      join.onRef('approval.id', '=', 'sms_links.approval_operation_id').on('approval.state', '<>', 'WITHDRAWN'),
    )
    .selectAll('sms_links')
    .select((eb) => [
      statusNow({ eb: eb as never }, now).as('status_now'),
      'approval.state as approval_state',
      transactionIdIn(tx, 'approval').as('approval_transaction_id'),
      'approval.result as approval_result',
      'approval.finished_at as approval_finished_at',
      'creation.result as creation_result',
    ])
    .where((eb) =>
      eb.or([
        eb('creation.state', 'in', ['IN_PROGRESS', 'UNKNOWN', 'SUCCEEDED']),
        // Somebody has used it.
        eb('sms_links.status', 'not in', UNUSED),
        eb('approval.id', 'is not', null),
      ]),
    )
}

export function contentOf(tx: Transaction, { id, content }: { id: string; content: string }): LinkContent | undefined {
  const text = tx.codec.open(content, id)
  return text === undefined ? undefined : (JSON.parse(text) as LinkContent)
}

interface FoundRow extends Selectable<SmsLinksTable> {
  readonly status_now: string
  readonly approval_state: string | null
  readonly approval_transaction_id: string | null
  readonly approval_result: string | null
  readonly approval_finished_at: number | null
  readonly creation_result: string | null
}

/** A link of a row that `selectLinks` found. */
export function linkOf(tx: Transaction, row: FoundRow): SmsLink {
  const content = contentOf(tx, row)
  const success = row.approval_state === 'SUCCEEDED'
  const approved = success ? opened(tx, row.approval_result, row.approval_operation_id) : undefined
  const status = row.status_now as SmsLinkStatus
  return {
    id: row.id,
    merchantId: row.merchant_id,
    orderId: row.order_id,
    paymentMethod: row.payment_method,
    amount: row.amount,
    charset: content?.charset ?? 'EUC_KR',
    status,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    paidAt:
      row.paid_at ??
      (status === 'PAID' && success ? (instantOf(approved?.['approvedAt']) ?? row.approval_finished_at) : null),
    transactionId: row.transaction_id ?? (status === 'PAID' ? row.approval_transaction_id : null),
    approvalOperationId: row.approval_state === null ? null : row.approval_operation_id,
    exception: row.exception as SmsLinkException | null,
    goodsName: content?.goodsName ?? null,
    redirectUrl: content?.redirectUrl ?? null,
    paymentUrl: textOf(opened(tx, row.creation_result, row.id)?.['paymentUrl']),
    virtualAccount: content?.account ?? accountOf(approved),
  }
}

type Fields = Readonly<Record<string, unknown>>

function opened(tx: Transaction, sealed: string | null, id: string | null): Fields | undefined {
  const text = sealed === null || id === null ? undefined : tx.codec.open(sealed, id)
  return text === undefined ? undefined : (JSON.parse(text) as Fields)
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function instantOf(value: unknown): number | null {
  const instant = Date.parse(textOf(value) ?? '')
  return Number.isNaN(instant) ? null : instant
}

/** The account that was issued with an approval. */
function accountOf(approved: Fields | undefined): VirtualAccount | null {
  const number = textOf(approved?.['accountNumber'])
  if (number === null) return null
  const bank = approved?.['accountBank'] as { readonly code: string; readonly name: string | null } | null | undefined
  return {
    bankCode: bank?.code ?? null,
    bankName: bank?.name ?? null,
    number,
    holderName: textOf(approved?.['accountHolder']),
    expiresAt: instantOf(approved?.['accountExpiresAt']),
  }
}

/** A link by its id. */
export function* linkById(tx: Transaction, id: string, now?: number): Steps<SmsLink | undefined> {
  const row = yield* tx.first(selectLinks(tx, now ?? (yield* tx.now())).where('sms_links.id', '=', id))
  return row && linkOf(tx, row)
}
