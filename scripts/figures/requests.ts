import type { Language } from '../reference/markdown.ts'
import { figure, measuredOn, resultsOf } from './results.ts'
import { figureTable } from './table.ts'

interface Comparison {
  readonly rows: readonly {
    readonly way: 'kept' | 'fresh' | 'tls'
    readonly name: string
    readonly figures: { readonly halfP50: number; readonly halfP99: number }
    readonly timesTheLimit: { readonly cpuMicros: number }
  }[]
}

const NAMES = {
  limit: { en: 'The limit', ko: '기준 서버' },
  off: { en: 'payapi-graphql, journal off', ko: 'payapi-graphql, 저널 끔' },
  on: { en: 'payapi-graphql, journal on', ko: 'payapi-graphql, 저널 켬' },
  graphqlJs: { en: 'graphql-js alone', ko: 'graphql-js만 사용' },
} as const

const LIMIT = 'the limit: node:http, no GraphQL'
const GRAPHQL_JS = 'graphql-js alone'
const OURS = { off: 'payapi-graphql', on: 'payapi-graphql, journal on' } as const
const PEERS = { mercurius: 'Mercurius', 'Apollo Server': 'Apollo Server', 'GraphQL Yoga': 'GraphQL Yoga' } as const

const rowIn = ({ rows }: Comparison, way: string, name: string) =>
  rows.find((row) => row.way === way && row.name === name)

/** The CPU time of a request, compared with the limit. */
export function cpuTable(language: Language): string {
  const found = resultsOf<Comparison>('compare')
  const heads = {
    en: [
      '',
      'Kept connections (`PAYAPI_KEEP_ALIVE=all`)',
      'Fresh connections (as shipped)',
      'Fresh connections over TLS',
    ],
    ko: ['', '연결 유지(`PAYAPI_KEEP_ALIVE=all`)', '새 연결(배포 상태)', '새 연결, TLS'],
  }[language]
  const cells = (name: string) =>
    ['kept', 'fresh', 'tls'].map((way) => rowIn(found, way, name)?.timesTheLimit.cpuMicros.toFixed(2) ?? '')
  const rows = [
    [NAMES.off[language], ...cells(OURS.off)],
    [NAMES.on[language], ...cells(OURS.on)],
    [NAMES.graphqlJs[language], ...cells(GRAPHQL_JS)],
    ...Object.entries(PEERS).map(([name, shown]) => [shown, ...cells(name)]),
  ]
  return figureTable(heads, rows, measuredOn(found, language))
}

/** How long an answer takes at half load. */
export function latencyTable(language: Language): string {
  const found = resultsOf<Comparison>('compare')
  const heads = {
    en: ['', 'Kept, p50', 'Kept, p99', 'Fresh, p50', 'Fresh, p99'],
    ko: ['', '연결 유지, p50', '연결 유지, p99', '새 연결, p50', '새 연결, p99'],
  }[language]
  const cells = (name: string) =>
    ['kept', 'fresh'].flatMap((way) => {
      const row = rowIn(found, way, name)
      return row === undefined ? ['', ''] : [figure(row.figures.halfP50), figure(row.figures.halfP99)]
    })
  const rows = [
    [NAMES.limit[language], ...cells(LIMIT)],
    [NAMES.off[language], ...cells(OURS.off)],
    [NAMES.on[language], ...cells(OURS.on)],
  ]
  return figureTable(heads, rows)
}
