import { DocExplorer, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { DocsIcon, FieldIcon, type GraphiQLPlugin, GraphiQLProvider } from '@graphiql/react'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { useEffect, useMemo, useState } from 'react'
import { firstLanguage, type Language, LanguageContext, rememberLanguage } from '../language.ts'
import type { Credentials } from '../run/credentials.ts'
import { Runner } from '../run/runner.ts'
import { graphiqlStorage, saveSession } from '../run/session.ts'
import { tabStateOf } from '../run/tab-state.ts'
import type { Setup } from '../setup.ts'
import { TEXTS } from '../texts.ts'
import { Page } from './context.ts'
import { Explorer } from './explorer.tsx'
import { Frame } from './frame.tsx'
import { SessionProvider } from './session-provider.tsx'

/** Beside graphiql's own: a panel of the operations. Graphiql remembers by its title which is open. */
const EXPLORER: GraphiQLPlugin = { title: 'Operations', icon: FieldIcon, content: Explorer }
const DOCS: GraphiQLPlugin = { title: 'Schema', icon: DocsIcon, content: DocExplorer }
const PLUGINS = [EXPLORER, DOCS]

const isWide = () => globalThis.matchMedia('(min-width: 761px)').matches

export function App({ setup }: { readonly setup: Setup }) {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const [signedIn, setSignedIn] = useState(false)
  const schema = useSchema()
  const [{ runner, storage, opening }] = useState(() => start(setup))
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const page = useMemo(
    () => ({
      setup,
      runner,
      signedIn,
      signIn(credentials: Credentials | undefined) {
        runner.credentials = credentials
        setSignedIn(credentials !== undefined)
      },
    }),
    [setup, runner, signedIn],
  )
  const chooseLanguage = (chosen: Language) => {
    rememberLanguage(chosen)
    setLanguage(chosen)
  }
  return (
    <LanguageContext value={language}>
      <Page value={page}>
        <GraphiQLProvider
          fetcher={runner.fetcher}
          schema={schema}
          dangerouslyAssumeSchemaIsValid
          plugins={PLUGINS}
          referencePlugin={DOCS}
          {...(isWide() ? { visiblePlugin: EXPLORER } : {})}
          storage={storage}
          shouldPersistHeaders={false}
          defaultQuery=""
          initialQuery={opening.query}
          initialVariables={opening.variables}
          onTabChange={({ tabs, activeTabIndex }) => saveSession(tabs, activeTabIndex, runner.operations)}
        >
          <DocExplorerStore>
            <SessionProvider>
              <Frame plugins={PLUGINS} chooseLanguage={chooseLanguage} />
            </SessionProvider>
          </DocExplorerStore>
        </GraphiQLProvider>
      </Page>
    </LanguageContext>
  )
}

function start(setup: Setup) {
  const said = (name: keyof typeof TEXTS) => TEXTS[name][document.documentElement.lang === 'ko' ? 'ko' : 'en']
  const runner = new Runner(setup, {
    lost: () => said('lost'),
    notGraphql: (status) => `${said('notGraphql')} (HTTP ${status}).`,
    signInFirst: () => said('signInFirst'),
  })
  const state = tabStateOf(setup, runner)
  const { query, variables } = state.tabs[state.activeTabIndex] ?? { query: '', variables: '' }
  return { runner, storage: graphiqlStorage(JSON.stringify(state)), opening: { query, variables } }
}

/** The schema, from a file of the server that is kept for good; null until it is there, and where it is not shown. */
function useSchema(): GraphQLSchema | null {
  const [schema, setSchema] = useState<GraphQLSchema | null>(null)
  useEffect(() => {
    const file = document.getElementById('setup')?.dataset['schema']
    if (file === undefined) return
    void fetch(new URL(file, document.baseURI))
      .then((response) => (response.ok ? response.text() : undefined))
      // Without it the page still runs what is written.
      .catch(() => undefined)
      .then((sdl) => sdl && setSchema(buildSchema(sdl, { assumeValid: true })))
  }, [])
  return schema
}
