import { describe, expect, it } from 'vitest'
import { CARD_FIELDS, type CardFieldName, cardOf, digitsOf, problemOf } from '../../src/react/card-values.ts'

const TODAY = new Date('2026-11-30T12:00:00Z')

const format = (name: CardFieldName, text: string) => CARD_FIELDS[name].format(digitsOf(text))

describe('what is typed is shown', () => {
  it.each<[CardFieldName, string, string]>([
    ['number', '', ''],
    ['number', '4', '4'],
    ['number', '4000', '4000'],
    ['number', '40000', '4000 0'],
    ['number', '4000000000000002', '4000 0000 0000 0002'],
    ['number', '４０００－００００', '4000 0000'],
    ['number', '378282246310005', '3782 822463 10005'],
    ['expiry', '1', '1'],
    ['expiry', '12', '12'],
    ['expiry', '123', '12 / 3'],
    ['expiry', '5', '05'],
    ['expiry', '529', '05 / 29'],
    ['expiry', '12/2029', '12 / 29'],
    ['holderId', '900101', '900101'],
    ['passwordPrefix', '12', '12'],
  ])('%s %j as %j', (name, text, shown) => {
    expect(format(name, text)).toBe(shown)
    expect(format(name, shown)).toBe(shown)
  })
})

describe('what is wrong with', () => {
  it.each<[CardFieldName, string, string | undefined]>([
    ['number', '', 'REQUIRED'],
    ['number', ' - ', 'REQUIRED'],
    ['number', '4000 0000 0000 0002', undefined],
    ['number', '3782 822463 10005', undefined],
    ['number', '4000 0000 0000 0001', 'INVALID_CARD_NUMBER'],
    ['number', '0000', 'INVALID_CARD_NUMBER'],
    ['expiry', '11 / 26', undefined],
    ['expiry', '10 / 26', 'EXPIRED'],
    ['expiry', '01 / 27', undefined],
    ['expiry', '12', 'INVALID_FORMAT'],
    ['expiry', '13 / 29', 'INVALID_FORMAT'],
    ['expiry', '00 / 29', 'INVALID_FORMAT'],
    ['holderId', '900101', undefined],
    ['holderId', '1234567890', undefined],
    ['holderId', '9001011', 'INVALID_FORMAT'],
    ['passwordPrefix', '1', 'INVALID_FORMAT'],
    ['passwordPrefix', '12', undefined],
  ])('%s %j is %s', (name, text, problem) => {
    expect(problemOf(name, text, TODAY)).toBe(problem)
  })

  it('a card is its month, as it is in Korea', () => {
    expect(problemOf('expiry', '11 / 26', new Date('2026-11-30T14:59:59Z'))).toBeUndefined()
    expect(problemOf('expiry', '11 / 26', new Date('2026-11-30T15:00:00Z'))).toBe('EXPIRED')
  })
})

it('a card is sent in digits alone, and what was not asked for is not sent', () => {
  expect(cardOf({ number: '4000 0000 0000 0002', expiry: '05 / 29' })).toEqual({
    number: '4000000000000002',
    expiryMonth: '05',
    expiryYear: '29',
  })
  expect(cardOf({ number: '4', expiry: '12 / 2031', holderId: '900101', passwordPrefix: '12' })).toEqual({
    number: '4',
    expiryMonth: '12',
    expiryYear: '31',
    holderId: '900101',
    passwordPrefix: '12',
  })
})
