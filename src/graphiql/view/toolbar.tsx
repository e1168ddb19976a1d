import { cn, PlayIcon, PrettifyIcon, pick, StopIcon, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useState } from 'react'
import { useTexts } from '../language.ts'
import { isObject, parsedOrUndefined } from '../run/paths.ts'
import { usePage } from './context.ts'
import { Prose } from './prose.tsx'

/** ▶, and beside it what the next run is like. */
export function Toolbar() {
  const { t } = useTexts()
  const { setup } = usePage()
  const { prettifyEditors } = useGraphiQLActions()
  return (
    <div className="payapi-toolbar">
      <div className="payapi-tools">
        <RunButton />
        <WhichOperation />
        {setup.sandbox && <ScenarioChooser />}
        <FreshToggle />
        <button
          type="button"
          className="payapi-icon-button"
          aria-label={t('prettify')}
          title={t('prettify')}
          onClick={prettifyEditors}
        >
          <PrettifyIcon aria-hidden="true" />
        </button>
      </div>
      {setup.sandbox && <ScenarioAbout />}
    </div>
  )
}

function RunButton() {
  const { t } = useTexts()
  const { run, stop } = useGraphiQLActions()
  const { isFetching, subscription } = useGraphiQL(pick('isFetching', 'subscription'))
  const streams = subscription !== null
  return (
    <button
      type="button"
      className="graphiql-execute-button payapi-run"
      title="Ctrl-Enter"
      // Not `disabled`: that would take the focus away.
      aria-disabled={isFetching && !streams}
      onClick={() => {
        if (streams) stop()
        else if (!isFetching) void run()
      }}
    >
      {streams ? <StopIcon aria-hidden="true" /> : <PlayIcon aria-hidden="true" />}
      {streams ? t('stop') : t('run')}
    </button>
  )
}

/** Where a document has several operations. */
function WhichOperation() {
  const { t } = useTexts()
  const { setOperationName } = useGraphiQLActions()
  const { operations = [], operationName } = useGraphiQL(pick('operations', 'operationName'))
  const names = operations.flatMap(({ name }) => (name === undefined ? [] : [name.value]))
  if (names.length < 2) return null
  return (
    <select
      aria-label={t('whichOperation')}
      value={operationName ?? names[0]}
      onChange={(event) => setOperationName(event.target.value)}
    >
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

/** The scenario of the tab that is shown: what its headers say. */
function useScenario(): [string, (name: string) => void] {
  const { setup } = usePage()
  const { headerEditor, tabs, activeTabIndex } = useGraphiQL(pick('headerEditor', 'tabs', 'activeTabIndex'))
  const [text, setText] = useState('')
  useEffect(() => {
    if (headerEditor === undefined) return
    const read = () => setText(headerEditor.getValue())
    read()
    const listening = headerEditor.onDidChangeModelContent(read)
    return () => listening.dispose()
  }, [headerEditor])
  // Until the editor is there.
  const headers = parsedOrUndefined(headerEditor === undefined ? tabs[activeTabIndex]?.headers : text)
  const found = isObject(headers) ? headers[setup.scenarioHeader] : undefined
  const choose = (name: string) => {
    const { [setup.scenarioHeader]: _, ...others } = isObject(headers) ? headers : {}
    const chosen = name === '' ? others : { ...others, [setup.scenarioHeader]: name }
    headerEditor?.setValue(Object.keys(chosen).length === 0 ? '' : JSON.stringify(chosen, null, 2))
  }
  return [typeof found === 'string' ? found : '', choose]
}

function ScenarioChooser() {
  const { t } = useTexts()
  const { setup } = usePage()
  const [scenario, choose] = useScenario()
  const isKnown = scenario === '' || setup.scenarios.some(({ name }) => name === scenario)
  return (
    <label className="payapi-scenario">
      <span>{t('scenario')}</span>
      <select value={scenario} aria-describedby="scenario-about" onChange={(event) => choose(event.target.value)}>
        <option value="">{t('noScenario')}</option>
        {!isKnown && <option>{scenario}</option>}
        {setup.scenarios.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}

function ScenarioAbout() {
  const { t, local } = useTexts()
  const { setup } = usePage()
  const [scenario] = useScenario()
  const chosen = setup.scenarios.find(({ name }) => name === scenario)
  return (
    <p id="scenario-about" className={cn('payapi-about', chosen === undefined && 'payapi-normal')}>
      <Prose
        text={
          chosen === undefined
            ? t('noScenarioAbout')
            : `${local(chosen.about)} ${t('chargeEnds')} ${local(chosen.ending)}`
        }
      />
    </p>
  )
}

/** Whether each run of a charge is a charge of its own; without it a second run shows what the guard against that says. */
function FreshToggle() {
  const { t } = useTexts()
  const { runner } = usePage()
  const [renews, setRenews] = useState(runner.renews)
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'))
  const title = tabs[activeTabIndex]?.title
  if (!runner.operations.some(({ name, fresh }) => name === title && fresh.length > 0)) return null
  return (
    <label className="payapi-fresh">
      <input
        type="checkbox"
        checked={renews}
        onChange={({ target }) => {
          runner.renews = target.checked
          setRenews(target.checked)
        }}
      />
      {t('freshOrder')}
    </label>
  )
}
