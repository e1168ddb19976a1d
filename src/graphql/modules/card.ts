import { CHAPTERS } from '../../payapi/index.ts'
import { builder } from '../builder.ts'
import { publishMutations, resultUnion } from '../publish.ts'
import { demand } from '../rights.ts'
import { needs, scopeOf } from '../scopes.ts'

publishMutations(CHAPTERS.card)

const { lookUpCardPrefix } = CHAPTERS.card
const scope = scopeOf(lookUpCardPrefix)

builder.queryField('cardPrefix', (t) =>
  t.field({
    type: resultUnion(lookUpCardPrefix),
    description: `${lookUpCardPrefix.about}. ${lookUpCardPrefix.korean}, \`${lookUpCardPrefix.path}\`. ${needs(scope)}`,
    args: {
      prefix: t.arg.string({
        required: true,
        description: 'The first six digits of a card number, no more. 카드번호, `cardNumber`.',
      }),
      merchantId: t.arg.id({
        description: 'Which of the configured merchants asks; the default one where it is left out. 가맹점ID, `mid`.',
      }),
    },
    resolve: (_, { prefix, merchantId }, context) => {
      demand(scope, merchantId, context)
      return context.perform(lookUpCardPrefix, { prefix }, { merchantId })
    },
  }),
)
