import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useState } from 'react'
import { useTexts } from '../language.ts'
import type { ExplorerOperation } from '../setup.ts'
import { usePage, useSession } from './context.ts'

/** The panel of the operations, by chapter. */
export function Explorer() {
  const { t, local } = useTexts()
  const { setup } = usePage()
  const [sought, setSought] = useState('')
  const words = sought.toLowerCase().split(/\s+/)
  const fits = ({ name, field, title }: ExplorerOperation) =>
    words.every((word) => `${name} ${field} ${title.en} ${title.ko}`.toLowerCase().includes(word))
  const chapters = setup.chapters
    .map((chapter) => ({ ...chapter, operations: chapter.operations.filter(fits) }))
    .filter(({ operations }) => operations.length > 0)
  return (
    <div className="payapi-explorer">
      <input
        type="search"
        className="payapi-find"
        aria-label={t('find')}
        placeholder={t('find')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {chapters.length === 0 && <p className="payapi-quiet">{t('nothingFound')}</p>}
      {chapters.map(({ id, title, operations }) => (
        <section key={id} aria-labelledby={`chapter-${id}`}>
          <h2 id={`chapter-${id}`} className="payapi-heading">
            {local(title)}
          </h2>
          <ul>
            {operations.map((operation) => (
              <Entry key={operation.name} operation={operation} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Entry({ operation }: { readonly operation: ExplorerOperation }) {
  const { t, local } = useTexts()
  const { open, show } = useSession()
  const { setVisiblePlugin } = useGraphiQLActions()
  const { tabs, activeTabIndex } = useGraphiQL(pick('tabs', 'activeTabIndex'))
  const { name, field, kind, title, document } = operation
  const openAlready = tabs.findIndex((tab) => tab.title === name && tab.query === document)
  const choose = () => {
    if (openAlready >= 0) show(openAlready)
    else open(operation)
    // Where the panel covers the page, it has done what it was opened for.
    if (!globalThis.matchMedia('(min-width: 761px)').matches) setVisiblePlugin(null)
  }
  return (
    <li>
      <button
        type="button"
        className="payapi-entry"
        aria-current={openAlready >= 0 && openAlready === activeTabIndex}
        onClick={choose}
      >
        <span className="payapi-entry-title">{local(title)}</span>
        <span className="payapi-entry-field">
          <span className={`payapi-kind payapi-${kind}`}>{t(kind)}</span> {field}
        </span>
      </button>
    </li>
  )
}
