import type * as z from 'zod'
import type { Enumeration } from './enums.ts'

/**
 * What kind of value a field holds, so that whoever publishes the services (a GraphQL schema, say) can choose a type.
 * An enumeration stands for itself.
 */
export type InputType =
  | 'id'
  | 'string'
  | 'amount'
  | 'integer'
  | 'integers'
  | 'boolean'
  | 'date'
  | 'url'
  | 'email'
  | 'ipv4'
  | Enumeration

/** One field of a request: our value in, the clear wire text out. `Value` is what a caller gives. */
export interface InputField<Wire extends string = string, Value = unknown, Required extends boolean = boolean> {
  /** Name in the form. */
  readonly wire: Wire
  /** The published Korean name. */
  readonly korean: string
  /** What it means, in English. */
  readonly about: string
  readonly type: InputType
  readonly required: Required
  /** The longest allowed clear value in characters; undefined where the contract gives none. */
  readonly size: number | undefined
  /** Sent encrypted with the merchant's key, and held in a `Secret` from the check on. */
  readonly encrypted: boolean
  /** False for what belongs to the request but never leaves. */
  readonly sent: boolean
  /** May be left out where somebody carries the payment to its end and fills it in (see `Fill`). */
  readonly fillable: boolean
  /** What PayAPI takes for granted and need not be told. */
  readonly impliedText: string | undefined
  /** What is sent where the caller leaves the field out; it may depend on the fields before it. */
  readonly fallback: ((form: PartialForm) => string | undefined) | undefined
  /** What leaving the field out means; undefined where that means nothing. */
  readonly defaultValue: Value | undefined
  /** From the caller's value to the wire text, with every rule that the field has on its own. */
  readonly schema: z.ZodType<string, Value>
}

/** Fields that belong together, e.g. a card. In the form they stand side by side with all others. */
export interface InputGroup<Fields extends InputFields = InputFields, Required extends boolean = boolean> {
  /** Name of the group's type, e.g. `Card`. */
  readonly group: string
  readonly about: string
  readonly required: Required
  readonly fields: Fields
}

/** The fields of a request by our names. */
export interface InputFields {
  readonly [name: string]: InputField | InputGroup
}

/** Clear wire texts by wire name, as far as they are known. */
export type PartialForm = Readonly<Record<string, string | undefined>>

/** What a caller gives for a group of fields. */
export type InputOf<Fields> = {
  readonly [Name in RequiredNames<Fields>]: ValueOf<Fields[Name]>
} & {
  readonly [Name in Exclude<keyof Fields, RequiredNames<Fields>>]?: ValueOf<Fields[Name]> | null | undefined
}

type RequiredNames<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly required: true } ? Name : never
}[keyof Fields]

type ValueOf<Entry> =
  Entry extends InputGroup<infer Fields>
    ? InputOf<Fields>
    : Entry extends InputField<string, infer Value>
      ? Value
      : never

/** All wire names of a group of fields. */
export type WireNames<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends InputGroup<infer Inner>
    ? WireNames<Inner>
    : Fields[Name] extends InputField<infer Wire>
      ? Wire
      : never
}[keyof Fields]

/** How a rejected value is named in an issue's `code`. */
export type IssueCode =
  | 'REQUIRED'
  | 'WRONG_TYPE'
  | 'TOO_LONG'
  | 'OUT_OF_RANGE'
  | 'INVALID_FORMAT'
  | 'INVALID_CARD_NUMBER'
  | 'UNKNOWN_VALUE'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_MERCHANT'
  | 'UNSUPPORTED'
