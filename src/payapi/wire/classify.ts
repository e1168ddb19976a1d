import type { SentCall } from '../call.ts'
import type { Enumeration } from '../definition/enums.ts'
import type { InputType } from '../definition/request-types.ts'
import { type ResultSource, repeats, UNREADABLE } from '../definition/result-fields.ts'
import type { Service } from '../definition/service.ts'
import type { CallResult, Failure, Outcome, TransportError, TransportErrorReason } from '../result.ts'
import type { Exchange } from '../transport/exchange.ts'
import type { Answer } from './parse-answer.ts'
import { PROTOCOLS } from './protocols.ts'
import type { Look } from './sensitive-data.ts'

type Call = Pick<SentCall, 'service' | 'metadata'>

/** A result, and the wire names of a success's fields that were missing or made no sense. */
export interface Classified {
  readonly result: CallResult
  readonly missingFields: readonly string[]
}

/**
 * The one classification of every way a call can end (the table 'The result union' of the schema's description).
 * `NOT_PROCESSED` comes out only where it is certain.
 */
export function classify(call: SentCall, exchange: Exchange): Classified {
  if (!('status' in exchange)) return failed(transportError(call, exchange.reason, exchange.sent))
  const { status } = exchange
  const answer = PROTOCOLS[call.service.protocol].parse(exchange.text)
  if (answer !== undefined && isSomebodyElses(call, answer))
    return failed(transportError(call, 'MISMATCHED_RESPONSE', true))
  const verdict = verdictOf(call, answer)
  if (status === 200 && answer !== undefined) {
    if (verdict === 'success') return success(call, answer)
    if (verdict === 'refusal') return failed(pgFailure(call, answer))
    return failed(transportError(call, 'UNREADABLE_RESPONSE', true, AMBIGUOUS))
  }
  if (status >= 400 && status < 600) return failed(httpError(call, status, answer, verdict))
  return failed(transportError(call, 'UNREADABLE_RESPONSE', true))
}

type Verdict = 'success' | 'refusal' | 'ambiguous'

/** What an answer says by its code. */
function verdictOf({ service }: Call, answer: Answer | undefined): Verdict | undefined {
  const [code, ...others] = answer?.resultCodes ?? []
  if (code === undefined) return undefined
  if (others.length > 0) return 'ambiguous'
  if (code === service.success) return 'success'
  return looksLikeSuccess(code, service.success) ? 'ambiguous' : 'refusal'
}

/** Zeros alone, and the documented code in another dress, are taken for a success by more than one who reads them. */
function looksLikeSuccess(code: string, success: string): boolean {
  const digits = code
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+/, '')
  return digits === '' || digits === success.replace(/^0+/, '')
}

const AMBIGUOUS = "By its result code, PayAPI's answer may mean success as well as failure."

/** The result of a bug of our own after the request was begun: `UNKNOWN`, because the request may have been processed. */
export function unreadable(call: SentCall): CallResult {
  return transportError(call, 'UNREADABLE_RESPONSE', true)
}

const failed = (failure: Failure): Classified => ({ result: failure, missingFields: [] })

function isSomebodyElses(call: SentCall, answer: Answer): boolean {
  return Object.entries(call.service.identity).some(([answerWire, formWire]) =>
    answer.texts(answerWire).some((named) => !isSent(named, call, formWire)),
  )
}

function isSent(named: string, { service, sent }: SentCall, formWire: string): boolean {
  // An answer is read without the spaces around its texts.
  const ours = sent(formWire)?.trim()
  const type = typeOf(service, formWire)
  if (typeof type === 'object') return isSameChoice(type, named, ours)
  return type === 'amount' ? isSameAmount(named, ours) : named === ours
}

function typeOf({ request }: Service, formWire: string): InputType | undefined {
  const entry = Object.values(request).find((each) => 'wire' in each && each.wire === formWire)
  return entry !== undefined && 'type' in entry ? entry.type : undefined
}

/** A choice has several spellings. One that nobody has documented says nothing. */
function isSameChoice({ values }: Enumeration, named: string, ours: string | undefined): boolean {
  const choices = Object.values(values)
  const chosen = choices.find(({ wire }) => wire.includes(named))
  return chosen === undefined || chosen.wire.some((each) => each === ours)
}

/** An amount may have commas, and be filled up with zeros. */
const isSameAmount = (named: string, ours: string | undefined) =>
  named.replaceAll(',', '').replace(/^0+(?=\d)/, '') === ours

