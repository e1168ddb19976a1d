import type { Localized } from '../../src/lib/localized.ts'
import { JOURNAL_EVENTS, METRICS, type MetricTexts } from '../../src/server/telemetry/metric-texts.ts'
import { addGauges, createMetrics } from '../../src/server/telemetry/metrics.ts'
import { code, type Language, type Page, table } from './markdown.ts'

const INTRODUCTION: Localized = {
  en: 'For Prometheus, at `/metrics`; [Metrics](../en/operations.md#metrics) says on which port, and [Alerts](../en/operations.md#alerts) what to watch. No label has a value that a caller chose. `process_…` and `nodejs_…` are those that [prom-client](https://github.com/siimon/prom-client) has of every Node.js process: processor, memory, event loop, open files.',
  ko: 'Prometheus 형식이며 경로는 `/metrics`입니다. 제공하는 포트는 [메트릭](../ko/operations.md#메트릭), 지켜볼 것은 [알림](../ko/operations.md#알림)을 참고하십시오. 호출자가 정한 값은 어느 레이블에도 들어가지 않습니다. `process_…`와 `nodejs_…`는 [prom-client](https://github.com/siimon/prom-client)가 모든 Node.js 프로세스에 대해 제공하는 메트릭입니다(CPU, 메모리, 이벤트 루프, 열린 파일).',
}

const WORDS = {
  en: {
    metrics: { title: 'Metrics of the server', head: ['Name', 'Type', 'Labels', 'What it says'] },
    labels: { title: 'Labels', head: ['Metric', 'Label', 'Values'] },
    events: { title: 'Events of the journal', head: ['`kind`', 'What happened'] },
  },
  ko: {
    metrics: { title: '서버의 메트릭', head: ['이름', '종류', '레이블', '의미'] },
    labels: { title: '레이블', head: ['메트릭', '레이블', '값'] },
    events: { title: '저널의 이벤트', head: ['`kind`', '일어난 일'] },
  },
} as const

/** One metric of the server, as it is registered. */
interface Registered {
  readonly name: string
  readonly type: string
  readonly texts: MetricTexts
}

/** All metrics of the server but those of every process, from the registry itself. Throws where one has no text. */
function registered(): readonly Registered[] {
  const { registry } = createMetrics()
  addGauges(registry, {
    client: { underWay: { changes: 0, lookups: 0 } },
    store: { count: async () => 0 },
    isJournalReady: async () => true,
    streams: { count: 0 },
    countWebhooks: async () => ({}),
  })
  // As they are registered; prom-client's types leave two of these out.
  const all = registry.getMetricsAsArray() as unknown as readonly { name: string; type: string; labelNames: string[] }[]
  return all
    .filter(({ name }) => !/^(process|nodejs)_/.test(name))
    .map(({ name, type, labelNames }) => {
      const texts = (METRICS as Readonly<Record<string, MetricTexts>>)[name]
      const described = Object.keys(texts?.labels ?? {})
      if (texts === undefined || described.join() !== labelNames.join()) throw new Error(`${name} lacks texts`)
      return { name, type, texts }
    })
}

/** The page of the metrics. */
export const metrics: Page = {
  title: { en: 'Metrics', ko: '메트릭' },
  sources: ['src/server/telemetry/metrics.ts', 'src/server/telemetry/metric-texts.ts'],
  body: (language) => {
    const words = WORDS[language]
    const all = registered()
    return [
      INTRODUCTION[language],
      `## ${words.metrics.title}`,
      table(
        words.metrics.head,
        all.map(({ name, type, texts }) => [code(name), type, labelsOf(texts), texts.about[language]]),
      ),
      `## ${words.labels.title}`,
      table(
        words.labels.head,
        all.flatMap((metric) => labelRows(metric, language)),
      ),
      `## ${words.events.title}`,
      table(
        words.events.head,
        Object.entries(JOURNAL_EVENTS).map(([kind, about]) => [code(kind), about[language]]),
      ),
    ]
  },
}

const labelsOf = ({ labels }: MetricTexts) => Object.keys(labels).map(code).join(', ')

const labelRows = ({ name, texts }: Registered, language: Language) =>
  Object.entries(texts.labels).map(([label, about]) => [code(name), code(label), about[language]])
