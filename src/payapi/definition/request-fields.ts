import { isIPv4 } from 'node:net'
import * as z from 'zod'
import { passesLuhn } from '../../lib/redact.ts'
import type { Enumeration } from './enums.ts'
import type { InputField, InputFields, InputGroup, InputType, PartialForm } from './request-types.ts'
import {
  absoluteUrl,
  allVisible,
  asUrl,
  atMost,
  composedText,
  digits,
  firstBrokenRule,
  noBackslash,
  noSpaceAround,
  notEmpty,
  printable,
  type Rule,
  rule,
  wholeEscapes,
} from './value-rules.ts'

interface FieldSpec<Wire extends string, Value> {
  readonly wire: Wire
  readonly korean: string
  readonly about: string
  readonly type: InputType
  readonly size?: number | undefined
  readonly encrypted?: boolean
  readonly schema: z.ZodType<string, Value>
}

function field<Wire extends string, Value>(spec: FieldSpec<Wire, Value>): InputField<Wire, Value, true> {
  return {
    size: undefined,
    encrypted: false,
    ...spec,
    sent: true,
    fillable: false,
    impliedText: undefined,
    required: true,
    fallback: undefined,
    defaultValue: undefined,
  }
}

/** A field that is given as a text, and sent as it is but for its composition (NFC). */
function textField<Wire extends string>(
  spec: Omit<FieldSpec<Wire, string>, 'schema'>,
  ...rules: readonly Rule<string>[]
): InputField<Wire, string, true> {
  const schema = composedText(spec.size).check(firstBrokenRule(notEmpty, printable, ...rules, ...atMost(spec.size)))
  return field({ ...spec, schema })
}

export function text<Wire extends string>(wire: Wire, korean: string, about: string, size?: number) {
  return textField({ wire, korean, about, type: 'string', size })
}

/**
 * An id that the merchant or PayAPI chose; its characters mean nothing here. Two ids that look alike to a person must not
 * be two ids to a machine: one order would be charged twice.
 */
export function id<Wire extends string>(wire: Wire, korean: string, about: string, size?: number) {
  return textField({ wire, korean, about, type: 'id', size }, noSpaceAround, allVisible)
}

/** A text of digits only, of the lengths given. */
export function digitText<Wire extends string>(
  wire: Wire,
  korean: string,
  about: string,
  rules: { size?: number; lengths: readonly number[]; encrypted?: boolean },
) {
  const { lengths } = rules
  return textField(
    { wire, korean, about, type: 'string', size: rules.size, encrypted: rules.encrypted ?? false },
    digits(`must be ${lengths.join(' or ')} digits`, new RegExp(`^(?:${lengths.map((n) => `\\d{${n}}`).join('|')})$`)),
  )
}

/** A full card number: 13 to 16 digits that pass the Luhn check. Sent encrypted. */
export function cardNumber<Wire extends string>(wire: Wire, korean: string, about: string, size: number) {
  return textField(
    { wire, korean, about, type: 'string', size, encrypted: true },
    digits('must be digits only', /^\d+$/),
    ...atMost(size),
    rule('INVALID_CARD_NUMBER', 'is not a card number', (text) => text.length >= 13 && passesLuhn(text)),
  )
}

/** A month of two digits, 01 to 12. */
export function month<Wire extends string>(wire: Wire, korean: string, about: string, size: number) {
  return textField(
    { wire, korean, about, type: 'string', size },
    digits('must be two digits', /^\d{2}$/),
    rule('OUT_OF_RANGE', 'must be 01 to 12', (text) => Number(text) >= 1 && Number(text) <= 12),
  )
}

/** What may be given as an amount: a decimal string or a whole number. Never a fraction as a float. */
type AmountInput = string | number | bigint

const isExact = (value: AmountInput) => typeof value !== 'number' || Number.isSafeInteger(value)

/**
 * An amount of money. `zero` lets it be 0; `decimals` lets it have up to two decimals (dollars), otherwise it is whole (won).
 * Leading zeros are dropped, so one amount has one text.
 */
export function amount<Wire extends string>(
  wire: Wire,
  korean: string,
  about: string,
  rules: { size?: number; zero?: boolean; decimals?: boolean } = {},
) {
  const shape = rules.decimals
    ? digits('must be digits, with up to two decimals and no commas', /^\d+(?:\.\d{1,2})?$/)
    : digits('must be whole, digits only, without commas', /^\d+$/)
  const isPositive = rule<string>('OUT_OF_RANGE', 'must be greater than 0', (text) => rules.zero || /[1-9]/.test(text))
  const schema = z
    .union([z.string(), z.bigint(), z.number()])
    .check(firstBrokenRule(rule('INVALID_FORMAT', 'must be a whole number or a decimal string', isExact)))
    .transform((value) => String(value).replace(/^0+(?=\d)/, ''))
    .check(firstBrokenRule(notEmpty, shape, isPositive, ...atMost(rules.size)))
  return field<Wire, AmountInput>({ wire, korean, about, type: 'amount', size: rules.size, schema })
}

/**
 * A whole number that `allows` lets through, as `range` says in words; `write` gives its wire text, plain digits where
 * it is left out.
 */
export function integer<Wire extends string>(
  wire: Wire,
  korean: string,
  about: string,
  rules: { size?: number; range: string; allows: (value: number) => boolean; write?: (value: number) => string },
) {
  const schema = z
    .number()
    .check(
      firstBrokenRule(
        rule('OUT_OF_RANGE', `must be ${rules.range}`, (value) => Number.isSafeInteger(value) && rules.allows(value)),
      ),
    )
    .transform(rules.write ?? String)
    .check(firstBrokenRule(...atMost(rules.size)))
  return field({ wire, korean, about, type: 'integer', size: rules.size, schema })
}

