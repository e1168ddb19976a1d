import { readFileSync, writeFileSync } from 'node:fs'
import { composeSupergraph } from './supergraph.ts'

// Writes supergraph.graphql, for gateways that read it from a file: from what stands in this repository, with the
// addresses that the facade and an orders subgraph have where nobody set any.

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The text of `supergraph.graphql`. */
export function supergraphFile(): string {
  const sdl = composeSupergraph([
    { name: 'payapi', url: 'http://127.0.0.1:4000/graphql', sdl: read('../../schema/schema.graphql') },
    { name: 'orders', url: 'http://127.0.0.1:4001/graphql', sdl: read('orders.graphql') },
  ])
  return `# biome-ignore-all format: composed by compose.ts from schema/schema.graphql and orders.graphql\n\n${sdl.trim()}\n`
}

if (import.meta.url === new URL(process.argv[1] ?? '', 'file:').href) {
  writeFileSync(new URL('supergraph.graphql', import.meta.url), supergraphFile())
}
