import { CARD_COMPANIES } from '../definition/code-tables.ts'
import { CARD_TYPE } from '../definition/enums.ts'
import { digitText } from '../definition/request-fields.ts'
import { answeredChoice, answeredCode, answeredText, merchantId, sentText } from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'

// Chapter 5 of the contract: what the first digits of a card number tell.

export const lookUpCardPrefix = defineService({
  name: 'lookUpCardPrefix',
  about: 'Looks up card company, type and name by the first six digits of a card number',
  korean: '신용카드 PREFIX 조회',
  page: 'payapi05 5.1',
  path: '/search/card/prefix',
  success: '00',
  effect: 'lookup',
  cacheable: true,
  signed: ['mid', 'mkey', 'cardNumber', 'timestamp'],
  request: {
    prefix: digitText('cardNumber', '카드번호', 'The first six digits of the card number, no more', {
      size: 6,
      lengths: [6],
    }),
  },
  result: {
    type: 'CardPrefix',
    about: 'What the first six digits of a card number tell. 신용카드 PREFIX',
    fields: {
      merchantId,
      prefix: sentText('cardNumber', '카드번호', 'The six digits that were asked for'),
      cardCompany: answeredCode('CardCode', '카드코드', 'Card company', CARD_COMPANIES),
      cardType: answeredChoice('CardType', '카드종류', 'Type of card', CARD_TYPE),
      cardName: answeredText('CardName', '카드명', 'Name of the card'),
    },
  },
})
