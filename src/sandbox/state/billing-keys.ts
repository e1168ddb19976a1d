import { Refusal } from '../errors.ts'
import type { IdSource } from './ids.ts'
import { namedBillingKey } from './seed-ids.ts'
import type { BillingKeyEntry, BillingKeyKind } from './types.ts'

type Entry = { -readonly [Name in keyof BillingKeyEntry]: BillingKeyEntry[Name] }

export class BillingKeys {
  readonly #ids: IdSource
  readonly #entries: Entry[] = []
  readonly #byKey = new Map<string, Entry>()

  constructor(ids: IdSource) {
    this.#ids = ids
  }

  /** All keys, deleted ones as well, in the order in which they came. */
  get entries(): readonly BillingKeyEntry[] {
    return this.#entries
  }

  /** A new billing key of the merchant, of a card unless told otherwise. Times are milliseconds since 1970. */
  issue(mid: string, at: number, kind: BillingKeyKind = 'card'): string {
    const billkey = this.#ids.billingKey(mid, at)
    this.#add({ mid, billkey, kind, at, deletedAt: null })
    return billkey
  }

  /** Throws Refusal where the merchant has no such key, it is deleted or of the other kind. */
  checkUsable(mid: string, billkey: string, kind: BillingKeyKind, at: number): void {
    this.#usable(mid, billkey, kind, at)
  }

  /** Removes a card billing key. Throws Refusal as a charge with it would. */
  delete(mid: string, billkey: string, at: number): void {
    this.#usable(mid, billkey, 'card', at).deletedAt = at
  }

  #usable(mid: string, billkey: string, kind: BillingKeyKind, at: number): Entry {
    const entry = this.#byKey.get(`${mid} ${billkey}`) ?? this.#fromName(mid, billkey, at)
    if (!entry) throw new Refusal('unknownBillingKey')
    if (entry.kind !== kind) throw new Refusal('billingKeyKind')
    if (entry.deletedAt !== null) throw new Refusal('deletedBillingKey')
    return entry
  }

  #fromName(mid: string, billkey: string, at: number): Entry | undefined {
    const kind = namedBillingKey(billkey)
    return kind && this.#add({ mid, billkey, kind, at, deletedAt: null })
  }

  #add(entry: Entry): Entry {
    this.#entries.push(entry)
    this.#byKey.set(`${entry.mid} ${entry.billkey}`, entry)
    return entry
  }
}
