import { Secret } from '../../lib/secret.ts'
import type { PreparedCall } from '../call.ts'

/** The url-encoded form of a call: signed, its card fields encrypted, with what every form has. */
export function encodeForm({ service, form, merchant }: PreparedCall, timestamp: string): string {
  const clear = (wire: string) =>
    wire === 'mid' ? merchant.mid : wire === 'timestamp' ? timestamp : reveal(form[wire])
  const signature = merchant.sign(service.signed, clear)
  const fields = Object.entries(form).map(([wire, value]) => [
    wire,
    value instanceof Secret ? merchant.encrypt(value.reveal()) : value,
  ])
  return new URLSearchParams([
    ...fields,
    ['mid', merchant.mid],
    ['timestamp', timestamp],
    ['signature', signature],
  ]).toString()
}

const reveal = (value: string | Secret | undefined) => (value instanceof Secret ? value.reveal() : value)
