import { GraphQLError } from 'graphql'
import { id } from '../../payapi/index.ts'

// Ids that are no service's field obey the same rules, and are compared as they are after them.
const anyId = id('id', 'ID', 'Any id')

/** An id that is looked up. One that can be nobody's is an error for the caller, lest it read like 'there is none'. */
export function lookupId(text: string, argument: string): string {
  const read = anyId.schema.safeParse(text)
  if (read.success) return read.data
  throw new GraphQLError(`${argument} is no id: it has white space around it, invisible characters, or nothing.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  })
}
