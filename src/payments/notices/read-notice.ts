import { type NoticeAccount, type NoticeFacts, OF_ACCOUNTS } from '../../journal/records/notices.ts'
import { ESCROW_EVENT, valueFromWire } from '../../payapi/definition/enums.ts'
import { koreanInstant } from '../../payapi/wire/korean-time.ts'
import { holdsCardNumber, isCardField, withoutCardNumbers } from './card-data.ts'
import type { NoticeFieldName, NoticeShape } from './kinds.ts'
import type { SentField } from './read-fields.ts'

/** A notice as it may be kept: nothing of a card is in it. */
export interface ReadNotice {
  readonly shape: NoticeShape
  readonly facts: NoticeFacts
  /** All of its fields, also those that nobody knows. */
  readonly fields: readonly SentField[]
}

/** Reads a notice by the first shape that it has. Never throws, whatever is in it. */
export function readNotice(fields: readonly SentField[], shapes: readonly NoticeShape[]): ReadNotice {
  const sent = new SentTexts(fields)
  const shape =
    shapes.find(({ has }) => has === undefined || sent.text(has) !== undefined) ?? (shapes.at(-1) as NoticeShape)
  return {
    shape,
    facts: factsOf(sent, shape),
    fields: fields.filter(({ name }) => !isCardField(name)).map(kept(shape)),
  }
}

function factsOf(sent: SentTexts, shape: NoticeShape): NoticeFacts {
  const unreadable = new Set<string>()
  const text = (name: NoticeFieldName): string | null => {
    for (const wire of shape.fields[name] ?? []) {
      const value = sent.text(wire)
      if (value === undefined) continue
      if (value !== AMBIGUOUS) return value
      unreadable.add(wire)
      return null
    }
    return null
  }
  /** What stands there but makes no sense is told by its name. */
  const read = <Value>(name: NoticeFieldName, parse: (text: string) => Value | null): Value | null => {
    const value = text(name)
    const parsed = value === null ? null : parse(value)
    if (value !== null && parsed === null) unreadable.add(shape.fields[name]?.find((wire) => sent.has(wire)) ?? name)
    return parsed
  }
  const original = read('originalTransactionId', id)
  const own = read('transactionId', id)
  const free = (name: NoticeFieldName) => withoutCardNumbers(text(name) ?? '') || null
  const event = eventOf(sent, shape)
  const facts = {
    event,
    escrowEvent: read('escrowCode', (code) => valueFromWire(ESCROW_EVENT, code) ?? null),
    code: shape.codes
      .map((wire) => code(sent.text(wire)))
      .join(' ')
      .trim(),
    merchantId: read('merchantId', id),
    orderId: read('orderId', id),
    transactionId: original ?? own,
    ownTransactionId: original === null || original === own ? null : own,
    amount: read('amount', amount),
    occurredAt: occurredAt(text('dateTime') ?? `${text('date') ?? ''}${text('time') ?? ''}`),
    approvalNumber: free('approvalNumber'),
    account: event !== null && OF_ACCOUNTS.includes(event) ? accountOf(text, free) : null,
    payerName: free('payerName'),
    reason: free('reason'),
  }
  return { ...facts, unreadable: [...unreadable] }
}

const AMBIGUOUS = Symbol('ambiguous')

/** The texts of a notice by name, whatever their order. What is empty is not there. */
class SentTexts {
  readonly #values = new Map<string, Set<string>>()

  constructor(fields: readonly SentField[]) {
    for (const { name, value } of fields) {
      if (value === '') continue
      const known = this.#values.get(name)
      if (known === undefined) this.#values.set(name, new Set([value]))
      else known.add(value)
    }
  }

  /** Where a field stands there twice, no one may choose which of the two is meant. */
  text(wire: string): string | undefined | typeof AMBIGUOUS {
    const values = this.#values.get(wire)
    if (values === undefined) return undefined
    return values.size === 1 ? [...values][0] : AMBIGUOUS
  }

  has(wire: string): boolean {
    return this.#values.has(wire)
  }
}

function eventOf(sent: SentTexts, { events }: NoticeShape): NoticeFacts['event'] {
  const stands = ([wire, codes]: readonly [string, readonly string[]]) => {
    const value = sent.text(wire) ?? ''
    return value !== AMBIGUOUS && codes.includes(value)
  }
  const found = events.find(
    ({ when, unless = {} }) => Object.entries(when).every(stands) && !Object.entries(unless).some(stands),
  )
  return found?.event ?? null
}

/** A code is short; anything else in its place is nobody's business in a log. */
const code = (text: string | undefined | typeof AMBIGUOUS) =>
  typeof text === 'string' && /^[\w-]{1,16}$/.test(text) ? text : '?'

const MAX_ID = 100

/** Ids are compared with ours and stand in columns: nothing in them may be invisible, lost or a card number. */
function id(text: string): string | null {
  return text.length <= MAX_ID && !/[\p{Cc}\p{Cf}\ufffd]/u.test(text) && !holdsCardNumber(text) ? text : null
}

function amount(text: string): string | null {
  return /^\d{1,13}$/.test(text) ? text.replace(/^0+(?=\d)/, '') : null
}

function occurredAt(digits: string): number | null {
  const instant = /^\d{14}$/.test(digits) ? koreanInstant(digits.slice(0, 8), digits.slice(8)) : undefined
  return instant === undefined ? null : Date.parse(instant)
}

type Text = (name: NoticeFieldName) => string | null

function accountOf(text: Text, free: Text): NoticeAccount | null {
  const number = accountNumber(text('accountNumber') ?? '')
  const bank = text('bankCode')
  if (number === null) return null
  return {
    number,
    // Zero-padded to eight where the bank's own message is passed on.
    bankCode: bank !== null && /^\w{1,8}$/.test(bank) ? bank.slice(-2).padStart(2, '0') : null,
    bankName: free('bankName'),
    expiresAt: expiry(text('accountExpiry') ?? ''),
  }
}

/** By itself, or within `P_RMESG1`, whose separator may be lost, and which may be percent-encoded once more. */
function accountNumber(text: string): string | null {
  const named = /P_VACCT_NO(?:=|%3D)([\d-]{5,24})/i.exec(text)?.[1] ?? text
  const digits = named.replaceAll('-', '')
  return /^\d{5,20}$/.test(digits) && !holdsCardNumber(digits) ? digits : null
}

/** A day ends with its last second. */
function expiry(text: string): number | null {
  const digits = /P_EXP_DT(?:=|%3D)(\d{14}|\d{8})(?!\d)/i.exec(text)?.[1] ?? text
  return occurredAt(digits.length === 8 ? `${digits}235959` : digits)
}

/** Fields as they may be kept: what is plainly an id, a code, an amount or a time stands as it is. */
function kept({ fields }: NoticeShape): (field: SentField) => SentField {
  const ids = new Set<string>(ID_FIELDS.flatMap((name) => fields[name] ?? []))
  const times = new Set<string>(fields.dateTime ?? [])
  const accounts = new Set<string>(fields.accountNumber ?? [])
  const isPlain = (name: string, value: string) =>
    /^\d{0,12}$/.test(value) ||
    (ids.has(name) && id(value) !== null) ||
    (accounts.has(name) && /^[\d-]+$/.test(value) && accountNumber(value) !== null) ||
    (times.has(name) && occurredAt(value) !== null)
  return ({ name, value }) => ({
    name: withoutCardNumbers(name),
    value: isPlain(name, value) ? value : withoutCardNumbers(value),
  })
}

const ID_FIELDS = ['merchantId', 'orderId', 'transactionId', 'originalTransactionId', 'amount'] as const
