import type { Localized } from '../../lib/localized.ts'
import { CHAPTER_TITLES, CHAPTERS, SERVICES, type Service } from '../../payapi/index.ts'
import type { RootField } from './root-fields.ts'

/** A part of the side panel, before what is in it is known. */
interface ChapterRule {
  readonly id: string
  readonly title: Localized
  readonly holds: (field: RootField) => boolean
  /** Whether nothing of it works where no journal is kept. */
  readonly needsJournal: boolean
}

const RESULTS: ReadonlySet<string> = new Set(Object.values<Service>(SERVICES).map(({ result }) => result.type))

const ofContract: readonly ChapterRule[] = Object.entries(CHAPTERS).map(([id, services]) => ({
  id,
  title: CHAPTER_TITLES[id as keyof typeof CHAPTERS],
  holds: ({ name }) => name in services,
  needsJournal: false,
}))

const kept = (id: string, title: Localized, holds: ChapterRule['holds']): ChapterRule => ({
  id,
  title,
  holds,
  needsJournal: true,
})

const about =
  (type: string): ChapterRule['holds'] =>
  ({ types }) =>
    types.includes(type)

/** The chapters in their order. A field is in the first one that holds it: what no other does, in the last. */
export const CHAPTER_RULES: readonly ChapterRule[] = [
  ...ofContract,
  {
    id: 'lookups',
    title: { en: 'Lookups as queries', ko: '조회(쿼리)' },
    holds: ({ kind, service }) => kind === 'query' && service !== undefined,
    needsJournal: false,
  },
  kept('live', { en: 'Live (subscriptions)', ko: '실시간(구독)' }, ({ kind }) => kind === 'subscription'),
  kept('operations', { en: 'Operations in the journal', ko: '저널의 작업' }, about('PayApiOperation')),
  kept('payments', { en: 'Payments', ko: '결제' }, about('PayApiPayment')),
  kept(
    'refunds',
    { en: 'Refunds', ko: '환불' },
    ({ kind, types }) => kind === 'mutation' && types.length > 0 && types.every((type) => RESULTS.has(type)),
  ),
  kept('smsPayments', { en: 'SMS payments', ko: 'SMS 결제' }, about('PayApiSmsPayment')),
  kept('notices', { en: 'Notices of the PG', ko: '통보(노티)' }, about('PayApiNotice')),
  kept('webhooks', { en: 'Webhooks', ko: '웹훅' }, ({ types }) => types.some((type) => type.includes('Webhook'))),
  { id: 'others', title: { en: 'More', ko: '그 밖의 기능' }, holds: () => true, needsJournal: false },
]
