import { createHash } from 'node:crypto'
import net from 'node:net'
import tls from 'node:tls'
import { signKeyOf } from '../lib/merchants.mjs'

// Every signature has to be right, but checking each would make the stub dearer than the server that is measured.
const CHECK_EVERY = 64

const FRESH_FACTS = { requests: 0, connections: 0, resumed: 0, wrong: 0, mostInFlight: 0 }

/**
 * A payment gateway that answers every call with a success: at once, or after a delay. It reads just enough HTTP/1.1
 * for that. Built on bare sockets, because `node:http` here would cost as much as the server that is measured, and both
 * ends of the load share a core.
 */
export class Stub {
  /** How long a call takes, in milliseconds. */
  delayMs
  /** How long one takes whose order number begins with `slow`. */
  slowMs = 0
  #server
  #facts = { ...FRESH_FACTS }
  #inFlight = 0
  #seen = 0

  /** Takes key and certificate (PEM) where TLS is spoken, and the delay. */
  constructor({ key, cert, delayMs = 0 }) {
    this.delayMs = delayMs
    const serve = (socket) => this.#serve(socket)
    // Session tickets are on by default, so a client may resume.
    this.#server =
      key === undefined ? net.createServer({ noDelay: true }, serve) : tls.createServer({ key, cert }, serve)
    this.#server.on('tlsClientError', () => this.#facts.wrong++)
  }

  /** Returns the port. */
  listen() {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => resolve(this.#server.address().port))
    })
  }

  /** Returns the counts since the last time. */
  takeFacts() {
    const facts = this.#facts
    this.#facts = { ...FRESH_FACTS, mostInFlight: this.#inFlight }
    return facts
  }

  #serve(socket) {
    this.#facts.connections++
    if (socket.encrypted && socket.isSessionReused()) this.#facts.resumed++
    let pending = ''
    socket.on('data', (chunk) => {
      pending += chunk.latin1Slice()
      const request = readRequest(pending)
      if (request === undefined) return
      pending = ''
      this.#take(socket, request)
    })
    // A client that goes away in the middle is counted where its answer is missed.
    socket.on('error', () => socket.destroy())
  }

  #take(socket, { path, body, closes }) {
    this.#facts.requests++
    this.#inFlight++
    if (this.#inFlight > this.#facts.mostInFlight) this.#facts.mostInFlight = this.#inFlight
    const answer = this.#answer(path, body, closes)
    const delayMs = this.slowMs > 0 && body.includes('oid=slow') ? this.slowMs : this.delayMs
    const reply = () => {
      this.#inFlight--
      if (closes) socket.end(answer, 'latin1')
      else socket.write(answer, 'latin1')
    }
    if (delayMs > 0) setTimeout(reply, delayMs)
    else reply()
  }

  #answer(path, body, closes) {
    const isRight = this.#seen++ % CHECK_EVERY !== 0 || isSigned(path, body)
    if (!isRight) this.#facts.wrong++
    const json = isRight ? SERVICES[path].answer(body) : REFUSAL
    return `${closes ? HEAD_CLOSING : HEAD}${json.length}\r\n\r\n${json}`
  }
}

/** UTF-8 as a string of single bytes: such strings are written without another encoding. */
const bytes = (text) => Buffer.from(text).latin1Slice()

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: '
const HEAD_CLOSING = HEAD.replace('Content-Length', 'Connection: close\r\nContent-Length')
const REFUSAL = bytes('{"ResultCode":"91","ResultMsg":"서명이 맞지 않습니다"}')

/** Answers begin the same and end with an id that the request named, so that a mixed-up answer is seen in front. */
function answering(fixed, name, prefix) {
  const start = bytes(`{"ResultCode":"00","ResultMsg":"정상처리 되었습니다.",${fixed},${prefix}`)
  const given = new RegExp(`(?:^|&)${name}=([^&]*)`)
  return (body) => `${start}${given.exec(body)?.[1] ?? ''}"}`
}

/** What the stub knows: what each service signs, and how it answers. */
const SERVICES = {
  '/billing/billpay': {
    signed: ['mid', 'mkey', 'oid', 'price', 'timestamp'],
    answer: answering('"PayDate":"20261124","PayTime":"120000","Price":"1004","ApplNum":"30001234"', 'oid', '"tid":"T'),
  },
  '/escrow/checkstatus': {
    signed: ['mid', 'mkey', 'timestamp'],
    answer: answering('"noOid":"ORDER-1","clStatus":"0","clPaymethod":"0","price":"1004"', 'tid', '"noTid":"'),
  },
}

/** Takes what has arrived; returns the request once it is whole. */
function readRequest(text) {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = text.slice(0, headEnd)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1])
  const body = text.slice(headEnd + 4)
  if (body.length < length) return undefined
  return {
    path: head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/')),
    body,
    closes: /\r\nconnection: *close/i.test(head),
  }
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

function isSigned(path, body) {
  const form = new URLSearchParams(body)
  const clear = (name) => (name === 'mkey' ? sha256(signKeyOf(form.get('mid'))) : form.get(name))
  const names = SERVICES[path]?.signed
  return (
    names !== undefined && form.get('signature') === sha256(names.map((name) => `${name}=${clear(name)}`).join('&'))
  )
}
