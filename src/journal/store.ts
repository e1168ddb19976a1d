// What a store of operations keeps, and how it fails. All times are milliseconds since 1970, all durations milliseconds.

/** `IN_PROGRESS` ends as one of the others; `UNKNOWN` may still be resolved by a person. */
export type OperationState = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN'

/** What has not come to its end: never many, unlike the others. */
export type OpenState = Extract<OperationState, 'IN_PROGRESS' | 'UNKNOWN'>

/** What is known of an operation when it begins. */
export interface NewOperation {
  readonly id: string
  /** Name of the service, e.g. `chargeKeyedInCard`. */
  readonly service: string
  readonly merchantId: string
  /** Who called; scopes the idempotency key. */
  readonly caller: string
  /** May be anything, a card number among it: no store keeps it as it is. */
  readonly idempotencyKey: string | null
  /** Keyed hash over the normalised input; empty where there is no key to compare it for. */
  readonly fingerprint: string
  readonly orderId: string | null
  readonly transactionId: string | null
  readonly amount: string | null
  /** What is kept of the request, for services that say so. Sealed where it is kept. */
  readonly request: string | null
  /** Whether it claims its order number: no other operation of the merchant may claim the same. */
  readonly claimsOrder: boolean
  /** The process that acts, unique for each start of one. */
  readonly owner: string
  readonly createdAt: number
  /** How long its owner is taken to be alive without a sign of it, by the store's clock. */
  readonly leaseMs: number
}

/** An operation as it stands. */
export interface Operation extends Omit<NewOperation, 'idempotencyKey' | 'leaseMs'> {
  /** Of the payment: what the request named, or else what a success was answered with. */
  readonly transactionId: string | null
  /** The first characters of its key: more is not kept. */
  readonly idempotencyKeyPrefix: string | null
  readonly state: OperationState
  /** When it left `IN_PROGRESS`; null before. */
  readonly finishedAt: number | null
  /**
   * The result, as the journal wrote it; null before it is known, where its claim was taken back, or where no key opens it.
   * Sealed where it is kept.
   */
  readonly result: string | null
  /** Why a result or resolution that is kept is null here nevertheless; null where that is not so. */
  readonly unreadable: 'KEY_MISSING' | 'DAMAGED' | null
  /** What a person recorded of an unknown one; null where nobody did, or no key opens it. Sealed where it is kept. */
  readonly resolution: string | null
}

/** What a claim came to: granted, or the operation that stands in its way and by which of its claims. */
export type Claim =
  | { readonly granted: true }
  | { readonly granted: false; readonly by: 'KEY' | 'ORDER'; readonly operation: Operation }

/** How an operation in progress ends. */
export interface Finish {
  readonly state: Exclude<OperationState, 'IN_PROGRESS'>
  readonly result: string
  readonly finishedAt: number
  /** False for what surely was never sent: the key is free again. */
  readonly keepsKey: boolean
  /** False where the order number is free again. */
  readonly keepsOrder: boolean
  /** What the answer called the payment, where the operation does not have that already. */
  readonly transactionId?: string | null
}

/** What a person found out about an unknown operation. */
export interface Resolution {
  readonly state: 'SUCCEEDED' | 'FAILED'
  readonly result: string
  readonly resolution: string
  readonly keepsOrder: boolean
  readonly transactionId?: string | null
  readonly recordedBy: string
  readonly recordedAt: number
}

/** What an idempotency key belongs to: the same text of another caller, merchant or service is another key. */
export interface HeldKey {
  readonly caller: string
  readonly merchantId: string
  readonly service: string
  readonly idempotencyKey: string
}

/** Which operations are looked for; what is left out does not restrict. */
export interface OperationFilter {
  readonly states?: readonly OperationState[]
  readonly services?: readonly string[]
  /** Only these merchants'. */
  readonly merchantIds?: readonly string[]
  readonly orderId?: string
  /** Whether an operation of these services succeeded that names the same transaction. */
  readonly canceled?: { readonly by: readonly string[]; readonly is: boolean }
  /** Created at this time or later. */
  readonly createdFrom?: number
  /** Created before this time. */
  readonly createdBefore?: number
}

/** Where a page of operations goes on: the last row's `createdAt` and `id`. */
export interface OperationCursor {
  readonly createdAt: number
  readonly id: string
}

/** Which part of a list, newest first, is read, and from which of its ends. */
export interface OperationRange {
  /** Only what stands behind it: older operations. */
  readonly after?: OperationCursor | undefined
  /** Only what stands before it: newer operations. */
  readonly before?: OperationCursor | undefined
  /** Begins at the end of the range and goes towards newer ones. */
  readonly backwards?: boolean
}

/** What is old enough to be deleted: both must hold, since each clock can be wrong. */
export interface SweepLimits {
  /** Ended, or was resolved, before this time, by the journal's own clock. */
  readonly settledBefore: number
  /** Created before this time. */
  readonly createdBefore: number
}

/**
 * A store that cannot be used now: full, read-only, gone, unreachable, too slow. After a claim, nothing may be sent: what
 * may have been recorded of it all the same is taken back. Anything else may have been recorded, and may be tried again.
 */
export class StoreUnavailableError extends Error {
  override readonly name: string = 'StoreUnavailableError'
}

/**
 * A store that must not be used as it is, now or later, before a person has looked: it is gone, older than it was, damaged,
 * or of other keys. What it does not know any more would be charged again.
 */
export class StoreRefusedError extends StoreUnavailableError {
  override readonly name = 'StoreRefusedError'
}

/** What is told to whoever uses a journal only if it is there as it is. */
export const NO_JOURNAL = 'There is no journal yet: the first start of the server makes it'
export const EARLIER_JOURNAL =
  'The journal is of an earlier version of this program: the next start of the server upgrades it'

/** Something about a store that somebody should know of. */
export interface StoreEvent {
  /** The server has no room for one more connection: calls share those that there are. Told once, until it has again. */
  readonly kind: 'store-crowded'
  readonly connections: number
  readonly fault: unknown
}

/** The store failed while it recorded something: nobody knows whether that stands. Within the stores only. */
export class UndecidedError extends StoreUnavailableError {}

/** Within how many milliseconds every method of a store ends: the two seconds that are promised, less a margin. */
export const METHOD_DEADLINE_MS = 1_800
