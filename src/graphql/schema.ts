import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'
import './scalars.ts'
import './modules/cancel.ts'
import './modules/billing.ts'
import './modules/keyed-in.ts'
import './modules/card.ts'
import './modules/escrow.ts'
import './modules/sms.ts'

/** The whole graph. */
export const schema: GraphQLSchema = builder.toSchema()
