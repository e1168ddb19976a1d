import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** Compressed. Whoever adds to it knows why. */
const MOST_BYTES = 120_000

/** What a consumer has beside the package. */
const PEERS = [
  'react',
  'react-dom',
  'graphql',
  'graphql-request',
  'graphql-sse',
  '@types/react',
  '@graphql-typed-document-node/core',
  'csstype',
]

let folder: string
let tarball: string
let packed: { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string }[] }

const run = (program: string, args: readonly string[], cwd: string) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const node = (file: string, ...args: readonly string[]) =>
  run(process.execPath, [join(ROOT, 'node_modules', file), ...args], folder)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payapi-consumer-'))
  const told = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT).replace(/^[^[{]*/, ''))
  // One of a list, or, in later versions of npm, by its name.
  packed = Object.values<typeof packed>(told)[0] as typeof packed
  tarball = join(folder, packed.filename)
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'payapi-graphql'), { recursive: true })
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(modules, 'payapi-graphql')], folder)
  for (const name of PEERS) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the package', () => {
  it('has what is used, and nothing else', () => {
    const folders = new Set(packed.files.map(({ path }) => path.split('/').slice(0, 4).slice(0, -1).join('/') || path))
    expect([...folders].toSorted()).toEqual([
      'LICENSE',
      'README.ko.md',
      'README.md',
      'dist/package/schema',
      'dist/package/src',
      'package.json',
      'schema',
    ])
    expect(packed.size).toBeLessThan(MOST_BYTES)
  })

  it('is found in order by publint', async () => {
    const { messages } = await publint({
      pkgDir: join(folder, 'node_modules/payapi-graphql'),
      pack: false,
      strict: true,
    })
    expect(messages).toEqual([])
  })

  it('has types that everybody finds who imports it, by attw', () => {
    const texts = ['--exclude-entrypoints', 'api.graphql', 'schema.graphql']
    // It ends with an error where it finds something.
    const found = node('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', ...texts)
    expect(found).toContain('"payapi-graphql/react"')
  })
})

/** The examples of a document, less those that import nothing of the package. */
function examplesOf(language: string): readonly string[] {
  const text = readFileSync(join(ROOT, `docs/${language}/frontend.md`), 'utf8')
  const blocks = [...text.matchAll(/^```tsx?\n([\s\S]*?)^```/gm)].map(([, code = '']) => code)
  return blocks.filter((code) => code.includes("'payapi-graphql/"))
}

describe('a consumer', () => {
  it.each(['NodeNext', 'Bundler'])('compiles the examples of the documents, strictly, as %s', (moduleResolution) => {
    const examples = [...examplesOf('en'), ...examplesOf('ko')]
    expect(examples).toHaveLength(6)
    for (const [index, code] of examples.entries()) writeFileSync(join(folder, `example-${index}.tsx`), code)
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      module: moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext',
      moduleResolution,
      types: [],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.tsx'] }))
    expect(node('typescript/bin/tsc', '-p', folder)).toBe('')
  })

  it('uses it on a server: outcomes, documents and a form that is drawn there', () => {
    writeFileSync(
      join(folder, 'server.js'),
      `import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { createIdempotencyKey, interpret } from 'payapi-graphql/outcome'
import { ChargeKeyedInCardDocument } from 'payapi-graphql/documents'
import { CardForm } from 'payapi-graphql/react'
import possibleTypes from 'payapi-graphql/possible-types.json' with { type: 'json' }
const outcome = await createIdempotencyKey('pay').run(async () => ({ __typename: 'CardPayment' }))
console.log(JSON.stringify([
  outcome.kind,
  interpret(null).kind,
  ChargeKeyedInCardDocument.kind,
  possibleTypes.PayApiFailure.length > 5,
  renderToString(createElement(CardForm, { language: 'ko', onSubmit() {} })).includes('autoComplete="cc-number"'),
]))`,
    )
    expect(JSON.parse(run(process.execPath, ['server.js'], folder))).toEqual([
      'done',
      'checking',
      'Document',
      true,
      true,
    ])
  })
})
