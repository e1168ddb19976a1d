import { cn, type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect } from 'react'
import { type Language, useTexts } from '../language.ts'
import { usePage } from './context.ts'
import { SignIn } from './sign-in.tsx'

interface MastheadProps {
  readonly plugins: readonly GraphiQLPlugin[]
  chooseLanguage(language: Language): void
}

/** The top of the page: its panels, where it leads, and how it is shown. */
export function Masthead({ plugins, chooseLanguage }: MastheadProps) {
  const { t, language } = useTexts()
  const { setup } = usePage()
  const { visiblePlugin, theme } = useGraphiQL(pick('visiblePlugin', 'theme'))
  const { setVisiblePlugin, setTheme } = useGraphiQLActions()
  useEffect(() => {
    const system = globalThis.matchMedia('(prefers-color-scheme: dark)')
    // Graphiql's editors ask for it once.
    const follow = () => theme === null && setTheme(null)
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [theme, setTheme])
  const other: Language = language === 'ko' ? 'en' : 'ko'
  const switchTheme = () => {
    const isDark = theme === 'dark' || (theme === null && globalThis.matchMedia('(prefers-color-scheme: dark)').matches)
    setTheme(isDark ? 'light' : 'dark')
  }
  return (
    <header className="payapi-masthead">
      <h1>
        PayAPI<span className="payapi-wide"> GraphQL</span>
      </h1>
      <nav className="payapi-panels" aria-label={t('panels')}>
        {plugins.map((plugin) => {
          const isVisible = plugin === visiblePlugin
          return (
            <button
              key={plugin.title}
              type="button"
              className={cn('payapi-button', isVisible && 'active')}
              aria-expanded={isVisible}
              onClick={() => setVisiblePlugin(isVisible ? null : plugin)}
            >
              <plugin.icon aria-hidden="true" />
              {plugin.title === 'Schema' ? t('docs') : t('operations')}
            </button>
          )
        })}
      </nav>
      {setup.sandbox && <p className="payapi-sandbox">{t('sandbox')}</p>}
      <div className="payapi-settings">
        <SignIn />
        <button type="button" className="payapi-button" lang={other} onClick={() => chooseLanguage(other)}>
          {t('language')}
        </button>
        <button
          type="button"
          className="payapi-button payapi-theme"
          aria-label={t('theme')}
          title={t('theme')}
          onClick={switchTheme}
        >
          <span aria-hidden="true">◐</span>
        </button>
      </div>
    </header>
  )
}
