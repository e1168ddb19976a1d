import type { Language } from '../reference/markdown.ts'
import { figure, measuredOn, resultsOf } from './results.ts'
import { figureTable } from './table.ts'

interface Curves {
  readonly curves: readonly {
    readonly name: string
    readonly points: readonly { readonly x: number; readonly cpuMicros: number }[]
  }[]
}

const CURVES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  merchants: { en: 'Merchants in the configuration', ko: '설정된 가맹점' },
  aliases: { en: 'Lookups in one request', ko: '한 요청의 조회' },
  journal: { en: 'Operations in the journal', ko: '저널의 작업' },
  records: {
    en: 'Events, notices, links and webhooks in the journal, each',
    ko: '저널의 이벤트, 노티, 링크, 웹훅 각각',
  },
}

/** What a call costs as things grow. */
export function growthTable(language: Language): string {
  const found = resultsOf<Curves>('curves')
  const heads = {
    en: ['What grows', 'From, to', 'CPU per call, × the first'],
    ko: ['늘어나는 것', '범위', '호출당 CPU(첫 값 대비 배수)'],
  }[language]
  const shown = (x = 0) => x.toLocaleString('en-US')
  const rows = found.curves.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)]
    const range = language === 'en' ? `${shown(first?.x)} to ${shown(last?.x)}` : `${shown(first?.x)}~${shown(last?.x)}`
    return [CURVES[name]?.[language] ?? name, range, ((last?.cpuMicros ?? 0) / (first?.cpuMicros ?? 1)).toFixed(2)]
  })
  return figureTable(heads, rows, measuredOn(found, language))
}

/** Many calls in flight. */
export function concurrencyTable(language: Language): string {
  const found = resultsOf<{ many: { way: 'kept' | 'fresh'; perSecond: number; idleMb: number; peakMb: number }[] }>(
    'concurrency',
  )
  const heads = {
    en: ['2,000 callers at once, PayAPI takes 300 ms', 'Calls per second', 'Memory above idle'],
    ko: ['동시 호출 2,000건, PayAPI 응답 300ms', '초당 호출 수', '유휴 상태보다 늘어난 메모리'],
  }[language]
  const ways = { kept: { en: 'Kept connections', ko: '연결 유지' }, fresh: { en: 'Fresh connections', ko: '새 연결' } }
  const rows = found.many.map(({ way, perSecond, idleMb, peakMb }) => [
    ways[way][language],
    figure(perSecond),
    `${figure(peakMb - idleMb)} MB`,
  ])
  return figureTable(heads, rows, measuredOn(found, language))
}

/** One worker and two. */
export function workersTable(language: Language): string {
  const found = resultsOf<{ rows: { name: string; perSecond: number }[] }>('workers')
  const [one, ...others] = found.rows
  const heads = {
    en: ['Two cores, of which the load took half of one', 'Calls per second, × one process'],
    ko: ['코어 두 개, 그중 한 코어의 절반은 부하 생성기가 사용', '초당 호출 수(한 프로세스 대비 배수)'],
  }[language]
  const names = {
    en: ['`PAYAPI_WORKERS=2`', 'Two programs on ports of their own'],
    ko: ['`PAYAPI_WORKERS=2`', '포트를 따로 쓰는 프로그램 두 개'],
  }[language]
  const rows = others.map(({ perSecond }, index) => [
    names[index] ?? '',
    (perSecond / (one?.perSecond ?? perSecond)).toFixed(2),
  ])
  return figureTable(heads, rows, measuredOn(found, language))
}

/** A thousand open streams. */
export function streamsTable(language: Language): string {
  const found = resultsOf<{ memoryMb: number; cpuWith: number; cpuWithout: number; medianMs: number }>('streams')
  const { memoryMb, cpuWith, cpuWithout, medianMs } = found
  const [withStreams, without] = [cpuWith.toFixed(1), cpuWithout.toFixed(1)]
  const rows = {
    en: [
      ['Memory above none', `${figure(memoryMb)} MB`],
      ['CPU while nothing happens', `${withStreams} % of a core; ${without} % without streams`],
      ['Until a change by one of two servers is told by the other, median', `${figure(medianMs)} ms`],
    ],
    ko: [
      ['스트림이 없을 때보다 늘어난 메모리', `${figure(memoryMb)}MB`],
      ['아무 일도 없을 때의 CPU', `코어의 ${withStreams}%. 스트림이 없으면 ${without}%`],
      ['두 서버 중 하나에서 바뀐 내용을 다른 서버가 알려 줄 때까지, 중앙값', `${figure(medianMs)}ms`],
    ],
  }[language]
  const head =
    language === 'en' ? '1,000 subscriptions of payments of their own' : '서로 다른 결제를 구독하는 스트림 1,000개'
  return figureTable([head, ''], rows, measuredOn(found, language))
}

/** Memory over many requests. */
export function memoryTable(language: Language): string {
  const found = resultsOf<{ startMemoryMb: number; quartersMb: [number, number, number, number] }>('soak')
  const [, second, , last] = found.quartersMb
  const names = {
    en: ['Over a million requests, journal off', 'At the start', 'In the second quarter', 'In the last quarter'],
    ko: ['요청 백만 건 동안, 저널 끔', '시작할 때', '두 번째 사분기', '마지막 사분기'],
  }[language]
  const rows = [found.startMemoryMb, second, last].map((value, index) => [names[index + 1] ?? '', figure(value)])
  return figureTable([names[0] ?? '', 'MB'], rows, measuredOn(found, language))
}
