import SchemaBuilder from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import type { GraphContext } from './context.ts'

/** The schema builder's own types: scalars by name, and what every resolver is given. */
export interface GraphTypes {
  Context: GraphContext
  Scalars: {
    ID: { Input: string; Output: string }
    Amount: { Input: string | number; Output: string }
    Date: { Input: string; Output: string }
    DateTime: { Input: string; Output: string }
    EmailAddress: { Input: string; Output: string }
    IPv4: { Input: string; Output: string }
    URL: { Input: string; Output: string }
  }
  Directives: {
    shareable: { locations: 'OBJECT' }
    tag: { locations: 'FIELD_DEFINITION' | 'INPUT_OBJECT'; args: { name: string } }
    specifiedBy: { locations: 'SCALAR'; args: { url: string } }
  }
}

/** The one schema builder. Modules add to it; `schema.ts` makes the schema of what they added. */
export const builder = new SchemaBuilder<GraphTypes>({
  plugins: [DirectivesPlugin],
  directives: { useGraphQLToolsUnorderedDirectives: true },
})

builder.queryType({ description: 'Lookups: they change nothing, so they may be batched, cached and asked again.' })
builder.mutationType({
  description:
    'One mutation for each PayAPI service. Each takes one input and returns a union: its success, or a failure that implements `PayApiFailure`.',
})
