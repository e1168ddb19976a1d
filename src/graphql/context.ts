import DataLoader from 'dataloader'
import type { Caller } from '../auth/caller.ts'
import { SafeError } from '../auth/errors.ts'
import type { Journal } from '../journal/journal.ts'
import type { Operation } from '../journal/store.ts'
import { mapWithConcurrency } from '../lib/concurrency.ts'
import {
  type CallMetadata,
  type CallResult,
  type InvalidInput,
  isFailure,
  type PayApiClient,
  type PreparedCall,
  type Service,
  type TransportError,
} from '../payapi/index.ts'
import { type RefundResult, refundPayment } from '../payments/refunds/refunds.ts'
import { carryOut, checkRequest, type MutationResult } from '../payments/requests.ts'
import { type NotTried, settleOperation } from '../payments/settling/settling.ts'
import type { WebhookEndpoint } from '../webhooks/endpoint.ts'
import type { PrefixCache } from './services/prefix-cache.ts'

/** How many lookups of one request are under way at once: a gateway's batch must not take every place from the others. */
const LOOKUPS_AT_ONCE = 64

export type { MutationResult }

/** What a caller says of a request beside its input. */
export interface PerformOptions {
  /** Which merchant acts; the default one where left out. */
  readonly merchantId?: string | null | undefined
  /** Makes a repeated request have the effect of one. */
  readonly idempotencyKey?: string | null | undefined
  /** Whether the success of an earlier request will do, for a lookup of what hardly changes. */
  readonly cached?: boolean
}

/** What every resolver is given. One for each GraphQL request. */
export interface GraphContext {
  /**
   * Calls a service; the input is checked here. Equal lookups of one request are one call; whatever may have changed
   * since is looked up anew.
   */
  perform(service: Service, input: unknown, options?: PerformOptions): Promise<MutationResult>
  /** Gives a payment back; the input is checked here. Throws an error for the caller where no journal is kept. */
  refund(input: unknown, options?: Pick<PerformOptions, 'merchantId' | 'idempotencyKey'>): Promise<RefundResult>
  /** What is known of such a call without making it: which merchant would act, and the ids of the input. */
  preview(service: Service, input: unknown, options?: Pick<PerformOptions, 'merchantId'>): CallMetadata
  /** Asks PayAPI what became of an operation of unknown outcome, in the caller's name. */
  settle(operationId: string): Promise<Operation | NotTried>
  /** The same for the next state that a subscription tells: what was read for an earlier one is read anew. */
  renew(): GraphContext
  /** Undefined where none is kept. */
  readonly journal: Journal | undefined
  /** Whom webhooks are sent to. */
  readonly webhooks: readonly WebhookTarget[]
  /** Who calls; undefined where nobody is known. */
  readonly caller: Caller | undefined
  /** Which merchant acts where none is named. */
  readonly defaultMerchantId: string
  readonly limits: RequestLimits
  readonly log: RequestLog
}

/** An endpoint, as far as the graph needs to know it. */
export type WebhookTarget = Pick<WebhookEndpoint, 'id' | 'url' | 'merchantIds'>

/** How much one request may make the facade do. */
interface RequestLimits {
  /** Lookups at PayAPI; equal ones count once, and what is cached does not. */
  readonly maxLookups: number
  /** References of other subgraphs, over all `_entities` of the request. */
  readonly maxRepresentations: number
  /** Fields that change something. */
  readonly maxChanges: number
}

/** Is told what happens in a request beside calls to PayAPI. */
export interface RequestLog {
  /** The first input of a request that was rejected, by the mutation's name: a request may hold a thousand. */
  rejected(mutation: string, rejection: InvalidInput): void
  /** What a person recorded of an operation, and who; a failure where it could not be recorded. */
  resolved(resolved: Operation | TransportError, caller: string): void
  /** The same of what was taken back. */
  reopened(reopened: Operation | TransportError, caller: string): void
}

export interface ContextOptions {
  readonly client: Pick<PayApiClient, 'prepare' | 'prepareAgain' | 'preconnect' | 'send' | 'defaultMerchantId'>
  readonly journal?: Journal | undefined
  readonly webhooks?: readonly WebhookTarget[] | undefined
  /** Who calls, undefined where nobody is known; scopes idempotency keys. */
  readonly caller: Caller | undefined
  /** Headers to pass on to PayAPI, for a sandbox's scenario. */
  readonly headers?: Readonly<Record<string, string>>
  readonly limits: RequestLimits
  readonly log?: RequestLog | undefined
  /** Where buyers come back to; without it, and without a journal, payments by SMS are the caller's to carry on. */
  readonly publicUrl?: (() => string | undefined) | undefined
  /** Outlives requests. Left out, each request looks card prefixes up anew. */
  readonly prefixCache?: PrefixCache | undefined
}