function success(call: SentCall, answer: Answer): Classified {
  const { type, fields } = call.service.result
  const source: ResultSource = { answer: answer.text, sent: call.sent, requestedAt: call.requestedAt }
  const result: Record<string, unknown> & { type: string } = { type }
  const missingFields: string[] = []
  for (const [name, field] of Object.entries(fields)) {
    const value = field.read(source)
    const isRead = value !== undefined && value !== UNREADABLE && !repeats(call.sensitive, field, value)
    result[name] = isRead ? value : null
    if (!isRead && (!field.sometimes || field.wire.some(answer.has))) missingFields.push(...field.wire)
  }
  return { result, missingFields }
}

/** A lookup changes nothing, so nothing of it can have moved. */
const outcomeOf = (call: Call, outcome: Outcome): Outcome =>
  call.service.effect === 'lookup' ? 'NOT_PROCESSED' : outcome

function pgFailure(call: SentCall, answer: Answer): Failure {
  const said = pgAnswer(call, answer)
  return {
    type: 'PgFailure',
    message: `PayAPI refused the request with code ${printable(said.resultCode)}; nothing was processed. resultMessage gives its reason.`,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    ...call.metadata,
    ...said,
  }
}

function httpError(call: SentCall, status: number, answer: Answer | undefined, verdict: Verdict | undefined): Failure {
  const isServerError = status >= 500
  // A client error whose code says, or may say, success contradicts itself.
  const isCertain = !isServerError && status !== 408 && (verdict === undefined || verdict === 'refusal')
  const outcome = outcomeOf(call, isCertain ? 'NOT_PROCESSED' : 'UNKNOWN')
  const says = isServerError ? 'PayAPI had an internal error' : 'PayAPI did not accept the request'
  return {
    type: isServerError ? 'PayApiHttpServerError' : 'PayApiHttpClientError',
    message: `${says} (HTTP ${status}). ${advice(call, outcome)}`,
    outcome,
    retryable: isServerError && call.service.effect === 'lookup',
    ...call.metadata,
    httpStatus: status,
    ...pgAnswer(call, answer),
  }
}

/** The failure of a call without an answer to go by; `sent` is whether the request was begun. */
export function transportError(
  call: Call,
  reason: TransportErrorReason,
  sent: boolean,
  explanation = EXPLANATIONS[reason],
): TransportError {
  const outcome = outcomeOf(call, sent ? 'UNKNOWN' : 'NOT_PROCESSED')
  return {
    type: 'PayApiTransportError',
    message: `${explanation} ${advice(call, outcome)}`,
    outcome,
    retryable: outcome === 'NOT_PROCESSED',
    ...call.metadata,
    reason,
  }
}

const EXPLANATIONS: Readonly<Record<TransportErrorReason, string>> = {
  NAME_NOT_FOUND: "PayAPI's host name was not found; the request was not sent.",
  CONNECTION_REFUSED: 'PayAPI could not be connected to; the request was not sent.',
  CONNECT_TIMEOUT: 'PayAPI did not accept a connection in time; the request was not sent.',
  ADDRESS_REFUSED: 'The address to approve at leads into a private network; the request was not sent.',
  TLS_FAILURE: 'No secure connection to PayAPI could be made; the request was not sent.',
  OVERLOADED: 'Too many calls to PayAPI are under way here; the request was not sent.',
  SHUTTING_DOWN: 'The facade is about to stop; the request was not sent.',
  CONNECTION_LOST: 'The connection to PayAPI was lost after the request was sent.',
  TIMEOUT: 'PayAPI did not answer in time.',
  UNREADABLE_RESPONSE: "PayAPI's answer could not be read.",
  JOURNAL_UNAVAILABLE: 'The journal of operations could not be written; the request was not sent.',
  INTERRUPTED: 'The facade stopped while the call was under way.',
  MISMATCHED_RESPONSE:
    'The answer names another merchant, transaction, order or amount, so it is not the answer to this request.',
}

function advice(call: Call, outcome: Outcome): string {
  if (call.service.effect === 'lookup') return 'Nothing can have changed.'
  if (outcome === 'NOT_PROCESSED') return 'Nothing was processed.'
  const { transactionId, operationId } = call.metadata
  const where = transactionId === null ? 'order number and time' : 'transaction id'
  const settle = operationId === null ? '' : ` and recorded what you found for operation ${operationId}`
  return `It may have been processed: do not send it again before you have looked it up in the merchant console by its ${where}${settle}.`
}

function pgAnswer(call: SentCall, answer: Answer | undefined) {
  const words = (text: string | undefined, look: Look) =>
    text === undefined ? null : call.sensitive.redact(text, look)
  const [code, ...others] = answer?.resultCodes ?? []
  return {
    resultCode: words(others.length === 0 ? code : undefined, 'code'),
    resultMessage: words(answer?.resultMessage, 'text'),
  }
}

/** A code for a sentence of ours: what is no plain code is left out of it. */
const printable = (code: string | null) => (/^\w{1,6}$/.test(code ?? '') ? code : '(see resultCode)')
