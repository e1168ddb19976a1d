import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
 * Builds the page of GraphiQL: files that are named by what is in them, each also compressed, `manifest.json`, which says
 * what the page consists of, `packages.json`, which names the packages that are built in, and their licences. Returns all
 * that was made.
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
  const packages = packagesIn(metafile)
  const described = {
    'manifest.json': JSON.stringify(manifestOf(metafile), null, 2),
    'packages.json': JSON.stringify(packages, null, 2),
    'LICENSES.txt': packages.map(licenceOf).join('\n\n'),
  }
  for (const [name, text] of Object.entries(described)) writeFileSync(join(ROOT, FOLDER, name), text)
  return [...outputs, ...compressed, ...Object.keys(described).map((name) => join(FOLDER, name))]
}

/** The folders of the packages of which something is in the page, as a lock file names them. */
function packagesIn({ inputs }) {
  const folders = Object.keys(inputs).map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  return [...new Set(folders.filter(Boolean))].sort()
}

/** What a package asks to be kept with it. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
  const texts = readdirSync(join(ROOT, folder)).filter((file) => /^(?:licen[cs]e|notice|thirdpartynotices)/i.test(file))
  const said = texts.map((file) => readFileSync(join(ROOT, folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...said].join('\n\n')
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
