import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'confirmEscrowDenial'> = {
  path: '/escrow/denyconfirm',
  effect: 'update',
  scope: 'escrow:manage',
  signed: ['mid', 'mkey', 'timestamp'],
  ids: ['transactionId'],
  full: {
    input: { clientIp: '203.0.113.7', transactionId: 'TID-2019-0003', processedBy: '김상점' },
    form: { clientIp: '203.0.113.7', originalTid: 'TID-2019-0003', dcnfName: '김상점' },
  },
  minimal: {
    input: { clientIp: '127.0.0.1', transactionId: 'TID-1', processedBy: 'Kim' },
    form: { clientIp: '127.0.0.1', originalTid: 'TID-1', dcnfName: 'Kim' },
  },
  answer: { ResultDate: '20190906', ResultTime: '110102' },
  result: {
    type: 'EscrowDenialConfirmation',
    merchantId: 'welcometst',
    transactionId: 'TID-1',
    confirmedAt: '2019-09-06T02:01:02.000Z',
  },
  known: ['transactionId'],
  sandboxForm: { clientIp: '203.0.113.7', originalTid: 'SANDBOX-DENIED-1', dcnfName: '담당자' },
  example: { clientIp: '127.0.0.1', transactionId: 'SANDBOX-DENIED-1', processedBy: '김판매' },
}
