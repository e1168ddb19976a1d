import type { ExplorerOperation } from '../setup.ts'
import { parsedOrUndefined, valueAt, withValueAt } from './paths.ts'

// Some values, such as an order number, may be used for one charge only. The page puts a new one wherever it put the last
// one itself; what somebody typed stays.

const SUFFIX = /-[0-9A-Z]{8}$/

function newValue(example: string): string {
  const random = crypto.getRandomValues(new Uint8Array(8))
  const suffix = Array.from(random, (byte) => (byte % 36).toString(36))
    .join('')
    .toUpperCase()
  return `${example.replace(SUFFIX, '')}-${suffix}`
}

/** The variables of an operation's example, with new values where they need some. */
export function freshVariables(
  { variables, fresh }: ExplorerOperation,
  noteNew: (path: string, value: string) => void,
) {
  return fresh.reduce((made, path) => {
    const example = valueAt(made, path)
    if (typeof example !== 'string') return made
    const value = newValue(example)
    noteNew(path, value)
    return withValueAt(made, path, value)
  }, variables)
}

/** The variables of before a reload, with new values where the page had made them: they may have been sent. */
export function renewedVariables(
  text: string,
  { variables, fresh }: ExplorerOperation,
  noteNew: (path: string, value: string) => void,
) {
  const kept = parsedOrUndefined(text)
  return fresh.reduce((renewed, path) => {
    const [value, example] = [valueAt(kept, path), valueAt(variables, path)]
    if (typeof value !== 'string' || typeof example !== 'string') return renewed
    if (!SUFFIX.test(value) || value.replace(SUFFIX, '') !== example.replace(SUFFIX, '')) return renewed
    const made = newValue(example)
    noteNew(path, made)
    return renewed.replaceAll(JSON.stringify(value), JSON.stringify(made))
  }, text)
}

/** Which values the page made, by tab and path, and whether they were sent. */
export class FreshValues {
  readonly #made = new Map<string, { readonly value: string; sent: boolean }>()

  made(tab: string, path: string, value: string): void {
    this.#made.set(`${tab} ${path}`, { value, sent: false })
  }

  /**
   * Notes that the variables of a tab are sent now, and returns what has to be replaced in them before: a value that the
   * page made and that was sent before.
   */
  take(tab: string, paths: readonly string[], variables: unknown, renew: boolean): readonly Replacement[] {
    return paths.flatMap((path) => {
      const known = this.#made.get(`${tab} ${path}`)
      if (known === undefined || valueAt(variables, path) !== known.value) return []
      const wasSent = known.sent
      known.sent = true
      if (!wasSent || !renew) return []
      const value = newValue(known.value)
      this.#made.set(`${tab} ${path}`, { value, sent: true })
      return [{ path, before: known.value, after: value }]
    })
  }
}

interface Replacement {
  readonly path: string
  readonly before: string
  readonly after: string
}
