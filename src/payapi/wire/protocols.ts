import type { PreparedCall } from '../call.ts'
import type { ProtocolName } from '../definition/service.ts'
import { encodeForm, encodeMobileForm } from './encode-form.ts'
import { type Answer, parseAnswer } from './parse-answer.ts'
import { parseNamedValues } from './parse-named-values.ts'

interface Protocol {
  /** The form of a call as it is sent; `timestamp` is Korea's time. */
  encode(call: PreparedCall, timestamp: string): string
  /** Undefined where a text is no answer. */
  parse(text: string): Answer | undefined
  readonly accept: string
}

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  payapi: { encode: encodeForm, parse: parseAnswer, accept: 'application/json' },
  mobile: { encode: encodeMobileForm, parse: parseNamedValues, accept: 'text/plain, */*;q=0.1' },
}
