import { CloseIcon, cn, PlusIcon, pick, useGraphiQL } from '@graphiql/react'
import { useEffect, useRef } from 'react'
import { useTexts } from '../language.ts'
import { usePage, useSession } from './context.ts'

/** What is open. Nothing of it moves when it is pressed: a click goes to what it was aimed at. */
export function Tabs() {
  const { t, local } = useTexts()
  const { runner } = usePage()
  const { show, close, add } = useSession()
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'))
  const active = useRef<HTMLButtonElement>(null)
  // Once: it must not move again under whoever scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is shown
  useEffect(() => {
    active.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tabs[activeTabIndex]?.id])
  const about = (name: string) => {
    const known = runner.operations.find((operation) => operation.name === name)
    return known === undefined ? undefined : local(known.title)
  }
  return (
    <nav className="graphiql-session-header" aria-label={t('tabs')}>
      <ul className="payapi-tabs">
        {tabs.map(({ id, title: found }, index) => {
          const title = found === '<untitled>' || found === '' ? t('untitled') : found
          const isActive = index === activeTabIndex
          return (
            <li key={id} className={cn('graphiql-tab', isActive && 'graphiql-tab-active')}>
              <button
                type="button"
                className="graphiql-tab-button"
                aria-current={isActive}
                title={about(title)}
                onClick={() => show(index)}
                ref={isActive ? active : undefined}
              >
                {title}
              </button>
              {tabs.length > 1 && (
                <button
                  type="button"
                  className="graphiql-tab-close"
                  aria-label={`${t('closeTab')} ${title}`}
                  onClick={() => close(index)}
                >
                  <CloseIcon aria-hidden="true" />
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <button type="button" className="graphiql-tab-add" aria-label={t('newTab')} title={t('newTab')} onClick={add}>
        <PlusIcon aria-hidden="true" />
      </button>
    </nav>
  )
}
