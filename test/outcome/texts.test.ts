import { describe, expect, it } from 'vitest'
import { fieldLabel, UNNAMED_FIELD } from '../../src/outcome/field-labels.ts'
import { interpret, type Localized } from '../../src/outcome/index.ts'
import { issueText } from '../../src/outcome/issue-texts.ts'
import { DONE, MESSAGES } from '../../src/outcome/texts.ts'
import { SERVICES } from '../../src/payapi/index.ts'
import { fieldsOf } from '../../src/payapi/wire/validate-input.ts'
import { INPUT_PATHS, valuesOf } from '../support/outcome/schema.ts'

const CODES = valuesOf('PayApiInputIssueCode')

const messages = { ...DONE, ...MESSAGES }

const TEXTS: readonly (readonly [string, Localized])[] = [
  ...Object.entries(messages).flatMap(
    ([name, { title, text }]) =>
      [
        [`title of ${name}`, title],
        [`text of ${name}`, text],
      ] as const,
  ),
  ...INPUT_PATHS.map((path) => [`label of ${path.join('.')}`, fieldLabel(path)] as const),
  ...CODES.map((code) => [`text of ${code}`, issueText(code)] as const),
  ['label of another field', UNNAMED_FIELD],
  ['text of another code', issueText('CODE_OF_A_LATER_VERSION')],
]

/** Names that PayAPI's forms use, less those that are words of everyday. */
const WIRE = new Set(
  Object.values(SERVICES)
    .flatMap(({ input }) => fieldsOf(input))
    .map(({ field }) => field.wire)
    .filter((wire) => !['', 'currency', 'price', 'goods', 'tax', 'charge'].includes(wire)),
)

/** Words of ours, of the protocol and of the code, and names of enum values. */
const INTERNAL = [
  /PayAPI|GraphQL|journal|idempoten|operation|facade|server|merchant|outcome|저널|멱등|서버|작업|가맹점|[_`]/i,
  /PG|API|HTTP|URL|\p{Lu}{4,}/u,
]

describe('what a buyer reads', () => {
  it.each(TEXTS)('%s is there in both languages', (_, { ko, en }) => {
    expect(ko).toMatch(/\p{Script=Hangul}/u)
    expect(en).not.toMatch(/\p{Script=Hangul}/u)
    expect(en).toMatch(/[a-z]/i)
  })

  it.each(TEXTS)('%s holds no internal word and no wire name', (_, { ko, en }) => {
    for (const word of INTERNAL) expect(`${ko} ${en}`).not.toMatch(word)
    expect(en.split(/[^A-Za-z]+/).filter((word) => WIRE.has(word))).toEqual([])
  })
})

const UNSURE = [
  { __typename: 'PayApiTransportError', outcome: 'UNKNOWN' },
  { __typename: 'PayApiIdempotencyConflict', outcome: 'NOT_PROCESSED', retryable: true },
  { __typename: 'PayApiIdempotencyConflict', outcome: 'NOT_PROCESSED', retryable: false },
  { __typename: 'PayApiRefundRefused', outcome: 'NOT_PROCESSED', reason: 'CANCEL_UNSETTLED', retryable: false },
  { __typename: 'PayApiOperation', state: 'IN_PROGRESS' },
]

it.each(UNSURE)('of %o nobody reads that it was not processed, or failed', (member) => {
  const { title, text } = interpret(member)
  expect(`${title.en} ${text.en}`).not.toMatch(/not (been )?(processed|charged|paid|completed|sent)|fail|declined/i)
  expect(`${title.ko} ${text.ko}`).not.toMatch(/않았|실패|거절|못했/)
})

it.each([
  { __typename: 'PayApiInvalidInput' },
  { __typename: 'PayApiTransportError', outcome: 'NOT_PROCESSED', retryable: true },
  { __typename: 'PgFailure' },
])('of %o one reads of this request alone: an earlier one may have been processed', (member) => {
  const { text } = interpret(member)
  expect(text.en).toMatch(/this request/i)
  expect(text.ko).toContain('이번 요청')
  expect(`${text.en} ${text.ko}`).not.toMatch(/not (been )?charged|청구/)
})

it('every field of every input has a label', () => {
  expect(INPUT_PATHS.filter((path) => fieldLabel(path) === UNNAMED_FIELD)).toEqual([])
  expect(INPUT_PATHS.length).toBeGreaterThan(100)
})

it('fields that are two things to a buyer have two labels', () => {
  const english = (...path: string[]) => fieldLabel(path).en
  expect(new Set(['card.number', 'refundAccount.accountNumber'].map((path) => english(...path.split('.')))).size).toBe(
    2,
  )
  const names = ['buyer', 'recipient', 'sender', 'goods', 'courier'].map((group) => english(group, 'name'))
  expect(new Set(names).size).toBe(5)
})

it('an item of a list is called as the list is, and a field of a later version has a label', () => {
  expect(fieldLabel(['installmentOptions', '3'])).toEqual(fieldLabel(['installmentOptions']))
  expect(fieldLabel(['constructor'])).toBe(UNNAMED_FIELD)
  expect(fieldLabel([])).toBe(UNNAMED_FIELD)
})

it('every code says something of its own, or that the shop must correct it', () => {
  expect(CODES.filter((code) => issueText(code) === issueText('CODE_OF_A_LATER_VERSION'))).toEqual([])
  expect(CODES.filter((code) => /shop/.test(issueText(code).en))).toEqual([
    'UNKNOWN_FIELD',
    'UNKNOWN_MERCHANT',
    'UNSUPPORTED',
  ])
})

it('the fields of an invalid input say where, what and how', () => {
  const issues = [
    { path: ['card', 'number'], code: 'INVALID_CARD_NUMBER', message: '카드번호 (`cardNumber`) must be …' },
    { path: ['buyer', 'email'], code: 'CODE_OF_A_LATER_VERSION', message: '…' },
  ]
  const { fields } = interpret({ __typename: 'PayApiInvalidInput', outcome: 'NOT_PROCESSED', retryable: false, issues })
  expect(fields).toMatchObject([
    { path: ['card', 'number'], code: 'INVALID_CARD_NUMBER', label: { ko: '카드 번호', en: 'Card number' } },
    { path: ['buyer', 'email'], label: { ko: '이메일' }, text: { en: 'Please check this.' } },
  ])
  expect(JSON.stringify(fields)).not.toContain('cardNumber')
})
