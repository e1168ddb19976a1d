import type { GraphQLSchema } from 'graphql'
import { toSubgraph } from './federation/subgraph.ts'
import './scalars/scalars.ts'
import './services.ts'
import './lookups.ts'
import { ENTITIES } from './federation/entities.ts'
import './notices/acknowledge.ts'
import './notices/evidence.ts'
import './notices/queries.ts'
import './operations/queries.ts'
import './operations/resolve.ts'
import './payments/queries.ts'
import './payments/refund.ts'
import './payments/sms-queries.ts'

/** The whole graph, as a subgraph. */
export const schema: GraphQLSchema = toSubgraph(ENTITIES)
