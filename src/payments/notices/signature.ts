import { timingSafeEqual } from 'node:crypto'
import { sha256Hex } from '../../payapi/merchant.ts'
import type { SentField } from './read-fields.ts'

/** How a transaction notice is signed, as agreed with the PG: it has published no list of fields. */
export interface SignatureRule {
  /** Wire names in their order; `signKey` stands for the merchant's key, `mkey` for its SHA-256. */
  readonly fields: readonly string[]
  /** `pairs`: `name=value` joined by `&`, as PayAPI's own; `values`: the values run together. */
  readonly form: 'pairs' | 'values'
}

/** Whether a signature is SHA-256, in hexadecimal digits, over a notice's fields. What the notice lacks is empty. */
export function isSigned(
  fields: readonly SentField[],
  given: string | undefined,
  { fields: names, form }: SignatureRule,
  signKey: string,
): boolean {
  const keys = new Map([
    ['signKey', signKey],
    ['mkey', sha256Hex(signKey)],
  ])
  const textOf = (name: string) => keys.get(name) ?? fields.find((field) => field.name === name)?.value ?? ''
  const signed = names.map((name) => (form === 'pairs' ? `${name}=${textOf(name)}` : textOf(name)))
  const expected = sha256Hex(signed.join(form === 'pairs' ? '&' : ''))
  const actual = Buffer.from((given ?? '').toLowerCase())
  return actual.length === expected.length && timingSafeEqual(actual, Buffer.from(expected))
}
