import { Secret } from '../../lib/secret.ts'
import type { PreparedCall } from '../../payapi/call.ts'
import { fieldsOf } from '../../payapi/wire/validate-input.ts'

/**
 * One text for one request, whatever the order and spelling of its fields: service, merchant and form in clear. It holds
 * what is secret, so it is only for a keyed hash.
 */
export function requestText({ service, merchant, form }: Pick<PreparedCall, 'service' | 'merchant' | 'form'>): string {
  const amounts = new Set(
    fieldsOf(service.request).flatMap(({ field }) => (field.type === 'amount' ? [field.wire] : [])),
  )
  const fields = Object.entries(form).map(([wire, value]) => {
    const text = value instanceof Secret ? value.reveal() : value
    return [wire, amounts.has(wire) ? withoutTrailingZeros(text) : text]
  })
  return JSON.stringify([service.name, merchant.mid, fields.sort(([one = ''], [other = '']) => (one < other ? -1 : 1))])
}

/** 1.50, 1.5 and 1.500 are one amount. It is sent as its caller wrote it. */
const withoutTrailingZeros = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)
