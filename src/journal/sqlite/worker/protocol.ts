import type { AttemptedClaim, RefusedClaim } from '../../operation-store.ts'
import type { ProcedureCall } from '../../procedures/index.ts'
import type { Told } from '../../procedures/webhooks/endpoints.ts'
import type {
  Claim,
  Finish,
  HeldKey,
  OpenState,
  Operation,
  OperationCursor,
  OperationRange,
  SweepLimits,
} from '../../store.ts'
import type { ScanFilter, ScanStep, SweepStep } from '../search.ts'

/** What the store asks of its thread: for each kind what is given, and what comes back. */
export interface SqliteCalls {
  claim: { input: AttemptedClaim; output: Claim | RefusedClaim }
  withdraw: { input: AttemptedClaim; output: null }
  finish: { input: { id: string; owner: string; finish: Finish }; output: boolean }
  write: { input: ProcedureCall; output: unknown }
  expire: { input: { finishedAt: number }; output: number }
  advanceClock: { input: { to: number }; output: number }
  sweep: { input: { limits: SweepLimits; after: OperationCursor | undefined }; output: SweepStep }
  probe: { input: null; output: null }
  get: { input: { id: string }; output: Operation | undefined }
  getByKey: { input: HeldKey; output: Operation | undefined }
  scan: { input: { filter: ScanFilter; limit: number; range: OperationRange }; output: ScanStep }
  count: { input: { state: OpenState }; output: number }
  read: { input: ProcedureCall; output: unknown }
}

export type SqliteCallKind = keyof SqliteCalls

/** The kinds that only read. */
export type SqliteReadKind = 'get' | 'getByKey' | 'scan' | 'count' | 'read'

/** The kinds that write, and share a transaction and its flush. */
export type SqliteWriteKind = Exclude<SqliteCallKind, SqliteReadKind>

/** A call on its way to the thread. */
export type SqliteRequest<Kind extends SqliteCallKind = SqliteCallKind> = {
  [K in Kind]: {
    /** Names the call within its store. */
    readonly seq: number
    /** When its caller will have been told that the store is unavailable, by the monotonic clock. */
    readonly deadline: number
    readonly kind: K
    readonly input: SqliteCalls[K]['input']
  }
}[Kind]

/** How a call ended: done, refused for its own values alone, or not possible now. */
export type SqliteReply =
  | { readonly seq: number; readonly outcome: 'DONE'; readonly value: unknown }
  | { readonly seq: number; readonly outcome: 'REFUSED'; readonly message: string }
  | {
      readonly seq: number
      readonly outcome: 'UNAVAILABLE'
      readonly message: string
      /** Whether it may have been recorded nevertheless. */
      readonly undecided: boolean
      /** Whether it stays so until a person has looked. */
      readonly needsPerson: boolean
    }

/** What the thread is started with. */
export interface SqliteThreadData {
  /** Absolute path of the journal. */
  readonly path: string
  readonly mode: SqliteMode
  /** The process that acts, unique for each start of one. */
  readonly owner: string
  /** The journal's keys, of 32 bytes each, the current one first. */
  readonly keys: readonly Uint8Array[]
  /** Who is told of what happens. */
  readonly webhooks?: Told
  /** Whether to begin anew where the file is gone, and to go on with what is there where it is not what it was. */
  readonly init: boolean
  /** Whether a journal is neither made nor upgraded. */
  readonly existing?: boolean | undefined
}

/** Who may use the file: several processes of one machine, or one alone. */
export type SqliteMode = 'shared' | 'exclusive'

/** Asks the thread to close its files and to end. */
export const CLOSE = 'CLOSE'

/** Asks the thread to tell of changes, and no more to do so. */
export const WATCH = 'WATCH'
export const UNWATCH = 'UNWATCH'

/** What the thread is sent. */
export type SqliteMessage = readonly SqliteRequest[] | typeof CLOSE | typeof WATCH | typeof UNWATCH

/** What the thread says where somebody may have written something. */
export const CHANGED = 'CHANGED'