export function createContext(options: ContextOptions): GraphContext {
  const { client, journal, webhooks = [], caller, headers = {}, limits, prefixCache, publicUrl } = options
  const bypassOrderGuard = Object.keys(headers).length > 0
  // A scenario's answer is not what PayAPI would tell the next request.
  const cacheFor = ({ cacheable }: Service) => (cacheable === true && !bypassOrderGuard ? prefixCache : undefined)
  let lookedUp = 0
  const lookUp = async (call: PreparedCall): Promise<CallResult> => {
    if (lookedUp >= limits.maxLookups) return tooManyLookups(call, limits)
    lookedUp++
    const result = await client.send(call)
    if (isComplete(result)) cacheFor(call.service)?.set(lookupKey(call), result)
    return result
  }
  let lookups: DataLoader<PreparedCall, CallResult, string> | undefined
  const lookUpOnce = (call: PreparedCall): Promise<CallResult> => {
    lookups ??= new DataLoader((calls) => mapWithConcurrency(calls, LOOKUPS_AT_ONCE, lookUp), { cacheKeyFn: lookupKey })
    return lookups.load(call)
  }
  let hasRejected = false
  const log: RequestLog = {
    rejected(mutation, rejection) {
      if (!hasRejected) options.log?.rejected(mutation, rejection)
      hasRejected = true
    },
    resolved: (resolved, by) => options.log?.resolved(resolved, by),
    reopened: (reopened, by) => options.log?.reopened(reopened, by),
  }
  return {
    journal,
    renew: () => createContext(options),
    webhooks,
    caller,
    defaultMerchantId: client.defaultMerchantId,
    limits,
    log,
    async perform(service, input, { merchantId, idempotencyKey, cached = false } = {}) {
      const place = { client, journal, caller: callerId(caller), publicUrl: publicUrl?.() }
      const request = checkRequest(service, input, place, { merchantId, idempotencyKey, headers })
      if ('type' in request) {
        log.rejected(service.name, request)
        return request
      }
      if (service.effect === 'lookup') {
        const known = cached ? cacheFor(service)?.get(lookupKey(request.call)) : undefined
        return known ?? (await lookUpOnce(request.call))
      }
      lookups?.clearAll()
      // Awaited here: to return a promise from an async function takes two turns of the queue more.
      return await carryOut(request, place, bypassOrderGuard)
    },
    async refund(input, { merchantId, idempotencyKey } = {}) {
      const kept = journalOf({ journal })
      lookups?.clearAll()
      const place = { client, journal: kept, caller: callerId(caller) }
      const result = await refundPayment(input, place, { merchantId, idempotencyKey, headers })
      if (result.type === 'PayApiInvalidInput') log.rejected('refundPayment', result as InvalidInput)
      return result
    },
    settle(operationId) {
      const request = { operationId, by: callerId(caller), schedule: null }
      return settleOperation({ journal: journalOf({ journal }), client, headers }, request)
    },
    preview(service, input, { merchantId } = {}) {
      const prepared = client.prepare(service, input, { merchantId })
      return 'type' in prepared ? prepared : prepared.metadata
    },
  }
}

function tooManyLookups({ metadata }: PreparedCall, { maxLookups }: RequestLimits): TransportError {
  return {
    type: 'PayApiTransportError',
    message: `Not sent: one request may look up ${maxLookups} at most.`,
    outcome: 'NOT_PROCESSED',
    retryable: true,
    ...metadata,
    reason: 'OVERLOADED',
  }
}

const lookupKey = ({ service, merchant, form }: PreparedCall) => JSON.stringify([service.name, merchant.mid, form])

/** A success with a gap may be whole the next time. */
const isComplete = (result: CallResult) => !isFailure(result) && Object.values(result).every((value) => value !== null)

/** The name under which the journal remembers what a caller does. */
export const callerId = (caller: Caller | undefined): string => caller?.id ?? 'nobody'

/** What there is once for each request, made where it is first asked for. */
export function perContext<Value extends object>(
  make: (context: GraphContext) => Value,
): (context: GraphContext) => Value {
  const made = new WeakMap<GraphContext, Value>()
  return (context) => {
    const known = made.get(context) ?? make(context)
    made.set(context, known)
    return known
  }
}

/** Throws an error for the caller where no journal is kept. */
export function journalOf({ journal }: Pick<GraphContext, 'journal'>): Journal {
  if (journal === undefined) throw new SafeError('No journal is kept here.', { extensions: { code: 'NO_JOURNAL' } })
  return journal
}
