import type { Localized } from '../lib/localized.ts'
import { CHAPTERS, type Effect, type Service } from '../payapi/index.ts'

// What one has to be allowed to, to use a field. Which scope a service needs follows from its chapter and its effect.

/** Everything a caller may be allowed to do. */
export const SCOPES = [
  'payments:charge',
  'payments:cancel',
  'payments:read',
  'billing:manage',
  'cards:lookup',
  'escrow:manage',
  'escrow:read',
  'sms:create',
  'operations:read',
  'operations:resolve',
  'notices:read',
  'notices:manage',
  'notices:personal',
  'webhooks:manage',
] as const

/** What each scope lets its callers do. */
export const SCOPE_TEXTS: Readonly<Record<Scope, Localized>> = {
  'payments:charge': { en: 'Charge cards, billing keys and mobile phones.', ko: '카드, 빌키, 휴대폰으로 승인합니다.' },
  'payments:cancel': {
    en: 'Cancel and refund payments, wholly or partly.',
    ko: '결제를 전체 또는 부분 취소(환불)합니다.',
  },
  'payments:read': {
    en: 'Look payments up, with their history and operations, of merchants as which the caller may act.',
    ko: '호출자가 처리할 수 있는 가맹점의 결제를 이력, 작업과 함께 조회합니다.',
  },
  'billing:manage': { en: 'Issue and delete billing keys.', ko: '빌키를 발급하고 삭제합니다.' },
  'cards:lookup': { en: 'Look up card prefixes.', ko: '카드 PREFIX를 조회합니다.' },
  'escrow:manage': {
    en: 'Register deliveries, confirm and deny purchases.',
    ko: '에스크로 배송등록, 구매확정, 구매거절을 처리합니다.',
  },
  'escrow:read': { en: 'Look up the state of escrow payments.', ko: '에스크로 거래의 상태를 조회합니다.' },
  'sms:create': { en: 'Create payment URLs for SMS.', ko: 'SMS 결제용 URL을 만듭니다.' },
  'operations:read': {
    en: 'Read the journal, of merchants as which the caller may act.',
    ko: '호출자가 처리할 수 있는 가맹점의 저널(처리 기록)을 조회합니다.',
  },
  'operations:resolve': {
    en: 'Record what the merchant console showed of an operation of unknown outcome, of merchants as which the caller may act.',
    ko: '호출자가 처리할 수 있는 가맹점의 작업 중 결과를 알 수 없는 작업에, 상점 관리자 페이지(PG 제공)에서 확인한 결과를 기록합니다.',
  },
  'notices:read': {
    en: 'Read notices of the PG, of merchants as which the caller may act, without personal data.',
    ko: '호출자가 처리할 수 있는 가맹점의 통보(노티)를 개인정보 없이 조회합니다.',
  },
  'notices:manage': {
    en: 'Acknowledge notices that need a person.',
    ko: '담당자 확인이 필요한 통보를 확인 처리합니다.',
  },
  'notices:personal': {
    en: 'Read what of notices is about persons: payers’ names, accounts, all fields as they came.',
    ko: '통보의 개인정보(입금자명, 계좌번호, 수신한 모든 필드)를 조회합니다.',
  },
  'webhooks:manage': {
    en: 'See which webhooks were sent, of merchants as which the caller may act, send them again, and send tests.',
    ko: '호출자가 처리할 수 있는 가맹점의 웹훅 전송 내역을 조회하고, 다시 보내고, 시험 웹훅을 보냅니다.',
  },
}

export type Scope = (typeof SCOPES)[number]

const CHARGE = { charge: 'payments:charge' } as const

type Chapters = typeof CHAPTERS

/** The effects of a chapter's services. */
type EffectOf<Chapter extends keyof Chapters> = Extract<
  Chapters[Chapter][keyof Chapters[Chapter]],
  { readonly effect: Effect }
>['effect']

// The compiler names what has no scope: a service must not be open by omission.
const BY_CHAPTER: { readonly [Chapter in keyof Chapters]: Readonly<Record<EffectOf<Chapter>, Scope>> } = {
  cancel: { update: 'payments:cancel' },
  billing: { ...CHARGE, update: 'billing:manage' },
  keyedIn: CHARGE,
  card: { lookup: 'cards:lookup' },
  escrow: { update: 'escrow:manage', lookup: 'escrow:read' },
  sms: { update: 'sms:create' },
}

const scopes = new Map<string, Scope | undefined>(
  Object.entries<Partial<Readonly<Record<Effect, Scope>>>>(BY_CHAPTER).flatMap(([chapter, byEffect]) =>
    Object.values<Service>(CHAPTERS[chapter as keyof typeof CHAPTERS]).map(
      ({ name, effect }) => [name, byEffect[effect]] as const,
    ),
  ),
)

/** Throws where no scope is laid down: a service must not be open by omission. */
export function scopeOf({ name }: Service): Scope {
  const scope = scopes.get(name)
  if (scope === undefined) throw new Error(`No scope is laid down for ${name}`)
  return scope
}

/** The sentence with which every description of a field that needs the scope ends. */
export function scopeSentence(scope: Scope): string {
  return `Needs the scope \`${scope}\`.`
}
