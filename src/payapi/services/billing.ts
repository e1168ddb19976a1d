import { CARD_COMPANIES } from '../definition/code-tables.ts'
import { CARD_KIND } from '../definition/enums.ts'
import { group, integer, optional, text } from '../definition/request-fields.ts'
import {
  answeredAmount,
  answeredChoice,
  answeredCode,
  answeredId,
  answeredInstant,
  answeredText,
  merchantId,
  sentId,
  sometimes,
} from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'
import {
  billingKey,
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
  twoDigits,
  vatAtMostATenth,
} from './common.ts'

// Chapter 3 of the contract: billing keys, and charging with them.

const billingDay = optional(
  integer(
    'payPeriodCode',
    '결제주기코드',
    'Day of the month on which the shop charges; a note for the merchant console only',
    {
      size: 4,
      range: '1 to 31',
      allows: (value) => value >= 1 && value <= 31,
      write: (value) => `M${twoDigits(value)}`,
    },
  ),
)

const memo = text('etc', '비고', 'Remarks', 100)

const keyFields = {
  merchantId,
  billingKey: answeredId(
    'Billkey',
    '빌키',
    'The new billing key. Whoever has it can charge the card: store it like a password',
  ),
  cardCompany: answeredCode('CardResultCode', '카드사 코드', 'Card company', CARD_COMPANIES),
  amount: answeredAmount('Price', '금액', 'Amount; 0 as no money moves'),
  issuedAt: answeredInstant('PayDate', 'PayTime', '빌키발급 날짜·시간', 'When the key was issued'),
  transactionId: answeredId('tid', '거래번호', 'Transaction id of the issue'),
}

const keyResult = { type: 'CardBillingKey', about: 'A billing key for a card. 신용카드 빌키' }

export const issueCardBillingKey = defineService({
  name: 'issueCardBillingKey',
  about: 'Issues a billing key for a card, with authentication of its holder',
  korean: '신용카드 빌키 발급',
  page: 'payapi03 3.1',
  path: '/billing/billkey/card',
  success: '00',
  effect: 'update',
  signed: ['mid', 'mkey', 'cardNumber', 'timestamp'],
  request: {
    goodsName,
    amount: optional(price),
    buyer,
    card: group('AuthenticatedCard', 'A card with what authenticates its holder. 카드.', {
      ...card,
      holderId,
      passwordPrefix,
    }),
    billingDay,
    memo,
  },
  result: {
    ...keyResult,
    fields: { ...keyFields, cardKind: answeredChoice('CardKind', '카드종류', 'Whom the card belongs to', CARD_KIND) },
  },
})

export const issueCardBillingKeyWithoutAuth = defineService({
  name: 'issueCardBillingKeyWithoutAuth',
  about: 'Issues a billing key for a card, without authentication of its holder',
  korean: '신용카드 비인증 빌키 발급',
  page: 'payapi03 3.2',
  path: '/noauth/billkey/card',
  success: '00',
  effect: 'update',
  signed: ['mid', 'mkey', 'cardNumber', 'timestamp'],
  request: {
    goodsName,
    amount: optional(price),
    buyer,
    card: group('Card', 'A card. 카드.', card),
    billingDay,
    memo: optional(memo),
  },
  result: { ...keyResult, fields: keyFields },
})

export const chargeCardBillingKey = defineService({
  name: 'chargeCardBillingKey',
  about: 'Charges a card by its billing key',
  korean: '신용카드 빌링 승인',
  page: 'payapi03 3.3',
  path: '/billing/billpay',
  success: '00',
  effect: 'charge',
  step: 'APPROVAL',
  paidBy: 'CARD',
  signed: ['mid', 'mkey', 'oid', 'price', 'timestamp'],
  request: {
    orderId,
    goodsName,
    amount: price,
    ...taxAmounts,
    buyer,
    billingKey,
    installmentMonths: optional(installmentMonths),
    interestFree: optional(interestFree),
  },
  rules: [vatAtMostATenth('price'), taxesWithinAmount('price')],
  result: {
    type: 'CardPayment',
    about: 'A card that was charged. 신용카드 승인',
    fields: {
      merchantId,
      orderId: sentId('oid', '상점주문번호', "The shop's order number"),
      transactionId: answeredId('tid', '거래ID', 'Transaction id; a cancel needs it'),
      amount: answeredAmount('Price', '금액', 'Charged amount in won'),
      approvalNumber: answeredText('ApplNum', '승인번호', "The card company's approval number"),
      // Not in the contract, but merchants see it.
      cardCompany: sometimes(
        answeredCode('CardResultCode', '카드사 코드', 'Card company, where PayAPI names it', CARD_COMPANIES),
      ),
      approvedAt: answeredInstant('PayDate', 'PayTime', '승인 날짜·시간', 'When it was approved'),
    },
  },
})

export const deleteCardBillingKey = defineService({
  name: 'deleteCardBillingKey',
  about: 'Deletes the billing key of a card',
  korean: '신용카드 빌키 삭제',
  page: 'payapi03 3.4',
  path: '/billing/billkey/delete',
  success: '00',
  effect: 'update',
  signed: ['mid', 'mkey', 'timestamp'],
  request: { billingKey },
  result: {
    type: 'DeletedBillingKey',
    about: 'A billing key that no longer charges. 빌키 삭제',
    fields: { merchantId, billingKey: sentId('billkey', '빌키', 'The deleted billing key') },
  },
})

export const chargeMobileBillingKey = defineService({
  name: 'chargeMobileBillingKey',
  about: 'Charges a mobile phone by its billing key',
  korean: '휴대폰 빌키 승인',
  page: 'payapi03 3.5',
  path: '/billing/hppbillpay',
  success: '00',
  effect: 'charge',
  step: 'APPROVAL',
  paidBy: 'MOBILE',
  signed: ['mid', 'mkey', 'oid', 'price', 'timestamp'],
  request: { orderId, goodsName, amount: price, buyer, billingKey },
  result: {
    type: 'MobilePayment',
    about: 'A mobile phone that was charged. 휴대폰 승인',
    fields: {
      merchantId,
      orderId: sentId('oid', '상점주문번호', "The shop's order number"),
      transactionId: answeredId('tid', '거래ID', 'Transaction id; a cancel needs it'),
      amount: answeredAmount('Price', '금액', 'Charged amount in won'),
      approvedAt: answeredInstant('PayDate', 'PayTime', '승인 날짜·시간', 'When it was approved'),
    },
  },
})
