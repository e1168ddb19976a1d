import type { Localized } from '../../lib/localized.ts'

/** `missing` has to be put right before the server goes live. */
export type Status = 'ok' | 'warning' | 'missing'

/** Something that was looked at. */
export interface Finding {
  readonly status: Status
  /** The variable that it is about, or what else it is about. */
  readonly subject: string
  /** A sentence without any value that is secret. */
  readonly text: Localized
  /** The page that says more. */
  readonly page: Localized
}

const page = (name: string, en: string, ko: string): Localized => ({
  en: `docs/en/${name}.md#${en}`,
  ko: `docs/ko/${name}.md#${ko}`,
})

/** The pages that findings lead to. */
export const PAGES = {
  checklist: page('going-live', 'checklist', '체크리스트'),
  steps: page('going-live', 'from-sandbox-to-production', '샌드박스에서-운영까지'),
  configuration: page('going-live', 'configuration', '설정'),
  secrets: page('going-live', 'secrets', '비밀값'),
  tls: page('going-live', 'tls', 'tls'),
  network: page('going-live', 'outgoing-connections-and-proxies', '외부-연결과-프록시'),
  stores: page('operations', 'stores', '저장소'),
  journalGone: page('operations', 'a-journal-that-is-gone-or-changed', '저널이-없거나-바뀌었을-때'),
  journalKeys: page('operations', 'journal-keys', '저널-키'),
  merchantKeys: page('operations', 'merchant-keys', '가맹점-키'),
  clocks: page('operations', 'clocks-and-leases', '시계와-리스lease'),
  logs: page('operations', 'logs', '로그'),
  metrics: page('operations', 'metrics', '메트릭'),
  authentication: page('security', 'authentication', '인증'),
  introspection: page('security', 'introspection-and-graphiql', '인트로스펙션과-graphiql'),
  trustedDocuments: page('security', 'trusted-documents', '허용-문서trusted-documents'),
  weakening: page('security', 'settings-that-weaken-protection', '보호를-약하게-하는-설정'),
  sms: page('payments', 'setting-it-up', '설정'),
  notices: page('payments', 'notices', '통보노티'),
  webhooks: page('webhooks', 'setting-it-up', '설정'),
} as const satisfies Record<string, Localized>

const finding =
  (status: Status) =>
  (subject: string, page: keyof typeof PAGES, en: string, ko: string): Finding => ({
    status,
    subject,
    text: { en, ko },
    page: PAGES[page],
  })

export const ok = finding('ok')
export const warning = finding('warning')
export const missing = finding('missing')
