import { FormFault } from '../errors.ts'

/** Field names and values of a form as sent, each name once. A Map, so that no field name reaches a prototype. */
export type Form = ReadonlyMap<string, string>

const MALFORMED = '요청 본문을 해석할 수 없습니다.'

function decodeComponent(text: string): string {
  try {
    // Throws for a broken escape and for bytes that are no UTF-8 alike.
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new FormFault('unreadable', MALFORMED)
  }
}

/** A field's name for a message. A name that somebody made up may carry anything, a card number as well. */
export function showFieldName(name: string): string {
  return /^[A-Za-z_]{1,40}\d?$/.test(name) ? name : '(표시할 수 없는 이름)'
}

/**
 * The fields of an `application/x-www-form-urlencoded` body in UTF-8. Throws FormFault where an escape is broken, the
 * bytes are no UTF-8, a pair has no `=` or a name comes twice.
 */
export function parseForm(body: Uint8Array): Form {
  const fields = new Map<string, string>()
  if (body.length === 0) return fields
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new FormFault('unreadable', MALFORMED)
  }
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw new FormFault('unreadable', MALFORMED)
    const name = decodeComponent(pair.slice(0, equals))
    if (fields.has(name)) throw new FormFault('duplicateField', `${showFieldName(name)} 항목이 중복되었습니다.`)
    fields.set(name, decodeComponent(pair.slice(equals + 1)))
  }
  return fields
}
