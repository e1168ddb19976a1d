// Starts the thread where the program runs from its TypeScript sources (tests, development): what Node is given to load
// them in the main thread does not reach a thread before Node 24. Tests start hundreds of threads, and say where the
// compiled file is.
import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.env.COMPILED_JOURNAL
if (folder === undefined) {
  const { register } = await import('tsx/esm/api')
  register()
  await import('./worker.ts')
} else {
  // Each thread would compile it anew. Node has it from 22.1 on.
  module.enableCompileCache?.(join(folder, 'compile-cache'))
  await import(pathToFileURL(join(folder, 'worker.js')).href)
}
