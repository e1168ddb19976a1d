import { monotonicMs } from '../../../lib/timeout.ts'
import { ProcedureError } from '../../procedures/transaction.ts'
import type { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import type { OperationCodec } from '../../schema/row.ts'
import { StoreRefusedError, StoreUnavailableError, UndecidedError } from '../../store.ts'
import type { JournalDatabase } from '../database.ts'
import { type SqliteConnection, SqliteError, SqliteValueError } from '../driver.ts'
import {
  advanceClock,
  claimOperation,
  finishOperation,
  getOperation,
  getOperationByKey,
  probe,
  tellExpired,
  withdrawClaim,
} from '../operations.ts'
import { inOneRead, inSavepoint, runProcedure } from '../procedures.ts'
import { countOpen, scanOperations, sweepOperations } from '../search.ts'
import type { SqliteCalls, SqliteReadKind, SqliteReply, SqliteRequest, SqliteWriteKind } from './protocol.ts'

// How long one batch waits for other processes' locks: it leaves room for a second one within a caller's deadline.
const LOCK_WAIT_MS = 1_200

type Handlers<Kind extends SqliteReadKind | SqliteWriteKind> = {
  readonly [K in Kind]: (
    connection: SqliteConnection,
    codec: OperationCodec,
    input: SqliteCalls[K]['input'],
  ) => SqliteCalls[K]['output']
}

const READS: Handlers<SqliteReadKind> = {
  get: (connection, codec, { id }) => getOperation(connection, codec, id),
  getByKey: getOperationByKey,
  scan: (connection, codec, { filter, limit, range }) => scanOperations(connection, codec, filter, limit, range),
  count: (connection, _, { state }) => countOpen(connection, state),
  read: (connection, codec, call) => inOneRead(connection, () => runProcedure(connection, codec, call)),
}

/** Whether a call only reads. */
export const isRead = (request: SqliteRequest): request is SqliteRequest<SqliteReadKind> =>
  Object.hasOwn(READS, request.kind)

/** Carries calls out on the journal's file. */
export class SqliteExecutor {
  readonly #journal: JournalDatabase
  readonly #writes: Handlers<SqliteWriteKind>
  /** What waits for the outcome of the transaction. */
  #afterwards: ((committed: boolean) => void)[] = []

  constructor(journal: JournalDatabase, endpoints: Endpoints) {
    this.#journal = journal
    this.#writes = {
      claim: (connection, codec, claim) =>
        claim.guard === undefined
          ? claimOperation(connection, codec, claim)
          : inSavepoint(connection, () => claimOperation(connection, codec, claim)),
      withdraw: (connection, codec, claim) => {
        inSavepoint(connection, () => withdrawClaim(connection, codec, claim, endpoints))
        return null
      },
      finish: (connection, codec, { id, owner, finish }) =>
        finishOperation(connection, codec, id, owner, finish, endpoints),
      write: (connection, codec, call) =>
        inSavepoint(connection, () => runProcedure(connection, codec, call, endpoints)),
      expire: (connection, codec, { finishedAt }) =>
        inSavepoint(connection, () => {
          const { expired, afterwards } = this.#journal.liveness.expireDead(connection, finishedAt)
          this.#afterwards.push(afterwards)
          tellExpired(connection, codec, expired, finishedAt, endpoints)
          return expired.length
        }),
      advanceClock: (connection, _, { to }) => advanceClock(connection, to),
      sweep: (connection, _, { limits, after }) => sweepOperations(connection, limits, after),
      probe: (connection, codec) => {
        probe(connection, codec)
        return null
      },
    }
  }

  /**
   * Runs writes that wait together, and those that `more` gives because they arrived meanwhile, as one transaction with
   * one flush: nobody is answered before that. One that is refused for its own values leaves the others alone; what
   * concerns the file fails all of them, and nothing of theirs stands. Never throws.
   */
  write(
    waiting: readonly SqliteRequest<SqliteWriteKind>[],
    more: () => readonly SqliteRequest<SqliteWriteKind>[],
  ): readonly SqliteReply[] {
    const replies: SqliteReply[] = []
    const requests = [...waiting]
    let failure: StoreUnavailableError | undefined
    try {
      this.#journal.write(lockDeadline(waiting), (connection, codec) => {
        // Whoever came while the lock was waited for need not wait for the next flush.
        requests.push(...more())
        for (const request of requests) replies.push(this.#writeOne(connection, codec, request))
      })
    } catch (error) {
      failure = error as StoreUnavailableError
    }
    for (const afterwards of this.#afterwards.splice(0)) afterwards(failure === undefined)
    return failure === undefined ? replies : requests.map(({ seq }) => unavailableReply(seq, failure))
  }

  #writeOne(connection: SqliteConnection, codec: OperationCodec, request: SqliteRequest<SqliteWriteKind>): SqliteReply {
    const { seq } = request
    if (isLate(request)) return unavailableReply(seq, LATE)
    return replyOf(seq, () => call(this.#writes, connection, codec, request))
  }

  /** Never throws. */
  read(request: SqliteRequest<SqliteReadKind>): SqliteReply {
    const { seq } = request
    if (isLate(request)) return unavailableReply(seq, LATE)
    try {
      return this.#journal.read(lockDeadline([request]), (connection, codec) =>
        replyOf(seq, () => call(READS, connection, codec, request)),
      )
    } catch (error) {
      return unavailableReply(seq, error as StoreUnavailableError)
    }
  }
}

// The table and the request agree in their kind by construction, which the compiler does not follow over a union.
function call<Kind extends SqliteReadKind | SqliteWriteKind>(
  handlers: Handlers<Kind>,
  connection: SqliteConnection,
  codec: OperationCodec,
  { kind, input }: { readonly kind: Kind; readonly input: unknown },
): unknown {
  return handlers[kind](connection, codec, input as SqliteCalls[Kind]['input'])
}

function replyOf(seq: number, action: () => unknown): SqliteReply {
  try {
    return { seq, outcome: 'DONE', value: action() }
  } catch (error) {
    if (
      error instanceof ProcedureError ||
      error instanceof SqliteValueError ||
      (error instanceof SqliteError && error.concernsRowOnly)
    ) {
      return { seq, outcome: 'REFUSED', message: error.message }
    }
    // An entry that is damaged is no fault of those beside it.
    if (error instanceof StoreUnavailableError) return unavailableReply(seq, error)
    throw error
  }
}

const LATE = new StoreUnavailableError('The journal file was too slow')

// Its caller knows already that the store is unavailable, and sends nothing: so nothing is recorded either.
const isLate = ({ deadline }: SqliteRequest): boolean => deadline <= monotonicMs()

const unavailableReply = (seq: number, error: StoreUnavailableError): SqliteReply => ({
  seq,
  outcome: 'UNAVAILABLE',
  message: error.message,
  undecided: error instanceof UndecidedError,
  needsPerson: error instanceof StoreRefusedError,
})

const lockDeadline = (requests: readonly SqliteRequest[]): number =>
  Math.min(monotonicMs() + LOCK_WAIT_MS, Math.max(...requests.map(({ deadline }) => deadline)))
