import type { ProcedureCall, ProcedureInput, ProcedureName, ProcedureOutput } from './procedures/index.ts'

// What a store of operations must do. It keeps rows and decides races, and seals what is worth money before it is
// written; it knows nothing of PayAPI or GraphQL. All times are milliseconds since 1970, all durations milliseconds.

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

/**
 * A procedure that a claim has to pass, in its transaction: undefined lets it pass, anything else is why it does not. It
 * is asked once the claim is granted for the first time, so that one which an earlier operation answers is answered.
 */
export type Guard = ProcedureCall

/** A claim that its guard did not let pass: nothing of it stands. */
export interface RefusedClaim {
  readonly granted: false
  readonly by: 'GUARD'
  readonly refusal: unknown
}

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

/** Keeps operations durably. Every method rejects with `StoreUnavailableError`, within two seconds, where it cannot. */
export interface OperationStore {
  /**
   * Records an operation in progress unless another one has its key (same caller, merchant and service) or its order
   * (same merchant, both claiming it). Where both stand in the way, the key is named. Resolves once the row is on disk.
   * One whose owner is no longer taken to be alive may count, and be recorded, as `UNKNOWN`. Claiming again with the same id
   * and owner, after an answer that was lost, is granted. An id that stands for something else counts as a key.
   */
  claim(operation: NewOperation): Promise<Claim>
  /** The same, where the operation has to pass a guard besides. */
  claimGuarded(operation: NewOperation, guard: Guard): Promise<Claim | RefusedClaim>
  /**
   * Ends an operation; resolves, once that is on disk, to whether it was the owner's and had no result. One that is
   * unknown for no other reason than that its owner was taken for dead has none: he lives, and knows better. The same
   * result again, after an answer that was lost, resolves to true; another one, or one after a resolution, to false.
   */
  finish(id: string, owner: string, finish: Finish): Promise<boolean>
  /** Records what a person found out; resolves to the operation, or undefined where it was not (or no longer) unknown. */
  resolve(id: string, resolution: Resolution): Promise<Operation | undefined>
  /**
   * Marks as `UNKNOWN`, and finished at a time, what is in progress and whose owner is no longer taken to be alive;
   * resolves to how many.
   */
  expire(finishedAt: number): Promise<number>
  /**
   * Moves the journal's own clock on to a time, unless it shows that or a later one already; resolves to what it shows.
   * It counts milliseconds, from anywhere, and stamps what is settled: see `Upkeep`.
   */
  advanceClock(to: number): Promise<number>
  /**
   * Deletes what succeeded or failed long enough ago; resolves to how many. It takes as long as there is something to
   * delete, in steps that let others pass.
   */
  sweep(limits: SweepLimits): Promise<number>
  get(id: string): Promise<Operation | undefined>
  /** The operation that has a key; undefined where none has, or it is free again. */
  getByKey(key: HeldKey): Promise<Operation | undefined>
  /** Newest first, or backwards, at most `limit` of a range. A search that takes too long counts as unavailable. */
  find(filter: OperationFilter, limit: number, range?: OperationRange): Promise<readonly Operation[]>
  /** How many operations are in a state that is not final; to count millions of others would take too long. */
  count(state: OpenState): Promise<number>
  /**
   * Carries a procedure out in one transaction. Rejects with `Error` where the procedure itself threw, of which then nothing
   * stands; where the store is unavailable, it may stand all the same.
   */
  run<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>
  /**
   * Calls back soon after something in the journal may have changed, by this process or another one, until what comes
   * back is called. Many changes are told as one, and some calls tell of none. Where the store is away, what changed
   * meanwhile is told once it is back.
   */
  watch(listener: () => void): () => void
  /** Resolves where operations can be claimed: it does as a claim does, and leaves nothing of it. */
  ready(): Promise<void>
  /** The same at the start, with time for that; rejects with `StoreRefusedError` where there is no sense in going on. */
  verify(): Promise<void>
  /** Ends the store's own workers and connections, after what is under way. */
  close(): Promise<void>
}

/** Something about a store that somebody should know of. */
export interface StoreEvent {
  /** The server has no room for one more connection: calls share those that there are. Told once, until it has again. */
  readonly kind: 'store-crowded'
  readonly connections: number
  readonly fault: unknown
}

/** The store failed while it recorded something: nobody knows whether that stands. Within the stores only. */
export class UndecidedError extends StoreUnavailableError {}

/**
 * One try to claim. A claim whose caller was told that the store is unavailable may be granted behind his back; it is
 * then withdrawn, or has failed where it was `UNKNOWN` by then. The number keeps that from touching a later try of the same
 * operation, which he may rely on.
 */
export interface AttemptedClaim {
  readonly operation: NewOperation
  /** Grows from one try to the next within an owner. */
  readonly attempt: number
  readonly guard?: Guard | undefined
}

/** Within how many milliseconds every method of a store ends: the two seconds that are promised, less a margin. */
export const METHOD_DEADLINE_MS = 1_800
