import type { Language } from '../reference/markdown.ts'
import { figure, measuredOn, resultsOf } from './results.ts'
import { figureTable } from './table.ts'

interface Latency {
  readonly p50: number
  readonly p99: number
  readonly perSecond: number
}

interface Stores {
  readonly twoFlushesMs: number
  readonly roundTripMs: { readonly near?: number; readonly far?: number }
  readonly rows: readonly {
    readonly kind: string
    readonly at: Readonly<Record<string, Latency>>
    readonly addsMs?: number
    readonly timesTwoFlushes?: number
    readonly flushes: Readonly<Record<string, number>>
  }[]
}

interface Upgrades {
  readonly entries: number
  readonly rows: readonly {
    readonly store: string
    readonly firstChargeMs: number
    readonly doneMs: number
    readonly longestBehindMs: number | null
  }[]
}

const NAMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  off: { en: 'Journal off', ko: '저널 끔' },
  sqlite: { en: 'SQLite, one process', ko: 'SQLite, 프로세스 하나' },
  shared: { en: 'SQLite, two workers', ko: 'SQLite, 워커 두 개' },
  near: { en: 'PostgreSQL on the same machine', ko: '같은 장비의 PostgreSQL' },
  far: { en: 'PostgreSQL 5 ms away', ko: '5ms 떨어진 PostgreSQL' },
}

/** How long a charge takes with each store, by how many are in flight. */
export function storeTable(language: Language): string {
  const found = resultsOf<Stores>('stores')
  const heads = {
    en: [
      'p50 / p99 in ms',
      '1 in flight',
      '8',
      '64',
      '256',
      '500 a second',
      '2,000 a second',
      'Flushes for a lone charge',
    ],
    ko: [
      'p50 / p99(ms)',
      '동시 1건',
      '8건',
      '64건',
      '256건',
      '초당 500건',
      '초당 2,000건',
      '한 건만 있을 때 디스크 기록 횟수',
    ],
  }[language]
  const both = (latency: Latency | undefined) => (latency ? `${figure(latency.p50)} / ${figure(latency.p99)}` : '')
  const rows = found.rows
    .filter(({ kind }) => kind in NAMES)
    .map(({ kind, at, flushes }) => [
      NAMES[kind]?.[language] ?? kind,
      ...['1', '8', '64', '256', '500/s', '2000/s'].map((point) => both(at[point])),
      flushes['1'] === undefined ? '' : figure(flushes['1']),
    ])
  return figureTable(heads, rows, storeNote(found, language), measuredOn(found, language))
}

function storeNote({ twoFlushesMs, roundTripMs, rows }: Stores, language: Language): string {
  const times = rows.find(({ kind }) => kind === 'sqlite')?.timesTwoFlushes ?? 0
  const far = roundTripMs.far
  return {
    en: [
      `Two flushes of the disk took ${figure(twoFlushesMs)} ms in the same run; SQLite in one process adds ${figure(times)} times that to a lone charge.`,
      ...(far === undefined ? [] : [`The round trip to the PostgreSQL that is away took ${figure(far)} ms.`]),
    ],
    ko: [
      `같은 측정에서 디스크 기록(fdatasync) 두 번은 ${figure(twoFlushesMs)}ms였고, 프로세스 하나가 쓰는 SQLite는 한 건만 있을 때 그 ${figure(times)}배를 더합니다.`,
      ...(far === undefined ? [] : [`떨어진 PostgreSQL까지의 왕복 시간은 ${figure(far)}ms였습니다.`]),
    ],
  }[language].join(' ')
}

/** How long a journal of the last release takes to be taken over. */
export function upgradeTable(language: Language): string {
  const found = resultsOf<Upgrades>('upgrade')
  const count = found.entries.toLocaleString('en-US')
  const heads = {
    en: [
      `A journal of ${count} operations`,
      'First charge after the start, s',
      'Schema complete, s',
      'Longest charge meanwhile, s',
    ],
    ko: [`작업 ${count}건의 저널`, '시작 후 첫 승인까지(초)', '스키마 완료까지(초)', '그동안 가장 오래 걸린 승인(초)'],
  }[language]
  const seconds = (ms: number | null) => (ms === null ? '' : figure(ms / 1_000))
  const rows = found.rows.map(({ store, firstChargeMs, doneMs, longestBehindMs }) => [
    store,
    seconds(firstChargeMs),
    seconds(doneMs),
    seconds(longestBehindMs),
  ])
  return figureTable(heads, rows, measuredOn(found, language))
}
