import type { ExplorerOperation } from '../setup.ts'
import { isObject, parsedOrUndefined } from './paths.ts'

// What is open outlives a reload, in the storage of the browser's own tab. A card number does not: variables are kept only
// where no number in them is as long as one, but for those of the examples. Headers and answers are never kept.

const KEY = 'payapi-graphiql:tabs'

export interface SavedTab {
  readonly query: string
  readonly variables: string
}

export interface SavedSession {
  readonly tabs: readonly SavedTab[]
  readonly active: number
}

interface OpenTab {
  readonly query?: string | null
  readonly variables?: string | null
}

/** A number as long as a card's, or nearly. */
const LONG_NUMBER = /\d(?:[\s-]?\d){8,}/g

/** Keeps what is open; `operations` are those of the setup, whose examples may be kept as they are. */
export function saveSession(tabs: readonly OpenTab[], active: number, operations: readonly ExplorerOperation[]): void {
  const known = new Set(operations.flatMap(({ variables }) => numbersOf(JSON.stringify(variables))))
  const isHarmless = (text: string) => numbersOf(text).every((number) => known.has(number))
  const kept = tabs.map(({ query, variables }) => ({
    query: query && isHarmless(query) ? query : '',
    variables: variables && isHarmless(variables) ? variables : '',
  }))
  sessionStorage.setItem(KEY, JSON.stringify({ tabs: kept, active }))
}

const numbersOf = (text: string): readonly string[] => text.match(LONG_NUMBER) ?? []

/** What was open before the page was loaded anew; undefined at a first visit. */
export function savedSession(): SavedSession | undefined {
  const saved = parsedOrUndefined(sessionStorage.getItem(KEY))
  if (!isObject(saved) || !Array.isArray(saved['tabs']) || saved['tabs'].length === 0) return undefined
  const tabs = saved['tabs'].map((tab: unknown) => ({
    query: String(isObject(tab) ? tab['query'] : ''),
    variables: String(isObject(tab) ? tab['variables'] : ''),
  }))
  return { tabs, active: Math.min(Math.max(Number(saved['active']) || 0, 0), tabs.length - 1) }
}

/** What graphiql itself may keep: how it looks, and nothing that somebody typed. */
const KEPT = new Set(
  ['theme', 'visiblePlugin', 'editorFlex', 'secondaryEditorFlex', 'panelFlex'].map((name) => `graphiql:${name}`),
)

/** The storage that graphiql sees: it finds what is open there, and keeps none of it. */
export function graphiqlStorage(tabState: string) {
  return {
    getItem: (key: string) =>
      key === 'graphiql:tabState' ? tabState : KEPT.has(key) ? localStorage.getItem(key) : null,
    setItem(key: string, value: string) {
      if (KEPT.has(key)) localStorage.setItem(key, value)
    },
    removeItem: (key: string) => localStorage.removeItem(key),
    clear() {
      for (const key of KEPT) localStorage.removeItem(key)
    },
    length: KEPT.size,
  }
}
