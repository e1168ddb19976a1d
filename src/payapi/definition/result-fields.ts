import { isoDate, koreanInstant } from '../wire/korean-time.ts'
import type { SensitiveData } from '../wire/sensitive-data.ts'
import { type Enumeration, valueFromWire } from './enums.ts'

/** What kind of value a field of a result holds. An enumeration stands for itself. */
export type ResultType = 'id' | 'string' | 'amount' | 'code' | 'date' | 'date-time' | 'url' | Enumeration

/** A code with the name that the contract's table gives it; null where the table lacks the code. */
export interface CodeWithName {
  readonly code: string
  readonly name: string | null
}

/** Where a result is read from. Texts by wire name; undefined where there is none. */
export interface ResultSource {
  /** What PayAPI answered. Numbers are given as text, empty texts as undefined. */
  answer(wire: string): string | undefined
  /** What was sent, in clear; never a field that is sent encrypted. */
  sent(wire: string): string | undefined
  /** When the call was taken, in milliseconds since 1970. */
  readonly requestedAt: number
}

/** Stands for a value that was answered but makes no sense. */
export const UNREADABLE = Symbol('unreadable')

/** One field of a success. */
export interface ResultField<Value = unknown> {
  readonly type: ResultType
  readonly korean: string
  readonly about: string
  /** The wire names it is read from; empty where the facade computes it. */
  readonly wire: readonly string[]
  /** Whether an answer without it is nothing to speak of. */
  readonly sometimes?: boolean
  /** Undefined where the value was not answered, `UNREADABLE` where it makes no sense. Never throws. */
  readonly read: (source: ResultSource) => Value | undefined | typeof UNREADABLE
}

/** The fields of a success by our names. */
export interface ResultFields {
  readonly [name: string]: ResultField
}

/** The value of a success: each field may be null, whatever PayAPI answered. */
export type ResultOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends ResultField<infer Value> ? Value | null : never
}

type Parse<Value> = (text: string) => Value | typeof UNREADABLE

function answered<Value>(
  type: ResultType,
  wire: string,
  korean: string,
  about: string,
  parse: Parse<Value>,
): ResultField<Value> {
  return {
    type,
    wire: [wire],
    korean,
    about,
    read: ({ answer }) => {
      const text = answer(wire)
      return text === undefined ? undefined : parse(text)
    },
  }
}

const asIs = (text: string) => text

export const answeredId = (wire: string, korean: string, about: string) => answered('id', wire, korean, about, asIs)

export const answeredText = (wire: string, korean: string, about: string) =>
  answered('string', wire, korean, about, asIs)

/** An amount that PayAPI answers, as a decimal string without commas or leading zeros. */
export const answeredAmount = (wire: string, korean: string, about: string) =>
  answered<string>('amount', wire, korean, about, (text) => {
    const plain = text.replaceAll(',', '')
    return /^\d+(?:\.\d+)?$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : UNREADABLE
  })

/** A code with its name from one of the contract's tables. */
export const answeredCode = (wire: string, korean: string, about: string, table: Readonly<Record<string, string>>) =>
  answered<CodeWithName>('code', wire, korean, about, (code) => ({
    code,
    name: Object.hasOwn(table, code) ? (table[code] ?? null) : null,
  }))

/** One of an enumeration's values. */
export const answeredChoice = <Name extends string>(
  wire: string,
  korean: string,
  about: string,
  list: Enumeration<Name>,
) => answered<Name>(list, wire, korean, about, (text) => valueFromWire(list, text) ?? UNREADABLE)

/** A date, answered as `YYYYMMDD` (what follows is passed over), as ISO 8601. */
export const answeredDate = (wire: string, korean: string, about: string) =>
  answered<string>('date', wire, korean, about, (text) => isoDate(text.replaceAll('-', '').slice(0, 8)) ?? UNREADABLE)

export const answeredUrl = (wire: string, korean: string, about: string) =>
  answered<string>('url', wire, korean, about, (text) => (URL.canParse(text) ? text : UNREADABLE))

/** An instant, answered as a date and a time in Korean time, as ISO 8601 in UTC. */
export function answeredInstant(
  dateWire: string,
  timeWire: string,
  korean: string,
  about: string,
): ResultField<string> {
  return {
    type: 'date-time',
    wire: [dateWire, timeWire],
    korean,
    about,
    read: ({ answer }) => {
      const date = answer(dateWire)
      const time = answer(timeWire)
      if (date === undefined || time === undefined) return undefined
      // A time read from a number has lost its leading zeros.
      return koreanInstant(date, time.padStart(6, '0')) ?? UNREADABLE
    },
  }
}

/** An instant, answered as 14 digits `YYYYMMDDhhmmss` in Korean time, as ISO 8601 in UTC. */
export const answeredTimestamp = (wire: string, korean: string, about: string) =>
  answered<string>('date-time', wire, korean, about, (text) =>
    /^\d{14}$/.test(text) ? (koreanInstant(text.slice(0, 8), text.slice(8)) ?? UNREADABLE) : UNREADABLE,
  )

/** What was sent, for what the facade knows itself. */
export function sentId(wire: string, korean: string, about: string): ResultField<string> {
  return { type: 'id', wire: [wire], korean, about, read: ({ sent }) => sent(wire) }
}

/** The same for a text. */
export function sentText(wire: string, korean: string, about: string): ResultField<string> {
  return { ...sentId(wire, korean, about), type: 'string' }
}

/** What PayAPI answers, or else what was sent under `sentWire`. */
export function answeredOrSentId(wire: string, sentWire: string, korean: string, about: string): ResultField<string> {
  return { type: 'id', wire: [wire], korean, about, read: ({ answer, sent }) => answer(wire) ?? sent(sentWire) }
}

/** An instant so many milliseconds after the call was taken. */
export function instantAfterCall(milliseconds: number, korean: string, about: string): ResultField<string> {
  return {
    type: 'date-time',
    wire: [],
    korean,
    about,
    read: ({ requestedAt }) => new Date(requestedAt + milliseconds).toISOString(),
  }
}

/** Marks a field that many good answers do not have, so that its absence is not logged. */
export function sometimes<Value>(field: ResultField<Value>): ResultField<Value> {
  return { ...field, sometimes: true }
}

/** Whether a value that was read says back what was sent encrypted. Days, times and choices are words of ours. */
export function repeats(sensitive: SensitiveData, { type }: ResultField, value: unknown): boolean {
  if (type === 'code') return sensitive.isIn((value as CodeWithName).code, 'code')
  if (type === 'amount') return sensitive.isIn(value as string, 'code')
  return (type === 'id' || type === 'string' || type === 'url') && sensitive.isIn(value as string)
}

/** The merchant that acted. Stands first in every result. */
export const merchantId = sentId('mid', '가맹점ID', 'Merchant id')
