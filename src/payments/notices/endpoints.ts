import { createHash, timingSafeEqual } from 'node:crypto'
import type { NoticeKind } from '../../journal/records/notices.ts'
import type { Charset } from '../../payapi/wire/charset.ts'
import { NOTICES_PATH } from '../sms-links.ts'
import { NOTICE_KINDS, type NoticeShape } from './kinds.ts'
import type { SignatureRule } from './signature.ts'

/** Where the PG sends notices of one kind of one merchant to, as registered with it once. */
export interface NoticeEndpoint {
  readonly kind: NoticeKind
  readonly merchantId: string
  readonly token: string
  /** The merchant's setting; what a request says of itself goes before it. */
  readonly charset: Charset | undefined
  /** Where nothing is set, the content type says it. */
  readonly format: 'form' | 'json' | undefined
  readonly shapes: readonly NoticeShape[]
  readonly signature: SignatureRule | undefined
}

const PATH = new RegExp(`^${NOTICES_PATH}(?:([^/]+)/([^/]+)/)?([^/]+)$`)

/** What a path asks for; undefined where it is none of notices. */
export interface NoticeAddress {
  /** Undefined for an SMS link's own address. */
  readonly registered: { readonly kind: string; readonly merchantId: string } | undefined
  readonly token: string
}

export function parseNoticePath(path: string): NoticeAddress | undefined {
  const [, kind, merchantId, token] = PATH.exec(path) ?? []
  if (token === undefined) return undefined
  const registered = kind === undefined || merchantId === undefined ? undefined : { kind, merchantId }
  return { registered, token }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Finds the endpoint of an address, in a time that says nothing of the tokens. */
export function endpointFinder(endpoints: readonly NoticeEndpoint[]) {
  const known = endpoints.map((endpoint) => ({ endpoint, digest: digest(endpoint.token) }))
  return ({ registered, token }: NoticeAddress): NoticeEndpoint | undefined => {
    const given = digest(token)
    let found: NoticeEndpoint | undefined
    for (const { endpoint, digest: own } of known) {
      const isRight = timingSafeEqual(given, own)
      const { names } = NOTICE_KINDS[endpoint.kind]
      if (isRight && endpoint.merchantId === registered?.merchantId && names.includes(registered.kind)) found = endpoint
    }
    return found
  }
}
