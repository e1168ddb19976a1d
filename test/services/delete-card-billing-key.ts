import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'deleteCardBillingKey'> = {
  path: '/billing/billkey/delete',
  effect: 'update',
  scope: 'billing:manage',
  signed: ['mid', 'mkey', 'timestamp'],
  ids: ['billingKey'],
  full: { input: { billingKey: 'BILLKEY-0001' }, form: { billkey: 'BILLKEY-0001' } },
  minimal: { input: { billingKey: 'KEY' }, form: { billkey: 'KEY' } },
  answer: {},
  result: { type: 'DeletedBillingKey', merchantId: 'welcometst', billingKey: 'KEY' },
  known: ['billingKey'],
  sandboxForm: { billkey: 'SANDBOX-CARDKEY-2' },
  example: { billingKey: 'SANDBOX-CARDKEY-2' },
}
