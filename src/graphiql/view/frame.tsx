import {
  cn,
  type GraphiQLPlugin,
  HeaderEditor,
  pick,
  QueryEditor,
  ResponseEditor,
  Spinner,
  useDragResize,
  useGraphiQL,
  useGraphiQLActions,
  useMonaco,
  VariableEditor,
} from '@graphiql/react'
import { useState } from 'react'
import { type Language, useTexts } from '../language.ts'
import { usePage } from './context.ts'
import { Explanation } from './explanation.tsx'
import { Masthead } from './masthead.tsx'
import { Tabs } from './tabs.tsx'
import { Toolbar } from './toolbar.tsx'

interface FrameProps {
  readonly plugins: readonly GraphiQLPlugin[]
  chooseLanguage(language: Language): void
}

/** Where everything stands: panels, the request, and its answer. */
export function Frame({ plugins, chooseLanguage }: FrameProps) {
  const { t } = useTexts()
  const visible = useGraphiQL((state) => state.visiblePlugin)
  const { firstRef, dragBarRef, secondRef } = useDragResize({ direction: 'horizontal', storageKey: 'editorFlex' })
  const Panel = visible?.content
  return (
    <div className="graphiql-container payapi">
      <Masthead plugins={plugins} chooseLanguage={chooseLanguage} />
      <div className="payapi-below">
        {Panel !== undefined && (
          <aside
            // Another one begins at its top.
            key={visible?.title}
            className="graphiql-plugin"
            aria-label={visible?.title === 'Schema' ? t('docs') : t('operations')}
          >
            <Panel />
          </aside>
        )}
        <main className="graphiql-sessions">
          <Tabs />
          <div id="graphiql-session">
            <section className="graphiql-editors" ref={firstRef} aria-label={t('request')}>
              <Request />
            </section>
            <div className="graphiql-horizontal-drag-bar" ref={dragBarRef} />
            <section className="graphiql-response" ref={secondRef} aria-label={t('answer')}>
              <Answer />
            </section>
          </div>
        </main>
      </div>
    </div>
  )
}

function Request() {
  const { t } = useTexts()
  const { setup } = usePage()
  const hasEditor = useMonaco((state) => state.monaco !== undefined)
  const { setVisiblePlugin } = useGraphiQLActions()
  const [tool, setTool] = useState<'variables' | 'headers'>('variables')
  const { firstRef, dragBarRef, secondRef } = useDragResize({
    direction: 'vertical',
    defaultSizeRelation: 1.4,
    storageKey: 'secondaryEditorFlex',
  })
  const toolButton = (name: 'variables' | 'headers') => (
    <button
      type="button"
      data-name={name}
      className={cn('graphiql-un-styled', tool === name && 'active')}
      aria-pressed={tool === name}
      onClick={() => setTool(name)}
    >
      {t(name)}
    </button>
  )
  return (
    <>
      <Toolbar />
      {!setup.introspection && <p className="payapi-note">{t('schemaClosed')}</p>}
      {setup.trustedDocumentsOnly && <p className="payapi-note">{t('trustedOnly')}</p>}
      <div className="graphiql-query-editor" ref={firstRef}>
        {hasEditor ? (
          <QueryEditor aria-label={t('operation')} onClickReference={() => setVisiblePlugin('Schema')} />
        ) : (
          <Spinner />
        )}
      </div>
      <div className="graphiql-editor-tools" ref={dragBarRef}>
        {toolButton('variables')}
        {toolButton('headers')}
      </div>
      <div className="graphiql-editor-tool" ref={secondRef}>
        <VariableEditor className={tool === 'variables' ? '' : 'hidden'} />
        <HeaderEditor className={tool === 'headers' ? '' : 'hidden'} />
      </div>
    </>
  )
}

function Answer() {
  const { t } = useTexts()
  const { isFetching, tabs, activeTabIndex } = useGraphiQL(pick('isFetching', 'tabs', 'activeTabIndex'))
  const answer = tabs[activeTabIndex]?.response ?? ''
  return (
    <>
      <h2 className="payapi-heading">{t('answer')}</h2>
      {isFetching ? (
        <p className="payapi-empty" role="status">
          <span className="payapi-spinner" aria-hidden="true" /> {t('waiting')}
        </p>
      ) : (
        answer === '' && <p className="payapi-empty">{t('noAnswer')}</p>
      )}
      <ResponseEditor />
      {!isFetching && answer !== '' && <Explanation answer={answer} />}
    </>
  )
}
