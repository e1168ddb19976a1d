import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Answer, JSON_TYPE, send, sendJson } from './answer.ts'
import { encodeEucKr } from './charset.ts'
import { close, late, page, redirect, reset, sendHalf, silence } from './common-deliveries.ts'
import type { ScenarioName } from './scenarios.ts'

/** One request whose answer is known and has to reach its caller, or not. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly answer: Answer
  readonly succeeded: boolean
  /** How long `slow` waits, milliseconds. */
  readonly slowMs: number
}

/** Does to the connection of an exchange what a scenario says. */
type Delivery = (exchange: Exchange) => void

const DRIP_MS = 100
const PADDING_CHARACTERS = 70_000
const JSON_WITHOUT_CHARSET = 'application/json'
/** 됬 and 똠 stand in code page 949 only. */
const MESSAGE_949 = '처리됬습니다. 똠'
const MARK = '(message)'
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

const encode = (answer: unknown): Buffer => Buffer.from(JSON.stringify(answer))

const ok = ({ response }: Exchange, body: Uint8Array, headers: OutgoingHttpHeaders = {}): void =>
  send(response, 200, body, { 'Content-Type': JSON_TYPE, ...headers })

const asIs: Delivery = (exchange) => ok(exchange, encode(exchange.answer))

/** The answer after a change of its fields. */
const changed =
  (change: (answer: Answer, succeeded: boolean) => unknown): Delivery =>
  (exchange) =>
    ok(exchange, encode(change(exchange.answer, exchange.succeeded)))

const eucKr =
  (contentType: string): Delivery =>
  (exchange) =>
    ok(exchange, encodeEucKr(JSON.stringify(exchange.answer)), { 'Content-Type': contentType })

/** The answer with another message, also of a refusal: in code page 949, without the last bytes of the message. */
const codePage949 =
  (missing: number): Delivery =>
  (exchange) => {
    const [before = '', after = ''] = JSON.stringify({ ...exchange.answer, ResultMsg: MARK }).split(MARK)
    const message = encodeEucKr(MESSAGE_949)
    const body = [encodeEucKr(before), message.subarray(0, message.length - missing), encodeEucKr(after)]
    ok(exchange, Buffer.concat(body), { 'Content-Type': 'application/json; charset=euc-kr' })
  }

/** Line feed, tab and NULs are raw bytes; an apostrophe is escaped, as JSON does not. */
const oddJson: Delivery = (exchange) => {
  const body = JSON.stringify({ ...exchange.answer, ResultMsg: MARK }).replace(MARK, "정상\n\t처리되었습니다. \\'OK\\'")
  ok(exchange, Buffer.from(`${body}\0\0\0\0`), { 'Content-Encoding': 'UTF-8' })
}

const continueFirst: Delivery = (exchange) => {
  exchange.response.writeContinue()
  asIs(exchange)
}

const zeroCode = (answer: Answer, succeeded: boolean): Answer =>
  succeeded ? { ...answer, ResultCode: '0000' } : answer

const twoCodes: Delivery = (exchange) => {
  const { ResultCode, ...rest } = exchange.answer
  const other = exchange.succeeded ? '9999' : '00'
  const [first, second] = [{ ResultCode, ...rest }, { ResultCode: other }].map((part) => JSON.stringify(part))
  ok(exchange, Buffer.from(`${first?.slice(0, -1)},${second?.slice(1)}`))
}

const status =
  (code: number, message: string): Delivery =>
  ({ response }) =>
    sendJson(response, code, { ResultCode: `9${code}`, ResultMsg: message })

const drip: Delivery = ({ response }) => {
  response.writeHead(200, { 'Content-Type': JSON_TYPE })
  response.flushHeaders()
  const timer = setInterval(() => response.write(' '), DRIP_MS)
  response.once('close', () => clearInterval(timer))
}

/** Another payment's ids, in the places of every service that answers with ids of the request. */
const OTHER: Answer = { Mid: 'othermerch', Tid: 'othermerchCD20190906110100999999' }
const OTHER_STATUS: Answer = { idMerchant: OTHER['Mid'] ?? '', noTid: OTHER['Tid'] ?? '' }

const mismatch = (answer: Answer, succeeded: boolean): Answer =>
  succeeded ? { ...answer, ...OTHER, ...(Object.hasOwn(answer, 'noTid') ? OTHER_STATUS : {}) } : answer

