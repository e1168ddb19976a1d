import { isIP } from 'node:net'
import * as z from 'zod'
import { EVENT_TYPES, type EventType } from '../journal/records/events.ts'
import { isPublicAddress } from '../lib/network/public-lookup.ts'
import { isLoopback } from '../lib/network/url.ts'
import type { WebhookEndpoint } from '../webhooks/endpoint.ts'
import { documentation } from './variables/documentation.ts'
import { type Complain, json, readText, text } from './variables/fields.ts'

/** Who is told what happens, and how. */
export interface WebhooksConfig {
  readonly endpoints: readonly WebhookEndpoint[]
  /** Whether endpoints may be in a private network. */
  readonly privateAddresses: boolean
  /** The whole of an attempt, milliseconds; no variable sets it. */
  readonly timeoutMs: number
}

const TIMEOUT_MS = 10_000

const MAX_URL = 2_000

const url = text.transform((given, context) => {
  const parsed = URL.canParse(given) ? new URL(given) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) context.addIssue('must be an http or https URL')
  else if (parsed.username || parsed.password || parsed.hash) context.addIssue('must be without user and fragment')
  else if (parsed.href.length > MAX_URL) context.addIssue(`must be at most ${MAX_URL} characters`)
  else return parsed
  return z.NEVER
})

const secret = text.refine((given) => {
  const [, encoded = ''] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(given) ?? []
  const key = Buffer.from(encoded, 'base64')
  return key.length >= 24 && key.length <= 64 && key.toString('base64') === encoded
}, 'must be whsec_ and 24 to 64 bytes in Base64')

const MAX_SECRETS = 5
const names = Object.keys(EVENT_TYPES) as [EventType, ...EventType[]]

const endpoint = z
  .strictObject(
    {
      id: text.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, dashes or underscores'),
      url,
      secrets: z
        .array(secret, 'must be an array of secrets')
        .min(1, 'must hold at least one secret')
        .max(MAX_SECRETS, `must hold at most ${MAX_SECRETS} secrets`),
      events: z
        .array(z.enum(names, 'is none of the events'), 'must be an array of events')
        .min(1, 'must name at least one event'),
      merchantIds: z.array(text, 'must be an array of mids').min(1, 'must name at least one mid').optional(),
    },
    'must be an object of id, url, secrets, events and perhaps merchantIds, and nothing else',
  )
  .transform(({ merchantIds, ...given }): WebhookEndpoint => ({ ...given, merchantIds }))

/** The check of whom webhooks are sent to. */
export const endpoints = z
  .array(endpoint, 'must be a JSON array of endpoints')
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'names an id twice')

/** The variable of webhooks. */
export const webhooksVariables = {
  PAYAPI_WEBHOOKS_FILE: z
    .string()
    .transform(readText)
    .pipe(json)
    .pipe(endpoints)
    .optional()
    .register(documentation, {
      en: 'A file that says whom webhooks are sent to, as a JSON array: `id` (a name of your choice), `url` (https; http and private addresses in sandbox mode only), `secrets` (`whsec_` and 24 to 64 random bytes in Base64, e.g. from `echo "whsec_$(openssl rand -base64 32)"`; several while one takes the other’s place), `events` (docs/reference/events.md) and perhaps `merchantIds` (all merchants where it is left out).',
      ko: '웹훅을 받을 엔드포인트의 JSON 배열을 담은 파일: `id`(직접 정하는 이름), `url`(https만 가능. http와 사설 주소는 sandbox 모드에서만), `secrets`(`whsec_`와 Base64로 적은 24~64바이트의 난수. 예: `echo "whsec_$(openssl rand -base64 32)"`. 교체하는 동안에는 여러 개), `events`(docs/reference/events.ko.md), 필요하면 `merchantIds`(없으면 모든 가맹점).',
      unset: { en: 'no webhooks', ko: '웹훅을 보내지 않음' },
      example: '/run/secrets/webhooks.json',
    }),
}

const shape = z.object(webhooksVariables)

/** Who is told what happens, of a variable that was checked; tells what does not fit together. */
export function webhooksConfig(
  data: z.infer<typeof shape>,
  given: {
    readonly merchantIds: readonly string[] | undefined
    readonly journaled: boolean
    readonly isSandbox: boolean
  },
  complain: Complain,
): WebhooksConfig {
  const list = data.PAYAPI_WEBHOOKS_FILE ?? []
  if (list.length > 0 && !given.journaled) complain('PAYAPI_WEBHOOKS_FILE needs the journal: PAYAPI_JOURNAL must be on')
  for (const [index, { url, merchantIds }] of list.entries()) {
    const place = `PAYAPI_WEBHOOKS_FILE[${index}]`
    if (!given.isSandbox && url.protocol !== 'https:') complain(`${place}[url] must be https, except in sandbox mode`)
    if (!given.isSandbox && isPrivate(url))
      complain(`${place}[url] must not be a private address, except in sandbox mode`)
    if (merchantIds?.some((mid) => given.merchantIds?.includes(mid) === false)) {
      complain(
        `${place}[merchantIds] names a mid that is none of PAYAPI_MERCHANTS`,
        'PAYAPI_MERCHANTS',
        'PAYAPI_MERCHANTS_FILE',
      )
    }
  }
  return { endpoints: list, privateAddresses: given.isSandbox, timeoutMs: TIMEOUT_MS }
}

/** Where a name leads is looked at with every connection. */
function isPrivate({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  return isLoopback(hostname) || (isIP(address) > 0 && !isPublicAddress(address))
}
