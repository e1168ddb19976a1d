import { hash } from 'node:crypto'

/** Takes a text (UTF-8) and returns its SHA-256 as lower-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex')
}

/**
 * Takes the names a service signs, in its order, and the clear value of each, and returns PayAPI's `signature`:
 * SHA-256, lower-case hex, over `name=value` pairs joined by `&`, values not url-encoded. (Contract, 'Common to all services'.)
 * Throws where a signed value is missing: an unsigned form must never leave.
 */
export function sign(names: readonly string[], clearValue: (name: string) => string | undefined): string {
  let text = ''
  for (const name of names) {
    const value = clearValue(name)
    if (value === undefined) throw new Error(`The signed field ${name} has no value`)
    text += `${text === '' ? '' : '&'}${name}=${value}`
  }
  return sha256Hex(text)
}
