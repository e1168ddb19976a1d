import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { presentManifest } from '../documents/trusted-manifest.ts'
import { type Change, compareSchemas, unfitFor, unnamedIn } from './compare.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

/**
 * The schema of today and of the last release, as clients see it and as gateways are served it. Both are kept: keys, and
 * types to which only other subgraphs refer, are not in the first.
 */
const PAIRS = [
  ['schema/api.graphql', 'schema/released.graphql'],
  ['schema/schema.graphql', 'schema/released-subgraph.graphql'],
] as const

/** What changed since the last release: what breaks, and what is dangerous, with what of that no CHANGELOG names. */
export async function changesSinceRelease() {
  const comparisons = await Promise.all(
    PAIRS.map(([present, released]) => compareSchemas(read(released), read(present))),
  )
  const breaking = distinct(comparisons.flatMap((comparison) => comparison.breaking))
  const dangerous = distinct(comparisons.flatMap((comparison) => comparison.dangerous))
  return { breaking, dangerous, unnamed: unnamedIn(read('CHANGELOG.md'), dangerous) }
}

// Most of the schema is in both.
function distinct(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [`${change.path} ${change.message}`, change])).values()]
}

/** Makes the schema and the documents of today the released ones. Throws where the CHANGELOG does not fit that. */
export function release(): string {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string }
  const unfit = unfitFor(version, read('CHANGELOG.md'))
  if (unfit !== undefined) throw new Error(unfit)
  for (const [present, released] of PAIRS) copyFileSync(new URL(present, ROOT), new URL(released, ROOT))
  writeFileSync(new URL('schema/released-documents.json', ROOT), `${JSON.stringify(presentManifest(), null, 2)}\n`)
  return version
}
