import type { IncomingMessage, ServerResponse } from 'node:http'
import { CLEAR_CARD_NUMBER, type Fields } from '../notices/result-fields.ts'
import { send } from './answer.ts'
import type { ApprovalScenarioName } from './approval-scenarios.ts'
import { type Charset, encodeText } from './charset.ts'
import { close, late, page, redirect, reset, sendHalf, silence } from './common-deliveries.ts'

/** One request for an approval whose answer is known and has to reach the merchant's server, or not. */
interface ApprovalExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly answer: Fields
  readonly charset: Charset
  /** How long `slow` waits, milliseconds. */
  readonly slowMs: number
}

type Delivery = (exchange: ApprovalExchange) => void

const TYPES: Readonly<Record<Charset, string>> = {
  'euc-kr': 'text/plain; charset=euc-kr',
  utf8: 'text/plain; charset=utf-8',
}

/** Only what would be read as a mark of the form is escaped: the lineage writes values as they are. */
const escapeMarks = (value: string): string =>
  value.replace(/[%&+]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

const pairsOf = (answer: Fields): string =>
  Object.entries(answer)
    .map(([name, value]) => `${name}=${escapeMarks(value)}`)
    .join('&')

const sendText = (exchange: ApprovalExchange, text: string, status = 200): void =>
  send(exchange.response, status, encodeText(text, exchange.charset), { 'Content-Type': TYPES[exchange.charset] })

const asIs: Delivery = (exchange) => sendText(exchange, pairsOf(exchange.answer))

const changed =
  (change: (answer: Fields) => Fields): Delivery =>
  (exchange) =>
    sendText(exchange, pairsOf(change(exchange.answer)))

const status =
  (code: number): Delivery =>
  (exchange) =>
    sendText(exchange, `P_STATUS=9${code}&P_RMESG1=처리하지 못하였습니다.`, code)

/** As many characters as take an answer over what anybody reads. */
const PADDING = 'x'.repeat(70_000)

const DELIVERIES: Readonly<Record<ApprovalScenarioName, Delivery>> = {
  decline: asIs,
  'http-400': status(400),
  'http-404-html': page(404),
  'http-408': status(408),
  'http-500': status(500),
  'http-500-processed': status(500),
  'http-502-html': page(502),
  timeout: silence,
  'timeout-unprocessed': silence,
  reset,
  'reset-unprocessed': reset,
  close,
  'close-unprocessed': close,
  truncated: (exchange) =>
    sendHalf(exchange, encodeText(pairsOf(exchange.answer), exchange.charset), {
      'Content-Type': TYPES[exchange.charset],
    }),
  unreadable: page(200),
  empty: ({ response, charset }) => send(response, 200, Buffer.alloc(0), { 'Content-Type': TYPES[charset] }),
  'no-result-code': changed(({ P_STATUS: _, ...rest }) => rest),
  'too-large': changed((answer) => ({ ...answer, P_MERCHANT_RESERVED: PADDING })),
  slow: late(asIs),
  redirect: redirect(302),
  'redirect-307': redirect(307),
  'euc-kr-mislabelled': ({ response, answer }) =>
    send(response, 200, encodeText(pairsOf(answer), 'euc-kr'), { 'Content-Type': TYPES.utf8 }),
  // 됬 and 똠 stand in code page 949 only.
  cp949: changed((answer) => ({ ...answer, P_RMESG1: '처리됬습니다. 똠' })),
  'extra-fields': changed((answer) => ({ ...answer, P_EXTRA: '값', constructor: 'x', toString: 'y' })),
  'missing-fields': changed(({ P_STATUS: code = '' }) => ({ P_STATUS: code })),
  'zero-code': changed((answer) => ({ ...answer, P_STATUS: '0000' })),
  'two-codes': (exchange) => sendText(exchange, `${pairsOf(exchange.answer)}&P_STATUS=01`),
  'other-merchant': changed((answer) => ({ ...answer, P_MID: 'othermerch' })),
  'other-order': changed((answer) => ({ ...answer, P_OID: 'ANOTHER-ORDER' })),
  'other-amount': changed((answer) => ({ ...answer, P_AMT: String(BigInt(answer['P_AMT'] ?? '0') + 1n) })),
  'charged-other-amount': asIs,
  'clear-card-number': changed((answer) => ({ ...answer, P_CARD_NUM: CLEAR_CARD_NUMBER })),
}

/** Delivers the answer to an approval as a scenario has it, or as it is without one. */
export function deliverApproval(name: ApprovalScenarioName | undefined, exchange: ApprovalExchange): void {
  const delivery = name === undefined ? asIs : DELIVERIES[name]
  delivery(exchange)
}
