// What the PG tells by itself (노티), as the journal keeps it. Times are milliseconds since 1970.

/** In which of its ways the PG told something. */
export type NoticeKind = 'MOBILE_RESULT' | 'DEPOSIT' | 'ESCROW_CHANGE' | 'TRANSACTION'

/** What a notice says has happened. */
export type NoticeEvent =
  | 'APPROVED'
  | 'FAILED'
  | 'VIRTUAL_ACCOUNT_ISSUED'
  | 'DEPOSITED'
  | 'DEPOSIT_WITHDRAWN'
  | 'CANCELED'
  | 'PARTIALLY_CANCELED'
  | 'ESCROW_CHANGED'

/** What is told of a virtual account. */
export const OF_ACCOUNTS: readonly NoticeEvent[] = ['VIRTUAL_ACCOUNT_ISSUED', 'DEPOSITED', 'DEPOSIT_WITHDRAWN']

/** How far a notice is. `WAITING` fits nothing so far, `PROPOSED` waits for a person, `HELD` has no effect. */
export type NoticeState = 'RECEIVED' | 'WAITING' | 'PROPOSED' | 'APPLIED' | 'HELD'

/** Why a notice needs a person. */
export type NoticeException =
  | 'UNREADABLE'
  | 'UNKNOWN_EVENT'
  | 'SIGNATURE_DIFFERS'
  | 'MERCHANT_DIFFERS'
  | 'ORDER_DIFFERS'
  | 'AMOUNT_DIFFERS'
  | 'ACCOUNT_DIFFERS'
  | 'METHOD_DIFFERS'
  | 'CONTRADICTION'
  | 'CANCEL_NOT_ASKED_FOR'
  | 'DEPOSIT_WITHDRAWN'
  | 'SECOND_DEPOSIT'

/** A virtual account. */
export interface NoticeAccount {
  readonly number: string
  readonly bankCode: string | null
  readonly bankName: string | null
  readonly expiresAt: number | null
}

/** What a notice says, as far as it can be read. Ids, codes of banks and amounts are the PG's own. */
export interface NoticeFacts {
  readonly event: NoticeEvent | null
  readonly escrowEvent: string | null
  /** Its own codes for that, e.g. `VBANK 02`. */
  readonly code: string
  /** The merchant that it names. */
  readonly merchantId: string | null
  readonly orderId: string | null
  /** Of the payment: of a partial cancel, the payment's and not its own. */
  readonly transactionId: string | null
  readonly amount: string | null
  readonly occurredAt: number | null
  readonly approvalNumber: string | null
  readonly account: NoticeAccount | null
  readonly payerName: string | null
  /** Why, in the words of whoever it was. */
  readonly reason: string | null
  /** Names of the fields that make no sense, or stand there twice with different values. */
  readonly unreadable: readonly string[]
}

/**
 * Whether what a notice says counts as having happened, also where nothing here knows of it but notices. What fits an
 * operation of ours is that operation's to tell. What came from elsewhere than the PG and fits nothing may be anybody's.
 */
export function isTakenIn({ state, operationId, trust }: NoticeStanding): boolean {
  if (operationId !== null) return false
  return state === 'APPLIED' || (state === 'WAITING' && trust.matches !== true && trust.address !== false)
}

export interface NoticeStanding {
  readonly state: NoticeState
  readonly operationId: string | null
  readonly trust: Pick<Notice['trust'], 'address' | 'matches'>
}

/** What is kept sealed of a notice. */
export interface NoticeContent {
  readonly facts: NoticeFacts
  /** All fields in the order in which they came, also those that nobody knows. */
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  readonly charset: 'EUC_KR' | 'UTF_8'
  readonly charsetDoubtful: boolean
}

/** A notice as it stands. */
export interface Notice {
  readonly id: string
  readonly kind: NoticeKind
  readonly merchantId: string
  readonly linkId: string | null
  readonly event: NoticeEvent | null
  readonly orderId: string | null
  readonly transactionId: string | null
  readonly amount: string | null
  readonly occurredAt: number | null
  readonly receivedAt: number
  readonly lastReceivedAt: number
  readonly timesReceived: number
  readonly state: NoticeState
  readonly appliedAt: number | null
  readonly operationId: string | null
  readonly exception: NoticeException | null
  readonly acknowledgement: { readonly at: number; readonly by: string; readonly note: string | null } | null
  readonly trust: {
    /** Null where no addresses are configured. */
    readonly address: boolean | null
    /** Null where the kind has none, or nobody knows how it is made. */
    readonly signature: boolean | null
    /** Null while there is nothing to compare it with. */
    readonly matches: boolean | null
  }
  /** Null where no key opens it, or it was kept long enough. */
  readonly content: NoticeContent | null
  /** What the PG said of the escrow payment when it was asked: a result of `checkEscrowStatus` in JSON. */
  readonly escrowAnswer: string | null
}
