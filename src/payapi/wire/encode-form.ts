import { Secret } from '../../lib/secret.ts'
import type { PreparedCall } from '../call.ts'

/** The url-encoded form of a call: signed, its card fields encrypted, with what every form has. */
export function encodeForm(call: PreparedCall, timestamp: string): string {
  const { service, form, merchant } = call
  const clear = (wire: string) =>
    wire === 'mid' ? merchant.mid : wire === 'timestamp' ? timestamp : reveal(form[wire])
  const signature = merchant.sign(service.signed, clear)
  const encoded = new URLSearchParams()
  for (const [wire, value] of sentFields(call)) {
    encoded.append(wire, value instanceof Secret ? merchant.encrypt(value.reveal()) : value)
  }
  encoded.append('mid', merchant.mid)
  encoded.append('timestamp', timestamp)
  encoded.append('signature', signature)
  return encoded.toString()
}

/** The form of a call to a payment page for mobile phones: neither signed nor encrypted. */
export function encodeMobileForm(call: PreparedCall): string {
  const fields = sentFields(call).map(([wire, value]) => [wire, reveal(value) ?? ''])
  return new URLSearchParams([...fields, ['P_MID', call.merchant.mid]]).toString()
}

/** What the caller gave and what was filled in, without what is not sent. */
function sentFields({ service, form, filled }: PreparedCall): [string, string | Secret][] {
  const fields = Object.entries(filled === undefined ? form : { ...form, ...filled })
  return service.unsent.length === 0 ? fields : fields.filter(([wire]) => !service.unsent.includes(wire))
}

const reveal = (value: string | Secret | undefined) => (value instanceof Secret ? value.reveal() : value)
