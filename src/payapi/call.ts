import { newId } from '../lib/ids.ts'
import { redact } from '../lib/redact.ts'
import { Secret } from '../lib/secret.ts'
import type { Service } from './definition/service.ts'
import type { Merchant } from './merchant.ts'
import type { CallMetadata, InvalidInput } from './result.ts'
import { isoInstant } from './wire/korean-time.ts'
import { SensitiveData } from './wire/sensitive-data.ts'
import { checkInput, type Fill, type IgnoredFields, type InputIssue, type WireForm } from './wire/validate-input.ts'

export interface CallOptions {
  /** Which of the configured merchants acts; the default one where left out. */
  readonly merchantId?: string | null | undefined
  /** Further headers of the form POST, e.g. for a sandbox. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the caller found wrong with the request already; reported together with what is wrong with the input. */
  readonly issues?: readonly InputIssue[]
  readonly ignoredFields?: IgnoredFields
  /** Carries the payment to its end: fills in, of a form in clear, what the caller may then leave out. */
  readonly fill?: Fill | undefined
  /** Where it is sent, for a service whose address comes with each call. It was checked. */
  readonly address?: URL
  /** Charset of an answer that declares none; UTF-8 where left out. */
  readonly answerCharset?: string
}

/** A call whose input is checked and whose merchant is known: ready to be sent, once. */
export interface PreparedCall<S extends Service = Service> {
  readonly service: S
  readonly metadata: CallMetadata
  /** The request in clear, in wire names, without what is added at sending (`mid`, `timestamp`, `signature`). */
  readonly form: WireForm
  /** What is sent beside it, or in its place, and does not make it another request: it is filled in for each anew. */
  readonly filled?: WireForm
  readonly address?: URL
  readonly answerCharset?: string
  readonly merchant: Merchant
  /** When the call was taken, in milliseconds since 1970. */
  readonly requestedAt: number
  readonly headers: Readonly<Record<string, string>>
}

const NO_HEADERS: Readonly<Record<string, string>> = {}

/** Checks an input; what is wrong with it, and with the choice of the merchant, comes back as one failure. */
export function prepareCall<S extends Service>(
  service: S,
  input: unknown,
  merchant: Merchant | undefined,
  requestedAt: number,
  options: CallOptions,
): PreparedCall<S> | InvalidInput {
  const { fill, address, answerCharset } = options
  const checked = checkInput(service.input, service.rules, input, options.ignoredFields, fill)
  if (merchant !== undefined && 'form' in checked && !options.issues?.length) {
    const { form, filled } = checked
    const metadata = metadataOf(service, requestedAt, merchant.mid, (wire) => form[wire])
    const prepared = { service, metadata, form, merchant, requestedAt, headers: options.headers ?? NO_HEADERS }
    if (filled === undefined && address === undefined) return prepared
    return {
      ...prepared,
      ...(filled && { filled }),
      ...(address && { address }),
      ...(answerCharset && { answerCharset }),
    }
  }
  const issues: InputIssue[] = [...('issues' in checked ? checked.issues : []), ...(options.issues ?? [])]
  if (merchant === undefined) {
    issues.push({
      path: ['merchantId'],
      code: 'UNKNOWN_MERCHANT',
      message: '가맹점ID (`mid`) is not configured here',
    })
  }
  const metadata = metadataOf(service, requestedAt, merchant?.mid ?? null, () => undefined)
  return {
    type: 'PayApiInvalidInput',
    message: `The input was rejected and nothing was sent: ${issues.map(({ path }) => path.join('.')).join(', ')}`,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    ...metadata,
    ...givenIds(input, issues),
    issues,
  }
}

/** The call of a form that was checked before, to be made once more. */
export function repeatedCall(
  service: Service,
  form: Readonly<Record<string, string>>,
  merchant: Merchant,
  requestedAt: number,
  headers: Readonly<Record<string, string>> = NO_HEADERS,
): PreparedCall {
  const metadata = metadataOf(service, requestedAt, merchant.mid, (wire) => form[wire])
  return { service, metadata, form, merchant, requestedAt, headers }
}

/** What the answer of a call is read with: the clear texts that were sent, and the secret ones to redact. */
export function sentCall({ service, metadata, requestedAt, form, merchant }: PreparedCall): SentCall {
  return {
    service,
    metadata,
    requestedAt,
    sent: (wire) => (wire === 'mid' ? merchant.mid : clearText(form[wire])),
    sensitive: new SensitiveData(secretsOf(form)),
  }
}

const clearText = (value: string | Secret | undefined) => (value instanceof Secret ? undefined : value)

const secretsOf = (form: WireForm) =>
  Object.values(form).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []))

function metadataOf(
  service: Service,
  requestedAt: number,
  merchantId: string | null,
  formValue: (wire: string) => string | Secret | undefined,
): CallMetadata {
  const sent = (name: 'orderId' | 'transactionId') => {
    const entry = service.request[name]
    return entry === undefined || 'group' in entry ? null : (clearText(formValue(entry.wire)) ?? null)
  }
  return {
    requestId: newId(),
    requestedAt: isoInstant(requestedAt),
    merchantId,
    orderId: sent('orderId'),
    transactionId: sent('transactionId'),
    operationId: null,
  }
}

/** The ids of a rejected input, for the caller to know it by. One that is wrong itself is left out: it may hold the card number. */
function givenIds(input: unknown, issues: readonly InputIssue[]): Pick<CallMetadata, 'orderId' | 'transactionId'> {
  const given = (input ?? {}) as Readonly<Record<string, unknown>>
  const idText = (name: string) => {
    const value = given[name]
    return typeof value === 'string' && !issues.some(({ path }) => path[0] === name)
      ? redact(value.normalize('NFC'))
      : null
  }
  return { orderId: idText('orderId'), transactionId: idText('transactionId') }
}

/** What classification needs to know of a call, beside how the exchange ended. */
export interface SentCall {
  readonly service: Service
  readonly metadata: CallMetadata
  /** When the call was taken, in milliseconds since 1970. */
  readonly requestedAt: number
  /** The clear text that was sent under a wire name; undefined for what is sent encrypted. */
  sent(wire: string): string | undefined
  /** What was sent encrypted: PayAPI may say it back, and it goes no further. */
  readonly sensitive: SensitiveData
}
