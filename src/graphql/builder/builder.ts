import SchemaBuilder from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import RelayPlugin from '@pothos/plugin-relay'
import type { GraphContext } from '../context.ts'
import { MAX_PAGE_SIZE, PAGE_SIZE } from '../lists/pagination.ts'

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
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  Directives: {
    shareable: { locations: 'OBJECT' }
    tag: { locations: 'FIELD_DEFINITION' | 'INPUT_OBJECT'; args: { name: string } }
    specifiedBy: { locations: 'SCALAR'; args: { url: string } }
  }
}

/** The one schema builder. Modules add to it; `schema.ts` makes the schema of what they added. */
export const builder = new SchemaBuilder<GraphTypes>({
  plugins: [DirectivesPlugin, RelayPlugin],
  directives: { useGraphQLToolsUnorderedDirectives: true },
  relay: {
    cursorType: 'String',
    firstArgOptions: {
      description: `The first so many of the list, 1 to ${MAX_PAGE_SIZE}; ${PAGE_SIZE} where neither this nor \`last\` is given.`,
    },
    lastArgOptions: {
      description: `The last so many of the list, 1 to ${MAX_PAGE_SIZE}; not together with \`first\`.`,
    },
    afterArgOptions: { description: 'A cursor, of the same filter: only what stands behind it.' },
    beforeArgOptions: { description: 'A cursor, of the same filter: only what stands before it.' },
    edgesFieldOptions: { nullable: { list: false, items: false }, description: 'What is on the page.' },
    nodeFieldOptions: { nullable: false, description: 'What stands in the list.' },
    cursorFieldOptions: { description: 'Its place in the list.' },
    pageInfoFieldOptions: { description: 'Where the page stands.' },
    pageInfoTypeOptions: { directives: { shareable: {} }, description: 'Where a page stands among the others.' },
    hasNextPageFieldOptions: { description: 'Whether there are more behind the page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there are more before the page.' },
    startCursorFieldOptions: { description: 'The first one’s cursor: give it as `before`.' },
    endCursorFieldOptions: { description: 'The last one’s cursor: give it as `after`.' },
  },
})

builder.queryType({ description: 'Lookups: they change nothing, so they may be batched, cached and asked again.' })
builder.subscriptionType({
  description:
    'What changes by itself, told as it changes, over server-sent events (`text/event-stream`): how it stands at once, and each time that it stands otherwise.',
})
builder.mutationType({
  description:
    'The services of PayAPI that change something, and what is done about operations, payments, notices and webhooks. Each takes one input and returns a union: its success, or a failure that implements `PayApiFailure`.',
})
