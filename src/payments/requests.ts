import type { IdempotencyConflict } from '../journal/claims/conflict.ts'
import type { Journal } from '../journal/journal.ts'
import { readKey } from '../journal/keys/given-key.ts'
import type { CallResult, InvalidInput, PayApiClient, PreparedCall, Service } from '../payapi/index.ts'
import { type LinkedCall, linkCall } from './sms-links.ts'

/** How a request that changes something ended: as its call did, or in conflict with an earlier one. */
export type MutationResult<Result extends CallResult = CallResult> = Result | IdempotencyConflict

/** What a caller says of a request beside its input. */
export interface RequestOptions {
  /** Which of the configured merchants acts; the default one where left out. */
  readonly merchantId?: string | null | undefined
  /** Makes a repeated request have the effect of one. */
  readonly idempotencyKey?: string | null | undefined
  /** Further headers for PayAPI, e.g. for a sandbox. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Where requests are carried out. */
interface RequestPlace {
  readonly client: Pick<PayApiClient, 'prepare' | 'preconnect' | 'send'>
  /** Undefined where nothing remembers what was sent. */
  readonly journal: Journal | undefined
  /** Scopes the keys: one caller's neither replay nor reveal another's results. */
  readonly caller: string
  /** Where buyers come back to, if they do. */
  readonly publicUrl?: string | undefined
}

/** A request that was checked, and of which nothing was sent yet. */
interface CheckedRequest {
  readonly call: PreparedCall
  readonly key: string | null
  readonly linked: LinkedCall | undefined
}

// A merchant is one that is configured, whatever it looks like; the key is the caller's own text.
export const ignoredFields = (key: string | null) => ({ merchantId: undefined, idempotencyKey: key })

/** Checks a request: what is wrong with its input, its key and its merchant comes back as one failure. */
export function checkRequest(
  service: Service,
  input: unknown,
  { client, journal, publicUrl }: RequestPlace,
  { merchantId, idempotencyKey, headers = {} }: RequestOptions = {},
): CheckedRequest | InvalidInput {
  const { key, issues } = readKey(idempotencyKey, journal !== undefined)
  const linked = journal && linkCall(service, publicUrl)
  const call = client.prepare(service, input, {
    merchantId,
    headers,
    issues,
    fill: linked?.fill,
    ignoredFields: ignoredFields(key),
  })
  return 'type' in call ? call : { call, key, linked }
}

/** Sends what changes something, at most once where a journal is kept. */
export function carryOut(
  { call, key, linked }: CheckedRequest,
  { client, journal, caller }: RequestPlace,
  bypassOrderGuard = false,
): Promise<MutationResult> {
  if (journal === undefined) return client.send(call)
  const run = { caller, idempotencyKey: key, bypassOrderGuard }
  const guard = linked?.guard(call)
  if (guard === undefined) return journal.run(call, run, client)
  // Its guard lets every claim pass.
  return journal.runGuarded(call, run, guard, client) as Promise<MutationResult>
}