/** Whole numbers, each checked and written as by `integer`, joined by colons. */
export function integers<Wire extends string>(
  wire: Wire,
  korean: string,
  about: string,
  rules: { size: number; range: string; allows: (value: number) => boolean; write: (value: number) => string },
) {
  const schema = z
    .array(
      z
        .number()
        .check(
          firstBrokenRule(
            rule('OUT_OF_RANGE', `must be ${rules.range}`, (value) => Number.isInteger(value) && rules.allows(value)),
          ),
        ),
    )
    .readonly()
    .transform((values) => values.map(rules.write).join(':'))
    .check(firstBrokenRule(...atMost(rules.size)))
  return field({ wire, korean, about, type: 'integers', size: rules.size, schema })
}

/** Yes or no, with the wire text of each; an empty text leaves the field out of the form. */
export function flag<Wire extends string>(
  wire: Wire,
  korean: string,
  about: string,
  rules: { size: number; yes: string; no: string },
) {
  const schema = z.boolean().transform((value) => (value ? rules.yes : rules.no))
  return field({ wire, korean, about, type: 'boolean', size: rules.size, schema })
}

/** One of an enumeration's values. */
export function choice<Wire extends string, Name extends string>(
  wire: Wire,
  korean: string,
  about: string,
  list: Enumeration<Name>,
  size?: number,
) {
  const known = rule<string>('UNKNOWN_VALUE', `must be one of ${Object.keys(list.values).join(', ')}`, (name) =>
    Object.hasOwn(list.values, name),
  )
  const schema = z
    .string()
    .check(firstBrokenRule(known))
    .transform((name) => list.values[name as Name].wire[0])
  return field<Wire, Name>({
    wire,
    korean,
    about,
    type: list,
    size,
    schema: schema as unknown as z.ZodType<string, Name>,
  })
}

/** A calendar date, given as ISO 8601 (`YYYY-MM-DD`), written `YYYYMMDD`. */
export function date<Wire extends string>(wire: Wire, korean: string, about: string) {
  const real = rule<string>(
    'INVALID_FORMAT',
    'must be a date as YYYY-MM-DD',
    (value) => z.iso.date().safeParse(value).success,
  )
  const schema = z
    .string()
    .check(firstBrokenRule(notEmpty, printable, real))
    .transform((value) => value.replaceAll('-', ''))
  return field({ wire, korean, about, type: 'date', schema })
}

/**
 * An address that a browser or PayAPI opens: http or https. What is no character of a URL is written as a browser writes
 * it, so that all who read it read the same; what different readers take for different addresses is refused.
 */
export function url<Wire extends string>(wire: Wire, korean: string, about: string, size: number) {
  const schema = composedText(size)
    .check(firstBrokenRule(notEmpty, printable, noSpaceAround, allVisible, absoluteUrl, noBackslash))
    .transform(asUrl)
    .check(firstBrokenRule(wholeEscapes, ...atMost(size)))
  return field({ wire, korean, about, type: 'url', size, schema })
}

/** An e-mail address. Only its rough shape is checked: an unusual address must not stop a payment. */
export function email<Wire extends string>(wire: Wire, korean: string, about: string, size: number) {
  return textField(
    { wire, korean, about, type: 'email', size },
    rule('INVALID_FORMAT', 'must be an e-mail address', (value) => /^[^\s@]+@[^\s@]+$/.test(value)),
  )
}

/** An IPv4 address in dotted form. */
export function ipv4<Wire extends string>(wire: Wire, korean: string, about: string, size: number) {
  return textField(
    { wire, korean, about, type: 'ipv4', size },
    rule('INVALID_FORMAT', 'must be an IPv4 address', isIPv4),
  )
}

/** Makes a field or a group optional: a caller may leave it out or give null. */
export function optional<Wire extends string, Value>(
  entry: InputField<Wire, Value>,
  fallback?: (form: PartialForm) => string | undefined,
): InputField<Wire, Value, false>
export function optional<Fields extends InputFields>(entry: InputGroup<Fields>): InputGroup<Fields, false>
export function optional(
  entry: InputField | InputGroup,
  fallback?: (form: PartialForm) => string | undefined,
): InputField | InputGroup {
  return 'group' in entry ? { ...entry, required: false } : { ...entry, required: false, fallback }
}

/** A field of the request that is not sent. */
export function unsent<Wire extends string, Value, Required extends boolean>(
  entry: InputField<Wire, Value, Required>,
): InputField<Wire, Value, Required> {
  return { ...entry, sent: false }
}

/** A field that must be given, unless somebody carries the payment to its end and fills it in. */
export function fillable<Wire extends string, Value, Required extends boolean>(
  entry: InputField<Wire, Value, Required>,
): InputField<Wire, Value, Required> {
  return { ...entry, fillable: true }
}

/** A field of which one wire text is not sent, because PayAPI takes it for granted. */
export function implied<Wire extends string, Value, Required extends boolean>(
  entry: InputField<Wire, Value, Required>,
  impliedText: string,
): InputField<Wire, Value, Required> {
  return { ...entry, impliedText }
}

/** A field that means a value where it is left out, and is sent all the same. */
export function withDefault<Wire extends string, Value>(
  entry: InputField<Wire, Value>,
  defaultValue: Value,
): InputField<Wire, Value, false> {
  const wireText = entry.schema.parse(defaultValue)
  return { ...entry, required: false, defaultValue, fallback: () => wireText }
}

/** Declares fields that belong together under one name. */
export function group<const Fields extends InputFields>(
  name: string,
  about: string,
  fields: Fields,
): InputGroup<Fields, true> {
  return { group: name, about, required: true, fields }
}
