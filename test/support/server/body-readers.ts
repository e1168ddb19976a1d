import { once } from 'node:events'
import type { IncomingMessage, RequestListener } from 'node:http'

/** What a server may do to a request before it hands it on to a handler that is mounted in it. */
export type BodyReader = (request: IncomingMessage) => void | Promise<void>

type Kept = { body?: unknown; rawBody?: unknown }

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(request, 'end')
  return Buffer.concat(chunks)
}

/** Reads the body and leaves at the request what is made of it. */
const keeping =
  (keep: (bytes: Buffer) => Kept): BodyReader =>
  async (request) => {
    Object.assign(request, keep(await bytesOf(request)))
  }

const jsonOf = (bytes: Buffer) => JSON.parse(bytes.toString()) as unknown
const formOf = (bytes: Buffer) => Object.fromEntries(new URLSearchParams(bytes.toString()))

/** By what they are: those behind which a body is there as it was sent, or not read at all. */
export const HARMLESS: Readonly<Record<string, BodyReader>> = {
  'nobody reads it': () => {},
  'a body is named and none was read': (request) => void Object.assign(request, { body: {} }),
  'somebody takes their time': () => new Promise((resolve) => setImmediate(resolve)),
  'somebody has paused it': (request) => void request.pause(),
  'somebody listens to it': (request) => void request.on('data', () => {}),
  'its bytes are kept': keeping((body) => ({ body })),
  'its bytes are kept as an array': keeping((bytes) => ({ body: Uint8Array.from(bytes) })),
  'its text is kept': keeping((bytes) => ({ body: bytes.toString() })),
  'its bytes are kept beside what was parsed': keeping((rawBody) => ({ rawBody, body: { parsed: 'otherwise' } })),
}

/** Those behind which nobody knows what was sent. */
export const HARMFUL: Readonly<Record<string, BodyReader>> = {
  'it was read and thrown away': keeping(() => ({})),
  'it was read and an empty one is named': keeping(() => ({ body: undefined })),
  'it was let flow away': (request) => once(request.resume(), 'end').then(() => {}),
  'it was read in part': (request) => once(request, 'data').then(() => void request.pause()),
  'it is being read': (request) => once(request, 'data').then(() => {}),
  'somebody waits for what is readable': (request) => void request.on('readable', () => {}),
  'somebody takes it as a text': (request) => void request.setEncoding('utf8'),
  'what is kept cannot be looked at': async (request) => {
    await bytesOf(request)
    Object.defineProperty(request, 'body', {
      get() {
        throw new Error('Invalid JSON')
      },
    })
  },
}

/** A parser of JSON, and one of forms in UTF-8. */
export const PARSERS = {
  json: keeping((bytes) => ({ body: jsonOf(bytes) })),
  form: keeping((bytes) => ({ body: formOf(bytes) })),
}

/** A server that does so, and hands the request on. */
export const behind =
  (read: BodyReader, handler: RequestListener): RequestListener =>
  async (request, response) => {
    const reading = read(request)
    if (reading !== undefined) await reading
    handler(request, response)
  }
