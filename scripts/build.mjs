import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { buildGraphiql } from './build-graphiql.mjs'

// `npm run build`: dist/graphiql, the page, and dist/server and dist/sandbox, each a program with everything it needs
// in a few files. Read one by one from node_modules, the same takes Node more than a second longer to start. Types are
// the type check's business.

const ROOT = join(import.meta.dirname, '..')

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Node has them; esbuild would have such an expression compiled anew for each text.
  supported: { 'regexp-unicode-property-escapes': true },
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  // graphql checks at every value whether it comes from another copy of itself, unless this is no development.
  define: { 'process.env.NODE_ENV': '"production"' },
  // Native, or loaded only where it is configured.
  external: ['@photostructure/sqlite', 'pg', '@opentelemetry/*'],
  logLevel: 'warning',
  metafile: true,
}

// What Node compiles of the program is kept for the next start, where Node can (22.1 and up) and the folder can be written
// to. Not in the system's folder for temporary files: others may write there, and this is code. A thread does not take it
// from the program: it says so by itself. The script is required: before it imports one, Node reads all of it for names
// that it might export, which takes half of the start.
const starterOf = (script) => `import module from 'node:module'
import { join } from 'node:path'
if (typeof module.enableCompileCache === 'function')
  module.enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/payapi-graphql'))
module.createRequire(import.meta.url)('./${script}')
`

// Not a module: of a module's file, whatever it imports from outside is loaded at the start, also for what is loaded late.
const script = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { ...common.define, 'import.meta.url': 'urlOfThisFile' },
  banner: { js: 'const urlOfThisFile=require("node:url").pathToFileURL(__filename).href;' },
  // What is loaded late stands in the same file, or is required.
  supported: { ...common.supported, 'dynamic-import': false },
}

const [page, ...results] = await Promise.all([
  buildGraphiql(),
  build({ ...script, entryPoints: { program: 'src/main.ts' }, outdir: 'dist/server' }),
  build({ ...script, entryPoints: { thread: 'src/journal/sqlite/worker/worker.ts' }, outdir: 'dist/server' }),
  build({ ...common, format: 'esm', entryPoints: ['src/sandbox/main.ts'], outdir: 'dist/sandbox' }),
])
const starters = { 'dist/server/main.js': starterOf('program.cjs'), 'dist/server/worker.js': starterOf('thread.cjs') }
for (const [file, text] of Object.entries(starters)) writeFileSync(join(ROOT, file), text)
removeOthers(
  new Set([...Object.keys(starters), ...page, ...results.flatMap(({ metafile }) => Object.keys(metafile.outputs))]),
)

/** What earlier builds left. What is there still is written over and never away, for a facade that runs from it. */
function removeOthers(made) {
  for (const entry of readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const name = relative(ROOT, file)
    // What is packed is built by itself.
    if (entry.isFile() && !made.has(name) && !name.startsWith(join('dist', 'package'))) rmSync(file)
  }
}
