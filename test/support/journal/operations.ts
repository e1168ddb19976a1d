import { randomUUID } from 'node:crypto'
import type { Claim, Finish, NewOperation, Operation, Resolution } from '../../../src/journal/store.ts'

/** A time in the past that no lease of these tests reaches by itself, and an hour. */
export const NOW = Date.UTC(2024, 0, 1)
export const HOUR = 3_600_000

/** The keys of every store in these tests. */
export const KEYS: readonly Uint8Array[] = [new Uint8Array(32).fill(7)]

/** A name that no other test uses. */
export const unique = (prefix: string): string => `${prefix}-${randomUUID()}`

/** What differs in an operation whose owner is nowhere to be seen: no process has that name, and no lease lasts. */
export const ABANDONED = { owner: 'gone', leaseMs: -1 }

/** A new operation of a merchant of its own, with a key and an order of its own unless told otherwise. */
export function operation(given: Partial<NewOperation> = {}): NewOperation {
  const id = unique('op')
  return {
    id,
    service: 'chargeKeyedInCard',
    merchantId: unique('mid'),
    caller: 'shop',
    idempotencyKey: `key-${id}`,
    fingerprint: `fingerprint-${id}`,
    orderId: `order-${id}`,
    transactionId: null,
    amount: '1004',
    request: null,
    claimsOrder: true,
    owner: 'owner-1',
    createdAt: NOW,
    leaseMs: HOUR,
    ...given,
  }
}

/** What is told of an operation that `operation` made: of its key the beginning only, of its lease nothing. */
export function recorded({ idempotencyKey, leaseMs: _, ...others }: NewOperation) {
  return {
    ...others,
    idempotencyKeyPrefix: idempotencyKey === null ? null : idempotencyKey.slice(0, 8),
    unreadable: null,
  }
}

/** An ending: a success that keeps key and order unless told otherwise. */
export const ending = (given: Partial<Finish> = {}): Finish => ({
  state: 'SUCCEEDED',
  result: 'a result',
  finishedAt: NOW + 1_000,
  keepsKey: true,
  keepsOrder: true,
  ...given,
})

/** What a person found out: not processed, unless told otherwise. */
export const finding = (given: Partial<Resolution> = {}): Resolution => ({
  state: 'FAILED',
  result: 'a result',
  resolution: 'a resolution',
  keepsOrder: false,
  recordedBy: 'operator',
  recordedAt: NOW + 2_000,
  ...given,
})

/** What stands in a claim's way. */
export function obstacle(claim: Claim): { readonly by: 'KEY' | 'ORDER'; readonly operation: Operation } {
  if (claim.granted) throw new Error('the claim was granted')
  return { by: claim.by, operation: claim.operation }
}
