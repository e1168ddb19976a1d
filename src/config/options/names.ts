import { OPTIONS, optionsOf } from './table.ts'

/** A path in words, e.g. `merchants[0].signKey`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')

const NAMES: ReadonlyMap<string, string> = new Map([
  ['PAYAPI_JOURNAL', 'journal'],
  ['PAYAPI_DATA_DIR', 'journal.url'],
  ['PAYAPI_AUTH', 'auth'],
  ...[...optionsOf(OPTIONS)].map(({ path, option }) => [option.variable, pathText(path)] as const),
])

/** A line about variables as one about options: each variable by the path of the option that says the same. */
export function inOptions(line: string): string {
  return line
    .replace(/ \(or \w+_FILE\)/g, '')
    .replaceAll('(_FILE)', '')
    .replace(/ for PAYAPI_AUTH=\S+/g, '')
    .replace('PAYAPI_DATA_DIR or PAYAPI_STORE_URL', 'journal.url')
    .replace('a JSON ', 'an ')
    .replace(', separated by commas', '')
    .replace(/\b[A-Z][A-Z_]+[A-Z]\b/g, (name) => NAMES.get(name) ?? name)
    .replace(/\[([A-Za-z]\w*)\]/g, '.$1')
}
