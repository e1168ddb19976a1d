import { EVENT_TYPES, TEST_EVENT } from '../../src/journal/records/events.ts'
import type { Localized } from '../../src/lib/localized.ts'
import { code, type Page, table } from './markdown.ts'

const INTRODUCTION: readonly Localized[] = [
  {
    en: 'What an endpoint of `PAYAPI_WEBHOOKS_FILE` can be told of. Each webhook holds ids alone; see [Webhooks](../en/webhooks.md).',
    ko: '`PAYAPI_WEBHOOKS_FILE`의 엔드포인트가 받을 수 있는 이벤트입니다. 웹훅에는 ID만 담깁니다. [웹훅](../ko/webhooks.md)을 참고하십시오.',
  },
]

const HEAD = { en: ['Event', 'Meaning'], ko: ['이벤트', '의미'] } as const

const TEST: Localized = {
  en: 'A test, sent with `sendTestWebhook`. No endpoint asks for it.',
  ko: '`sendTestWebhook`으로 보내는 시험 웹훅입니다. 엔드포인트 설정에 적지 않습니다.',
}

/** The page of the events that webhooks tell of. */
export const events: Page = {
  title: { en: 'Events', ko: '이벤트' },
  sources: ['src/journal/records/events.ts'],
  body: (language) => [
    ...INTRODUCTION.map((text) => text[language]),
    table(HEAD[language], [
      ...Object.entries(EVENT_TYPES).map(([type, { about }]) => [code(type), about[language]]),
      [code(TEST_EVENT), TEST[language]],
    ]),
  ],
}
