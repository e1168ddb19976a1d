import { requireAccess } from '../../auth/authorize.ts'
import { scopeOf, scopeSentence } from '../../auth/scopes.ts'
import { SERVICES } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import { resultUnion } from './services.ts'

// The services that change nothing are queries as well as mutations.

const { lookUpCardPrefix, checkEscrowStatus } = SERVICES
const prefixScope = scopeOf(lookUpCardPrefix)
const escrowScope = scopeOf(checkEscrowStatus)

builder.queryField('cardPrefix', (t) =>
  t.field({
    type: resultUnion(lookUpCardPrefix),
    description: `${lookUpCardPrefix.about}. ${lookUpCardPrefix.korean}, \`${lookUpCardPrefix.path}\`. ${scopeSentence(prefixScope)}`,
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
      requireAccess(prefixScope, merchantId, context)
      return context.perform(lookUpCardPrefix, { prefix }, { merchantId })
    },
  }),
)

builder.queryField('escrowStatus', (t) =>
  t.field({
    type: resultUnion(checkEscrowStatus),
    description: `${checkEscrowStatus.about}. ${checkEscrowStatus.korean}, \`${checkEscrowStatus.path}\`. ${scopeSentence(escrowScope)}`,
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
      requireAccess(escrowScope, merchantId, context)
      return context.perform(checkEscrowStatus, lookup, { merchantId })
    },
  }),
)
