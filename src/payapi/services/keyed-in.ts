import { group, optional, withDefault } from '../definition/request-fields.ts'
import { defineService } from '../definition/service.ts'
import { chargeCardBillingKey } from './billing.ts'
import {
  buyer,
  card,
  goodsName,
  holderId,
  installmentMonths,
  interestFree,
  orderId,
  passwordPrefix,
  price,
  taxAmounts,
  taxesWithinAmount,
  vatAtMostATenth,
} from './common.ts'

// Chapter 4 of the contract: charging a card whose number the shop was told.

const legacy = 'Only for merchants set to legacy authentication'

export const chargeKeyedInCard = defineService({
  name: 'chargeKeyedInCard',
  about: 'Charges a card by its number',
  korean: '신용카드 키인결제',
  page: 'payapi04 4.1',
  path: '/noauth/pay/card',
  success: '00',
  effect: 'charge',
  step: 'APPROVAL',
  paidBy: 'CARD',
  signed: ['mid', 'mkey', 'oid', 'price', 'timestamp'],
  request: {
    card: group('KeyedInCard', 'A card whose number was keyed in. 카드.', {
      ...card,
      holderId: optional({ ...holderId, about: `${holderId.about}. ${legacy}` }),
      passwordPrefix: optional({ ...passwordPrefix, about: `${passwordPrefix.about}. ${legacy}` }),
    }),
    installmentMonths: withDefault(installmentMonths, 0),
    interestFree: withDefault(interestFree, false),
    orderId,
    amount: price,
    ...taxAmounts,
    goodsName,
    buyer,
  },
  rules: [vatAtMostATenth('price'), taxesWithinAmount('price')],
  result: chargeCardBillingKey.result,
})
