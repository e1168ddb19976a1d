import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { FORM_FAULTS, type FormFault, REFUSALS, Refusal } from '../errors.ts'
import { HANDLERS } from '../handlers.ts'
import type { Place } from '../pages/make-url.ts'
import type { CheckedForm } from '../request/verify.ts'
import type { SandboxState } from '../state/index.ts'

export type Answer = Readonly<Record<string, string>>

/** Content type of every proper answer. */
export const JSON_TYPE = 'application/json; charset=utf-8'

/** Sends a body with its length. */
export function send(response: ServerResponse, status: number, body: Uint8Array, headers: OutgoingHttpHeaders): void {
  response.writeHead(status, { 'Content-Length': body.length, ...headers })
  response.end(body)
}

/** Sends anything that JSON can carry, in UTF-8. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  send(response, status, Buffer.from(JSON.stringify(body)), { 'Content-Type': JSON_TYPE, ...headers })
}

/** Answers a form fault with its HTTP 4XX. */
export function sendFault(response: ServerResponse, fault: FormFault, headers: OutgoingHttpHeaders = {}): void {
  const { status, code } = FORM_FAULTS[fault.kind]
  sendJson(response, status, { ResultCode: code, ResultMsg: fault.message }, headers)
}

/** What a request gets that a scenario keeps from being carried out. */
export const DECLINED: Answer = { ResultCode: REFUSALS.declined[0], ResultMsg: REFUSALS.declined[1] }

/** The answer to a checked form: the success of its service or a business refusal. */
export function carryOut(form: CheckedForm, state: SandboxState, place: Place): Answer {
  const handler = HANDLERS.get(form.service.path)
  if (!handler) throw new Error(`${form.service.path} has no handler`)
  try {
    return { ResultCode: form.service.success, ResultMsg: '정상', ...handler(form, state, place) }
  } catch (error) {
    if (error instanceof Refusal) return { ResultCode: error.code, ResultMsg: error.message }
    throw error
  }
}
