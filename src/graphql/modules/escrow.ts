import { CHAPTERS } from '../../payapi/index.ts'
import { builder } from '../builder.ts'
import { publishMutations, resultUnion } from '../publish.ts'
import { demand } from '../rights.ts'
import { needs, scopeOf } from '../scopes.ts'

publishMutations(CHAPTERS.escrow)

const { checkEscrowStatus } = CHAPTERS.escrow
const scope = scopeOf(checkEscrowStatus)

builder.queryField('escrowStatus', (t) =>
  t.field({
    type: resultUnion(checkEscrowStatus),
    description: `${checkEscrowStatus.about}. ${checkEscrowStatus.korean}, \`${checkEscrowStatus.path}\`. ${needs(scope)}`,
    args: {
      transactionId: t.arg.id({ required: true, description: 'Transaction id of the payment. 거래ID, `tid`.' }),
      clientIp: t.arg({
        type: 'IPv4',
        description: 'IPv4 address of whoever asks; 127.0.0.1 where it is left out. IP, `clientIp`.',
      }),
      merchantId: t.arg.id({
        description: 'Which of the configured merchants asks; the default one where it is left out. 가맹점ID, `mid`.',
      }),
    },
    resolve: (_, { merchantId, ...lookup }, context) => {
      demand(scope, merchantId, context)
      return context.perform(checkEscrowStatus, lookup, { merchantId })
    },
  }),
)
