import type { Fixture } from './fixture.ts'

export const fixture: Fixture<'lookUpCardPrefix'> = {
  path: '/search/card/prefix',
  effect: 'lookup',
  scope: 'cards:lookup',
  signed: ['mid', 'mkey', 'cardNumber', 'timestamp'],
  ids: [],
  full: { input: { prefix: '949094' }, form: { cardNumber: '949094' } },
  minimal: { input: { prefix: '400000' }, form: { cardNumber: '400000' } },
  answer: { CardCode: '06', CardType: '1', CardName: '국민 체크' },
  result: {
    type: 'CardPrefix',
    merchantId: 'welcometst',
    prefix: '400000',
    cardCompany: { code: '06', name: '국민' },
    cardType: 'CHECK',
    cardName: '국민 체크',
  },
  known: ['prefix'],
  sandboxForm: { cardNumber: '949094' },
  example: { prefix: '949094' },
  query: { field: 'cardPrefix', example: { prefix: '949094' } },
}
