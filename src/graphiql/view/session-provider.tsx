import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { operationNames } from '../run/tab-state.ts'
import type { ExplorerOperation } from '../setup.ts'
import { type Opening, Session, usePage } from './context.ts'

/** Opens, shows and closes tabs, so that no text of one gets into another and no answer is lost. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { runner } = usePage()
  const { addTab, changeTab, closeTab, updateActiveTabValues, setOperationName, run } = useGraphiQLActions()
  const state = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  )
  const now = useRef(state)
  useLayoutEffect(() => {
    now.current = state
    runner.editors = { tab: state.tabs[state.activeTabIndex]?.id ?? '', variables: state.variableEditor }
  })
  const showLate = useCallback(() => {
    const { tabs, activeTabIndex, responseEditor } = now.current
    const answer = runner.takeLateAnswer(tabs[activeTabIndex]?.id ?? '')
    if (answer === undefined) return
    responseEditor?.setValue(answer)
    updateActiveTabValues({ response: answer })
  }, [runner, updateActiveTabValues])
  useEffect(() => {
    runner.onLate = (tab) => {
      const { tabs, activeTabIndex } = now.current
      if (tabs[activeTabIndex]?.id === tab) showLate()
    }
  }, [runner, showLate])
  const active = state.tabs[state.activeTabIndex]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is shown
  useEffect(showLate, [active])
  const session = useMemo(() => {
    /** Graphiql notes what is typed a moment later, which may be too late. */
    const noteTyped = () => {
      const { queryEditor, variableEditor, headerEditor } = now.current
      // Until then it has the name of what was shown before, and gives it to the tab that is left.
      setOperationName(operationNames(queryEditor?.getValue() ?? '')[0] ?? '')
      updateActiveTabValues({
        query: queryEditor?.getValue() ?? null,
        variables: variableEditor?.getValue() ?? null,
        headers: headerEditor?.getValue() ?? null,
      })
    }
    return {
      add() {
        noteTyped()
        addTab()
      },
      show(index: number) {
        noteTyped()
        changeTab(index)
      },
      close(index: number) {
        noteTyped()
        closeTab(index)
      },
      open(operation: ExplorerOperation, { change, run }: Opening = {}) {
        noteTyped()
        addTab()
        now.current.queryEditor?.setValue(operation.document)
        updateActiveTabValues({ query: operation.document, operationName: operation.name })
        opening.current = { operation, change, run }
      },
    }
  }, [addTab, changeTab, closeTab, updateActiveTabValues, setOperationName])
  const opening = useRef<Opening & { readonly operation: ExplorerOperation }>(undefined)
  // The tab has its name only now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is shown
  useLayoutEffect(() => {
    if (opening.current === undefined || active === undefined) return
    const { operation, change = (same) => same, run: runs = false } = opening.current
    opening.current = undefined
    const variables = change(runner.openingVariables(operation, active))
    now.current.variableEditor?.setValue(variables)
    updateActiveTabValues({ variables })
    if (runs) void run()
  }, [active])
  return <Session value={session}>{children}</Session>
}
