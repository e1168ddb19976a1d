import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { send } from './answer.ts'

// What can happen to an answer of whatever kind.

interface Connection {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What a server shows that has broken down. */
const PAGE = '<!DOCTYPE html><html lang="ko"><head><title>안내</title></head><body>일시적인 오류입니다.</body></html>'

export const page =
  (status: number) =>
  ({ response }: Connection): void =>
    send(response, status, Buffer.from(PAGE), { 'Content-Type': 'text/html; charset=utf-8' })

export const redirect =
  (status: number) =>
  ({ request, response }: Connection): void =>
    send(response, status, Buffer.alloc(0), { Location: request.url ?? '/' })

export const silence = (): void => {}
export const reset = ({ request }: Connection): void => void request.socket.resetAndDestroy()
export const close = ({ request }: Connection): void => void request.socket.end()

/** Sends one half of a body, and ends. */
export function sendHalf({ request, response }: Connection, body: Uint8Array, headers: OutgoingHttpHeaders): void {
  response.writeHead(200, { 'Content-Length': body.length, ...headers })
  response.write(body.subarray(0, body.length >> 1), () => request.socket.end())
}

/** Delivers late, to who has not gone by then. */
export const late =
  <Exchange extends Connection & { readonly slowMs: number }>(deliver: (exchange: Exchange) => void) =>
  (exchange: Exchange): void => {
    const timer = setTimeout(() => deliver(exchange), exchange.slowMs)
    exchange.response.once('close', () => clearTimeout(timer))
  }
