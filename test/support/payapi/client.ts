import { createDecipheriv, createHash } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { onTestFinished } from 'vitest'
import {
  type CallRecord,
  createPayApiClient,
  type MerchantCredentials,
  type PayApiClient,
  type PayApiOptions,
} from '../../../src/payapi/index.ts'
import { Inbox } from './inbox.ts'

/** The published demonstration key, with an api key and iv of our own. */
export const MERCHANT: MerchantCredentials = {
  mid: 'welcometst',
  signKey: 'SU5JTElURV9UUklQTEVERVNfS0VZU1RS',
  apiKey: '0123456789abcdef0123456789abcdef',
  apiIv: 'fedcba9876543210',
}

export const OTHER_MERCHANT: MerchantCredentials = {
  mid: 'welcometwo',
  signKey: 'another sign key',
  apiKey: 'abcdefghijklmnopqrstuvwxyz012345',
  apiIv: 'zyxwvutsrqponmlk',
}

/** The time at which these tests play, and the same as PayAPI's timestamp. */
export const NOW = Date.UTC(2019, 8, 6, 2, 1, 0)
export const TIMESTAMP = '20190906110100'

/** A card number that passes Luhn, and the other things that must never be seen again. */
export const CARD_NUMBER = '4000000000000002'
export const HOLDER_ID = '900101'

/** A client for the test that runs, closed with it. `records` is what it told of its calls. */
export function clientFor(
  baseUrl: string,
  options: Partial<PayApiOptions> = {},
): PayApiClient & { readonly records: readonly CallRecord[] } {
  const records: CallRecord[] = []
  const client = createPayApiClient({
    baseUrl,
    merchants: [MERCHANT, OTHER_MERCHANT],
    now: () => NOW,
    onCall: (record) => records.push(record),
    ...options,
  })
  onTestFinished(() => client.close())
  return Object.assign(client, { records })
}

/**
 * Watches the requests that undici begins to write to a base URL during the test that runs, by its own diagnostics:
 * a second witness beside what the client says.
 */
export function watchStarts(baseUrl: string): Inbox<'started'> {
  const { origin } = new URL(baseUrl)
  const starts = new Inbox<'started'>()
  const onStart = (message: unknown) => {
    if ((message as { request: { origin: string } }).request.origin === origin) starts.put('started')
  }
  subscribe('undici:client:sendHeaders', onStart)
  onTestFinished(() => {
    unsubscribe('undici:client:sendHeaders', onStart)
  })
  return starts
}

/** SHA-256 as lower-case hex, written for the tests. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What the merchant's signature over these names must be, written for the tests. */
export function signatureOf(
  names: readonly string[],
  clear: Readonly<Record<string, string | undefined>>,
  { signKey }: MerchantCredentials = MERCHANT,
): string {
  const values = { ...clear, mkey: sha256(signKey) }
  return sha256(names.map((name) => `${name}=${values[name as keyof typeof values]}`).join('&'))
}

/** The clear text of an encrypted field, written for the tests. */
export function decrypted(base64: string, { apiKey, apiIv }: MerchantCredentials = MERCHANT): string {
  const decipher = createDecipheriv('aes-256-cbc', Buffer.from(apiKey), Buffer.from(apiIv))
  return Buffer.concat([decipher.update(Buffer.from(base64, 'base64')), decipher.final()]).toString('utf8')
}

/** A form as sent: its fields in order. Decoded by hand and strictly, so that a sloppy encoding shows. */
export function formFields(body: string): [name: string, value: string][] {
  return body.split('&').map((pair) => {
    const parts = pair.split('=')
    if (parts.length !== 2 || !/^[\w.*%+-]*$/.test(parts.join(''))) throw new Error('not url-encoded')
    const [name = '', value = ''] = parts.map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    return [name, value]
  })
}

/** Waits until everything that is already under way in this process had its turn. */
export async function settle(rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve))
}
