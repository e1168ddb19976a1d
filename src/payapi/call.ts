import { newId } from '../lib/ids.ts'
import { redact } from '../lib/redact.ts'
import { Secret } from '../lib/secret.ts'
import type { Service } from './definition/service.ts'
import type { Merchant } from './merchant.ts'
import type { CallMetadata, InvalidInput } from './result.ts'
import type { SentCall } from './wire/classify.ts'
import { isoInstant } from './wire/korean-time.ts'
import { SensitiveData } from './wire/sensitive-data.ts'
import { checkInput, type IgnoredFields, type InputIssue, type WireForm } from './wire/validate-input.ts'

export interface CallOptions {
  /** Which of the configured merchants acts; the default one where left out. */
  readonly merchantId?: string | null | undefined
  /** Further headers of the form POST, e.g. for a sandbox. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the caller found wrong with the request already; reported together with what is wrong with the input. */
  readonly issues?: readonly InputIssue[]
  readonly ignoredFields?: IgnoredFields
}

/** A call whose input is checked and whose merchant is known: ready to be sent, once. */
export interface PreparedCall<S extends Service = Service> {
  readonly service: S
  readonly metadata: CallMetadata
  /** The request in clear, in wire names, without what is added at sending (`mid`, `timestamp`, `signature`). */
  readonly form: WireForm
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
  const checked = checkInput(service.request, service.rules, input, options.ignoredFields)
  if (merchant !== undefined && 'form' in checked && !options.issues?.length) {
    const { form } = checked
    const metadata = metadataOf(service, requestedAt, merchant.mid, (wire) => form[wire])
    return { service, metadata, form, merchant, requestedAt, headers: options.headers ?? NO_HEADERS }
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
