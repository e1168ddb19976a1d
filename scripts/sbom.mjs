import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// `npm run sbom`: writes dist/sbom.cdx.json, the bill of materials (CycloneDX) of what production installs and bundles.
// `npm sbom --omit=dev` leaves out what development needs as well, so npm is shown a project without development.

const ROOT = join(import.meta.dirname, '..')
const read = (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

const { devDependencies, ...manifest } = read('package.json')
const lock = read('package-lock.json')
delete lock.packages[''].devDependencies
lock.packages = Object.fromEntries(Object.entries(lock.packages).filter(([, { dev }]) => !dev))

const folder = mkdtempSync(join(tmpdir(), 'payapi-sbom-'))
try {
  // npm takes the folder's name for the program's.
  const project = join(folder, manifest.name)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
  const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application']
  const bill = execFileSync('npm', ['sbom', ...options], { cwd: project, maxBuffer: 64 * 1024 * 1024 })
  const [, , target = join(ROOT, 'dist/sbom.cdx.json')] = process.argv
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, bill)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
