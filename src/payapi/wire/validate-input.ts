import { HIDDEN, redactCardNumbers } from '../../lib/redact.ts'
import { Secret } from '../../lib/secret.ts'
import type { InputField, InputFields, IssueCode, PartialForm } from '../definition/request-types.ts'
import { type Look, SensitiveData } from './sensitive-data.ts'

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Where, in our names, from the input downwards: `['card', 'number']`. */
  readonly path: readonly string[]
  readonly code: IssueCode
  /** For a developer; names the field and its rule, never the value. */
  readonly message: string
}

/** The checked request: clear wire texts by wire name; those that are sent encrypted are held as secrets. */
export type WireForm = Readonly<Record<string, string | Secret>>

/** A rule over several fields of one request: what is wrong with the clear wire texts, which passed on their own. */
export type FormRule<Wire extends string = string> = (
  form: Readonly<Record<string, string | undefined>>,
) => { readonly wire: Wire; readonly code: IssueCode; readonly message: string } | undefined

/** What stands in an input beside the request's fields, by name: the caller's business, but no place for card data. */
export type IgnoredFields = Readonly<Record<string, unknown>>

/**
 * Checks an input against a request's fields and rules and turns it into the form, or names every issue of the input at
 * once.
 */
export function checkInput(
  fields: InputFields,
  rules: readonly FormRule[],
  input: unknown,
  ignoredFields: IgnoredFields = NOTHING,
  fill?: Fill,
): { readonly form: WireForm; readonly filled?: WireForm } | { readonly issues: readonly InputIssue[] } {
  const check = new InputCheck(fields, fill !== undefined)
  check.fields(fields, input, TOP, ignoredFields)
  for (const rule of rules) check.rule(rule)
  check.sensitiveDataOnlyInItsPlace(ignoredFields)
  if (check.issues.length > 0) return { issues: check.issues }
  return fill === undefined ? { form: check.form() } : check.filledBy(fill)
}

const NOTHING: IgnoredFields = {}
const TOP: readonly string[] = []

// Every call of every caller comes through here, so nothing is made for an issue before there is one.
class InputCheck {
  readonly issues: InputIssue[] = []
  readonly #fields: InputFields
  /** In the order of the fields. Wire names are the contract's, so a plain object may have them. */
  readonly #clear: Record<string, string | undefined> = {}
  #secrets: readonly string[] = []
  /** What was given for what is sent encrypted, also where it was refused. */
  readonly #sensitive: string[] = []

  readonly #isFilled: boolean

  /** `isFilled` is whether what may be filled in will be. */
  constructor(fields: InputFields, isFilled: boolean) {
    this.#fields = fields
    this.#isFilled = isFilled
  }

