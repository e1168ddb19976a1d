import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'cancelPayment'> = {
  path: '/cancel/cancel',
  effect: 'update',
  scope: 'payments:cancel',
  signed: ['mid', 'mkey', 'timestamp'],
  ids: ['transactionId'],
  full: {
    input: {
      paymentMethod: 'MOBILE',
      transactionId: 'TID-2019-0001',
      amount: '10.50',
      currency: 'USD',
      networkCancel: true,
    },
    form: { payType: 'hpp', tid: 'TID-2019-0001', price: '10.50', currency: 'USD', cancelType: 'C' },
  },
  minimal: {
    input: { paymentMethod: 'CARD', transactionId: 'TID-1', amount: '1004', currency: 'KRW' },
    form: { payType: 'card', tid: 'TID-1', price: '1004', currency: 'WON' },
  },
  answer: {
    Mid: 'welcometst',
    Tid: 'TID-1',
    Moid: 'ORDER-9',
    Price: '1004',
    CancelDate: '20190906',
    CancelTime: '110102',
  },
  result: {
    type: 'PaymentCancellation',
    merchantId: 'welcometst',
    transactionId: 'TID-1',
    orderId: 'ORDER-9',
    amount: '1004',
    canceledAt: '2019-09-06T02:01:02.000Z',
  },
  known: ['transactionId'],
  sandboxForm: { payType: 'card', tid: 'SANDBOX-CARD-1', price: '50000', currency: 'WON' },
  example: { paymentMethod: 'CARD', transactionId: 'SANDBOX-CARD-1', amount: '50000', currency: 'KRW' },
}
