import type { Journal } from '../../journal/journal.ts'
import type { NoTry } from '../../journal/procedures/settlement/settle-tries.ts'
import { type Operation, StoreUnavailableError } from '../../journal/store.ts'
import {
  ALL_SERVICES,
  type CallResult,
  isFailure,
  type PayApiClient,
  type PreparedCall,
  type Service,
  type Settling,
} from '../../payapi/index.ts'

// What became of some operations can be found out without risk: no person is needed for that.

/** What a try needs. */
export interface SettleContext {
  readonly journal: Pick<Journal, 'store' | 'settlement'>
  readonly client: Pick<PayApiClient, 'prepare' | 'prepareAgain' | 'send'>
  /** Headers to pass on to PayAPI, for a sandbox's scenario. */
  readonly headers?: Readonly<Record<string, string>>
}

interface SettleRequest {
  readonly operationId: string
  readonly by: string
  /** When it is to be tried, counted in milliseconds from when the outcome became unknown; null for now. */
  readonly schedule: readonly number[] | null
}

/** Why nothing was tried: it cannot be for such an operation, or not now. */
export type NotTried = 'NOT_POSSIBLE' | NoTry

/**
 * How long PayAPI may still work on a request that it has not answered: only later a state in which it was not processed
 * says that it never will be.
 */
const STILL_UNDER_WAY_MS = 5 * 60_000

/** The request was sent once more, and the journal could not be told what came of it: the operation is `UNKNOWN` still. */
export class RepeatedUnrecordedError extends StoreUnavailableError {}

const services: Readonly<Record<string, Service>> = ALL_SERVICES

/**
 * Asks PayAPI what became of an operation, and settles it where the answer shows that; resolves to the operation as it then
 * stands, or to why nothing was tried. Of one operation there is never more than one try at a time, in all processes.
 * Rejects with `StoreUnavailableError` where the journal is away.
 */
export async function settleOperation(
  { journal, client, headers = {} }: SettleContext,
  { operationId, by, schedule }: SettleRequest,
): Promise<Operation | NotTried> {
  const { store, settlement } = journal
  const operation = await store.get(operationId)
  if (operation?.state !== 'UNKNOWN') return 'NOT_UNKNOWN'
  const service = services[operation.service]
  const call = service?.settling && settlingCall(operation, service, service.settling, client, headers)
  if (service?.settling === undefined || call === undefined) return 'NOT_POSSIBLE'
  const begun = await settlement.begin(operation, service, { by, schedule })
  if ('refused' in begun) return begun.refused
  const metadata = { ...call.metadata, operationId }
  const answer = await client.send({ ...call, metadata }).catch(async (fault: unknown) => {
    await settlement.end(operation, service, begun.seq, { by, finding: { processed: null, answer: null } })
    throw fault
  })
  const finding = {
    processed: isProcessed(service.settling, answer, settlement.unknownFor(operation)),
    answer: codeOf(answer),
  }
  const isOwn = service.settling.by === 'REPEATING' && !isFailure(answer)
  const result = isOwn ? ({ ...answer, operationId } as CallResult) : undefined
  try {
    return (await settlement.end(operation, service, begun.seq, { by, finding, result })) ?? 'NOT_UNKNOWN'
  } catch (fault) {
    const mayHaveMoved = fault instanceof StoreUnavailableError && service.settling.by === 'REPEATING'
    throw mayHaveMoved ? new RepeatedUnrecordedError(fault.message, { cause: fault }) : fault
  }
}

/** The call that shows what became of an operation; undefined where too little is known of it, or its merchant is gone. */
function settlingCall(
  { transactionId, merchantId, request }: Operation,
  service: Service,
  settling: Settling,
  client: SettleContext['client'],
  headers: Readonly<Record<string, string>>,
): PreparedCall | undefined {
  if (settling.by === 'REPEATING') {
    if (request === null) return undefined
    const form = JSON.parse(request) as Readonly<Record<string, string>>
    return client.prepareAgain(service, form, { merchantId, headers })
  }
  const lookup = services[settling.lookup]
  const prepared = lookup && client.prepare(lookup, { transactionId }, { merchantId, headers })
  return prepared === undefined || 'type' in prepared ? undefined : prepared
}

/** What an answer shows of the operation; null where it shows nothing. */
function isProcessed(settling: Settling, answer: CallResult, unknownForMs: number): boolean | null {
  if (settling.by === 'REPEATING') {
    // The same code behind an HTTP error says that PayAPI did not get as far as to look.
    const isKnownThere = answer.type === 'PgFailure' && settling.processed.includes(codeOf(answer))
    return !isFailure(answer) || isKnownThere ? true : null
  }
  if (isFailure(answer)) return null
  if (settling.processed.includes(codeOf(answer))) return true
  return settling.notProcessed.includes(codeOf(answer)) && unknownForMs >= STILL_UNDER_WAY_MS ? false : null
}

/** What an answer is known by: PayAPI's result code, or why there is none, or the state that it shows. */
function codeOf(answer: CallResult): string {
  const { resultCode, reason, state } = answer as Partial<Record<'resultCode' | 'reason' | 'state', string | null>>
  return resultCode ?? reason ?? state ?? answer.type
}
