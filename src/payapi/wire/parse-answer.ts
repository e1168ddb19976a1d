import { type JsonValue, jsonMembers, withoutPadding } from './json-members.ts'

/** PayAPI's answer: one JSON object that has a `ResultCode`, or another protocol's with what stands for that. */
export interface Answer {
  /** The result code; several where the answer contradicts itself, among them an empty one for what is no plain code. */
  readonly resultCodes: readonly string[]
  readonly resultMessage: string | undefined
  /** The text of a field; undefined where it is missing, empty, null, no plain value or doubled with another. Never throws. */
  text(wire: string): string | undefined
  /** All texts of a field, of which there are several where it is doubled with another. Never throws. */
  texts(wire: string): readonly string[]
  /** Whether the field is there with a value of any kind, readable or not. */
  has(wire: string): boolean
}

/** Undefined where the body of an answer is no object with a `ResultCode`. */
export function parseAnswer(body: string): Answer | undefined {
  const members = jsonMembers(body)
  if (members === undefined) return undefined
  const distinct = (wire: string, read: (value: JsonValue) => string) => {
    const values = (members.get(wire) ?? []).map(read)
    return values.length > 1 ? [...new Set(values)] : values
  }
  const resultCodes = distinct('ResultCode', plainCode)
  if (resultCodes.every((code) => code === '')) return undefined
  const text = (wire: string) => {
    const values = distinct(wire, plainText)
    return values.length === 1 ? values[0] || undefined : undefined
  }
  const texts = (wire: string) => distinct(wire, plainText).filter((value) => value !== '')
  const has = (wire: string) => (members.get(wire) ?? []).some(isSomething)
  return { resultCodes, resultMessage: text('ResultMsg'), text, texts, has }
}

/** The JSON of a number whose digits may be more than a number of JavaScript holds. */
const LONG_NUMBER_LENGTH = 16

const isSomething = (value: JsonValue) => (typeof value === 'string' ? value !== '' : value.json !== 'null')

/** The text of a plain value; empty for any other. */
function plainText(value: JsonValue): string {
  if (typeof value === 'string') return withoutPadding(value)
  const { json } = value
  if (!/^[-\d]/.test(json)) return ''
  return json.length < LONG_NUMBER_LENGTH ? String(Number(json)) : json
}

/** A code sent as a number has lost the zero before it. */
function plainCode(value: JsonValue): string {
  if (typeof value === 'string') return codeOf(withoutPadding(value))
  return /^\d+$/.test(value.json) ? value.json.padStart(2, '0') : ''
}

/** One with a broken or an invisible character may be any code, and is empty here. */
export const codeOf = (text: string): string => (/[\p{C}\ufffd]/u.test(text) ? '' : text)
