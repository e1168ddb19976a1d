import type { ProcedureCall, ProcedureInput, ProcedureName, ProcedureOutput } from './procedures/index.ts'
import type {
  Claim,
  Finish,
  HeldKey,
  NewOperation,
  OpenState,
  Operation,
  OperationFilter,
  OperationRange,
  SweepLimits,
} from './store.ts'

// What a store of operations must do. It keeps rows and decides races, and seals what is worth money before it is
// written; it knows nothing of PayAPI or GraphQL.

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
