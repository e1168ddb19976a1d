import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'issueCardBillingKeyWithoutAuth'> = {
  path: '/noauth/billkey/card',
  effect: 'update',
  scope: 'billing:manage',
  signed: ['mid', 'mkey', 'cardNumber', 'timestamp'],
  ids: [],
  full: {
    input: {
      goodsName: '정기 구독 (월간)',
      amount: '9900',
      buyer: { name: '홍길동', phone: '010-1234-5678', email: 'hong+shop@example.com' },
      card: { number: '4000000000000002', expiryYear: '30', expiryMonth: '07' },
      billingDay: 31,
      memo: '첫 달 무료',
    },
    form: {
      goodsName: '정기 구독 (월간)',
      price: '9900',
      buyerName: '홍길동',
      buyerTel: '010-1234-5678',
      buyerEmail: 'hong+shop@example.com',
      cardNumber: '4000000000000002',
      cardExpireYY: '30',
      cardExpireMM: '07',
      payPeriodCode: 'M31',
      etc: '첫 달 무료',
    },
  },
  minimal: {
    input: { buyer: { name: 'Kim' }, card: { number: '4000000000000002', expiryYear: '30', expiryMonth: '07' } },
    form: { buyerName: 'Kim', cardNumber: '4000000000000002', cardExpireYY: '30', cardExpireMM: '07' },
  },
  answer: { CardResultCode: '17', Billkey: 'KEY-1', Price: '0', PayDate: '20190906', PayTime: '110102', tid: 'TID-1' },
  result: {
    type: 'CardBillingKey',
    merchantId: 'welcometst',
    billingKey: 'KEY-1',
    cardCompany: { code: '17', name: '하나카드' },
    amount: '0',
    issuedAt: '2019-09-06T02:01:02.000Z',
    transactionId: 'TID-1',
  },
  known: [],
  sandboxForm: { buyerName: '홍길동', cardExpireYY: '30', cardExpireMM: '12', cardNumber: '4000000000000002' },
  example: {
    buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
    card: { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' },
    goodsName: '정기구독',
    billingDay: 25,
  },
}
