import { requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeOf, scopeSentence } from '../../auth/scopes.ts'
import { CHAPTERS, isFailure } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import { exactId } from '../builder/id.ts'
import type { GraphContext, MutationResult } from '../context.ts'
import { lookupId } from '../lists/given-ids.ts'
import { operationById } from '../operations/read.ts'
import { paymentByKey } from '../payments/read.ts'
import { resultObject, resultUnion } from '../services/services.ts'
import { ESCROW_PAYMENT, escrowPayment } from './escrow-payment.ts'
import type { Entity } from './subgraph.ts'

// What other subgraphs may refer to. The right to use an entity is asked for with the reference, before anything of it is
// looked at, so that no field is open by omission. A reference costs nothing: PayAPI is asked when a field needs it, and
// equal references of one request ask it once. Whatever is wrong with a reference is told by the union behind it.

const { lookUpCardPrefix } = CHAPTERS.card
const prefixScope = scopeOf(lookUpCardPrefix)

type Lookup = () => Promise<MutationResult>

const CARD_PREFIX = lookUpCardPrefix.result.type
const CardPrefixType = resultObject(CARD_PREFIX)

builder.objectField(CardPrefixType, 'lookup', (t) =>
  t.field({
    type: resultUnion(lookUpCardPrefix),
    description: `What became of the lookup: this card prefix, or why nothing is known of it. Ask for it where another subgraph named the prefix; there, the other fields are null after a failure. ${scopeSentence(prefixScope)}`,
    // What was looked up already is its own success.
    resolve: (card) => (card as { lookup?: Lookup }).lookup?.() ?? (card as MutationResult),
  }),
)

/** What another subgraph named as a prefix, as a card prefix whose other fields are looked up on demand. */
function cardPrefixReference(given: unknown, context: GraphContext): { readonly __typename: string } {
  let looked: ReturnType<Lookup> | undefined
  const lookup: Lookup = () => {
    looked ??= context.perform(lookUpCardPrefix, { prefix: given }, { cached: true })
    return looked
  }
  // Anything but six digits may be a whole card number, which must not be given back.
  const prefix = typeof given === 'string' && /^\d{6}$/.test(given) ? given : null
  const reference = { __typename: CARD_PREFIX, lookup, prefix }
  for (const name of Object.keys(lookUpCardPrefix.result.fields)) {
    if (name !== 'prefix') Object.defineProperty(reference, name, { get: () => fieldOf(lookup, name) })
  }
  return reference
}

async function fieldOf(lookup: Lookup, name: string): Promise<unknown> {
  const result = await lookup()
  return isFailure(result) ? null : (result as unknown as Readonly<Record<string, unknown>>)[name]
}

/** An id may come as a number from a subgraph that keeps numbers. Throws an error for the caller where it is not exact. */
const asId = (value: unknown): unknown => (typeof value === 'number' ? exactId(value) : value)

const OPERATION = 'PayApiOperation'
const PAYMENT = 'PayApiPayment'

/** What other subgraphs may refer to, by the names of the types. */
export const ENTITIES: Readonly<Record<string, Entity>> = {
  [CARD_PREFIX]: {
    keys: ['prefix'],
    resolveReference: ({ prefix }, context) => {
      requireAccess(prefixScope, undefined, context)
      return cardPrefixReference(prefix, context)
    },
  },
  [ESCROW_PAYMENT]: {
    keys: ['merchantId transactionId', 'transactionId'],
    resolveReference: ({ transactionId, merchantId: asked }, context) => {
      const merchantId = asked === undefined ? null : (asId(asked) as string | null)
      return { __typename: ESCROW_PAYMENT, ...escrowPayment(asId(transactionId), merchantId, context) }
    },
  },
  [OPERATION]: {
    keys: ['id'],
    resolveReference: async ({ id }, context) => {
      requireScope('operations:read', context)
      const operation = await operationById(lookupId(exactId(id), 'id'), context)
      return operation && { __typename: OPERATION, ...operation }
    },
  },
  [PAYMENT]: {
    keys: ['merchantId transactionId'],
    resolveReference: async (representation, context) => {
      requireScope('payments:read', context)
      const merchantId = lookupId(exactId(representation['merchantId']), 'merchantId')
      const transactionId = lookupId(exactId(representation['transactionId']), 'transactionId')
      requireAccess('payments:read', merchantId, context)
      const payment = await paymentByKey({ merchantId, transactionId }, context)
      return payment && { __typename: PAYMENT, ...payment }
    },
  },
}
