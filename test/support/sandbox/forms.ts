import { createCipheriv, createHash } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll } from 'vitest'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts'
import type { AnyFixture } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'

/** The time at the sandboxes of these tests, in Korea, and the same instant. */
export const TIMESTAMP = '20190906110100'
export const NOW = Date.UTC(2019, 8, 6, 2, 1, 0)

export const MID = 'welcometst'
export const OTHER_MID = 'welcometwo'
export const CARD = '4000000000000002'

export type Fields = Readonly<Record<string, string>>

const SIGN_KEYS = new Map(DEMO_MERCHANTS.map(({ mid, signKey }) => [mid, signKey]))

const BY_PATH = new Map<string, AnyFixture>(
  Object.values<AnyFixture>(FIXTURES).map((fixture) => [fixture.path, fixture]),
)

const ENCRYPTED = ['registNo', 'passwd']

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** The signature of a form of clear values. */
export function sign(path: string, clear: Fields): string {
  const mkey = hash(SIGN_KEYS.get(clear['mid'] ?? '') ?? 'no such key')
  const order = BY_PATH.get(path)?.signed ?? []
  return hash(order.map((name) => `${name}=${name === 'mkey' ? mkey : (clear[name] ?? '')}`).join('&'))
}

/** A card field under the keys of the first merchant, or of the second. */
export function encrypt(clear: string, mid: string = MID): string {
  const { apiKey, apiIv } = mid === OTHER_MID ? DEMO_MERCHANTS[1] : DEMO_MERCHANTS[0]
  const cipher = createCipheriv('aes-256-cbc', apiKey, apiIv)
  return cipher.update(clear, 'utf8', 'base64') + cipher.final('base64')
}

/** The form as it goes over the wire: mid, timestamp and signature added, card fields encrypted. */
export function formOf(path: string, fields: Fields): Record<string, string> {
  const clear: Fields = { mid: MID, timestamp: TIMESTAMP, ...fields }
  const form: Record<string, string> = { ...clear, signature: clear['signature'] ?? sign(path, clear) }
  for (const [name, value] of Object.entries(clear)) {
    const secret = ENCRYPTED.includes(name) || (name === 'cardNumber' && path !== '/search/card/prefix')
    if (secret) form[name] = encrypt(value, clear['mid'])
  }
  return form
}

/** Clear fields that each service accepts at once after a start. */
export const EXAMPLES: Readonly<Record<string, Fields>> = Object.fromEntries(
  [...BY_PATH].map(([path, { sandboxForm }]) => [path, sandboxForm]),
)

/** An example with some fields changed; undefined leaves one out. */
export function exampleOf(path: string, changes: Readonly<Record<string, string | undefined>> = {}): Fields {
  const entries = Object.entries({ ...EXAMPLES[path], ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
  readonly headers: Headers
}

/** Sends a body as it stands. */
export async function postBody(sandbox: Sandbox, path: string, body: string, headers: Fields = {}): Promise<Reply> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] }
}

/** Signs, encrypts and sends clear fields. */
export function post(sandbox: Sandbox, path: string, fields: Fields, headers: Fields = {}): Promise<Reply> {
  return postBody(sandbox, path, new URLSearchParams(formOf(path, fields)).toString(), headers)
}

/** The same with the example of the path. */
export function postExample(
  sandbox: Sandbox,
  path: string,
  changes: Readonly<Record<string, string | undefined>> = {},
  headers: Fields = {},
): Promise<Reply> {
  return post(sandbox, path, exampleOf(path, changes), headers)
}

/** What came back over a connection of its own, and how that connection ended. */
export interface RawReply {
  readonly bytes: Buffer
  readonly ending: 'fin' | 'reset' | 'stopped'
}

/**
 * Sends clear fields over a raw connection. Stops reading once `enough` says so, otherwise when the other side ends it.
 */
export function postRaw(
  sandbox: Sandbox,
  path: string,
  fields: Fields,
  headers: Fields,
  enough: (bytes: Buffer) => boolean = () => false,
): Promise<RawReply> {
  const body = new URLSearchParams(formOf(path, fields)).toString()
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: sandbox',
    'Content-Type: application/x-www-form-urlencoded; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return new Promise((resolve) => {
    const { hostname, port } = new URL(sandbox.url)
    const socket = connect(Number(port), hostname)
    let bytes = Buffer.alloc(0)
    const finish = (ending: RawReply['ending']) => {
      socket.destroy()
      resolve({ bytes, ending })
    }
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk])
      if (enough(bytes)) finish('stopped')
    })
    socket.on('end', () => finish('fin'))
    socket.on('error', () => finish('reset'))
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  })
}

/** A sandbox at the fixed time that ends with the tests of its file. */
export async function sandboxForTests(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, clock: () => NOW, slowMs: 1, ...options })
  afterAll(() => sandbox.close())
  return sandbox
}
