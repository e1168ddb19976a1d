import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'

const ROOT = join(import.meta.dirname, '..')
const FOLDER = 'dist/graphiql'

const WORKERS = {
  editor: 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'node_modules/monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'node_modules/monaco-graphql/esm/graphql.worker.js',
}

/** Where graphiql imports all of the editor, it gets the parts that `src/graphiql/monaco.ts` chooses. */
const chosenEditor = {
  name: 'chosen-editor',
  setup({ onResolve }) {
    onResolve({ filter: /^(?:\.|monaco-graphql\/esm)\/monaco-editor(?:\.js)?$/ }, () => ({
      path: join(ROOT, 'src/graphiql/monaco.ts'),
    }))
  },
}

/**
 * Builds the page of GraphiQL: files that are named by what is in them, each also compressed, and `manifest.json`, which
 * says what the page consists of. Returns all that was made.
 */
export async function buildGraphiql() {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { page: 'src/graphiql/main.tsx', ...WORKERS },
    outdir: FOLDER,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    // What page and workers share is loaded once.
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'file' },
    plugins: [chosenEditor],
    logLevel: 'warning',
    metafile: true,
  })
  const outputs = Object.keys(metafile.outputs)
  const compressed = await Promise.all(outputs.filter((file) => /\.(?:js|css|ttf)$/.test(file)).flatMap(compress))
  const manifest = join(FOLDER, 'manifest.json')
  writeFileSync(join(ROOT, manifest), JSON.stringify(manifestOf(metafile), null, 2))
  return [...outputs, ...compressed, manifest]
}

function manifestOf({ outputs }) {
  const nameOf = (file) => file.slice(FOLDER.length + 1)
  const entry = (source) => Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source)
  const [script, { cssBundle, imports }] = entry('src/graphiql/main.tsx')
  const preload = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path)
  return {
    script: nameOf(script),
    style: nameOf(cssBundle),
    preload: preload.map(nameOf),
    workers: Object.fromEntries(Object.entries(WORKERS).map(([name, source]) => [name, nameOf(entry(source)[0])])),
  }
}

/** What is there already has the same content: its name says so. */
function compress(file) {
  return [
    ['br', promisify(brotliCompress), { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }],
    ['gz', promisify(gzip), { level: 9 }],
  ].map(async ([suffix, compressor, options]) => {
    const target = `${file}.${suffix}`
    if (!existsSync(join(ROOT, target))) {
      const bytes = await compressor(readFileSync(join(ROOT, file)), options)
      writeFileSync(join(ROOT, target), bytes)
    }
    return target
  })
}