/** A value that a number cannot hold without loss stays a string: a time with a leading zero, a long id. */
const toNumber = ([name, value]: [string, string]): [string, string | number] =>
  name !== 'ResultCode' && String(Number(value)) === value ? [name, Number(value)] : [name, value]

/** Among them the names that a careless copy would take for a prototype; they are own fields here. */
const EXTRA = JSON.parse(
  '{"Extra":"값","Nested":{"ResultCode":"9999"},"List":[1,"2",null],"Count":3,"Flag":true,"Nothing":null,' +
    '"__proto__":{"ResultCode":"9999"},"constructor":"x","toString":"y"}',
) as object

const SECOND_ANSWER = encode({ ResultCode: '00', ResultMsg: '정상' })
const SECOND = Buffer.concat([
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: ${SECOND_ANSWER.length}\r\n\r\n`),
  SECOND_ANSWER,
])

/** Node holds nobody to the announced length, so what exceeds it is the next answer to whoever reads on. */
const strayAnswer: Delivery = ({ response, answer }) => {
  const first = encode(answer)
  response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Length': first.length })
  response.end(Buffer.concat([first, SECOND]))
}

const owed = new WeakSet<Socket>()

const strayAnswerLate: Delivery = ({ response, answer }) => {
  if (response.socket) owed.add(response.socket)
  send(response, 200, encode(answer), { 'Content-Type': JSON_TYPE })
}

/**
 * Sends the stray answer that an earlier request left behind on the connection, as a server does whose parting word
 * crosses with the next request.
 */
export function deliverLateAnswer(socket: Socket): void {
  if (owed.delete(socket)) socket.write(SECOND)
}

const DELIVERIES: Readonly<Record<ScenarioName, Delivery>> = {
  decline: asIs,
  'http-400': status(400, '잘못된 요청입니다.'),
  'http-404-html': page(404),
  'http-408': status(408, '요청 시간이 초과되었습니다.'),
  'http-500': status(500, '서버 내부 오류입니다.'),
  'http-500-processed': status(500, '서버 내부 오류입니다.'),
  'http-502-html': page(502),
  timeout: silence,
  'timeout-unprocessed': silence,
  reset,
  'reset-unprocessed': reset,
  close,
  'close-unprocessed': close,
  truncated: (exchange) => sendHalf(exchange, encode(exchange.answer), { 'Content-Type': JSON_TYPE }),
  unreadable: page(200),
  empty: (exchange) => ok(exchange, Buffer.alloc(0)),
  'no-result-code': changed(({ ResultCode: _, ...rest }) => rest),
  'too-large': changed((answer) => ({ ...answer, Padding: 'x'.repeat(PADDING_CHARACTERS) })),
  drip,
  slow: late(asIs),
  mismatch: changed(mismatch),
  redirect: redirect(302),
  'redirect-307': redirect(307),
  'euc-kr': eucKr('application/json; charset=euc-kr'),
  'euc-kr-undeclared': eucKr(JSON_WITHOUT_CHARSET),
  'euc-kr-mislabelled': eucKr(JSON_TYPE),
  cp949: codePage949(0),
  'cp949-cut': codePage949(1),
  numbers: changed((answer) => Object.fromEntries(Object.entries(answer).map(toNumber))),
  'extra-fields': changed((answer) => ({ ...answer, ...EXTRA })),
  'missing-fields': changed((answer) => ({ ResultCode: answer['ResultCode'] })),
  bom: (exchange) => ok(exchange, Buffer.concat([BYTE_ORDER_MARK, encode(exchange.answer)])),
  'odd-json': oddJson,
  'zero-code': changed(zeroCode),
  'two-codes': twoCodes,
  continue: continueFirst,
  gzip: (exchange) => ok(exchange, gzipSync(encode(exchange.answer)), { 'Content-Encoding': 'gzip' }),
  'answer-too-many': strayAnswer,
  'answer-too-many-late': strayAnswerLate,
}

/** Delivers the answer of an exchange as a scenario has it, or as it is without one. */
export function deliver(name: ScenarioName | undefined, exchange: Exchange): void {
  const delivery = name === undefined ? asIs : DELIVERIES[name]
  delivery(exchange)
}
