import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'denyEscrowPurchase'> = {
  path: '/escrow/buydeny',
  effect: 'update',
  scope: 'escrow:manage',
  signed: ['mid', 'mkey', 'timestamp'],
  ids: ['transactionId'],
  full: {
    input: {
      clientIp: '203.0.113.7',
      transactionId: 'TID-2019-0003',
      processedBy: '홍길동',
      reason: '색상이 다릅니다',
      refundAccount: { bankCode: '88', accountNumber: '1101234567890', holderName: '홍길동' },
    },
    form: {
      clientIp: '203.0.113.7',
      originalTid: 'TID-2019-0003',
      buyName: '홍길동',
      denyMsg: '색상이 다릅니다',
      refundBankCode: '88',
      refundAccount: '1101234567890',
      refundName: '홍길동',
    },
  },
  minimal: {
    input: { clientIp: '127.0.0.1', transactionId: 'TID-1', processedBy: 'Kim', refundAccount: { holderName: 'Kim' } },
    form: { clientIp: '127.0.0.1', originalTid: 'TID-1', buyName: 'Kim', refundName: 'Kim' },
  },
  answer: { ResultDate: '20190906', ResultTime: '110102' },
  result: {
    type: 'EscrowPurchaseDenial',
    merchantId: 'welcometst',
    transactionId: 'TID-1',
    deniedAt: '2019-09-06T02:01:02.000Z',
  },
  known: ['transactionId'],
  sandboxForm: {
    clientIp: '203.0.113.7',
    originalTid: 'SANDBOX-DELIVERED-2',
    buyName: '홍길동',
    denyMsg: '파손',
    refundBankCode: '88',
    refundAccount: '1234567890',
    refundName: '홍길동',
  },
  example: {
    clientIp: '127.0.0.1',
    transactionId: 'SANDBOX-DELIVERED-2',
    processedBy: '홍길동',
    reason: '상품이 다릅니다',
    refundAccount: { bankCode: '04', accountNumber: '1234567890123', holderName: '홍길동' },
  },
}
