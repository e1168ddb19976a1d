import { randomBytes } from 'node:crypto'
import type { Guard } from '../journal/operation-store.ts'
import {
  type Fill,
  fillSmsAddresses,
  type PreparedCall,
  type Service,
  SMS_LINK_LIFETIME_MS,
  type SmsLinkAddresses,
  smsLinkRequest,
} from '../payapi/index.ts'

/** The paths of a link's addresses; a token stands behind each. All addresses for notices begin like a link's. */
export const NEXT_PATH = '/pg/next/'
export const RETURN_PATH = '/pg/return/'
export const NOTICES_PATH = '/pg/notices/'

/** Nobody guesses 128 bits. */
const TOKEN_BYTES = 16

/** A call that makes a link which is carried to its end here. */
export interface LinkedCall {
  /** Fills in the addresses that the caller left out. */
  readonly fill: Fill
  /** Writes the link down with the claim of the call; undefined where the caller gave every address. */
  guard(call: PreparedCall): Guard | undefined
}

/**
 * Begins what a service needs to be carried to its end; undefined where that is nothing. Each call has tokens of its own:
 * the one for notices is not the one that the buyer's browser sees.
 */
export function linkCall(service: Service, publicUrl: string | undefined): LinkedCall | undefined {
  if (publicUrl === undefined || !Object.values(service.request).some((entry) => 'wire' in entry && entry.fillable)) {
    return undefined
  }
  const [token, noticeToken] = [newToken(), newToken()]
  const addresses: SmsLinkAddresses = {
    next: `${publicUrl}${NEXT_PATH}${token}`,
    return: `${publicUrl}${RETURN_PATH}${token}`,
    notification: `${publicUrl}${NOTICES_PATH}${noticeToken}`,
  }
  return {
    fill: (form) => fillSmsAddresses(form, addresses),
    guard({ metadata, merchant, form, filled = {}, requestedAt }) {
      const own: readonly unknown[] = Object.values(addresses)
      if (!Object.values(filled).some((value) => own.includes(value))) return undefined
      const input = {
        ...smsLinkRequest(form as Readonly<Record<string, string>>),
        id: metadata.requestId,
        token,
        noticeToken,
        merchantId: merchant.mid,
        createdAt: requestedAt,
        expiresAt: requestedAt + SMS_LINK_LIFETIME_MS,
      }
      return { name: 'createSmsLink', input }
    },
  }
}

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** Whether a text may be a token that was made here. */
export const isToken = (text: string): boolean => /^[\w-]{22}$/.test(text)
