import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What the Open Source Initiative approved, of all that is in use here. */
const OSI_APPROVED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense']

interface Locked {
  readonly version: string
  readonly dev?: boolean
  readonly license?: string
  readonly integrity?: string
}

const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, Locked>> }

/** What `npm ci --omit=dev` installs, by its folder. */
const production = Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && !dev)

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}

/** By the package itself where it is installed: what the lock file says was copied from it. */
function licenceOf(folder: string, locked: Locked): unknown {
  const manifest = `${folder}/package.json`
  return existsSync(join(ROOT, manifest)) ? (readJson(manifest) as { license?: unknown }).license : locked.license
}

it('every package of production has a licence that the OSI approved', () => {
  const others = production
    .map(([folder, locked]) => `${nameOf(folder)}: ${String(licenceOf(folder, locked))}`)
    .filter((line) => !OSI_APPROVED.includes(line.slice(line.indexOf(': ') + 2)))
  expect(others).toEqual([])
  expect(production.length).toBeGreaterThan(20)
})

it('every package of production is locked by its hash', () => {
  for (const [folder, { integrity }] of production) expect(integrity, folder).toMatch(/^sha512-/)
})

it('the built programs hold code of production packages only', () => {
  const maps = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.c?js\.map$/.test(file),
  )
  const sources = maps.flatMap((file) => (readJson(`dist/${file}`) as { sources: readonly string[] }).sources)
  const bundled = new Set(sources.map(packageFolder).filter((folder) => folder !== undefined))
  const known = new Set(production.map(([folder]) => folder))
  expect([...bundled].filter((folder) => !known.has(folder))).toEqual([])
  expect(bundled).toContain('node_modules/graphql')
})

it('the image runs no install scripts, ships no source maps, and is pinned by its digest', () => {
  const steps = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ').split('\n')
  expect(
    steps.filter((step) => step.startsWith('FROM')).every((step) => /^FROM \$\{NODE_IMAGE\}( |$)/.test(step)),
  ).toBe(true)
  expect(steps.find((step) => step.startsWith('ARG NODE_IMAGE'))).toMatch(
    /^ARG NODE_IMAGE=node:24[\w.-]*@sha256:[\da-f]{64}$/,
  )
  const installs = steps.filter((step) => /npm (ci|i|install|prune)\b/.test(step))
  expect(installs).toHaveLength(2)
  for (const step of installs) expect(step).toContain('--ignore-scripts')
  expect(steps.findLast((step) => step.startsWith('RUN npm'))).toMatch(
    /find dist node_modules -name '\*\.map' .*-delete$/,
  )
})

/** The folder of the package that a source belongs to; undefined for one of ours. */
function packageFolder(source: string): string | undefined {
  return /(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0]
}

it('the bill of materials is CycloneDX, and lists each package of production and of GraphiQL’s page with version, licence and hash', () => {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-sbom-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sbom.json')
  execFileSync('npm', ['run', '--silent', 'sbom', '--', file], { cwd: ROOT })
  const bill = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly bomFormat: string
    readonly specVersion: string
    readonly metadata: { readonly component: { readonly name: string } }
    readonly components: readonly {
      readonly purl: string
      readonly licenses: readonly unknown[]
      readonly hashes: readonly unknown[]
    }[]
  }
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) })
  expect(bill.metadata.component.name).toBe('payapi-graphql')
  const inPage = readJson('dist/graphiql/packages.json') as readonly string[]
  const used = [...production, ...inPage.map((folder) => [folder, packages[folder] as Locked] as const)]
  const purls = used.map(([folder, { version }]) => `pkg:npm/${nameOf(folder).replace('@', '%40')}@${version}`)
  expect(bill.components.map(({ purl }) => purl).sort()).toEqual([...new Set(purls)].sort())
  for (const { purl, licenses, hashes } of bill.components) {
    expect(licenses, purl).not.toEqual([])
    expect(hashes, purl).not.toEqual([])
  }
})
