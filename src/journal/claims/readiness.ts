import { newId } from '../../lib/ids.ts'
import { monotonicMs } from '../../lib/timeout.ts'
import type { NewOperation } from '../store.ts'

/** How long what was seen is believed: whoever may ask for health must not keep the store busy with it. */
const BELIEVED_MS = 1_000

/** Whether operations can be claimed: what the last claim saw that had to be written, or where none was of late, a probe. */
export class Readiness {
  readonly #probe: () => Promise<unknown>
  #seen: { readonly until: number; readonly ready: boolean } | undefined
  #probing: Promise<boolean> | undefined

  /** `probe` does as a claim does, and rejects where that is not possible. */
  constructor(probe: () => Promise<unknown>) {
    this.#probe = probe
  }

  /** Notes what became of a claim. */
  saw(ready: boolean): void {
    this.#seen = { until: monotonicMs() + BELIEVED_MS, ready }
  }

  /** Who asks while it is found out waits for the same answer. */
  async isReady(): Promise<boolean> {
    if (this.#seen !== undefined && monotonicMs() < this.#seen.until) return this.#seen.ready
    this.#probing ??= this.#ask().finally(() => {
      this.#probing = undefined
    })
    return this.#probing
  }

  async #ask(): Promise<boolean> {
    const ready = await this.#probe().then(
      () => true,
      () => false,
    )
    this.saw(ready)
    return ready
  }
}

/**
 * An operation as large as any: where it can be written, others can. It goes through the same table and indexes, and is
 * deleted in the transaction that wrote it.
 */
export function probeOperation(): NewOperation {
  const id = newId()
  return {
    id,
    service: 'probe',
    merchantId: 'probe',
    caller: 'probe',
    idempotencyKey: id.padEnd(255, '-'),
    fingerprint: id.padEnd(64, '-'),
    orderId: id.padEnd(40, '-'),
    transactionId: id.padEnd(40, '-'),
    amount: null,
    request: null,
    claimsOrder: true,
    owner: id,
    createdAt: 0,
    leaseMs: 0,
  }
}
