import { expect, it } from 'vitest'
import { CardPrefixDocument, LookUpCardPrefixDocument } from '../../../schema/operations.generated.ts'
import { exampleOf } from '../../support/graphql/operations.ts'
import { facadeForTest } from '../../support/server/facade.ts'

const KOOKMIN = {
  __typename: 'CardPrefix',
  merchantId: 'welcometst',
  prefix: '949094',
  cardCompany: { code: '06', name: '국민' },
  cardType: 'CREDIT',
  cardName: '국민',
}

it('lookUpCardPrefix tells company, type and name', async () => {
  const facade = await facadeForTest()
  const variables = exampleOf(LookUpCardPrefixDocument)
  expect(await facade.send(LookUpCardPrefixDocument, variables)).toEqual({ lookUpCardPrefix: KOOKMIN })
})

it('the query cardPrefix answers the same as the mutation', async () => {
  const facade = await facadeForTest()
  expect(await facade.send(CardPrefixDocument, exampleOf(CardPrefixDocument))).toEqual({
    cardPrefix: KOOKMIN,
  })
})

it('an unknown prefix is a PgFailure', async () => {
  const facade = await facadeForTest()
  expect(await facade.send(CardPrefixDocument, { prefix: '000000' })).toMatchObject({
    cardPrefix: { __typename: 'PgFailure', resultCode: '4001', outcome: 'NOT_PROCESSED' },
  })
})