  fields(fields: InputFields, input: unknown, path: readonly string[], ignoredFields: IgnoredFields): void {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      this.issues.push({ path, code: 'WRONG_TYPE', message: 'must be an object' })
      return
    }
    const given = input as Readonly<Record<string, unknown>>
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name) && !Object.hasOwn(ignoredFields, name)) {
        // The name is the caller's own text, and a misplaced card number may stand there.
        const shown = redactCardNumbers(name)
        this.issues.push({ path: [...path, shown], code: 'UNKNOWN_FIELD', message: 'there is no such field' })
      }
    }
    for (const [name, entry] of Object.entries(fields)) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      if (!('group' in entry)) this.#field(entry, value, path, name)
      else if (value !== undefined && value !== null) this.fields(entry.fields, value, [...path, name], NOTHING)
      else if (entry.required) this.issues.push({ path: [...path, name], code: 'REQUIRED', message: 'is required' })
      else this.#fallbacks(entry.fields, [...path, name])
    }
  }

  /** Fills in what a group that was left out has fallbacks for. */
  #fallbacks(fields: InputFields, path: readonly string[]): void {
    for (const [name, entry] of Object.entries(fields)) {
      if (!('group' in entry) && entry.fallback) this.#field(entry, undefined, path, name)
    }
  }

  #field(field: InputField, value: unknown, parent: readonly string[], name: string): void {
    if (field.encrypted) this.#secrets = [...this.#secrets, field.wire]
    if (value === undefined || value === null) {
      const fallback = field.fallback?.(this.#clear)
      if (fallback !== undefined) this.#clear[field.wire] = fallback
      else if ((field.required || field.fallback) && !(field.fillable && this.#isFilled))
        this.#reject(field, [...parent, name], 'REQUIRED', 'is required')
      return
    }
    if (field.encrypted) this.#sensitive.push(String(value))
    // What is only told to whoever carries the payment on has no effect where nobody does.
    if (!(field.sent || field.required || this.#isFilled)) {
      this.#reject(field, [...parent, name], 'UNSUPPORTED', 'has no effect: this server has no public address')
      return
    }
    const checked = field.schema.safeParse(value)
    if (checked.success) {
      if (checked.data !== '' && checked.data !== field.impliedText) this.#clear[field.wire] = checked.data
      return
    }
    for (const issue of checked.error.issues) {
      const code = issue.code === 'custom' ? (issue.params?.['code'] as IssueCode) : 'WRONG_TYPE'
      const message = issue.code === 'custom' ? issue.message : `must be ${TYPE_NAMES[typeName(field)]}`
      this.#reject(field, [...parent, name, ...issue.path.map(String)], code, message)
    }
  }

  rule(rule: FormRule): void {
    const broken = rule(this.#clear)
    if (broken === undefined) return
    const place = fieldsOf(this.#fields).find(({ field }) => field.wire === broken.wire)
    if (place === undefined) throw new Error(`A rule speaks of ${broken.wire}, which the request does not have`)
    this.#reject(place.field, place.path, broken.code, broken.message)
  }

  /** What leaves only encrypted must not stand in an order number, a remark or a key as well. */
  sensitiveDataOnlyInItsPlace(ignoredFields: IgnoredFields): void {
    if (this.#sensitive.length === 0) return
    const sensitive = new SensitiveData(this.#sensitive)
    for (const { field, path } of fieldsOf(this.#fields)) {
      const look = field.encrypted ? undefined : lookOf(field)
      const text = this.#clear[field.wire]
      if (look && text !== undefined && sensitive.isIn(text, look)) {
        this.#reject(field, path, 'INVALID_FORMAT', MISPLACED)
      }
    }
    for (const [name, value] of Object.entries(ignoredFields)) {
      if (typeof value === 'string' && sensitive.isIn(value)) {
        this.issues.push({ path: [name], code: 'INVALID_FORMAT', message: MISPLACED })
      }
    }
    // A name is the caller's own text too.
    const shown = (part: string) => (sensitive.isIn(part) ? HIDDEN : part)
    for (const [index, issue] of this.issues.entries()) {
      if (issue.code === 'UNKNOWN_FIELD') this.issues[index] = { ...issue, path: issue.path.map(shown) }
    }
  }

  #reject(field: InputField, path: readonly string[], code: IssueCode, message: string): void {
    this.issues.push({ path, code, message: `${labelOf(field)} ${message}` })
  }

  filledBy(
    fill: Fill,
  ): { readonly form: WireForm; readonly filled: WireForm } | { readonly issues: readonly InputIssue[] } {
    const filled = fill(this.#clear)
    return 'issues' in filled ? filled : { form: this.form(), filled: filled.form as WireForm }
  }

  form(): WireForm {
    if (this.#secrets.length === 0) return this.#clear as WireForm
    const form: Record<string, string | Secret> = {}
    for (const [wire, text] of Object.entries(this.#clear)) {
      if (text !== undefined) form[wire] = this.#secrets.includes(wire) ? new Secret(text) : text
    }
    return form
  }
}

const labelOf = ({ korean, wire }: InputField) => (wire === '' ? korean : `${korean} (\`${wire}\`)`)

/** Every field of a request with its path from the input downwards. */
export function fieldsOf(
  fields: InputFields,
  parent: readonly string[] = TOP,
): { path: readonly string[]; field: InputField }[] {
  return Object.entries(fields).flatMap(([name, entry]) => {
    const path = [...parent, name]
    return 'group' in entry ? fieldsOf(entry.fields, path) : [{ path, field: entry }]
  })
}

const MISPLACED = 'must not hold the card number, nor what authenticates its holder'

/** How a field is searched; undefined for what cannot hold more than a choice, a day or two digits. */
function lookOf({ type, size }: InputField): Look | undefined {
  if (type === 'amount') return 'code'
  if (type === 'email') return 'address'
  const isText = type === 'id' || type === 'string' || type === 'url'
  return isText && (size === undefined || size > 2) ? 'text' : undefined
}

const TYPE_NAMES = {
  id: 'a text',
  string: 'a text',
  amount: 'a decimal string or a whole number',
  integer: 'a whole number',
  integers: 'a list of whole numbers',
  boolean: 'true or false',
  date: 'a date as YYYY-MM-DD',
  url: 'a URL',
  email: 'an e-mail address',
  ipv4: 'an IPv4 address',
  enumeration: 'the name of one of its values',
} as const

function typeName(field: InputField): keyof typeof TYPE_NAMES {
  return typeof field.type === 'string' ? field.type : 'enumeration'
}

/** What is filled in, or why it cannot be. */
export type Fill = (form: PartialForm) => { readonly form: PartialForm } | { readonly issues: readonly InputIssue[] }
