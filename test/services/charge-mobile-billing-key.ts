import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'chargeMobileBillingKey'> = {
  path: '/billing/hppbillpay',
  effect: 'charge',
  scope: 'payments:charge',
  signed: ['mid', 'mkey', 'oid', 'price', 'timestamp'],
  ids: ['billingKey', 'orderId'],
  full: {
    input: {
      orderId: 'ORDER-2',
      goodsName: '게임 아이템',
      amount: 5500n,
      buyer: { name: '홍길동', phone: '010-1234-5678', email: 'hong+shop@example.com' },
      billingKey: 'HPPKEY-0001',
    },
    form: {
      oid: 'ORDER-2',
      goodsName: '게임 아이템',
      price: '5500',
      buyerName: '홍길동',
      buyerTel: '010-1234-5678',
      buyerEmail: 'hong+shop@example.com',
      billkey: 'HPPKEY-0001',
    },
  },
  minimal: {
    input: { orderId: 'O-1', amount: '1004', buyer: { name: 'Kim' }, billingKey: 'KEY' },
    form: { oid: 'O-1', price: '1004', buyerName: 'Kim', billkey: 'KEY' },
  },
  answer: { PayDate: '20190906', PayTime: '110102', Price: '1004', tid: 'TID-1' },
  result: {
    type: 'MobilePayment',
    merchantId: 'welcometst',
    orderId: 'O-1',
    transactionId: 'TID-1',
    amount: '1004',
    approvedAt: '2019-09-06T02:01:02.000Z',
  },
  known: ['orderId'],
  sandboxForm: { buyerName: '홍길동', oid: 'ORDER-1', price: '1004', billkey: 'SANDBOX-MOBILEKEY-1' },
  example: {
    orderId: 'ORDER-7',
    amount: '9900',
    goodsName: '이모티콘',
    buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
    billingKey: 'SANDBOX-MOBILEKEY-1',
  },
}
