import type { Localized } from '../../lib/localized.ts'
import * as billing from './billing.ts'
import * as cancel from './cancel.ts'
import * as card from './card.ts'
import * as escrow from './escrow.ts'
import * as keyedIn from './keyed-in.ts'
import * as sms from './sms.ts'
import { approveSmsPayment } from './sms-approval.ts'

export { SMS_LINK_LIFETIME_MS } from './common.ts'

/** The services by chapter of the contract. A new service in a chapter's file is in here by itself. */
export const CHAPTERS = { cancel, billing, keyedIn, card, escrow, sms }

/** What the chapters are called. */
export const CHAPTER_TITLES: Readonly<Record<keyof typeof CHAPTERS, Localized>> = {
  cancel: { en: 'Cancels', ko: '결제 취소' },
  billing: { en: 'Billing keys', ko: '빌링(빌키)' },
  keyedIn: { en: 'Keyed-in cards', ko: '키인결제' },
  card: { en: 'Card prefixes', ko: '카드 PREFIX 조회' },
  escrow: { en: 'Escrow', ko: '에스크로' },
  sms: { en: 'SMS payment links', ko: 'SMS결제 URL' },
}

/** All services by name, typed one by one. */
export const SERVICES = { ...cancel, ...billing, ...keyedIn, ...card, ...escrow, ...sms }

export type Services = typeof SERVICES

/** The name of a service: a method of the client, and a mutation. */
export type ServiceName = keyof Services

/** The services with those that nobody calls by name: what follows from another call. */
export const ALL_SERVICES = { ...SERVICES, approveSmsPayment }

/** The name of what an operation of the journal does. */
export type AnyServiceName = keyof typeof ALL_SERVICES
