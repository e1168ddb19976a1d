import type { GraphQLSchema } from 'graphql'
import { toSubgraph } from './subgraph.ts'
import './scalars.ts'
import './modules/cancel.ts'
import './modules/billing.ts'
import './modules/keyed-in.ts'
import './modules/card.ts'
import './modules/escrow.ts'
import { ENTITIES } from './modules/entities.ts'
import './modules/sms.ts'
import './modules/operations.ts'
import './modules/resolve-operation.ts'

/** The whole graph, as a subgraph. */
export const schema: GraphQLSchema = toSubgraph(ENTITIES)
