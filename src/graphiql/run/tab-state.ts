import type { ExplorerOperation, Setup } from '../setup.ts'
import type { Runner } from './runner.ts'
import { type SavedTab, savedSession } from './session.ts'

/** A tab as graphiql keeps it. */
interface TabState {
  readonly id: string
  readonly title: string
  readonly query: string
  readonly variables: string
  readonly headers: null
  readonly operationName: string | null
  readonly response: null
}

/** What is open when the page opens: what was before a reload, else the operation that a first visit begins with. */
export function tabStateOf(setup: Setup, runner: Runner) {
  const operations = setup.chapters.flatMap((chapter) => chapter.operations)
  const first = operations.find(({ name }) => name === setup.first) ?? operations[0]
  const { tabs, active } = savedSession() ?? { tabs: [{ query: first?.document ?? '', variables: '' }], active: 0 }
  return { tabs: tabs.map((tab) => reopened(tab, operations, runner)), activeTabIndex: active }
}

/** The names of the operations of a document, which need not be valid. */
export const operationNames = (document: string): readonly string[] =>
  Array.from(document.matchAll(/^\s*(?:query|mutation|subscription)\s+(\w+)/gm), ([, name = '']) => name)

function reopened({ query, variables }: SavedTab, operations: readonly ExplorerOperation[], runner: Runner): TabState {
  const id = crypto.randomUUID()
  const [name] = operationNames(query)
  const known = operations.find((operation) => operation.name === name)
  return {
    id,
    title: name ?? '',
    query,
    variables: known === undefined ? variables : runner.openingVariables(known, id, variables),
    headers: null,
    operationName: name ?? null,
    response: null,
  }
}
