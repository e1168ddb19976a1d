import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

// docs/en/architecture.md says which room may import which; lint holds them to it.

const ROOT = join(import.meta.dirname, '..')
const BIOME = join(ROOT, 'node_modules/.bin/biome')

/** By room: what it must not import, and a neighbour that it may. */
const ROOMS: Readonly<Record<string, { readonly bad: readonly string[]; readonly good: string }>> = {
  lib: { bad: ['../payapi/index.ts', 'graphql', '../main.ts'], good: './secret.ts' },
  'payapi/wire': {
    bad: ['../../journal/store.ts', '../../config/index.ts', 'graphql', 'undici'],
    good: '../../lib/redact.ts',
  },
  'payapi/transport': { bad: ['../../sandbox/server.ts', '../../auth/caller.ts'], good: 'undici' },
  journal: {
    bad: [
      '../graphql/context.ts',
      '../payments/payment.ts',
      '../webhooks/sender.ts',
      '../sandbox/contract.ts',
      'graphql',
    ],
    good: '../payapi/index.ts',
  },
  'journal/sqlite/files': { bad: ['../../../server/lifecycle/start.ts', 'undici'], good: '../../../lib/timeout.ts' },
  payments: {
    bad: ['../graphql/context.ts', '../server/app.ts', '../config/index.ts', '../sandbox/contract.ts', 'graphql'],
    good: '../journal/store.ts',
  },
  webhooks: {
    bad: ['../graphql/context.ts', '../payments/payment.ts', '../config/index.ts', '../server/app.ts', 'graphql'],
    good: '../journal/store.ts',
  },
  auth: { bad: ['../graphql/context.ts', '../config/auth/index.ts', '../server/app.ts'], good: '../payapi/index.ts' },
  config: {
    bad: ['../server/app.ts', '../graphql/services/prefix-cache.ts', '../sandbox/merchants.ts'],
    good: '../auth/caller.ts',
  },
  'config/options': {
    bad: ['../../server/app.ts', '../../sandbox/merchants.ts', '../../package/log.ts', 'undici'],
    good: '../../lib/near-name.ts',
  },
  package: { bad: ['../main.ts', '../bin/run.ts', '../react/index.ts', 'undici', 'zod'], good: '../server/facade.ts' },
  'graphql/operations': {
    bad: ['../../server/app.ts', '../../config/index.ts', 'undici'],
    good: '../../auth/authorize.ts',
  },
  outcome: { bad: ['../lib/localized.ts', '../payapi/index.ts', 'graphql', 'node:crypto'], good: './types.ts' },
  react: { bad: ['../lib/localized.ts', '../graphql/context.ts', 'graphql', 'node:fs'], good: '../outcome/index.ts' },
  'sandbox/request': {
    bad: ['../../payapi/merchant.ts', '../../payapi/transport/transport.ts', 'undici'],
    good: '../../payapi/definition/code-tables.ts',
  },
  graphiql: {
    bad: ['../server/app.ts', '../config/index.ts', '../lib/secret.ts', 'node:fs'],
    good: '../lib/localized.ts',
  },
  'bin/doctor': {
    bad: ['../../webhooks/sender.ts', '../../payments/payment.ts', 'undici', 'zod'],
    good: '../../config/index.ts',
  },
  server: { bad: ['../main.ts', '../graphiql/setup.ts', 'undici'], good: './graphiql/routes.ts' },
  'server/http': { bad: ['../../main.ts', 'undici', 'zod'], good: '../../graphql/context.ts' },
}

/** Plants a file for each import in a folder with our rules of lint, and returns which were refused, and by what. */
function plantAndLint(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-lint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  copyFileSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'))
  for (const [room, { bad, good }] of Object.entries(ROOMS)) {
    mkdirSync(join(folder, 'src', room), { recursive: true })
    for (const [index, specifier] of [good, ...bad].entries())
      writeFileSync(join(folder, 'src', room, `planted-${index}.ts`), `export { planted } from '${specifier}'\n`)
  }
  writeFileSync(join(folder, 'src/one.ts'), `import { two } from './two.ts'\nexport const one = () => two\n`)
  writeFileSync(join(folder, 'src/two.ts'), `import { one } from './one.ts'\nexport const two = () => one\n`)
  writeFileSync(join(folder, 'src/three.ts'), `import type { Four } from './four.ts'\nexport type Three = Four[]\n`)
  writeFileSync(join(folder, 'src/four.ts'), `import type { Three } from './three.ts'\nexport type Four = Three | 4\n`)
  const { stdout } = spawnSync(
    BIOME,
    ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] }
  return new Map(diagnostics.map(({ category, location }) => [location.path.replace(/^\.\//, ''), category]))
}

it('lint refuses what a room must not import, and nothing else', () => {
  const refused = plantAndLint()
  for (const [room, { bad }] of Object.entries(ROOMS)) {
    expect(refused.get(`src/${room}/planted-0.ts`), `${room}: what it may import`).toBeUndefined()
    for (const [index, specifier] of bad.entries())
      expect(refused.get(`src/${room}/planted-${index + 1}.ts`), `${room} imports ${specifier}`).toBe(
        'lint/style/noRestrictedImports',
      )
  }
})

it('lint refuses files that import each other', () => {
  const refused = plantAndLint()
  expect(refused.get('src/one.ts')).toBe('lint/suspicious/noImportCycles')
  expect(refused.get('src/three.ts'), 'types alone').toBe('lint/suspicious/noImportCycles')
})

it('every room of src is among them', () => {
  const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const planted = new Set(Object.keys(ROOMS).map((room) => room.split('/')[0]))
  expect(rooms.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([])
})

it('no room has more than a dozen entries at one level', () => {
  const entries: Record<string, Set<string>> = {}
  for (const file of readdirSync(join(ROOT, 'src'), { withFileTypes: true, recursive: true })) {
    // A folder without files is none to git.
    if (!file.isFile()) continue
    const path = relative(ROOT, join(file.parentPath, file.name)).split('/')
    for (let depth = 2; depth < path.length; depth++) {
      const folder = path.slice(0, depth).join('/')
      entries[folder] = (entries[folder] ?? new Set()).add(path[depth] ?? '')
    }
  }
  expect(entries['src/server']).toContain('http')
  expect(entries['src/server/http']).toContain('graphql-handler.ts')
  const crowded = Object.entries(entries).filter(([, { size }]) => size > 12)
  expect(crowded.map(([folder]) => folder)).toEqual([])
})
