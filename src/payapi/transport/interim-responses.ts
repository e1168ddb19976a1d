import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** What interim responses before one answer may take together; more is left to undici, as is everything else. */
const MAX_BYTES = 16 * 1024

/** The start of an interim response (1xx). 101 is none: it changes the protocol, and nobody asked for that. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/
const LONGEST_START = 'HTTP/1.1 100 '.length
const END_OF_HEAD = '\r\n\r\n'

const sockets = new WeakSet<Socket>()

/**
 * A client passes over any interim response before the answer, asked for or not (RFC 9110, section 15.2). undici takes
 * a `100 Continue` for a bad response and cannot be told otherwise, so the bytes of such a head are taken from a socket
 * of undici's before it reads. undici's own diagnostics name the socket just before a request is written to it; from
 * then until the answer's first byte, nobody but the two reads it.
 */
export function passOverInterimResponses(socket: Socket): void {
  sockets.add(socket)
}

subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { readonly socket: Socket }
  if (sockets.has(socket)) passOverBeforeNextAnswer(socket)
})

function passOverBeforeNextAnswer(socket: Socket): void {
  let held: Buffer = Buffer.alloc(0)
  let left = MAX_BYTES
  const read = () => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (let end = endOfInterim(held); end > 0 && end <= left; end = endOfInterim(held)) {
      left -= end
      held = held.subarray(end)
    }
    if (mayBecomeInterim(held) && held.length <= left) return
    socket.removeListener('readable', read)
    socket.unshift(held)
  }
  // Ahead of undici, which listens already.
  socket.prependListener('readable', read)
}

/** How long the interim response is with which these bytes begin; 0 where there is none, or not all of it yet. */
function endOfInterim(bytes: Buffer): number {
  const end = INTERIM.test(startOf(bytes)) ? bytes.indexOf(END_OF_HEAD) : -1
  return end < 0 ? 0 : end + END_OF_HEAD.length
}

function mayBecomeInterim(bytes: Buffer): boolean {
  const start = startOf(bytes)
  if (start.length === LONGEST_START) return INTERIM.test(start)
  return /^HTTP\/1\.[01] 1/.test(start) || 'HTTP/1.1 '.startsWith(start) || 'HTTP/1.0 '.startsWith(start)
}

const startOf = (bytes: Buffer) => bytes.toString('latin1', 0, LONGEST_START)
