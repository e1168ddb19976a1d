import '@graphiql/react/style.css'
import 'graphiql/graphiql.css'
import '@graphiql/plugin-doc-explorer/style.css'
import './monaco.ts'
import './style.css'
import { createRoot } from 'react-dom/client'
import type { Setup } from './setup.ts'
import { App } from './view/app.tsx'

/** The programs of the editor's own threads, by what they are for; the page's element says where each is. */
function editorThread(_id: string, label: string): Worker {
  const { workers = '{}' } = document.getElementById('setup')?.dataset ?? {}
  const files = JSON.parse(workers) as Readonly<Record<string, string>>
  return new Worker(new URL(files[label] ?? files['editor'] ?? '', document.baseURI), { type: 'module' })
}

Object.assign(globalThis, { MonacoEnvironment: { getWorker: editorThread } })

const setup = JSON.parse(document.getElementById('setup')?.textContent ?? '') as Setup
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App setup={setup} />)
