import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// `npm run sbom`: writes dist/sbom.cdx.json, the bill of materials (CycloneDX) of what production installs, and of what is
// built into GraphiQL's page where that was built. `npm sbom --omit=dev` leaves out what development needs as well, so npm
// is shown a project without development.

const ROOT = join(import.meta.dirname, '..')
const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

const { devDependencies, ...manifest } = read('package.json')
const lock = read('package-lock.json')

const bill = billOf(manifest, {
  ...lock,
  packages: Object.fromEntries(
    Object.entries({ ...lock.packages, '': { ...lock.packages[''], devDependencies: undefined } }).filter(
      ([, { dev }]) => !dev,
    ),
  ),
})

const built = 'dist/graphiql/packages.json'
if (existsSync(join(ROOT, built))) {
  const versions = new Set(read(built).map((folder) => refOf(folder, lock.packages[folder])))
  const listed = new Set(bill.components.map((component) => component['bom-ref']))
  const all = billOf({ ...manifest, devDependencies }, lock).components
  const added = all.filter(({ 'bom-ref': ref }) => versions.has(ref) && !listed.has(ref))
  for (const component of added)
    component.description = `${component.description ?? ''} (built into GraphiQL's page)`.trim()
  bill.components.push(...added)
}

const [, , target = join(ROOT, 'dist/sbom.cdx.json')] = process.argv
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, JSON.stringify(bill, null, 2))

/** As npm names a package in a bill. */
function refOf(folder, { version }) {
  return `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`
}

function billOf(manifest, lock) {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-sbom-'))
  try {
    // npm takes the folder's name for the program's.
    const project = join(folder, manifest.name)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
    const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application']
    return JSON.parse(execFileSync('npm', ['sbom', ...options], { cwd: project, maxBuffer: 64 * 1024 * 1024 }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
